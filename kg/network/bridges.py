"""Bridges: the links of a network without which two parts lose touch."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kg.network.between import number_links
from kg.network.links import ACTUAL, project_network
from kg.network.listing import PROOF, Listing, name_all, prove, relate

if TYPE_CHECKING:
    from networkx import Graph, MultiDiGraph


def find_bridges(
    network: MultiDiGraph, *, modalities: Collection[str] = ACTUAL, through: Collection[str] = ()
) -> Listing:
    """Find the links without which two parts lose touch, those between the largest parts first.

    A side's size is how many things are on it; `claims` is of how many a link is made, of which
    the surest is told.
    """
    graph = project_network(network, modalities, through=through)
    rows = []
    for (one, other), sizes in size_sides(graph).items():
        link = graph.edges[one, other]["link"]
        if link.subject != one:
            one, other, sizes = other, one, sizes[::-1]
        names = name_all(network, (one, other))
        claims = graph.edges[one, other]["claims"]
        said = names[0], *relate(link, one), names[1], *sizes, claims
        rows.append((*said, *prove(link), one, other))
    rows.sort(key=lambda row: (-min(row[4:6]), row[0], row[3], *row[-2:]))
    columns = ("one", "direction", "relation", "other", "one_side", "other_side", "claims")
    return Listing((*columns, *PROOF, "one_iri", "other_iri"), tuple(rows))


def size_sides(graph: Graph) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the bridges of a graph, each with how many nodes are on either side.

    >>> import networkx
    >>> size_sides(networkx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]))
    {('c', 'd'): (3, 1)}
    """
    import networkx as nx
    import rustworkx as rx

    links, nodes = number_links(graph), list(graph)
    found: list[tuple[int, int]] = sorted(rx.bridges(links))  # type: ignore[arg-type]
    links.remove_edges_from(found)
    blocks = rx.connected_components(links)
    block = {node: number for number, part in enumerate(blocks) for node in part}
    tree = nx.Graph((block[one], block[other]) for one, other in found)
    below = dict(enumerate(map(len, blocks)))
    whole, parent = {}, {}
    for part in nx.connected_components(tree):
        root = min(part)
        for upper, lower in reversed(list(nx.bfs_edges(tree, root))):
            below[upper] += below[lower]
            parent[lower] = upper
        whole.update(dict.fromkeys(part, below[root]))
    sides = {}
    for one, other in found:
        if nodes[one] > nodes[other]:
            one, other = other, one
        lower = block[one] if parent.get(block[one]) == block[other] else block[other]
        size, rest = below[lower], whole[lower] - below[lower]
        sides[nodes[one], nodes[other]] = (size, rest) if lower == block[one] else (rest, size)
    return dict(sorted(sides.items()))
