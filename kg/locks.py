"""Locks on a folder: many may read it at once, or one may write."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import BinaryIO

from kg.errors import StoreError

NAME = "kg.lock"
#: Seconds between two tries, and in all, to get a lock that somebody else has.
PAUSE, PATIENCE = 0.02, 30.0


def lock_folder(folder: Path, *, write: bool, patience: float = PATIENCE) -> BinaryIO | None:
    """Lock a folder that exists until the file returned is closed or its process ends.

    None is returned where there is nothing to lock: a reader of a folder without a lock's file,
    or on a system without such locks. Raises StoreError after `patience` seconds.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    try:
        file = (folder / NAME).open("ab" if write else "rb")
    except FileNotFoundError:
        return None
    kind = fcntl.LOCK_EX if write else fcntl.LOCK_SH
    end = time.monotonic() + patience
    while True:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(file, kind | fcntl.LOCK_NB)
            return file
        if time.monotonic() > end:
            file.close()
            doing = "is being read" if write else "is being written"
            raise StoreError(f"{folder}: {doing} by another process; try again when it is done")
        time.sleep(PAUSE)


def touch_lock(folder: Path) -> None:
    """Note on the lock's file that the folder has changed."""
    os.utime(folder / NAME)
