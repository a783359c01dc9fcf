"""A decision that a store takes: checked, followed, and then written into its file."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kg.errors import DataError
from kg.files.collecting import without_collecting
from kg.files.locks import lock_beside
from kg.store.journal import begin_deciding, end_deciding
from kg.who.book import add_decisions, read_book, undo_decision, write_book
from kg.who.decisions import Decision, read_decision
from kg.who.view.beside import name_book, read_given, tell_conflict
from kg.who.view.nudge import nudge_store
from kg.who.view.resolve import Outcome


@dataclass(frozen=True, slots=True)
class Judged:
    """Hold a decision, the file that has it, and what came of it: None where it was there."""

    decision: Decision
    path: Path
    outcome: Outcome | None


def decide(
    store: Path, cells: Mapping[str, str], decisions: Path | None = None, *, force: bool = False
) -> Judged:
    """Add a line to a store's file of decisions and let the store follow it; raise DataError.

    Who decides, and when, is added where the cells do not tell.
    """
    path = name_book(store, decisions)
    given = {**cells, "by": cells.get("by") or whoami(), "on": cells.get("on") or now()}
    decision = read_decision(given)

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


def take_back(
    store: Path, name: str, other: str, decisions: Path | None = None
) -> tuple[Decision, Outcome]:
    """Take back the last decision, or the last one on some names; raise DataError for none."""
    path = name_book(store, decisions)
    with lock_beside(path), without_collecting():
        book, gone = undo_decision(read_given(store, decisions), name, other)
        outcome = nudge_store(store, book.list_decisions(), check=lambda _: begin_deciding(store))
        write_book(path, book)
        end_deciding(store)
    return gone, outcome


def check_decision(decision: Decision, outcome: Outcome, *, force: bool) -> None:
    """Raise DataError for a line that contradicts others, or that matches nothing."""
    said = str(decision)
    for one in outcome.conflicts:
        if one.by_hand and said in (one.why, *one.chain) and not force:
            raise DataError(f"{tell_conflict(one)}; nothing has changed")
    if not force and any(str(line) == said for line in outcome.stale):
        told = "write names as articles have them, or give --force to keep the line for later ones"
        raise DataError(f"{said}: matches nothing in the store; {told}")


def now() -> str:
    """Return when somebody decides, to the second: the first decision fixes an IRI."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def whoami() -> str:
    """Return who decides, where nobody is named."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
