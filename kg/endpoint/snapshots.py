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
from kg.store.held import clear_snapshots

#: Name, size and date of each file of a graph: where they are the same, the graph is.
Stamp = frozenset[tuple[str, int, int]]


class Reader:
    """Hold a store's snapshot until the store changes: to take one costs more than most queries."""

    def __init__(self) -> None:
        self.seen: tuple[Path, Stamp] | None = None
        self.store: ox.Store | None = None
        self.close: Callable[[], None] = lambda: None

    @contextmanager
    def read(self, folder: Path) -> Iterator[ox.Store]:
        """Give a store as it is now; raise GraphError."""
        seen = folder, read_stamp(folder)
        if self.store is None or seen != self.seen:
            self.drop()
            self.store, self.close = open_folder(folder)
            self.seen = seen
        try:
            yield self.store
        finally:
            if not os.access(folder, os.W_OK):
                self.drop()  # as it is no snapshot, and who may write it must wait

    def drop(self) -> None:
        """Give up what was read."""
        self.store = None
        self.close()
        self.close = lambda: None


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
