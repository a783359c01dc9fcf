"""Measures over a network: what is central, how things are linked, what a thing is linked to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from kg.network.between import measure_between, number_links, rank_pages
from kg.network.links import (
    ACTUAL,
    Link,
    find_things,
    list_links,
    project_network,
    trace_path,
)
from kg.network.listing import (
    PROOF,
    PROOFS,
    THING,
    Cell,
    Listing,
    describe,
    prove,
    prove_all,
    relate,
)

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def rank_central(
    network: MultiDiGraph, *, modalities: Collection[str] = ACTUAL, through: Collection[str] = ()
) -> Listing:
    """Rank things by PageRank; betweenness tells how much lies on the ways between others.

    PageRank weighs a link by the sum of its claims' confidences, each as often as it has voices.
    `links` is how many things a thing is linked to, `cut` is yes where others lose touch without
    it. In a large network betweenness is estimated, always alike.
    """
    import rustworkx as rx

    graph = project_network(network, modalities, through=through)
    between, nodes = measure_between(graph), list(graph)
    cuts = {nodes[place] for place in rx.articulation_points(number_links(graph))}
    links: defaultdict[str, list[Link]] = defaultdict(list)
    for link in list_links(network, modalities, through=through):
        links[link.subject].append(link)
        links[link.target].append(link)
    rows: list[tuple[Any, ...]] = [
        (*describe(network, node), graph.degree(node), rank, between[node],
         "yes" if node in cuts else "", *prove_all(network, links[node]), node)
        for node, rank in rank_pages(graph).items()
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row[3], -row[4], row[0], row[-1]))
    columns = (*THING, "links", "pagerank", "betweenness", "cut", *PROOFS, "iri")
    return Listing(columns, tuple(rows))


def find_path(
    network: MultiDiGraph,
    start: str | Collection[str],
    end: str | Collection[str],
    *,
    modalities: Collection[str] = ACTUAL,
    through: Collection[str] = (),
) -> Listing:
    """Find the way between two things with fewest links; of several, the surest.

    That is the one with the greatest product of confidences, of each link's surest claim. Things
    are IRIs; where several are given for one end, any of them will do. No way leads through places,
    areas or markets unless their class is given (`through`). Raises KgError where there is no way.
    """
    rows: list[tuple[Cell, ...]] = []
    way = trace_path(network, start, end, modalities, through=through)
    for step, (node, link) in enumerate(way, 1):
        other = link.target if link.subject == node else link.subject
        one, two = (network.nodes[it]["name"] for it in (node, other))
        rows.append((step, one, *relate(link, node), two, *prove(link), node, other))
    columns = ("step", "from", "direction", "relation", "to", *PROOF, "from_iri", "to_iri")
    return Listing(columns, tuple(rows))


def list_neighbours(
    network: MultiDiGraph,
    node: str | Collection[str],
    *,
    modalities: Collection[str] = ACTUAL,
    through: Collection[str] = (),
) -> Listing:
    """List what a thing is linked to, a row for each claim, the surest first.

    The thing is an IRI, or several that count as one. Raises KgError for what is none.
    """
    nodes = find_things(network, node)
    rows: list[tuple[Any, ...]] = []
    for link in list_links(network, modalities, through=through, named=nodes):
        for one, other in (link[:2], link[1::-1]):
            if one in nodes and other not in nodes:
                row = *relate(link, one), *describe(network, other), *prove(link), other
                rows.append(row)
    columns = ("direction", "relation", *THING, *PROOF, "iri")
    rows.sort(key=lambda row: (-row[5], row[2], row[-1], row[-2]))
    return Listing(columns, tuple(rows))
