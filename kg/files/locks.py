"""Locks on a folder: many may read it at once, or one may write."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from kg.errors import StoreError
from kg.files.links import follow_links

NAME = "kg.lock"
#: What a run that fills a store has locked from its beginning to its end.
RUN = f"{NAME}-run"
#: Seconds between two tries, and in all, to get a lock that somebody else has.
PAUSE, PATIENCE = 0.05, 30.0


def lock_folder(folder: Path, *, write: bool, patience: float = PATIENCE) -> IO[bytes]:
    """Lock a folder until the file returned is closed or its process ends.

    A writer makes the lock's file; a reader locks nothing where there is none, as in a store that
    Oxigraph's own server made. Raises StoreError after `patience` seconds, and OSError.
    """
    try:
        file = (folder / NAME).open("ab" if write else "rb")
    except FileNotFoundError:
        if write:
            raise
        return Path(os.devnull).open("rb")
    end = time.monotonic() + patience
    while not take_lock(file, write=write):
        if time.monotonic() > end:
            file.close()
            who = "read or written" if write else "written"
            raise StoreError(f"{folder}: is being {who} by another; try again when that is done")
        time.sleep(PAUSE)
    return file


def take_lock(file: IO[bytes], *, write: bool) -> bool:
    """Lock an open file, if nobody else has it locked."""
    import fcntl

    kind = fcntl.LOCK_EX if write else fcntl.LOCK_SH
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def lock_run(folder: Path, tell: Callable[[str], object]) -> Iterator[None]:
    """Let one run at a time fill a store; another one is told, and waits until it is over.

    Between its batches others may read and decide. Raises OSError.
    """
    with (folder / RUN).open("a+b") as file:
        if not take_lock(file, write=True):
            file.seek(0)
            who = file.read(20).decode("ascii", "replace").strip()
            tell(f"{folder}: another run fills it (process {who or '?'}); this one waits for it")
            while not take_lock(file, write=True):
                time.sleep(PAUSE)
        file.truncate(0)
        file.write(str(os.getpid()).encode())
        file.flush()
        yield


@contextlib.contextmanager
def lock_beside(path: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Let one process at a time read and rewrite a file; nothing is left beside it.

    What is locked is its folder, where the disk knows such locks. Raises StoreError after
    `patience` seconds.
    """
    import fcntl

    folder = follow_links(path).parent
    held = os.open(folder, os.O_RDONLY) if folder.is_dir() else None
    end = time.monotonic() + patience
    try:
        while held is not None:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > end:
                    told = "is being written by another; try again when that is done"
                    raise StoreError(f"{path}: {told}") from None
                time.sleep(PAUSE)
                continue
            except OSError:  # a disk that knows no such locks
                pass
            break
        yield
    finally:
        if held is not None:
            os.close(held)
