"""What a store's articles name and say, and who is who in it by decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import pyoxigraph as ox

from kg.files.spool import Spool
from kg.graph.terms import BASE
from kg.graph.vocabularies import NIF
from kg.store.held import Held
from kg.who.clusters import Clusters, find_clusters
from kg.who.copies import Print, find_voices
from kg.who.decisions import Decision, Side
from kg.who.joins import Conflict
from kg.who.named import read_called_by
from kg.who.sides import Called
from kg.who.view.memory import Memory
from kg.who.view.statements import (
    Statement,
    read_date,
    read_facts,
    read_terms,
)
from kg.who.view.wrong import find_sides, find_wrong

TEXT = ox.NamedNode(str(NIF.isString))


#: What a store says, by its claims: statements of articles, direct triples of its own graph.
Said = Spool[Statement | ox.Triple]


@dataclass(frozen=True, slots=True)
class World:
    """Hold who is who in a store, what of it does not count, and which articles are copies."""

    clusters: Clusters
    excluded: Mapping[Decision, Collection[str]]
    voices: Mapping[str, str]
    conflicts: tuple[Conflict, ...]
    stale: tuple[Decision, ...]

    def home(self, iri: str, article: str) -> str:
        """Return the canonical IRI of a local one of an article, '' for what is no thing."""
        found = self.clusters.canonical(iri, article)
        return "" if found in self.clusters.dropped else found


def read_world(
    held: Held,
    decisions: Sequence[Decision],
    *,
    memory: Memory,
    said: Said,
    force: bool = False,
) -> World:
    """Read who is who, what does not count, and which articles are copies; the rest is `said`."""
    called = read_called_by(held.store, decisions)
    clusters = find_clusters(memory.things, decisions, called=called, force=force)
    sides = find_sides(decisions, memory.things, clusters)
    home = clusters.canonical
    excluded: defaultdict[Decision, list[str]] = defaultdict(list)
    excluded |= {one: [] for one in decisions if one.kind == "wrong"}
    for graph in held.pass_on(memory.graphs):
        facts = [*read_facts(held.store, graph)]
        wrong = find_wrong(facts, decisions, home=home, sides=sides, called=called)
        dropped = find_dropped(facts, decisions, clusters)
        for one, those in chain(wrong.items(), dropped.items()):
            excluded[one] += those
        gone = {fact for those in (*wrong.values(), *dropped.values()) for fact in those}
        for fact in facts:
            if fact.fact not in gone:
                ends = (home(fact.subject, graph), home(fact.object.value, graph))
                said.add(name_part(fact.relation, *ends), fact)
    prints = read_prints(held, memory.graphs)
    voices, conflicts = find_voices(prints, name_scopes(decisions, called))
    stale = {
        *clusters.stale,
        *(it for it, those in excluded.items() if it.kind == "wrong" and not those),
    }
    return World(
        clusters,
        excluded,
        voices,
        tuple(sorted({*clusters.conflicts, *conflicts})),
        tuple(one for one in decisions if one in stale),
    )


def name_part(relation: str, one: str, two: str) -> str:
    """Return what is the same for all that says one relation of two things, either way round.

    >>> name_part("r", "a", "b") == name_part("r", "b", "a")
    True
    """
    return " ".join((relation, *sorted((one, two))))


def find_dropped(
    statements: Iterable[Statement], decisions: Iterable[Decision], clusters: Clusters
) -> dict[Decision, list[str]]:
    """Return the facts about what is dropped, by the first decision that drops something."""
    first = next((one for one in decisions if one.kind == "drop"), None)
    if first is None or not clusters.dropped:
        return {}
    found = [
        one.fact
        for one in statements
        if any(
            clusters.canonical(end, one.article) in clusters.dropped
            for end in (one.subject, one.object.value)
        )
    ]
    return {first: found}


def read_prints(held: Held, graphs: Iterable[str]) -> Iterator[Print]:
    """Read what tells copies: each article's text and date, by its graph's IRI."""
    for name in held.pass_on(graphs):
        graph = ox.NamedNode(name)
        text = next((it.value for _, it in [*read_terms(held.store, TEXT, graph)]), "")
        yield Print(name, text, read_date(held.store, graph))


def name_scopes(decisions: Iterable[Decision], called: Called) -> Iterator[Decision]:
    """Yield the decisions on articles, each article called by its graph's IRI."""
    graphs = {name: graph for graph, names in called.items() for name in names}
    for one in decisions:
        if one.kind in ("same", "different") and one.left.scheme == one.other.scheme == "article":
            left, right = (graphs.get(side.value, side.value) for side in (one.left, one.other))
            yield replace(one, left=Side("article", left), right=f"article:{right}")


def find_base(store: ox.Store) -> str:
    """Return what a store's own IRIs begin with: the name of an article's graph tells.

    >>> find_base(ox.Store())
    'https://pressgraph.example/id/'
    """
    for name in store.named_graphs():
        head, found, _ = name.value.rpartition("graph/")
        if found:
            return head
    return BASE
