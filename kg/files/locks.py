"""Locks on a folder: many may read it at once, or one may write."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import IO

from kg.errors import StoreError

NAME = "kg.lock"
#: Seconds between two tries, and in all, to get a lock that somebody else has.
PAUSE, PATIENCE = 0.05, 30.0


def lock_folder(folder: Path, *, write: bool, patience: float = PATIENCE) -> IO[bytes]:
    """Lock a folder until the file returned is closed or its process ends.

    A writer makes the lock's file; a reader locks nothing where there is none, as in a store that
    Oxigraph's own server made. Raises StoreError after `patience` seconds, and OSError.
    """
    import fcntl

    try:
        file = (folder / NAME).open("ab" if write else "rb")
    except FileNotFoundError:
        if write:
            raise
        return Path(os.devnull).open("rb")
    kind = fcntl.LOCK_EX if write else fcntl.LOCK_SH
    end = time.monotonic() + patience
    while True:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(file, kind | fcntl.LOCK_NB)
            return file
        if time.monotonic() > end:
            file.close()
            who = "read or written" if write else "written"
            raise StoreError(f"{folder}: is being {who} by another; try again when that is done")
        time.sleep(PAUSE)
