"""Whether a store is sound, and what a run that was killed has left in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError, StoreError
from kg.files.locks import NAME, RUN, lock_folder, take_lock
from kg.files.writing import find_parts, remove_part
from kg.graph.vocabularies import KG
from kg.store import journal
from kg.store.engine import MARK, READERS, open_folder
from kg.store.held import clear_snapshots
from kg.store.store import has_other_files
from kg.verbs.health.finding import Finding, tell_size
from kg.who.view.beside import name_book, read_given
from kg.who.view.resolve import follows
from kg.wordings import tell_count

WHAT = "store"
#: Subjects and objects that are looked up one by one, so that each index is read.
LOOKED_UP = 20_000
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
KINDS = {name: ox.NamedNode(str(KG[kind])) for name, kind in (
    ("article", "Article"), ("fact", "Fact"), ("claim", "Claim"),
)}  # fmt: skip
#: What mends all that nobody uses any more.
MEND = "kg doctor STORE --mend"
#: Seconds that others have to be done with a store.
PATIENCE = 5.0


def find_store(folder: Path, decisions: Path | None) -> Iterator[Finding]:
    """Look at a store: what was left behind, its files, what it holds, and its decisions."""
    if not folder.is_dir():
        raise StoreError(f"{folder}: no folder of a store; a graph's file is checked by: kg check")
    if not (folder / MARK).is_file():
        yield find_unmade(folder)
        return
    running = is_filled(folder)
    if running:
        yield Finding(WHAT, "a run fills it now; what it is at is not looked at")
    yield from find_left(folder, name_book(folder, decisions))
    if not running and (folder / journal.NAME).exists():
        told = "a run that filled it broke off"
        yield Finding(WHAT, told, "give the same kg build once more; it goes on where it was")
    if journal.is_deciding(folder):
        yield Finding(WHAT, "a change is going on, or broke off", "kg resolve STORE")
    try:
        yield find_quads(folder)
    except (KgError, RuntimeError, OSError) as error:
        yield find_damage(error, name_book(folder, decisions))
        return
    yield from find_decisions(folder, decisions)


def find_unmade(folder: Path) -> Finding:
    """Tell what a folder is that is no store."""
    if has_other_files(folder):
        return Finding(WHAT, "a folder of other files, and no store", "name a store's folder")
    return Finding(WHAT, "nothing is in it yet", "fill it with: kg build ARTICLE --store STORE")


def is_filled(folder: Path) -> bool:
    """Tell whether a run fills a store now."""
    try:
        with (folder / RUN).open("rb") as file:
            return not take_lock(file, write=False)
    except OSError:
        return False


def find_left(folder: Path, book: Path) -> Iterator[Finding]:
    """Look for what readers and writers that were killed have left behind."""
    dead = [own for own in (folder / READERS).glob("*") if is_dead(own)]
    if dead:
        size = sum(file.stat().st_size for own in dead for file in own.glob("*"))
        told = f"{len(dead)} snapshots of readers that are no more ({tell_size(size)})"
        yield Finding(WHAT, told, MEND, partial(clear, folder))
    parts = [*find_parts(folder), *find_parts(book.parent, book.name)]
    if parts:
        told = f"{tell_count(len(parts), 'file')} not written to the end"
        yield Finding(WHAT, told, MEND, partial(list, map(remove_part, parts)))


def is_dead(own: Path) -> bool:
    """Tell whether nobody reads a snapshot any more: whoever does has locked it."""
    with suppress(OSError):
        if time.time() - own.stat().st_mtime < 1:
            return False  # it may be about to be locked
        try:
            with (own / NAME).open("rb") as file:
                return take_lock(file, write=True)
        except FileNotFoundError:
            return own.is_dir()
    return False


def clear(folder: Path) -> None:
    """Remove snapshots that nobody reads, while nobody takes one; raise StoreError."""
    with lock_folder(folder, write=True, patience=PATIENCE):
        clear_snapshots(folder)


def find_quads(folder: Path) -> Finding:
    """Read all that a store holds, by each of its indexes; raise what that raises."""
    size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    store, close = open_folder(folder)
    try:
        count, terms = 0, tuple(set[Any]() for _ in range(3))
        for quad in store:
            count += 1
            for those, term in zip(terms, quad.triple, strict=True):
                if len(those) < LOOKED_UP:
                    those.add(term)
        for place, those in enumerate(terms):
            for term in those:
                pattern = [term if place == at else None for at in range(3)]
                for _ in store.quads_for_pattern(*pattern):
                    pass
        counts = {name: count_kind(store, kind) for name, kind in KINDS.items()}
    finally:
        del store
        close()
    told = ", ".join(f"{number:,} {name}{'s' * (number != 1)}" for name, number in counts.items())
    return Finding(WHAT, f"{told}, {count:,} triples in all, {tell_size(size)}; can be read whole")


def count_kind(store: ox.Store, kind: ox.NamedNode) -> int:
    """Return how many things of a class a store's own graph has."""
    quads = store.quads_for_pattern(None, TYPE, kind, ox.DefaultGraph())
    return sum(1 for _ in quads)


def find_damage(error: Exception, book: Path) -> Finding:
    """Tell of a store that cannot be read, and how it is made again."""
    decided = " --decisions STORE.who.tsv" if book.is_file() else ""
    said = " ".join(str(error).split()).partition("; look at it")[0]
    if isinstance(error, KgError) and "Corruption" not in said:
        told, _, remedy = said.partition("; ")
        return Finding(WHAT, told, remedy or "try again when nobody else uses it")
    remedy = f"build it anew from its articles: kg build ARTICLE… --store NEW{decided}"
    return Finding(WHAT, f"its files are damaged ({said})", remedy)


def find_decisions(folder: Path, decisions: Path | None) -> Iterator[Finding]:
    """Look whether the decisions of a store can be read, and whether it follows them."""
    try:
        lines = read_given(folder, decisions).list_decisions()
    except KgError as error:
        told, _, remedy = str(error).partition("; ")
        yield Finding("decisions", told, remedy or "mend that line, then: kg resolve STORE")
        return
    told = tell_count(len(lines), "decision")
    if follows(folder, lines):
        yield Finding("decisions", f"{told}, followed")
    else:
        yield Finding("decisions", f"{told}, not followed", "kg resolve STORE")
