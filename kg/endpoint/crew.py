"""Processes that work, how they are started, and whose turn it is."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from functools import cache
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from typing import Any, TypeVar

from pebble import ProcessPool

from kg.files.ending import start_sweeper

T = TypeVar("T")
#: What most tasks import.
IMPORTED = ("kg.endpoint.workers", "kg.ask.query", "kg.ask.answers", "kg.exports.jsonld")


@cache
def make_context() -> BaseContext:
    """Return how processes are started: from one that has imported all, where that is safe.

    So one that was stopped is there again in a tenth of the time that imports take.
    """
    start_sweeper()
    if sys.platform != "linux":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([*IMPORTED])
    return context


class Crew:
    """Hold processes that do tasks: all are started anew if they die of what is no task's time."""

    def __init__(self, make: Callable[[], ProcessPool]) -> None:
        self.make = make
        self.processes = make()

    def close(self) -> None:
        """Stop the processes, whatever they do."""
        self.processes.stop()  # type: ignore[no-untyped-call]
        self.processes.join()

    def schedule(self, work: Callable[..., T], *given: Any) -> Future[T]:
        """Give a task to a process, which is stopped if the task is cancelled."""
        if not self.processes.active:
            self.close()
            self.processes = self.make()
        future: Future[T] = self.processes.schedule(work, args=given)
        return future


class Turns:
    """Hold how many may work at once; next are, in turn, who came first and who came last.

    So nobody is passed over for ever, and no crowd keeps others out until all have been served.
    """

    def __init__(self, free: int) -> None:
        self.free = free
        self.last = True
        self.line: list[asyncio.Future[None]] = []

    @asynccontextmanager
    async def take(self, patience: float) -> AsyncIterator[None]:
        """Wait for a turn; raise TimeoutError after so many seconds, 0 is never."""
        if self.free:
            self.free -= 1
        else:
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self.line.append(turn)
            try:
                async with asyncio.timeout(patience or None):
                    await turn
            except BaseException:
                if turn.done() and not turn.cancelled():
                    self.give()  # which has come too late
                elif turn in self.line:
                    self.line.remove(turn)
                raise
        try:
            yield
        finally:
            self.give()

    def give(self) -> None:
        """Give a turn to who came first, or last, of those who still wait."""
        while self.line:
            self.last = not self.last
            turn = self.line.pop(-1 if self.last else 0)
            if not turn.done():
                turn.set_result(None)
                return
        self.free += 1
