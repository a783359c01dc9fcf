"""Records kept on disk, in parts of which one at a time is in memory."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Generic, Self, TypeVar
from zlib import crc32

Record = TypeVar("Record")
#: Parts of a spool, and records that are written at once.
PARTS, BATCH = 32, 64
#: Bytes of a file that stay in memory.
SMALL = 1 << 16


def open_file(stack: ExitStack) -> IO[bytes]:
    """Open a file without a name, in memory while it is small, which is gone with a stack."""
    return stack.enter_context(tempfile.SpooledTemporaryFile(max_size=SMALL))


class Spool(Generic[Record]):
    """Hold records on disk until it is left; those of one key are in one part.

    >>> with Spool[int]() as spool:
    ...     for number in (3, 1, 2):
    ...         spool.add("odd" if number % 2 else "even", number)
    ...     sorted(map(sorted, filter(None, spool.read_parts())))
    [[1, 3], [2]]
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._files = [open_file(self._stack) for _ in range(PARTS)]
        self._waiting: list[list[Record]] = [[] for _ in range(PARTS)]

    def add(self, key: str, record: Record) -> None:
        """Add a record to the part of its key."""
        at = crc32(key.encode()) % PARTS
        self._waiting[at].append(record)
        if len(self._waiting[at]) >= BATCH:
            self._write(at)

    def read_parts(self) -> Iterator[list[Record]]:
        """Yield the records of each part, in the order in which they were added."""
        for at, file in enumerate(self._files):
            self._write(at)
            size = file.tell()
            file.seek(0)
            found: list[Record] = []
            while file.tell() < size:
                found += pickle.load(file)
            yield found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._stack.close()

    def _write(self, at: int) -> None:
        if self._waiting[at]:
            pickle.dump(self._waiting[at], self._files[at], protocol=pickle.HIGHEST_PROTOCOL)
            self._waiting[at] = []
