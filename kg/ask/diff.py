"""What one graph says and another does not: facts that came, went or are put forward otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import Graph

from kg.ask.explain import word_fact
from kg.graph.blanks import PLACE
from kg.graph.terms import FOLDERS, LOCAL
from kg.network.links import ROLES, STATES, Link, state_of, tell_modality
from kg.network.network import build_network, list_facts, statement_of

if TYPE_CHECKING:
    from networkx import MultiDiGraph

#: What a fact says: its ends, relation and number, and of a position the role.
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """Hold how a graph puts a fact forward, and the surest words that say so.

    Of articles that disagree, `modality` has all: 'actual / possible'.
    """

    modality: str
    confidence: float
    quote: str
    sentence: str
    article: str
    fact: str


@dataclass(frozen=True, slots=True)
class Change:
    """Hold a fact that came (nothing `before`), went (nothing `after`) or changed its modality."""

    words: str
    subject: str
    relation: str
    object: str
    role: str
    before: Saying | None
    after: Saying | None

    @property
    def sign(self) -> str:
        """Return '+' for what came, '-' for what went, '~' for what changed."""
        if self.before and self.after:
            return "~"
        return "+" if self.after else "-"


def diff_graphs(old: Graph, new: Graph, *, lang: str = "en") -> list[Change]:
    """Compare what two graphs say, sorted by its words.

    Facts are the same if they have the same subject, relation, object and, for positions, role:
    whatever article says them, and whatever else is said of them. Things are the same if they have
    the same IRI, so both graphs need the same base; without one, if they have the same name.

    >>> diff_graphs(Graph(), Graph())
    []
    """
    networks = [build_network(graph, lang=lang) for graph in (old, new)]
    before, after = map(group_facts, networks)
    changes = []
    for key in before.keys() | after.keys():
        was, now = before.get(key, []), after.get(key, [])
        if states_of(was) != states_of(now):
            # Of whichever graph: the same words whether one looks ahead or back.
            told = [
                tell_fact(network, link, lang)
                for network, links in zip(networks, (was, now), strict=True)
                for link in links
            ]
            changes.append((min(told), key, Change(*min(told), find_saying(was), find_saying(now))))
    return [change for *_, change in sorted(changes, key=lambda found: found[:2])]


def group_facts(network: MultiDiGraph) -> dict[Key, list[Link]]:
    """Group a network's facts by what they say."""
    found: dict[Key, list[Link]] = {}
    for link in map(Link._make, list_facts(network)):
        if link.said["relation"] in ROLES:
            continue
        one, other = (tell_apart(network, end) for end in (link.subject, link.target))
        key = *statement_of(one, other, link.said), role_of(link)
        found.setdefault(key, []).append(link)
    return found


def tell_apart(network: MultiDiGraph, node: str) -> str:
    """Return what tells a thing from others: of what is a graph's or an article's own, its name."""
    about = network.nodes[node] if node else {}
    own = about.get("kind") in FOLDERS and FOLDERS[about["kind"]] in LOCAL
    blank = bool(node) and (":" not in node or node.startswith(PLACE))
    return str(about["name"]) if own or blank else node


def role_of(link: Link) -> str:
    """Return the role that a position is, or ''."""
    return str(link.said["qualifiers"].get("role", ""))


def rank_state(link: Link) -> tuple[int, str]:
    """Return how a fact is put forward, with its place: what is actual comes first.

    >>> rank_state(Link("urn:a", "urn:b", "urn:f", {"modality": "Denied", "ended": False}))
    (3, 'denied')
    """
    return STATES.index(state_of(link.said)), tell_modality(link.said)


def states_of(links: Iterable[Link]) -> list[tuple[int, str]]:
    """Return how facts are put forward, each way once, in order."""
    return sorted(set(map(rank_state, links)))


def find_saying(links: Collection[Link]) -> Saying | None:
    """Return how a graph puts forward what some facts say, with the surest one's words."""
    if not links:
        return None
    first = min(links, key=lambda link: (rank_state(link), -link.said["confidence"], link.fact))
    said = first.said
    return Saying(
        modality=" / ".join(state for _, state in states_of(links)),
        confidence=said["confidence"],
        quote=said["quote"],
        sentence=said["sentence"],
        article=said["title"],
        fact=first.fact,
    )


def tell_fact(network: MultiDiGraph, link: Link, lang: str) -> tuple[str, str, str, str, str]:
    """Return what a fact says: in words, then its subject, relation, object and role."""
    said, kept = link.said, ("role", "market")  # what makes it the same fact, no more
    subject = network.nodes[link.subject]["name"]
    target = network.nodes[link.target]["name"] if link.target else ""
    qualifiers = {name: said["qualifiers"].get(name, "") for name in kept}
    words = word_fact({**said, "qualifiers": qualifiers}, subject, target, lang)
    return words, subject, said["relation"], said["value"] or target, role_of(link)
