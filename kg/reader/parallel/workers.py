"""Articles read by several processes, in their order."""

from __future__ import annotations

import copyreg
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import active_children, get_context
from types import MappingProxyType
from typing import Any

from kg.errors import KgError
from kg.files.ending import remember, start_sweeper
from kg.model import Article, Reading
from kg.sources.batch import Labelled

#: What reads one article, and what comes of that.
Read = Callable[[Article], Reading]
Outcome = Reading | KgError
Proxy = MappingProxyType[Any, Any]
#: Articles from which on it pays to start processes, and that one is given at a time.
MANY, AT_ONCE = 64, 4
#: Processes by default, at most: each holds the reader's weights.
MOST = 4


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
    with open_pool(workers) as pool:
        stream = iter(articles)
        while group := tuple(islice(stream, AT_ONCE)):
            with unheard():
                future = pool.submit(read_group, [it for _, it in group], read)
            waiting.append((group, future))
            if len(waiting) > 2 * workers:
                yield from hand_over(*waiting.popleft())
        while waiting:
            yield from hand_over(*waiting.popleft())


@contextmanager
def open_pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Open a pool of processes; where it is left before its work is done, they are killed."""
    others = {*active_children()}

    def kill() -> None:
        for process in {*active_children()} - others:
            process.kill()

    forget = remember(kill)
    start_sweeper()
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=start_worker) as pool:
        try:
            yield pool
        except BrokenProcessPool as error:
            told = "a process was killed while it read; give it more memory or: --workers 1"
            raise KgError(told) from error
        except BaseException:
            kill()
            raise
        finally:
            forget()
            pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def unheard() -> Iterator[None]:
    """Let processes that are started meanwhile not hear of Ctrl-C: who started them ends them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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
