"""Measures over a network: what is central, how things are linked, what belongs together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.network.links import (
    ACTUAL,
    Link,
    direction_of,
    find_things,
    list_links,
    order_of,
    project_network,
    state_of,
    tell_modality,
    trace_path,
)

if TYPE_CHECKING:
    from networkx import Graph, MultiDiGraph

#: Relations to what organizations work on together.
AREAS = ("cooperatesIn", "hasArea")
#: Things up to which betweenness is exact (3 s for 1,000 with 2,400 links). Beyond, so many stand
#: for all that with them there are WORK pairs: 40 of 10,000, in 4 s, find 16 of the first 20.
EXACT, WORK, SEED = 1000, 400_000, 1
#: Columns that tell of a thing, and that tell of a fact.
THING = ("name", "class")
PROOF = ("modality", "confidence", "sources", "quote", "sentence", "article", "fact")

Cell = str | int | float | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Hold what a measure finds: columns and rows of text, numbers or several texts.

    >>> Listing(("name",), (("Nordil",),)).rows
    (('Nordil',),)
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def rank_central(network: MultiDiGraph, *, modalities: Collection[str] = ACTUAL) -> Listing:
    """Rank things by PageRank; betweenness tells how much lies on the ways between others.

    Both weigh a link by the sum of its facts' confidences. `links` is how many things a thing is
    linked to, `cut` is yes where others lose touch without it. Above 1,000 things, betweenness is
    estimated from some of them, always the same.
    """
    import networkx as nx

    graph = project_network(network, modalities)
    drawn = max(20, WORK // len(graph)) if len(graph) > EXACT else None
    between = nx.betweenness_centrality(graph, k=drawn, weight="distance", seed=SEED)
    cuts = set(nx.articulation_points(graph))
    rows = [
        (*describe(network, node), graph.degree(node), rank, round(between[node], 6),
         "yes" if node in cuts else "", node)
        for node, rank in rank_pages(graph).items()
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row[3], -row[4], row[0], row[-1]))
    return Listing((*THING, "links", "pagerank", "betweenness", "cut", "iri"), tuple(rows))


def rank_pages(graph: Graph) -> dict[str, float]:
    """Return the PageRank of each thing, rounded, so that ties are ties."""
    import rustworkx as rx

    links: rx.PyDiGraph[str, float] = rx.PyDiGraph()
    number = dict(zip(graph, links.add_nodes_from(list(graph)), strict=True))
    both = graph.to_directed().edges(data="weight")
    links.add_edges_from([(number[a], number[b], weight) for a, b, weight in both])
    ranks = rx.pagerank(links, weight_fn=float, max_iter=1000, tol=1e-10)
    return {node: round(ranks[place], 6) for node, place in number.items()}


def find_path(
    network: MultiDiGraph,
    start: str | Collection[str],
    end: str | Collection[str],
    *,
    modalities: Collection[str] = ACTUAL,
) -> Listing:
    """Find the way between two things with fewest links; of several, the surest.

    That is the one with the greatest product of confidences, of each link's surest fact. Things
    are IRIs; where several are given for one end, any of them will do. Raises KgError where there
    is no way.
    """
    rows = []
    for step, (node, link) in enumerate(trace_path(network, start, end, modalities), 1):
        other = link.target if link.subject == node else link.subject
        one, two = (network.nodes[it]["name"] for it in (node, other))
        row = step, one, *relate(link, node), two, *prove(link), node, other
        rows.append(row)
    columns = ("step", "from", "direction", "relation", "to", *PROOF, "from_iri", "to_iri")
    return Listing(columns, tuple(rows))


def find_communities(network: MultiDiGraph, *, modalities: Collection[str] = ACTUAL) -> Listing:
    """Find what belongs together, by Louvain's method over links weighed as in `rank_central`.

    Members are sorted by PageRank; areas, what they work on, by how many of them do.
    """
    import networkx as nx

    graph = project_network(network, modalities)
    nodes, ranks = list(graph), rank_pages(graph)
    # By numbers, since the order of a set of texts differs from run to run.
    numbered = nx.convert_node_labels_to_integers(graph)
    found = nx.community.louvain_communities(numbered, seed=SEED) if nodes else []
    parts = [
        sorted(map(nodes.__getitem__, part), key=lambda it: (-ranks[it], *order_of(network, it)))
        for part in found
    ]
    parts.sort(key=lambda part: (-len(part), *order_of(network, part[0])))
    rows = [
        (number, len(part), name_all(network, part), find_areas(network, part, modalities),
         tuple(part))
        for number, part in enumerate(parts, 1)
    ]  # fmt: skip
    return Listing(("community", "things", "members", "areas", "iris"), tuple(rows))


def find_areas(
    network: MultiDiGraph, nodes: Collection[str], modalities: Collection[str]
) -> tuple[str, ...]:
    """Find what some things work on, first what most of them do."""
    pairs = {
        (subject, target)
        for subject, target, said in network.out_edges(nodes, data=True)
        if said["relation"] in AREAS and state_of(said) in modalities
    }
    counts = Counter(target for _, target in pairs)
    kinds = ((node, network.nodes[node]["kind"]) for node in nodes)
    counts.update({node: 0 for node, kind in kinds if kind == "CooperationArea"})
    ranked = sorted(counts, key=lambda area: (-counts[area], *order_of(network, area)))
    return name_all(network, ranked)


def list_neighbours(
    network: MultiDiGraph, node: str | Collection[str], *, modalities: Collection[str] = ACTUAL
) -> Listing:
    """List what a thing is linked to, a row for each fact, the surest first.

    The thing is an IRI, or several that count as one. Raises KgError for what is none.
    """
    nodes = find_things(network, node)
    rows: list[tuple[Any, ...]] = []
    for link in list_links(network, modalities):
        for one, other in (link[:2], link[1::-1]):
            if one in nodes and other not in nodes:
                row = *relate(link, one), *describe(network, other), *prove(link), other
                rows.append(row)
    columns = ("direction", "relation", *THING, *PROOF, "iri")
    rows.sort(key=lambda row: (-row[5], row[2], row[-1], row[-2]))
    return Listing(columns, tuple(rows))


def find_bridges(network: MultiDiGraph, *, modalities: Collection[str] = ACTUAL) -> Listing:
    """Find the links without which two parts lose touch, those between the largest parts first.

    A side's size is how many things are on it; `facts` is of how many a link is made, of which
    the surest is told.
    """
    graph = project_network(network, modalities)
    rows = []
    for (one, other), sizes in size_sides(graph).items():
        link = graph.edges[one, other]["link"]
        if link.subject != one:
            one, other, sizes = other, one, sizes[::-1]
        names = name_all(network, (one, other))
        facts = graph.edges[one, other]["facts"]
        said = names[0], *relate(link, one), names[1], *sizes, facts
        rows.append((*said, *prove(link), one, other))
    rows.sort(key=lambda row: (-min(row[4:6]), row[0], row[3], *row[-2:]))
    columns = ("one", "direction", "relation", "other", "one_side", "other_side", "facts")
    return Listing((*columns, *PROOF, "one_iri", "other_iri"), tuple(rows))


def size_sides(graph: Graph) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the bridges of a graph, each with how many nodes are on either side.

    >>> import networkx
    >>> size_sides(networkx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]))
    {('c', 'd'): (3, 1)}
    """
    import networkx as nx

    bridges = sorted(tuple(sorted(bridge)) for bridge in nx.bridges(graph))
    rest = graph.copy()
    rest.remove_edges_from(bridges)
    blocks = list(nx.connected_components(rest))
    block = {node: number for number, nodes in enumerate(blocks) for node in nodes}
    tree = nx.Graph((block[one], block[other]) for one, other in bridges)
    below = dict(enumerate(map(len, blocks)))
    whole, parent = {}, {}
    for part in nx.connected_components(tree):
        root = min(part)
        steps = list(nx.bfs_edges(tree, root))
        for upper, lower in reversed(steps):
            below[upper] += below[lower]
            parent[lower] = upper
        whole.update(dict.fromkeys(part, below[root]))
    sides = {}
    for one, other in bridges:
        lower = block[one] if parent.get(block[one]) == block[other] else block[other]
        size, rest_size = below[lower], whole[lower] - below[lower]
        sides[one, other] = (size, rest_size) if lower == block[one] else (rest_size, size)
    return sides


def describe(network: MultiDiGraph, node: str) -> tuple[str, str]:
    """Return a thing as the cells of `THING`."""
    thing = network.nodes[node]
    return thing["name"], thing["kind"]


def name_all(network: MultiDiGraph, nodes: Collection[str]) -> tuple[str, ...]:
    """Return the names of some things."""
    return tuple(network.nodes[node]["name"] for node in nodes)


def relate(link: Link, start: str) -> tuple[str, str]:
    """Return how a link is meant from one of its ends, and its relation's label and number."""
    return direction_of(link, start), f"{link.said['label']} {link.said['value']}".rstrip()


def prove(link: Link) -> tuple[Cell, ...]:
    """Return a link's fact as the cells of `PROOF`."""
    said = link.said
    told = (said[name] for name in ("confidence", "sources", "quote", "sentence", "title"))
    return tell_modality(said), *told, link.fact
