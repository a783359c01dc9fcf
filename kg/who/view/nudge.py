"""A store that follows one more decision, or one less: only what that touches is made anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kg.store.engine import has_claims
from kg.store.held import Held, hold_store
from kg.store.union import DEFAULT
from kg.who.clusters import Clusters, find_clusters
from kg.who.decisions import Decision
from kg.who.named import read_called_by
from kg.who.things import Thing
from kg.who.view.changes import Change, apply, direct_triples, read_claim, read_graph
from kg.who.view.claims import make_claims
from kg.who.view.describe import (
    DIFFERENT,
    SAME,
    STATED,
    VOICE,
    describe_claim,
    describe_decisions,
    describe_moves,
    read_about,
    read_applied,
)
from kg.who.view.memory import Memory, read_memory
from kg.who.view.resolve import Outcome, find_gone, find_store, resolve_store
from kg.who.view.statements import (
    ARTICLE,
    MARKET,
    OBJECT,
    SUBJECT,
    TYPE,
    read_facts,
    read_terms,
)
from kg.who.view.things import Moves, describe_things, direct_terms, find_homes, find_moves
from kg.who.view.world import find_base

#: A fact, and the graph of its article.
Place = tuple[str, str]


def nudge(
    held: Held,
    memory: Memory,
    decisions: Iterable[Decision],
    *,
    check: Callable[[Outcome], None],
    force: bool,
) -> Outcome | None:
    """Let a store that follows some decisions follow others; None where all must be made anew.

    That is so where facts do not count, by some line, or lines tell which articles are copies. It
    is the same as `resolve`, as long as no article has changed.
    """
    decisions = sorted({*decisions}, key=lambda one: tuple(one.to_row().values()))
    base = find_base(held.store)
    graph = ox.NamedNode(f"{base}decision/graph")
    applied = read_applied(held.store, graph)
    if not has_claims(held.store) or any(map(is_wide, [*decisions, *applied])):
        return None
    things, called = memory.things, read_called_by(held.store, [*decisions, *applied])
    old = read_clusters(held.store, graph) or find_clusters(things, applied, called=called)
    new = find_clusters(things, decisions, called=called, force=force)
    outcome = Outcome(
        conflicts=new.conflicts, stale=tuple(it for it in decisions if it in {*new.stale})
    )
    check(outcome)
    touched = find_touched(things, old, new)
    about = {iri for one in {*decisions} - {*applied} for iri in new.about.get(one, ())}
    for one in {*applied} - {*decisions}:
        about |= {*read_about(held.store, one, base)}
    touched |= find_named(about, old, new)
    moves = find_moves(things, new, ())
    told = describe_decisions(decisions, new.about, base) | describe_moves(moves, new)
    changes = chain(
        describe_things(held, narrow(find_moves(things, new, touched), touched), new),
        change_some(held, find_places(held.store, things, touched, old=old, new=new), new, touched),
    )
    changed = apply(held, changes) + apply(held, [(read_graph(held.store, graph), told)], graph)
    return replace(outcome, changed=changed, gone=find_gone(applied, decisions))


def nudge_store(
    folder: str | Path,
    decisions: Iterable[Decision],
    *,
    check: Callable[[Outcome], None] = lambda outcome: None,
    force: bool = False,
) -> Outcome:
    """Let a store follow other decisions than before, as fast as may be; raise StoreError."""
    path, lines = find_store(folder), [*decisions]

    outcome = None
    with hold_store(path, named=True) as held:
        if memory := read_memory(path):
            outcome = nudge(held, memory, lines, check=check, force=force)
    return outcome or resolve_store(path, lines, check=check, force=force)


def is_wide(decision: Decision) -> bool:
    """Tell whether a decision is about facts or articles: what follows from it may be anywhere."""
    return decision.kind in ("wrong", "drop") or decision.left.scheme == "article"


def read_clusters(store: ox.Store, graph: ox.NamedNode) -> Clusters | None:
    """Read back who is who in a store; None where a local IRI means several things.

    Labels, classes and numbers are not among it.
    """
    if next(iter(store.quads_for_pattern(None, DIFFERENT, None, graph)), None):
        return None
    return Clusters({iri: home.value for iri, home in read_terms(store, SAME, graph)})


def find_touched(things: Iterable[Thing], old: Clusters, new: Clusters) -> set[str]:
    """Return the canonical IRIs of which it has changed who they are.

    >>> from kg.who.things import make_thing
    >>> those = [make_thing("Ava", "Company", articles=("a",))]
    >>> sorted(find_touched(those, Clusters(), Clusters({those[0].iri: "urn:x"})))
    ['https://pressgraph.example/id/org/ava', 'urn:x']
    """
    touched: set[str] = set()
    parted = {iri for iri, _ in (*old.parts, *new.parts)}
    for thing in things:
        for article in thing.articles if thing.iri in parted else ("",):
            before, after = (it.canonical(thing.iri, article) for it in (old, new))
            if before != after:
                touched |= {before, after, thing.iri}
    return touched


def find_named(about: Collection[str], old: Clusters, new: Clusters) -> set[str]:
    """Return what some local IRIs are: their names, classes and numbers may change.

    >>> sorted(find_named(["urn:a"], Clusters({"urn:a": "urn:b"}), Clusters()))
    ['urn:a', 'urn:b']
    """
    homes = {clusters.canonical(iri) for clusters in (old, new) for iri in about}
    parts = (*old.parts.items(), *new.parts.items())
    return homes | {home for (iri, _), home in parts if iri in about}


def narrow(moves: Moves, touched: set[str]) -> Moves:
    """Return the moves of what is touched alone."""
    return Moves({iri: those for iri, those in moves.locals.items() if iri in touched}, moves.homes)


def find_places(
    store: ox.Store, things: Sequence[Thing], touched: set[str], *, old: Clusters, new: Clusters
) -> list[Place]:
    """Return the facts about what is touched, before or now, each with its graph."""
    found: set[Place] = set()
    for clusters in (old, new):
        for thing, home, graphs in find_homes(things, clusters):
            for part in (SUBJECT, OBJECT, MARKET) if home in touched else ():
                within = {*graphs}
                for quad in store.quads_for_pattern(None, part, ox.NamedNode(thing.iri), None):
                    name = quad.graph_name
                    if isinstance(name, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode):
                        if name.value in within:
                            found.add((quad.subject.value, name.value))
    return sorted(found)


def change_some(
    held: Held, places: Sequence[Place], clusters: Clusters, touched: set[str]
) -> Iterator[Change]:
    """Yield the claims of some facts as they are and as they are to be, and direct triples."""
    wanted = {fact for fact, _ in places}
    graphs = sorted({graph for _, graph in places})
    said = (one for graph in graphs for one in read_facts(held.store, graph))
    statements = [one for one in said if one.fact in wanted]
    voices = read_voices_of(held.store, {one.article for one in statements})
    claims = {one.iri: one for one in make_claims(statements, clusters.canonical, voices)}
    before = {
        quad.subject.value
        for fact, _ in places
        for quad in held.store.quads_for_pattern(None, STATED, ox.NamedNode(fact), DEFAULT)
        if isinstance(quad.subject, ox.NamedNode)
    }
    for iri in sorted({*claims, *before}):
        yield read_claim(held.store, iri), describe_claim(claims[iri]) if iri in claims else set()
    has: set[ox.Triple] = set()
    for node in map(ox.NamedNode, sorted(touched)):
        quads = chain(
            held.store.quads_for_pattern(node, None, None, DEFAULT),
            held.store.quads_for_pattern(None, None, node, DEFAULT),
        )
        has |= {quad.triple for quad in quads if quad.predicate in direct_terms()}
    yield has, direct_triples(claims.values())


def read_voices_of(store: ox.Store, graphs: Iterable[str]) -> Mapping[str, str]:
    """Read the voices of those articles that are copies of others, by their graphs."""
    found = {}
    for graph in graphs:
        for quad in store.quads_for_pattern(None, TYPE, ARTICLE, ox.NamedNode(graph)):
            for told in store.quads_for_pattern(quad.subject, VOICE, None, DEFAULT):
                if isinstance(told.object, ox.NamedNode):
                    found[graph] = told.object.value
    return found
