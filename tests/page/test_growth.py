"""Where a page's things stand: what one more article moves, and what it may not."""

import math

import networkx as nx
import numpy as np
import pytest
from luthiers import chronicle
from networkx import MultiDiGraph

from kg.graph.rdf import build_graph
from kg.network.layout import layout_network
from kg.network.network import build_network
from kg.page.claims import find_claims
from kg.page.growth import bound, find_steps, place_things

READINGS = chronicle(360)


def read(count: int) -> tuple[MultiDiGraph, dict[str, tuple[str, str]]]:
    """Return the network of the first articles, and when each of its claims was first told."""
    claims = find_claims(build_graph(READINGS[:count]), "fr")
    return build_network(claims.graph), claims.births


@pytest.mark.parametrize("count", [8, 60, 359])
def test_one_more_article_moves_few_things_and_these_little(count: int) -> None:
    before, after = (place_things(*read(more)) for more in (count, count + 1))
    width = np.ptp([x for x, _ in before.values()])
    moved = [math.dist(place, after[node]) for node, place in before.items()]
    assert len(before) > 30
    assert np.mean(np.array(moved) < 0.05 * width) >= 0.9


def test_what_grew_is_as_clear_as_what_is_laid_out_at_once() -> None:
    network, births = read(120)
    spans = []
    for places in (place_things(network, births), layout_network(network)):
        assert places.keys() == {*network}
        lengths = [math.dist(places[a], places[b]) for a, b in network.edges()]
        spans.append(np.mean(lengths) / np.ptp([x for x, _ in places.values()]))
    assert spans[0] < 1.2 * spans[1]


def test_the_same_network_in_any_order_grows_alike() -> None:
    network, births = read(20)
    turned = nx.MultiDiGraph()
    turned.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    assert place_things(network, births) == place_things(turned, births)
    assert len(list(find_steps(network, births))) > 5


def test_what_nothing_is_linked_to_has_a_place_too() -> None:
    network, births = read(10)
    network.add_nodes_from(["alone", "lonely"])
    places = place_things(network, births)
    assert len({places["alone"], places["lonely"], *places.values()}) == len(places)


def test_nothing_goes_further_than_it_may() -> None:
    start = np.zeros((2, 2))
    points = np.array([[3.0, 4.0], [0.3, 0.4], [100.0, 0.0]])
    bound(points, start, 1.0)
    assert np.allclose(points, [[0.6, 0.8], [0.3, 0.4], [100.0, 0.0]])
