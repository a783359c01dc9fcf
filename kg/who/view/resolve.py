"""The default graph of a store: a function of its articles' graphs and of decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.engine import MARK, has_claims, open_folder
from kg.store.held import Held, hold_store
from kg.who.decisions import Decision, bare
from kg.who.joins import Conflict
from kg.who.view.changes import (
    apply,
    change_claims,
    change_voices,
    describe_excluded,
    is_fact,
    read_graph,
)
from kg.who.view.describe import describe_decisions, describe_moves, read_applied, read_moved
from kg.who.view.memory import Memory, read_memory_of, write_memory
from kg.who.view.things import describe_things, find_moves
from kg.who.view.world import Said, find_base, read_world


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what came of resolving a store: claims, triples that came or went, what does not fit.

    Conflicts `by_hand` are for somebody to mend; `stale` decisions match nothing any more; those
    `gone` were followed until now, and are not among the decisions given.
    """

    claims: int = 0
    changed: int = 0
    conflicts: tuple[Conflict, ...] = ()
    stale: tuple[Decision, ...] = ()
    gone: tuple[Decision, ...] = ()


def resolve_store(
    folder: str | Path,
    decisions: Iterable[Decision],
    *,
    check: Callable[[Outcome], None] = lambda outcome: None,
    force: bool = False,
) -> Outcome:
    """Let a store's default graph follow its articles and decisions; raise StoreError.

    Whatever it held before, it is the same afterwards: see `resolve`.
    """
    path, lines = find_store(folder), [*decisions]

    with hold_store(path, named=True) as held:
        memory = read_memory_of(held)
        outcome = resolve(held, lines, memory=memory, check=check, force=force)
        write_memory(path, memory)
    return outcome


def find_store(folder: str | Path) -> Path:
    """Return the folder of a store; raise StoreError for what is none."""
    path = Path(folder)
    if not (path / MARK).is_file():
        raise StoreError(f"{folder}: no store; make one with: kg build ARTICLE --store {folder}")
    return path


def resolve(
    held: Held,
    decisions: Iterable[Decision],
    *,
    memory: Memory | None = None,
    check: Callable[[Outcome], None] = lambda outcome: None,
    force: bool = False,
) -> Outcome:
    """Let the default graph hold canonical things, claims and the direct triples of these.

    What articles say and what proves it stands in it as in their own graphs, but for facts that do
    not count. Each article's graph stays as it was read; what is decided has a graph of its own.
    `check` sees what does not fit before anything changes, and may raise. `memory` is what articles
    name, where that is known.
    """
    decisions = sorted({*decisions}, key=lambda one: tuple(one.to_row().values()))
    known, base = memory or read_memory_of(held), find_base(held.store)
    graph = ox.NamedNode(f"{base}decision/graph")
    made: set[int] = set()
    gone = find_gone(read_applied(held.store, graph), decisions)
    with Said() as said:
        world = read_world(held, decisions, memory=known, said=said, force=force)
        check(Outcome(conflicts=world.conflicts, stale=world.stale))
        before = {*read_moved(held.store, graph)}
        facts = {iri for iri in before if is_fact(held.store, iri)}
        moves = find_moves(known.things, world.clusters, before - facts)
        excluded = {fact for those in world.excluded.values() for fact in those}
        changes = chain(
            describe_things(held, moves, world.clusters),
            describe_excluded(held, excluded, facts),
            change_claims(held, said, world, made),
            change_voices(held, world.voices, base),
        )
        changed = apply(held, changes)
    about = {
        one: (*world.clusters.about.get(one, ()), *world.excluded.get(one, ())) for one in decisions
    }
    told = describe_decisions(decisions, about, base) | describe_moves(moves, world.clusters)
    changed += apply(held, [(read_graph(held.store, graph), told)], graph)
    return Outcome(len(made), changed, world.conflicts, world.stale, gone)


def find_gone(applied: Iterable[Decision], decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that were followed and are no longer given, whoever took them when.

    >>> from kg.who.decisions import read_decision
    >>> one = read_decision({"left": "Free", "is": "different", "right": "Iliad", "by": "mb"})
    >>> find_gone([one], [bare(one)]), str(*find_gone([one], []))
    ((), 'Free different Iliad')
    """
    kept = {bare(one) for one in decisions}
    return tuple(sorted((one for one in applied if bare(one) not in kept), key=str))


def resolve_again(store: ox.Store) -> None:
    """Resolve a store that follows decisions anew, after its articles' graphs have changed."""
    if not has_claims(store):
        return
    graph = ox.NamedNode(f"{find_base(store)}decision/graph")
    resolve(Held(store), read_applied(store, graph))


def follows(folder: str | Path, decisions: Iterable[Decision]) -> bool:
    """Tell whether a store has claims and follows just these decisions; raise StoreError."""
    store, close = open_folder(Path(folder))
    try:
        graph = ox.NamedNode(f"{find_base(store)}decision/graph")
        lines = {tuple(one.to_row().values()) for one in read_applied(store, graph)}
        return has_claims(store) and lines == {tuple(one.to_row().values()) for one in decisions}
    finally:
        del store
        close()
