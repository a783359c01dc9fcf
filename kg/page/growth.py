"""Where a page's things stand: article after article, so that one more moves little."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kg.network.layout import BOX, EDGE, SMALL, TIGHT, layout_network, push_apart

if TYPE_CHECKING:
    import networkx
    import numpy as np
    from networkx import MultiDiGraph
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

#: Things that are laid out at once, from nothing; and the share of new things that makes a step.
FIRST, STEP = 12, 0.05
#: How far a step moves what stood there, as a share of the width: where another article may
#: still join the step, half as far, as what it is compared with has moved as well.
MOST, HALF = 0.048, 0.024
#: Pixels between neighbours at rest; how many times so far things push each other apart; how hard
#: all is drawn to the middle; rounds for what is new alone, then for all, then of making room:
#: more of them changed little on 360 articles about 296 things.
REST, NEAR, GRAVITY, ALONE, TOGETHER = 130.0, 3.0, 0.03, 30, 6
APART = 30
#: Things above which all are laid out at once: here each pushes each.
LARGE = 1000
GOLDEN = math.pi * (3 - 5**0.5)

Birth = tuple[str, str]


def place_things(network: MultiDiGraph, births: Mapping[str, Birth]) -> dict[str, tuple[int, int]]:
    """Place the things of a network, those of its oldest articles first.

    `births` tells by the edges' keys the date and the IRI of the first article that has each.
    With one more article, the newest, at least 90 % of the things move by at most 5 % of the width.

    >>> import networkx as nx
    >>> network = nx.MultiDiGraph([("a", "b", "f", {"label": "x"})])
    >>> place_things(network, {}) == layout_network(network)
    True
    """
    import networkx as nx
    import numpy as np

    steps = list(find_steps(network, births))
    if len(steps) < 2 or len(network) > LARGE:
        return layout_network(network)
    known = nx.MultiDiGraph()
    known.add_edges_from(steps[0][0])
    order = sorted(known)
    first = layout_network(known)
    points: Points = np.array([first[node] for node in order], float)
    for edges, alone in steps[1:]:
        known.add_edges_from(edges)
        order, points, old = join(known, order, points)
        points = settle(points, old, find_ends(known, order), MOST if alone else HALF)
    lone = sorted(set(network) - set(order))
    places = [(round(x), round(y)) for x, y in points.tolist()]
    return dict(zip(order, places, strict=True)) | place_beside(lone, points)


def find_steps(
    network: MultiDiGraph, births: Mapping[str, Birth]
) -> Iterator[tuple[list[tuple[str, str, str, dict[str, str]]], bool]]:
    """Yield the edges that each step adds, and whether one article is all of it.

    Where a step ends depends on what came before alone, and so is the same with one more article.
    """
    edges = sorted(
        (births.get(key, ("", "")), start, end, key, label)
        for start, end, key, label in network.edges(keys=True, data="label", default="")
    )
    things: set[str] = set()
    step: list[tuple[str, str, str, dict[str, str]]] = []
    added: set[str] = set()
    articles = 0
    for place, (birth, start, end, key, label) in enumerate(edges):
        step.append((start, end, key, {"label": label}))
        added |= {start, end} - things
        if place + 1 < len(edges) and edges[place + 1][0] == birth:
            continue
        articles += 1
        if len(added) >= (max(1, STEP * len(things)) if things else FIRST):
            yield step, articles == 1
            things |= added
            step, added, articles = [], set(), 0
    if step:
        yield step, False


def join(known: MultiDiGraph, order: list[str], points: Points) -> tuple[list[str], Points, int]:
    """Give what is new a place to begin with: near what it is linked to, or else beside all.

    Returns the order of the things, their places, and how many of them stood there before.
    """
    import networkx as nx
    import numpy as np

    places = {node: (x, y) for node, (x, y) in zip(order, points.tolist(), strict=True)}
    whole = nx.Graph(known.edges())
    new = sorted(set(known) - set(places))
    for part in sorted(map(sorted, nx.connected_components(whole.subgraph(new)))):
        if any(other in places for node in part for other in whole[node]):
            place_near(whole, part, places)
        else:
            own = layout_network(known.subgraph(part))
            x, y = find_side(places.values(), own.values())
            places |= {node: (x + own[node][0], y + own[node][1]) for node in part}
    order = [*order, *new]
    return order, np.array([places[node] for node in order], float), len(order) - len(new)


def place_near(
    whole: networkx.Graph, part: Iterable[str], places: dict[str, tuple[float, float]]
) -> None:
    """Place things, in place, near those that they are linked to, one after another."""
    left = list(part)
    while left:
        node = max(left, key=lambda it: (sum(other in places for other in whole[it]), it))
        left.remove(node)
        near = [places[other] for other in sorted(whole[node]) if other in places]
        turn = GOLDEN * len(places)
        x, y = (sum(axis) / len(near) for axis in zip(*near, strict=True))
        places[node] = (x + REST * math.cos(turn), y + REST * math.sin(turn))


def find_side(
    stands: Iterable[tuple[float, float]], comes: Iterable[tuple[float, float]]
) -> tuple[float, float]:
    """Return how far to move what comes so that it is beside what stands, or below it."""
    (left, right), (top, bottom) = ((min(it), max(it)) for it in zip(*stands, strict=True))
    (west, east), (north, south) = ((min(it), max(it)) for it in zip(*comes, strict=True))
    if right - left < 1.2 * (bottom - top):
        return right + REST - west, (top + bottom - north - south) / 2
    return (left + right - west - east) / 2, bottom + REST - north


def find_ends(known: MultiDiGraph, order: list[str]) -> NDArray[np.intp]:
    """Return the numbers of the things that are linked, each pair once."""
    import numpy as np

    number = {node: place for place, node in enumerate(order)}
    pairs = {tuple(sorted((number[a], number[b]))) for a, b in known.edges() if a != b}
    return np.array(sorted(pairs), int).reshape(-1, 2)


def settle(points: Points, old: int, ends: NDArray[np.intp], most: float) -> Points:
    """Let what is new find its place, then all, those that stood there within bounds.

    The forces are those of Fruchterman and Reingold (1991).
    """
    import numpy as np

    start = points[:old].copy()
    reach = most * max(1.0, float(np.ptp(start[:, 0])))
    rest = EDGE if len(points) <= SMALL else REST
    links = np.bincount(ends.ravel(), minlength=len(points))
    # Between two hubs, as `layout_network` has it, a line may be the longer.
    wanted = rest * np.sqrt(np.maximum(1, np.minimum(*links[ends].T)))[:, None]
    for turn in range(ALONE + TOGETHER):
        moving = slice(old if turn < ALONE else 0, None)
        pace = rest * (1 - turn / ALONE) / 2 if turn < ALONE else rest / 10
        force = push_off(points, rest, moving) + draw_in(points, ends, wanted)[moving]
        length = np.linalg.norm(force, axis=1, keepdims=True)
        points[moving] += force * np.minimum(1, (pace + 1) / np.maximum(length, 1e-9))
        bound(points, start, reach)
    for _ in range(APART):
        push_apart(points, BOX if len(points) <= SMALL else TIGHT)
        bound(points, start, reach)
    return points


def push_off(points: Points, rest: float, moving: slice) -> Points:
    """Return how things that are not far push away each that moves."""
    import numpy as np

    gap = points[moving, None] - points[None]
    far = np.maximum((gap**2).sum(axis=2), 1.0)
    push = np.where(far < (NEAR * rest) ** 2, rest**2 / far, 0.0)
    force: Points = np.einsum("ijk,ij->ik", gap, push)
    return force


def draw_in(points: Points, ends: NDArray[np.intp], wanted: Points) -> Points:
    """Return how links draw each thing, and the middle of all does."""
    import numpy as np

    force: Points = GRAVITY * (points.mean(axis=0) - points)
    way = points[ends[:, 1]] - points[ends[:, 0]]
    way *= np.linalg.norm(way, axis=1, keepdims=True) / wanted
    np.add.at(force, ends[:, 0], way)
    np.add.at(force, ends[:, 1], -way)
    return force


def bound(points: Points, start: Points, reach: float) -> None:
    """Bring back, in place, what has gone too far from where it stood."""
    import numpy as np

    gone = points[: len(start)] - start
    length = np.linalg.norm(gone, axis=1, keepdims=True)
    points[: len(start)] = start + gone * np.minimum(1, reach / np.maximum(length, 1e-9))


def place_beside(lone: list[str], points: Points) -> dict[str, tuple[int, int]]:
    """Place things that nothing is linked to in a row below all others."""
    low, left = points[:, 1].max() + BOX[1] * 1.5, points[:, 0].min()
    step = BOX[0]
    return {node: (round(left + step * place), round(low)) for place, node in enumerate(lone)}
