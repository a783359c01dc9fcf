"""Many sources in one run, on all cores: what cannot be read is skipped, the rest goes on."""

from __future__ import annotations

import copyreg
import os
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from multiprocessing import get_context
from types import MappingProxyType
from typing import Any

from kg.errors import ArticleError, KgError
from kg.model import Article, Reading
from kg.sources.articles import Found

#: An article with the name of its file, as messages name it.
Labelled = tuple[str, Article]
#: What reads one article, and what comes of that.
Read = Callable[[Article], Reading]
Outcome = Reading | KgError
Proxy = MappingProxyType[Any, Any]
#: Articles from which on it pays to start processes, and that one is given at a time.
MANY, AT_ONCE = 64, 4
#: Processes by default, at most: each holds the reader's weights.
MOST = 4


@dataclass(slots=True)
class Batch:
    """Hold what became of a run's sources; `tell` is called with each line for the user.

    With `strict`, the first that cannot be read ends the run.
    """

    tell: Callable[[str], None] = lambda _: None
    strict: bool = False
    read: int = 0
    skipped: list[KgError] = field(default_factory=list)
    again: int = 0
    before: int = 0
    _told: int = 0
    _seen: dict[str, tuple[str, int]] = field(default_factory=dict)
    _names: Counter[str] = field(default_factory=Counter)

    def gather(self, found: Iterable[tuple[str, Found]]) -> Iterator[Labelled]:
        """Yield the articles, each once; no two have one name, and no two one address."""
        for label, one in found:
            if isinstance(one, ArticleError):
                self.skip(one)
                continue
            before = self._seen.setdefault(one.url, (label, hash(one.text))) if one.url else None
            if before and before[1] == hash(one.text) and before[0] != label:
                self.again += 1  # the same entry in two feeds
                continue
            if before and before != (label, hash(one.text)):
                self.tell(f"{label}: has the address of {before[0]}; read without it")
                one = replace(one, url="")
            self._names[one.name] += 1
            if (times := self._names[one.name]) > 1:
                one = replace(one, name=f"{one.name}-{times}")
            yield label, one

    def skip(self, error: KgError) -> None:
        """Note that something was not read; raise the error if that ends the run."""
        if self.strict:
            raise error
        self.skipped.append(error)
        if len(self.skipped) > 1 or self.read:
            self.tell_skipped()

    def count(self) -> None:
        """Note that an article was read."""
        self.read += 1
        self.tell_skipped()

    def tell_skipped(self) -> None:
        """Tell what was skipped since the last time."""
        for error in self.skipped[self._told :]:
            self.tell(f"skipped: {error}")
        self._told = len(self.skipped)

    def end(self) -> None:
        """Tell how many were read, how many skipped and why; raise KgError if none was read."""
        if not self.read and not self.again and not self.before:
            if len(self.skipped) == 1:
                raise self.skipped[0]
            told = (
                f"none of {len(self.skipped)} could be read" if self.skipped else "nothing to read"
            )
            raise KgError(f"{told}; name files with articles")
        self.tell_skipped()
        if line := self.sum_up():
            self.tell(line)

    def sum_up(self) -> str:
        """Return the last line of a run, '' where there is nothing to tell.

        >>> batch = Batch(read=3, skipped=[ArticleError("a.txt: empty; give a file with text")])
        >>> batch.sum_up()
        '3 articles read, 1 skipped (1 empty)'
        """
        if not (self.skipped or self.again or self.before):
            return ""
        line = f"{self.read} article{'s' if self.read != 1 else ''} read"
        if self.before:
            line += f", {self.before} before"
        if self.again:
            line += f", {self.again} met again"
        reasons = Counter(map(short_reason, self.skipped))
        why = ", ".join(f"{times} {reason}" for reason, times in reasons.most_common(5))
        return f"{line}, {len(self.skipped)} skipped ({why})" if self.skipped else line


def short_reason(error: KgError) -> str:
    """Return why something was skipped, without where and what to do.

    >>> short_reason(ArticleError("b/a.txt: in German; French and English are read"))
    'in German'
    """
    told = re.split(r"[;(]", str(error).partition(": ")[2] or str(error))[0]
    return told.strip()[:60]


def read_labelled(
    articles: Iterable[Labelled], read: Read, workers: int = 0
) -> Iterator[tuple[str, Outcome]]:
    """Read articles, in their order; 0 workers are as many as pay, 1 is this process.

    Not more than a few are under way at a time, however many there are.
    """
    stream = iter(articles)
    first = list(islice(stream, MANY)) if not workers else []
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if not workers:
        workers = min(cores or 1, MOST) if len(first) == MANY else 1
    joined = chain(first, stream)
    if workers > 1:
        yield from read_apart(joined, read, workers)
        return
    for label, article in joined:
        yield label, attempt(article, read)


def attempt(article: Article, read: Read) -> Outcome:
    """Read one article, or return why it cannot be."""
    try:
        return read(article)
    except KgError as error:
        return error


def read_apart(
    articles: Iterable[Labelled], read: Read, workers: int
) -> Iterator[tuple[str, Outcome]]:
    """Read articles in so many other processes, in their order; raise KgError if one is killed."""
    waiting: deque[tuple[tuple[Labelled, ...], Future[list[Outcome]]]] = deque()
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=start_worker) as pool:
        try:
            stream = iter(articles)
            while group := tuple(islice(stream, AT_ONCE)):
                waiting.append((group, pool.submit(read_group, [it for _, it in group], read)))
                if len(waiting) > 2 * workers:
                    yield from hand_over(*waiting.popleft())
            while waiting:
                yield from hand_over(*waiting.popleft())
        except BrokenProcessPool as error:
            told = "a process was killed while it read; give it more memory or: --workers 1"
            raise KgError(told) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def hand_over(
    group: Sequence[Labelled], future: Future[list[Outcome]]
) -> Iterator[tuple[str, Outcome]]:
    """Yield what a process has made of a group of articles."""
    for (label, _), outcome in zip(group, future.result(), strict=True):
        yield label, outcome


def start_worker() -> None:
    """Let a process use one thread, so that several of them do not wait for each other."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"


def read_group(articles: Sequence[Article], read: Read) -> list[Outcome]:
    """Read some articles in a process of its own."""
    copyreg.pickle(MappingProxyType, unproxy)
    return [attempt(article, read) for article in articles]


def unproxy(mapping: Proxy) -> tuple[Callable[..., Proxy], tuple[Any]]:
    """Return how a read-only mapping is made again: pickle knows no way of its own."""
    return make_proxy, (dict(mapping),)


def make_proxy(values: dict[str, object]) -> Proxy:
    """Make a read-only mapping, in the process that it was sent to."""
    return MappingProxyType(values)
