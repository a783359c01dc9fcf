"""A decision that a store takes: checked, followed, and then written into its file."""

from __future__ import annotations

import getpass
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataError
from kg.files.collecting import without_collecting
from kg.files.locks import lock_beside
from kg.graph.terms import FOLDERS
from kg.graph.vocabularies import KG
from kg.names.key import fold, name_key
from kg.store.engine import engine_of, load_graph
from kg.store.journal import begin_deciding, end_deciding
from kg.store.labels import TYPE, Thing, find_begun, read_names
from kg.store.union import DEFAULT
from kg.who.book import Book, add_decisions, read_book, undo_decision, write_book
from kg.who.decisions import Decision, Side, bare, read_decision
from kg.who.rules import NAMED
from kg.who.sides import PAIRS
from kg.who.view.beside import name_book, read_given, tell_conflict
from kg.who.view.nudge import nudge_store
from kg.who.view.resolve import Outcome


@dataclass(frozen=True, slots=True)
class Judged:
    """Hold a decision, the file that has it, and what came of it: None where it was there.

    `typed` is what it was taken for, where that has the beginning of a name alone.
    """

    decision: Decision
    path: Path
    outcome: Outcome | None
    typed: Decision | None = None


class UnmatchedError(DataError):
    """Report a decision that is about nothing that an article names."""


def decide(
    store: Path, cells: Mapping[str, str], decisions: Path | None = None, *, force: bool = False
) -> Judged:
    """Add a line to a store's file of decisions and let the store follow it; raise DataError.

    Who decides, and when, is added where the cells do not tell. Where no article has a name, one
    that begins so is taken, if that is one thing's.
    """
    given = {**cells, "by": cells.get("by") or whoami(), "on": cells.get("on") or now()}
    decision = read_decision(given)
    try:
        return write_decision(store, decision, decisions, force=force)
    except UnmatchedError:
        whole = complete_decision(store, decision)
        if whole == decision:
            raise
        return replace(write_decision(store, whole, decisions, force=force), typed=decision)


def write_decision(
    store: Path, decision: Decision, decisions: Path | None, *, force: bool
) -> Judged:
    """Add a decision to a store's file and let the store follow it; raise DataError."""
    path = name_book(store, decisions)

    def check(outcome: Outcome) -> None:
        check_decision(decision, outcome, force=force)
        begin_deciding(store)

    with lock_beside(path), without_collecting():
        before = read_book(path)
        book = add_decisions(before, [decision])
        if book == before:
            return Judged(decision, path, None)
        outcome = nudge_store(store, book.list_decisions(), check=check, force=force)
        write_book(path, book)
        end_deciding(store)
    return Judged(decision, path, outcome)


def add_lines(store: Path, lines: Sequence[Decision], decisions: Path | None = None) -> Outcome:
    """Add decisions to a store's file and let the store follow them; raise DataError."""
    path = name_book(store, decisions)
    with lock_beside(path), without_collecting():
        book = add_decisions(read_book(path), lines)
        return follow_lines(store, path, book)


def take_back(
    store: Path, name: str, other: str, decisions: Path | None = None
) -> tuple[Decision, Outcome]:
    """Take back the last decision, or the last one on some names; raise DataError for none."""
    path = name_book(store, decisions)
    with lock_beside(path), without_collecting():
        book, gone = undo_decision(read_given(store, decisions), name, other)
        outcome = follow_lines(store, path, book)
    others = tuple(one for one in outcome.gone if bare(one) != bare(gone))
    return gone, replace(outcome, gone=others)


def follow_lines(store: Path, path: Path, book: Book) -> Outcome:
    """Let a store follow a file of decisions, and write it: what breaks between them is told."""
    outcome = nudge_store(store, book.list_decisions(), check=lambda _: begin_deciding(store))
    write_book(path, book)
    end_deciding(store)
    return outcome


def check_decision(decision: Decision, outcome: Outcome, *, force: bool) -> None:
    """Raise DataError for a line that contradicts others, or that matches nothing."""
    said = str(decision)
    for one in outcome.conflicts:
        if one.by_hand and said in (one.why, *one.chain) and not force:
            raise DataError(f"{tell_conflict(one)}; nothing has changed")
    if not force and any(str(line) == said for line in outcome.stale):
        told = "write names as articles have them, or give --force to keep the line for later ones"
        raise UnmatchedError(f"{said}: matches nothing in the store; {told}")


def complete_decision(store: Path, decision: Decision) -> Decision:
    """Return a decision whose sides are whole names; raise QueryError where several begin so."""
    loaded = load_graph(store)  # its snapshot lasts as long as this
    held = engine_of(loaded)
    names = [*read_names(held)]
    left = complete_side(held, decision.left, names)
    if decision.kind not in (*PAIRS, "wrong") or not decision.right:
        return replace(decision, left=left)
    return replace(decision, left=left, right=str(complete_side(held, decision.other, names)))


def complete_side(store: ox.Store, side: Side, names: Sequence[tuple[Thing, str]]) -> Side:
    """Return a side with the whole name that it begins; one that is whole, or none, stays."""
    if side.scheme not in ("", *NAMED):
        return side
    folders = [side.scheme] if side.scheme else NAMED
    kinds = [ox.NamedNode(str(KG[kind])) for kind, it in FOLDERS.items() if it in folders]
    quads = (quad for kind in kinds for quad in store.quads_for_pattern(None, TYPE, kind, DEFAULT))
    those = {quad.subject for quad in quads}
    kept = [(node, label) for node, label in names if node in those]
    keys = {label: name_key(label) for _, label in kept}
    wanted = name_key(side.value)
    if not wanted or any(fold(label) == fold(side.value) for label in keys):
        return side
    if same := sorted(label for label, key in keys.items() if key == wanted):
        return Side(side.scheme, same[0])
    if not any(key.startswith(wanted) for key in keys.values()):
        return side
    return Side(side.scheme, find_begun(store, side.value, kept)[0])


def now() -> str:
    """Return when somebody decides, to the second: the first decision fixes an IRI."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def whoami() -> str:
    """Return who decides, where nobody is named."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
