"""Where nodes stand and how edges bend."""

import itertools
import math

import networkx as nx
import pytest

from kg.network.layout import BOX, SMALL, TIGHT, bend_edges, layout_network


def make_network(*edges: tuple[str, str]) -> nx.MultiDiGraph:
    network = nx.MultiDiGraph()
    for number, (start, end) in enumerate(edges):
        network.add_edge(start, end, key=f"f{number}", label="filiale de")
    return network


STAR = [("hub", f"leaf {number}") for number in range(9)]
PAIRS = [(f"left {number}", f"right {number}") for number in range(5)]
LONG = list(itertools.pairwise(f"link {number:03}" for number in range(SMALL + 20)))


@pytest.mark.parametrize("edges", [STAR, PAIRS, STAR + PAIRS, LONG, [("a", "a")], [("a", "b")]])
def test_each_node_has_a_place_with_room_for_its_label(edges: list[tuple[str, str]]) -> None:
    network = make_network(*edges)
    network.add_node("alone")
    places = layout_network(network)
    assert set(places) == set(network)
    assert all(math.isfinite(value) for place in places.values() for value in place)
    width, height = TIGHT if len(places) > SMALL else BOX
    for (x, y), (u, v) in itertools.combinations(places.values(), 2):
        assert abs(x - u) > 0.8 * width or abs(y - v) > 0.8 * height


def test_the_order_of_nodes_and_edges_changes_nothing() -> None:
    edges = [*STAR, *PAIRS, ("hub", "left 1"), ("leaf 3", "leaf 4")]
    assert layout_network(make_network(*edges)) == layout_network(make_network(*edges[::-1]))


def test_components_stand_side_by_side() -> None:
    places = layout_network(make_network(*STAR, *PAIRS))
    star = [place for node, place in places.items() if node.startswith(("hub", "leaf"))]
    (left, right), (top, bottom) = ((min(axis), max(axis)) for axis in zip(*star, strict=True))
    for node, (x, y) in places.items():
        if node.startswith(("left", "right")):
            assert not (left <= x <= right and top <= y <= bottom)


def test_a_node_stands_off_an_edge_that_is_not_its_own() -> None:
    square = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "a"), ("a", "c"), ("b", "e"), ("d", "e")]
    places = layout_network(make_network(*square))
    for (start, end), node in itertools.product(square, places):
        if node not in (start, end):
            assert distance(places[node], places[start], places[end]) > 20


def distance(point: tuple[int, int], start: tuple[int, int], end: tuple[int, int]) -> float:
    way = (end[0] - start[0], end[1] - start[1])
    off = (point[0] - start[0], point[1] - start[1])
    share = (off[0] * way[0] + off[1] * way[1]) / (way[0] ** 2 + way[1] ** 2)
    share = min(1, max(0, share))
    return math.hypot(off[0] - share * way[0], off[1] - share * way[1])


def test_an_empty_network_has_no_places() -> None:
    assert layout_network(nx.MultiDiGraph()) == {}


def test_a_single_edge_is_straight_and_parallel_ones_bend_apart() -> None:
    bends = bend_edges(make_network(("a", "b"), ("c", "d"), ("c", "d"), ("d", "c")))
    assert bends["f0"] == {}
    sides = set()
    for fact, turned in (("f1", False), ("f2", False), ("f3", True)):
        smooth = bends[fact].get("smooth", {"type": "curvedCW", "roundness": 0})
        left = (smooth["type"] == "curvedCW") is not turned  # seen from c, whichever way it points
        sides.add(smooth["roundness"] * (1 if left else -1))
    assert len(sides) == 3


def test_loops_of_one_node_differ_in_size() -> None:
    bends = bend_edges(make_network(("a", "a"), ("a", "a")))
    assert len({bend["selfReference"]["size"] for bend in bends.values()}) == 2
