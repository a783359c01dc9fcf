"""Communities: what belongs together in a network, named after who is best known there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

from kg.network.between import SEED, rank_pages
from kg.network.links import (
    ACTUAL,
    ASIDE,
    Link,
    is_any,
    list_links,
    order_of,
    project_network,
    state_of,
)
from kg.network.listing import PROOFS, Listing, name_all, prove_all

if TYPE_CHECKING:
    from networkx import Graph, MultiDiGraph

#: Relations to what organizations work on together.
AREAS = ("cooperatesIn", "hasArea")
#: Things of which a community has at least so many, and how many it is named after.
LEAST, BEST = 4, 3
#: What is in none.
OTHERS = "others"


class Community(NamedTuple):
    """Hold a community: its name, its things, the best known first."""

    name: str
    things: tuple[str, ...]


def find_communities(
    network: MultiDiGraph, *, modalities: Collection[str] = ACTUAL, through: Collection[str] = ()
) -> Listing:
    """Find what belongs together, and list who is in it and works on what.

    Members are sorted by PageRank; areas, what they work on, by how many of them do. What says so
    are the links inside. Things in none come last, as 'others', with number 0.
    """
    graph = project_network(network, modalities, through=through)
    parts = group_things(network, graph)
    part = {node: number for number, it in enumerate(parts) for node in it.things}
    links: defaultdict[int, list[Link]] = defaultdict(list)
    for link in list_links(network, modalities, through=through):
        if part[link.subject] == part[link.target]:
            links[part[link.subject]].append(link)
    rows = [
        (0 if it.name == OTHERS else number + 1, it.name, len(it.things),
         name_all(network, it.things), find_areas(network, it.things, modalities),
         *prove_all(network, links[number]), it.things)
        for number, it in enumerate(parts)
    ]  # fmt: skip
    columns = ("community", "name", "things", "members", "areas")
    return Listing((*columns, *PROOFS, "iris"), tuple(rows))


def group_things(network: MultiDiGraph, graph: Graph) -> list[Community]:
    """Group the things of a projected network by Louvain's method, the largest community first.

    Those that are in none of at least four are one, the last: 'others'.
    """
    import networkx as nx

    nodes, ranks = list(graph), rank_pages(graph)
    # By numbers, since the order of a set of texts differs from run to run.
    numbered = nx.Graph()
    numbered.add_nodes_from(range(len(nodes)))
    number = {node: place for place, node in enumerate(nodes)}
    weighed = graph.edges(data="weight")
    numbered.add_weighted_edges_from((number[a], number[b], weight) for a, b, weight in weighed)
    found = nx.community.louvain_communities(numbered, seed=SEED) if nodes else []

    def rank(node: str) -> tuple[float, str, str]:
        return -ranks[node], *order_of(network, node)

    parts = [sorted(map(nodes.__getitem__, part), key=rank) for part in found]
    parts.sort(key=lambda part: (-len(part), rank(part[0])))
    large = [part for part in parts if len(part) >= LEAST]
    named = [Community(name_best(network, part), tuple(part)) for part in large]
    rest = sorted((node for part in parts[len(large) :] for node in part), key=rank)
    return [*named, *([Community(OTHERS, tuple(rest))] if rest else [])]


def name_best(network: MultiDiGraph, ranked: Collection[str]) -> str:
    """Return the names that a community has, of those it is named after."""
    return ", ".join(name_all(network, find_best(network, ranked)))


def find_best(network: MultiDiGraph, ranked: Collection[str]) -> list[str]:
    """Find the first of some things: of those who act, else of any but places."""
    kinds: Mapping[str, str] = dict(network.nodes(data="kind"))
    acting = [node for node in ranked if is_any(kinds[node], ("Agent",))]
    others = [node for node in ranked if not is_any(kinds[node], ASIDE)]
    return (acting or others)[:BEST]


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
    ranked = sorted(counts, key=lambda area: (-counts[area], *order_of(network, area)))
    return name_all(network, ranked)
