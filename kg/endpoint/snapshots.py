"""A store as it is now: the snapshot that a process reads, kept until the store changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError, KgError
from kg.files.locks import lock_folder
from kg.store.engine import NOT_DATA, READERS, open_folder
from kg.store.entailed import entail_terms
from kg.store.held import clear_snapshots

#: Snapshots that a process keeps: the store, and what entails the terms that were asked for last.
KEPT = 4
#: Name, size and date of each file of a graph: where they are the same, the graph is.
Stamp = frozenset[tuple[str, int, int]]


class Reader:
    """Hold a store's snapshot until the store changes: to take one costs more than most queries.

    For terms that mean what is below them, too, a snapshot is kept in which they do.
    """

    def __init__(self) -> None:
        self.seen: tuple[Path, Stamp] | None = None
        self.kept: dict[tuple[str, ...], tuple[ox.Store, Callable[[], None]]] = {}

    @contextmanager
    def read(self, folder: Path, terms: tuple[str, ...] = ()) -> Iterator[ox.Store]:
        """Give a store as it is now; raise GraphError."""
        seen = folder, read_stamp(folder)
        if seen != self.seen:
            self.drop()
            self.seen = seen
        if terms not in self.kept:
            while len(self.kept) >= KEPT:
                self.drop_one(next(iter(self.kept)))
            self.kept[terms] = open_folder(folder, write=bool(terms))
            entail_terms(self.kept[terms][0], terms)
        try:
            yield self.kept[terms][0]
        finally:
            if not os.access(folder, os.W_OK):
                self.drop()  # as it is no snapshot, and who may write it must wait

    def drop_one(self, terms: tuple[str, ...]) -> None:
        """Give up a snapshot, once nobody else names its store."""
        close = self.kept.pop(terms)[1]
        close()

    def drop(self) -> None:
        """Give up what was read."""
        self.seen = None
        for terms in [*self.kept]:
            self.drop_one(terms)


READER = Reader()


def remove_snapshots(folder: Path) -> None:
    """Remove the snapshots of a store whose readers were stopped."""
    with suppress(OSError, KgError):
        if any((folder / READERS).iterdir()):
            with lock_folder(folder, write=True, patience=1):
                clear_snapshots(folder)


def read_stamp(path: Path) -> Stamp:
    """Read names, sizes and dates of the files that hold a graph; raise GraphError for none."""
    found = set()
    for file in path.iterdir() if path.is_dir() else [path]:
        with suppress(FileNotFoundError):  # who writes a store removes files
            about = file.stat()
            if file == path or not file.name.startswith((*NOT_DATA, READERS)):
                found.add((file.name, about.st_size, about.st_mtime_ns))
    if not found:
        raise GraphError(f"{path}: no such file; make it with: kg build")
    return frozenset(found)
