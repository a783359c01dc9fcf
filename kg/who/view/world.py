"""What a store's articles name and say, and who is who in it by decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg.graph.terms import BASE
from kg.graph.vocabularies import NIF
from kg.who.clusters import Clusters, find_clusters
from kg.who.copies import Print, find_voices
from kg.who.decisions import Decision, Side
from kg.who.joins import Conflict
from kg.who.sides import Called
from kg.who.things import Thing
from kg.who.view.statements import (
    ARTICLE,
    TYPE,
    Statement,
    read_dates,
    read_graphs,
    read_statements,
)
from kg.who.view.wrong import find_sides, find_wrong

TEXT = ox.NamedNode(str(NIF.isString))


@dataclass(frozen=True, slots=True)
class World:
    """Hold what a store's articles name and say, and who is who in it."""

    clusters: Clusters
    statements: Sequence[Statement]
    excluded: Mapping[Decision, Collection[str]]
    voices: Mapping[str, str]
    conflicts: tuple[Conflict, ...]
    stale: tuple[Decision, ...]

    def home(self, iri: str, article: str) -> str:
        """Return the canonical IRI of a local one of an article, '' for what is no thing."""
        found = self.clusters.canonical(iri, article)
        return "" if found in self.clusters.dropped else found


def read_world(
    store: ox.Store,
    decisions: Sequence[Decision],
    *,
    things: Sequence[Thing],
    called: Called,
    force: bool = False,
) -> World:
    """Read who is who, what is said, what of it does not count, and which articles are copies."""
    clusters = find_clusters(things, decisions, called=called, force=force)
    statements = read_statements(store)
    sides = find_sides(decisions, things, clusters)
    wrong = find_wrong(statements, decisions, home=clusters.canonical, sides=sides, called=called)
    excluded = {**wrong, **find_dropped(statements, decisions, clusters)}
    voices, conflicts = find_voices(read_prints(store, called), name_scopes(decisions, called))
    stale = {*clusters.stale, *(one for one, facts in wrong.items() if not facts)}
    return World(
        clusters,
        statements,
        excluded,
        voices,
        tuple(sorted({*clusters.conflicts, *conflicts})),
        tuple(one for one in decisions if one in stale),
    )


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


def read_prints(store: ox.Store, called: Called) -> list[Print]:
    """Read what tells copies: each article's text and date, by its graph's IRI."""
    texts = {
        quad.graph_name.value: quad.object.value
        for quad in store.quads_for_pattern(None, TEXT, None, None)
        if isinstance(quad.graph_name, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    }
    dates = read_dates(store, named=True)
    return [Print(name, texts.get(name, ""), dates.get(name, "")) for name in sorted(called)]


def name_scopes(decisions: Iterable[Decision], called: Called) -> Iterator[Decision]:
    """Yield the decisions on articles, each article called by its graph's IRI."""
    graphs = {name: graph for graph, names in called.items() for name in names}
    for one in decisions:
        if one.kind in ("same", "different") and one.left.scheme == one.other.scheme == "article":
            left, right = (graphs.get(side.value, side.value) for side in (one.left, one.other))
            yield replace(one, left=Side("article", left), right=f"article:{right}")


def name_articles(store: ox.Store, voices: Mapping[str, str]) -> dict[str, str]:
    """Return the voice of each article by its own IRI; those of graphs are its key so far."""
    return {article: voices[graph] for article, graph in read_graphs(store) if graph in voices}


def find_base(store: ox.Store) -> str:
    """Return what a store's own IRIs begin with: the name of an article's graph tells."""
    for quad in store.quads_for_pattern(None, TYPE, ARTICLE, None):
        if isinstance(quad.graph_name, ox.NamedNode):
            head, found, _ = quad.graph_name.value.rpartition("graph/")
            if found:
                return head
    return BASE
