"""A store that is open for writing while nobody else writes it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.errors import StoreError
from kg.files.faults import tell_fault
from kg.files.locks import lock_folder
from kg.store.engine import NAMED, READERS, check_version, one_line

Found = TypeVar("Found")
#: Uses of a store after which it is opened anew: blocks that were read would take 30 MB more.
USES = 3_000


class Held:
    """Hold an open store, one on disk with its folder; with neither, one that is closed.

    Oxigraph closes a store when nothing names it any more: use `store` where it stands, and let no
    variable or iterator that lasts until the next `rest` have it.
    """

    def __init__(self, store: ox.Store | None = None, folder: Path | None = None) -> None:
        self.folder = folder
        self._store = store
        self._uses = 0

    @property
    def store(self) -> ox.Store:
        """Return the store; raise StoreError where it is closed."""
        if self._store is None:
            raise StoreError(f"{self.folder or 'the store'}: is closed; open it again")
        return self._store

    def rest(self) -> None:
        """Note a use; after many open the store anew, as Oxigraph keeps in memory what was read."""
        self._uses += 1
        if self.folder and not self._uses % USES:
            self._store = None
            self._store = ox.Store(str(self.folder))

    def pass_on(self, those: Iterable[Found]) -> Iterator[Found]:
        """Pass things on, each as one use."""
        for one in those:
            self.rest()
            yield one

    def close(self) -> None:
        """Let go of the store."""
        self._store = None


def write_store(folder: Path, work: Callable[[ox.Store], Found]) -> Found:
    """Do some work on a store while nobody else writes it or takes a snapshot; raise StoreError."""
    with hold_store(folder) as held:
        return work(held.store)


@contextmanager
def hold_store(folder: Path, *, named: bool = False) -> Iterator[Held]:
    """Hold a store while nobody else writes it or takes a snapshot; raise StoreError.

    What its articles name is forgotten, unless they are left as they are (`named`).
    """
    held = Held()
    try:
        with lock_folder(folder, write=True):
            clear_snapshots(folder)
            if not named:
                (folder / NAMED).unlink(missing_ok=True)
            held = Held(ox.Store(str(folder)), folder)
            check_version(held.store, folder)
            yield held
            held.close()
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {tell_fault(error)}") from error
    except RuntimeError as error:
        told = f"cannot be written: {one_line(error)}; look at it with: kg doctor {folder}"
        raise StoreError(f"{folder}: {told}") from error
    finally:
        held.close()


def clear_snapshots(folder: Path) -> None:
    """Remove the snapshots of readers that were killed: those whose lock nobody holds."""
    for own in (folder / READERS).glob("*"):
        # One whose reader ends meanwhile is gone, and one in use is locked.
        with suppress(StoreError, OSError), lock_folder(own, write=True, patience=0):
            shutil.rmtree(own, ignore_errors=True)
