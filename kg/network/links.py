"""Links between the things of a network: the claims that make them, and the ways along them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from kg import ontology
from kg.errors import DataError, EmptyError, KgError
from kg.model import Modality

if TYPE_CHECKING:
    from networkx import Graph, MultiDiGraph

#: How a fact is put forward; what is over is 'Over', whatever else it is.
STATES = (*get_args(Modality), "Over")
#: What is so now.
ACTUAL = ("Actual",)
#: What a confidence is counted in: whole numbers have no errors of rounding, so ties are ties.
PARTS = 1_000_000
#: The parts in a deal, which the facts between those who have them say as well.
ROLES = frozenset({"buyer", "target", "seller"})
#: What much else has to do with, so that it says little of what belongs together.
ASIDE = ("Place", "CooperationArea", "Market")
#: Thing → how unsure the way to it is, and the names and IRIs of the things along it.
Layer = dict[str, tuple[int, tuple[tuple[str, str], ...]]]


class Link(NamedTuple):
    """A fact that links two things, with what the network knows of it."""

    subject: str
    target: str
    fact: str
    said: Mapping[str, Any]


def list_links(
    network: MultiDiGraph,
    modalities: Collection[str] = ACTUAL,
    *,
    through: Collection[str] = (),
    named: Collection[str] = (),
) -> Iterator[Link]:
    """Yield the facts, or claims, of some modalities between two things; raise KgError.

    Places, areas and markets are no such things, but for those that are `named` (IRIs) and those
    of some classes (`through`).

    >>> import networkx
    >>> list(list_links(networkx.MultiDiGraph(), ["Likely"]))
    Traceback (most recent call last):
    kg.errors.KgError: modality 'Likely': unknown; give Actual, Planned, Possible, Denied or Over
    """
    if unknown := sorted({*modalities} - {*STATES}):
        told = f"give {', '.join(STATES[:-1])} or {STATES[-1]}"
        raise KgError(f"modality '{unknown[0]}': unknown; {told}")
    aside = find_aside(network, through).difference(named)
    for link in map(Link._make, network.edges(keys=True, data=True)):
        if link.said.get("relation") in ROLES or not aside.isdisjoint(link[:2]):
            continue
        if link.subject != link.target and state_of(link.said) in modalities:
            yield link


def find_aside(network: MultiDiGraph, through: Collection[str] = ()) -> set[str]:
    """Find the places, areas and markets but those of some classes; raise DataError for no class.

    >>> import networkx
    >>> find_aside(networkx.MultiDiGraph(), ["Plaec"])
    Traceback (most recent call last):
    kg.errors.DataError: 'Plaec' is no class of the ontology; write 'Place'?
    """
    known = ontology.classes()
    for name in through:
        if name not in known:
            raise DataError(ontology.unknown("class", name, known))
    kinds = {kind for kind in known if is_any(kind, ASIDE) and not is_any(kind, through)}
    return {node for node, kind in network.nodes(data="kind") if kind in kinds}


def is_any(kind: str, ancestors: Collection[str]) -> bool:
    """Tell whether a class is one of some others or below it; what is no class is none.

    >>> is_any("City", ASIDE), is_any("Company", ASIDE), is_any("Thing", ASIDE)
    (True, False, False)
    """
    return kind in ontology.classes() and any(ontology.is_a(kind, it) for it in ancestors)


def project_network(
    network: MultiDiGraph,
    modalities: Collection[str] = ACTUAL,
    *,
    through: Collection[str] = (),
    named: Collection[str] = (),
) -> Graph:
    """Return the things that are linked, in order, with one undirected link for all claims of two.

    Its `weight` is the sum of their confidences, each as often as it has voices; `claims` is how
    many they are, `link` the surest and `doubt` how unsure that is. See `list_links`.
    """
    import networkx as nx

    links: dict[tuple[str, str], list[Link]] = {}
    for link in list_links(network, modalities, through=through, named=named):
        one, other = sorted(link[:2])
        links.setdefault((one, other), []).append(link)
    graph = nx.Graph()
    graph.add_nodes_from(sorted({node for ends in links for node in ends}))
    for ends, claims in sorted(links.items()):
        surest = min(claims, key=lambda it: (-it.said["confidence"], -voices_of(it), it.fact))
        weight = sum(sorted(link.said["confidence"] * voices_of(link) for link in claims))
        sure = max(surest.said["confidence"], 1 / PARTS)
        graph.add_edge(
            *ends, weight=max(round(weight, 6), 1 / PARTS), claims=len(claims), link=surest,
            doubt=round(-PARTS * log(sure)),
        )  # fmt: skip
    return graph


def voices_of(link: Link) -> int:
    """Return as how many voices a link counts: what no article is known to say is said once.

    >>> voices_of(Link("urn:a", "urn:b", "urn:f", {"voices": 0}))
    1
    """
    return max(1, int(link.said["voices"]))


def trace_path(
    network: MultiDiGraph,
    start: str | Collection[str],
    end: str | Collection[str],
    modalities: Collection[str],
    *,
    through: Collection[str] = (),
) -> list[tuple[str, Link]]:
    """Return the surest of the shortest ways between two things: each link, and whence it leads.

    Both may be places or areas, but no way leads through any, unless they are of some classes.
    Raises KgError where there is no way.
    """
    starts, ends = find_things(network, start), find_things(network, end)
    names = [network.nodes[min(nodes)]["name"] for nodes in (starts, ends)]
    if starts & ends:
        raise KgError(f"'{names[0]}' and '{names[1]}' are one thing; name two")
    graph = project_network(network, modalities, through=through, named=starts | ends)
    path = search_path(network, graph, starts, ends)
    if not path:
        told = tell_unlinked(network, modalities, through)
        raise EmptyError(f"'{names[0]}' and '{names[1]}' are not linked by {told}")
    return [(node, graph.edges[node, other]["link"]) for node, other in pairwise(path)]


def tell_unlinked(
    network: MultiDiGraph, modalities: Collection[str], through: Collection[str]
) -> str:
    """Return by what two things are not linked, and what else may link them."""
    every = {*modalities} >= {*STATES}
    more = [] if every else ["more modalities"]
    more += ["ways through places, areas or markets"] if find_aside(network, through) else []
    told = "any fact" if every else f"what is {' or '.join(modalities).lower()}"
    return f"{told}; allow {' or '.join(more)}" if more else told


def search_path(network: MultiDiGraph, graph: Graph, starts: set[str], ends: set[str]) -> list[str]:
    """Search breadth first for the way with fewest links: the surest, then the first by names."""
    layer: Layer = {it: (0, (order_of(network, it),)) for it in starts if it in graph}
    reached = set(layer)
    while layer and not ends & layer.keys():
        found: Layer = {}
        for node, (doubt, way) in layer.items():
            for other in graph[node].keys() - reached:
                more = graph.edges[node, other]["doubt"]
                step = doubt + more, (*way, order_of(network, other))
                found[other] = min(step, found.get(other, step))
        reached |= found.keys()
        layer = found
    ways = [layer[node] for node in ends & layer.keys()]
    return [node for _, node in min(ways)[1]] if ways else []


def find_things(network: MultiDiGraph, given: str | Collection[str]) -> set[str]:
    """Return those of the given IRIs, or the one, that are things of a network; raise KgError."""
    nodes = [given] if isinstance(given, str) else given
    found = {str(node) for node in nodes if str(node) in network}
    if not found:
        raise KgError(
            f"{' or '.join(map(str, nodes))}: no thing that a fact could link; name another"
        )
    return found


def order_of(network: MultiDiGraph, node: str) -> tuple[str, str]:
    """Return what things of equal rank are ordered by: name, then IRI."""
    return network.nodes[node]["name"], node


def state_of(said: Mapping[str, Any]) -> str:
    """Return how a fact is put forward, 'Over' if it is over.

    >>> state_of({"modality": "Actual", "ended": True})
    'Over'
    """
    return "Over" if said["ended"] else str(said["modality"])


def tell_modality(said: Mapping[str, Any]) -> str:
    """Return a fact's modality in lower case, with whether it is over.

    >>> tell_modality({"modality": "Actual", "ended": True})
    'actual, over'
    """
    return str(said["modality"]).lower() + (", over" if said["ended"] else "")


def direction_of(link: Link, start: str) -> str:
    """Return an arrow for how a link's relation is meant if one reads it from one of its ends.

    >>> direction_of(Link("urn:a", "urn:b", "urn:f", {"relation": "acquired"}), "urn:b")
    '←'
    """
    relation = ontology.properties().get(link.said["relation"])
    if relation and relation.symmetric:
        return "↔"
    return "→" if link.subject == start else "←"
