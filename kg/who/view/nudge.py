"""A store that follows one more decision, or one less: only what that touches is made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kg.store.engine import has_claims
from kg.store.store import hold_store
from kg.store.union import DEFAULT
from kg.who.clusters import Clusters, find_clusters
from kg.who.decisions import Decision
from kg.who.things import Thing
from kg.who.view.changes import Change, apply, direct_triples, read_claim, read_graph
from kg.who.view.claims import make_claims
from kg.who.view.describe import (
    STATED,
    VOICE,
    describe_claim,
    describe_decisions,
    describe_moves,
    read_applied,
)
from kg.who.view.memory import Memory, read_memory
from kg.who.view.resolve import Outcome, find_store, resolve_store
from kg.who.view.statements import (
    ARTICLE,
    CONFIDENCE,
    DEAL,
    ENDED,
    MODALITY,
    OBJECT,
    PREDICATE,
    PUBLISHED,
    ROLE,
    SUBJECT,
    TYPE,
    WHEN,
    Statement,
    Term,
    make_when,
    read_number,
    read_role,
)
from kg.who.view.things import Moves, describe_things, direct_terms, find_moves
from kg.who.view.world import find_base

#: A fact, and the graph of its article.
Place = tuple[str, str]


def nudge(
    store: ox.Store,
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
    base = find_base(store)
    graph = ox.NamedNode(f"{base}decision/graph")
    applied = read_applied(store, graph)
    if not has_claims(store) or any(map(is_wide, [*decisions, *applied])):
        return None
    things, called = memory.things, memory.called
    old = find_clusters(things, applied, called=called)
    new = find_clusters(things, decisions, called=called, force=force)
    outcome = Outcome(
        conflicts=new.conflicts, stale=tuple(it for it in decisions if it in {*new.stale})
    )
    check(outcome)
    touched = find_touched(things, old, new)
    moves = find_moves(things, new, ())
    told = describe_decisions(decisions, new.about, base) | describe_moves(moves, new)
    changes = chain(
        describe_things(store, narrow(find_moves(things, new, touched), touched), new),
        change_claims(store, find_places(store, things, touched, old=old, new=new), new, touched),
    )
    changed = apply(store, changes) + apply(store, [(read_graph(store, graph), told)], graph)
    return Outcome(0, changed, outcome.conflicts, outcome.stale)


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
            outcome = nudge(held[0], memory, lines, check=check, force=force)
    return outcome or resolve_store(path, lines, check=check, force=force)


def is_wide(decision: Decision) -> bool:
    """Tell whether a decision is about facts or articles: what follows from it may be anywhere."""
    return decision.kind in ("wrong", "drop") or decision.left.scheme == "article"


def find_touched(things: Iterable[Thing], old: Clusters, new: Clusters) -> set[str]:
    """Return the canonical IRIs of which something has changed: who they are, name, class, number.

    >>> from kg.who.things import make_thing
    >>> those = [make_thing("Ava", "Company", articles=("a",))]
    >>> find_touched(those, Clusters(), Clusters(labels={those[0].iri: "Avalon"}))
    {'https://pressgraph.example/id/org/ava'}
    """
    touched: set[str] = set()
    for one, other in ((old.labels, new.labels), (old.kinds, new.kinds)):
        touched |= {iri for iri in {*one, *other} if one.get(iri) != other.get(iri)}
    numbered = {*old.numbers, *new.numbers}
    touched |= {iri for iri in numbered if old.numbers.get(iri) != new.numbers.get(iri)}
    for thing in things:
        for article in thing.articles:
            before, after = (it.canonical(thing.iri, article) for it in (old, new))
            if before != after:
                touched |= {before, after, thing.iri}
    return touched


def narrow(moves: Moves, touched: set[str]) -> Moves:
    """Return the moves of what is touched alone."""
    return Moves({iri: those for iri, those in moves.locals.items() if iri in touched}, moves.homes)


def find_places(
    store: ox.Store, things: Iterable[Thing], touched: set[str], *, old: Clusters, new: Clusters
) -> list[Place]:
    """Return the facts about what is touched, before or now, each with its graph."""
    found: set[Place] = set()
    for thing in things:
        graphs = {
            graph
            for graph in thing.articles
            if not touched.isdisjoint(
                (old.canonical(thing.iri, graph), new.canonical(thing.iri, graph))
            )
        }
        for part in (SUBJECT, OBJECT) if graphs else ():
            for quad in store.quads_for_pattern(None, part, ox.NamedNode(thing.iri), None):
                name = quad.graph_name
                if isinstance(name, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode):
                    if name.value in graphs:
                        found.add((quad.subject.value, name.value))
    return sorted(found)


def change_claims(
    store: ox.Store, places: Sequence[Place], clusters: Clusters, touched: set[str]
) -> Iterator[Change]:
    """Yield the claims of some facts as they are and as they are to be, and direct triples."""
    statements = [one for place in places if (one := read_statement(store, *place))]
    voices = read_voices_of(store, {one.article for one in statements})
    claims = {one.iri: one for one in make_claims(statements, clusters.canonical, voices)}
    before = {
        quad.subject.value
        for fact, _ in places
        for quad in store.quads_for_pattern(None, STATED, ox.NamedNode(fact), DEFAULT)
        if isinstance(quad.subject, ox.NamedNode)
    }
    for iri in sorted({*claims, *before}):
        yield read_claim(store, iri), describe_claim(claims[iri]) if iri in claims else set()
    has: set[ox.Triple] = set()
    for node in map(ox.NamedNode, sorted(touched)):
        quads = chain(
            store.quads_for_pattern(node, None, None, DEFAULT),
            store.quads_for_pattern(None, None, node, DEFAULT),
        )
        has |= {quad.triple for quad in quads if quad.predicate in direct_terms()}
    yield has, direct_triples(claims.values())


def read_statement(store: ox.Store, fact: str, graph: str) -> Statement | None:
    """Read one fact of an article's graph."""
    node, name = ox.NamedNode(fact), ox.NamedNode(graph)
    told: dict[ox.NamedNode, Term] = {
        quad.predicate: quad.object
        for quad in store.quads_for_pattern(node, None, None, name)
        if isinstance(quad.object, ox.NamedNode | ox.Literal)
    }
    if not all(isinstance(told.get(part), ox.NamedNode) for part in (SUBJECT, PREDICATE)):
        return None
    if OBJECT not in told:
        return None
    modality = told[MODALITY].value if MODALITY in told else ""
    return Statement(
        fact,
        graph,
        told[SUBJECT].value,
        told[PREDICATE].value,
        told[OBJECT],
        modality=modality.rpartition("#")[2] or "Possible",
        ended=ENDED in told,
        confidence=read_number(told.get(CONFIDENCE)),
        role=read_role(told.get(ROLE)),
        date=read_date(store, name),
        when=make_when(
            {**read_dates_of(store, told.get(DEAL), name), **read_dates_of(store, node, name)}
        ),
    )


def read_dates_of(store: ox.Store, node: Term | None, graph: ox.NamedNode) -> dict[str, str]:
    """Read the dates that stand on a fact or a deal, the least where there are several."""
    found: dict[str, str] = {}
    if isinstance(node, ox.NamedNode):
        for quad in store.quads_for_pattern(node, None, None, graph):
            if quad.predicate in WHEN and isinstance(quad.object, ox.Literal):
                name = WHEN[quad.predicate]
                found[name] = min(found.get(name, quad.object.value), quad.object.value)
    return found


def read_date(store: ox.Store, graph: ox.NamedNode) -> str:
    """Read when the article of a graph was published."""
    quads = store.quads_for_pattern(None, PUBLISHED, None, graph)
    return max(
        (it.object.value[:10] for it in quads if isinstance(it.object, ox.Literal)), default=""
    )


def read_voices_of(store: ox.Store, graphs: Iterable[str]) -> Mapping[str, str]:
    """Read the voices of those articles that are copies of others, by their graphs."""
    found = {}
    for graph in graphs:
        for quad in store.quads_for_pattern(None, TYPE, ARTICLE, ox.NamedNode(graph)):
            for told in store.quads_for_pattern(quad.subject, VOICE, None, DEFAULT):
                if isinstance(told.object, ox.NamedNode):
                    found[graph] = told.object.value
    return found
