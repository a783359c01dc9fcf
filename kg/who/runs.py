"""Runs of words that texts share: counted exactly, with memory for what is shared alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import IO

import numpy as np
from numpy.typing import NDArray

from kg.files.spool import open_file
from kg.names.key import fold

#: Words of a run (shingles: Broder, 1997).
RUN = 4
#: Texts that hold a run, each compared with each; what stands in more tells few copies.
MANY = 50
#: Bits of a run's number by which runs are parted, and runs that are written at once.
BITS, BATCH = 4, 1 << 15
#: A run's number, and the text that holds it.
HELD = np.dtype([("run", "<u8"), ("text", "<u4")])
Numbers = NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Shared:
    """Hold the runs that several texts hold: their holders, run by run, each run's in order.

    `sizes` are how many different runs each text has, `starts` where the holders of a run begin.
    """

    sizes: NDArray[np.uint32]
    holders: NDArray[np.uint32]
    starts: NDArray[np.uint32]

    def list_alike(self, least: float) -> Iterator[tuple[int, int, int, int]]:
        """Yield pairs of texts that share at least such a part of the runs of the shorter one.

        Of each it yields the later and the earlier text, the runs that they share, the shorter's.
        """
        for text, others, times in self.count():
            shorter = np.minimum(self.sizes[others], self.sizes[text])
            alike = times / shorter >= least
            found = (others[alike].tolist(), times[alike].tolist(), shorter[alike].tolist())
            yield from ((text, *them) for them in zip(*found, strict=True))

    def count(self) -> Iterator[tuple[int, Numbers, Numbers]]:
        """Yield for each text the earlier ones that it shares runs with, and how many runs.

        A run that is in more than `MANY` texts is counted with the first and the last before alone.
        """
        order = np.argsort(self.holders, kind="stable").astype(np.uint32)
        ends = np.searchsorted(self.holders[order], np.arange(len(self.sizes)), side="right")
        begin = 0
        firsts = np.repeat(self.starts, np.diff(np.append(self.starts, len(self.holders))))
        lasts = np.append(self.starts[1:], len(self.holders)).astype(np.uint32)
        many = np.repeat(lasts - self.starts > MANY, lasts - self.starts)
        for text, end in enumerate(ends.tolist()):
            places = order[begin:end]
            begin = end
            places = places[places > firsts[places]]
            if len(places):
                yield text, *self.count_before(places, firsts[places], many[places])

    def count_before(
        self, places: Numbers, firsts: Numbers, many: NDArray[np.bool_]
    ) -> tuple[Numbers, Numbers]:
        """Return who stands before some places among the holders of each run, and how often."""
        found = [self.holders[places[many] - 1]]
        found.append(self.holders[firsts[many & (places > firsts + 1)]])
        places, firsts = places[~many], firsts[~many]
        lengths = (places - firsts).astype(np.int64)
        shifts = np.repeat(firsts - (np.cumsum(lengths) - lengths), lengths)
        found.append(self.holders[np.arange(lengths.sum()) + shifts])
        return np.unique(np.concatenate(found), return_counts=True)


def find_shared(texts: Iterable[str]) -> Shared:
    """Return the runs of words that several texts hold.

    >>> shared = find_shared(["un deux trois quatre cinq", "Un, deux, trois, quatre !"])
    >>> [(text, others.tolist(), times.tolist()) for text, others, times in shared.count()]
    [(1, [0], [1])]
    """
    with ExitStack() as stack:
        files = [open_file(stack) for _ in range(1 << BITS)]
        sizes = write_runs(texts, files)
        parts = [find_held_twice(file) for file in files]
    holders = np.concatenate([holders for holders, _ in parts])
    before = np.cumsum([0, *(len(holders) for holders, _ in parts)])
    starts = [starts + begin for (_, starts), begin in zip(parts, before, strict=False)]
    return Shared(sizes, holders, np.concatenate(starts).astype(np.uint32))


def write_runs(texts: Iterable[str], files: list[IO[bytes]]) -> NDArray[np.uint32]:
    """Write each text's runs into files by their first bits, and return how many it has."""
    sizes: list[int] = []
    waiting: list[NDArray[np.void]] = []
    for text in texts:
        runs = read_runs(text)
        held = np.empty(len(runs), HELD)
        held["run"], held["text"] = runs, len(sizes)
        sizes.append(len(runs))
        waiting.append(held)
        if sum(map(len, waiting)) >= BATCH:
            part_runs(waiting, files)
            waiting = []
    part_runs(waiting, files)
    return np.array(sizes, np.uint32)


def part_runs(waiting: list[NDArray[np.void]], files: list[IO[bytes]]) -> None:
    """Write runs into files by their first bits, in the order that they have."""
    held = np.concatenate([*waiting, np.empty(0, HELD)])
    bits = held["run"] >> np.uint64(64 - BITS)
    for at, file in enumerate(files):
        file.write(held[bits == at].tobytes())


def find_held_twice(file: IO[bytes]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the holders of a file's runs, run by run, and where each begins, if it has several."""
    file.seek(0)
    held = np.frombuffer(file.read(), HELD)
    held = held[np.argsort(held["run"], kind="stable")]
    runs = held["run"]
    again = runs[1:] == runs[:-1]
    kept = np.append(again, False) | np.insert(again, 0, False)[: len(runs)]
    if not len(runs):
        kept = np.empty(0, np.bool_)
    holders, runs = held["text"][kept], runs[kept]
    return holders, np.flatnonzero(np.append(True, runs[1:] != runs[:-1])[: len(runs)])


def read_runs(text: str) -> NDArray[np.uint64]:
    """Return a text's runs of words, folded, as numbers, each once.

    >>> len(read_runs("Un deux trois quatre. Un deux trois quatre")), len(read_runs("Un deux"))
    (4, 0)
    """
    words = np.array([number_word(word) for word in fold_text(text)], np.uint64)
    count = max(len(words) - RUN + 1, 0)
    runs = np.zeros(count, np.uint64)
    for at in range(RUN):
        # Odd factors lose no bit; unsigned numbers go round.
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + words[at : at + count]
    return np.unique(runs)


@lru_cache(maxsize=1 << 15)
def number_word(word: str) -> int:
    """Return a word as a number of 64 bits, always the same, and hardly ever that of another."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


def fold_text(text: str) -> list[str]:
    """Return the words of a text, folded.

    >>> fold_text("L’Été, déjà !")
    ['l', 'ete', 'deja']
    """
    return fold.__wrapped__(re.sub(r"[’']", " ", text)).split()
