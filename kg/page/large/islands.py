"""Network to islands: communities, each laid out by itself and set beside the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.network.communities import OTHERS, find_best, group_things
from kg.network.layout import layout_network, pack_boxes
from kg.network.links import project_network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from networkx import MultiDiGraph

    Places = dict[str, tuple[int, int]]

#: Pixels between two islands: less is no water at a tenth of the size, nor room for their names.
WATER = (2000.0, 1000.0)


@dataclass(frozen=True, slots=True)
class Island:
    """Hold a community: its members, the best known first, whom it is named after, its guests.

    Guests are in no community and stand where most of their facts lead: places, areas, and what
    only a plan or a denial links.
    """

    members: tuple[str, ...]
    best: tuple[str, ...]
    guests: tuple[str, ...] = ()

    @property
    def things(self) -> tuple[str, ...]:
        """Return all that stands on the island, its members first."""
        return (*self.members, *self.guests)


def find_islands(network: MultiDiGraph) -> list[Island]:
    """Find a network's communities, those of `kg network communities` in their order.

    What has no fact with any member is on no island.

    >>> import networkx
    >>> find_islands(networkx.MultiDiGraph())
    []
    """
    groups = group_things(network, project_network(network))
    parts = [group.things for group in groups if group.name != OTHERS]
    home = {node: number for number, part in enumerate(parts) for node in part}
    guests: list[list[str]] = [[] for _ in parts]
    for node in sorted(set(network) - set(home)):
        near = {*network.successors(node), *network.predecessors(node)} & home.keys()
        if near:
            votes = Counter(home[other] for other in near)
            guests[min(votes, key=lambda number: (-votes[number], number))].append(node)
    return [
        Island(part, tuple(find_best(network, part)), tuple(beside))
        for part, beside in zip(parts, guests, strict=True)
    ]


def layout_islands(network: MultiDiGraph, islands: Sequence[Island]) -> Places:
    """Lay out each island by the facts inside it, the same way every time, side by side.

    What is on none is laid out beside them.

    >>> import networkx
    >>> network = networkx.MultiDiGraph([("a", "b"), ("c", "d")])
    >>> sorted(layout_islands(network, [Island(("a", "b"), ("a",))]))
    ['a', 'b', 'c', 'd']
    """
    import numpy as np

    parts = [set(island.things) for island in islands]
    if others := set(network).difference(*parts):
        parts.append(others)
    placed = [layout_network(network.subgraph(part)) for part in parts]
    points = [np.array([*places.values()], dtype=float) for places in placed]
    return {
        node: (round(x), round(y))
        for places, packed in zip(placed, pack_boxes(points, WATER), strict=True)
        for node, (x, y) in zip(places, packed.tolist(), strict=True)
    }
