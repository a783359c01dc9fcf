"""Network to islands: communities, each laid out by itself and set beside the others."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.network.communities import find_communities
from kg.network.layout import layout_network, pack_boxes
from kg.network.links import STATES

if TYPE_CHECKING:
    from networkx import MultiDiGraph

    Places = dict[str, tuple[int, int]]

#: Things from which a community is one; those in smaller ones are 'others'.
FEWEST = 4
#: Pixels between two islands: less is no water at a tenth of the size.
WATER = (900.0, 700.0)


def find_islands(network: MultiDiGraph) -> list[list[str]]:
    """Find a network's communities, the largest first, each with its best-known members first.

    What is no member of any, as places and areas are none, goes to the one with which it has most
    facts; what has none with any is left out.

    >>> import networkx
    >>> find_islands(networkx.MultiDiGraph())
    []
    """
    listing = find_communities(network, modalities=STATES)
    number, column = map(listing.columns.index, ("community", "iris"))
    found = [it[column] for it in listing.rows if it[number]]  # number 0 is of 'others'
    parts = [list(part) for part in found if isinstance(part, tuple) and len(part) >= FEWEST]
    home = {node: number for number, part in enumerate(parts) for node in part}
    members = set(home)
    for node in sorted(set(network) - members):
        near = {*network.successors(node), *network.predecessors(node)} & members
        if near:
            votes = Counter(home[other] for other in near)
            home[node] = min(votes, key=lambda number: (-votes[number], number))
            parts[home[node]].append(node)
    return parts


def layout_islands(network: MultiDiGraph, islands: list[list[str]]) -> Places:
    """Lay out each island by the facts inside it, the same way every time, side by side.

    What is on none is laid out beside them.

    >>> import networkx
    >>> network = networkx.MultiDiGraph([("a", "b"), ("c", "d")])
    >>> sorted(layout_islands(network, [["a", "b"]]))
    ['a', 'b', 'c', 'd']
    """
    import numpy as np

    others = set(network).difference(*islands)
    parts = [*islands, others] if others else islands
    placed = [layout_network(network.subgraph(part)) for part in parts]
    points = [np.array([*places.values()], dtype=float) for places in placed]
    return {
        node: (round(x), round(y))
        for places, packed in zip(placed, pack_boxes(points, WATER), strict=True)
        for node, (x, y) in zip(places, packed.tolist(), strict=True)
    }
