"""Worker processes over one graph: each task has its time, and each change of the graph is seen."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import BrokenExecutor, Future
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

from pebble import ProcessExpired, ProcessPool

from kg.endpoint.crew import Crew, Turns, make_context
from kg.endpoint.protocol import Reply, refuse
from kg.endpoint.snapshots import Stamp, read_stamp, remove_snapshots
from kg.endpoint.workers import load_file, prepare_worker, share_memory
from kg.errors import GraphError, KgError
from kg.store.engine import open_folder
from kg.store.given.read import AS_IT_IS, Given

#: Requests that may wait for a worker.
QUEUE = 500
#: Seconds that a query may always run, however many wait.
SURE = 5.0
#: Seconds between two looks at whether a client is still there.
PAUSE = 0.25
NOBODY = refuse(503, "the server ends, or nobody waits for the answer")


class Pool:
    """Hold worker processes: a task that outlasts its time costs its process, and no other."""

    def __init__(self, graph: Path, timeout: float) -> None:
        self.graph = graph
        self.timeout = timeout
        self.size = max(2, os.cpu_count() or 2)
        self.crew = Crew(self.start)
        self.turns = Turns(self.size)
        self.waiting = 0

    def start(self) -> ProcessPool:
        """Start the processes, so that they are ready when the first task comes.

        There is one more than may work at once: to start one anew takes longer than most queries.
        """
        given = str(self.graph), share_memory(self.size)
        processes = ProcessPool(self.size + 1, 0, prepare_worker, given, make_context())
        processes.schedule(os.getpid)
        return processes

    def close(self) -> None:
        """Stop the processes, whatever they do."""
        self.crew.close()

    async def run(
        self, gone: Callable[[], Awaitable[bool]], work: Callable[..., Reply], *given: Any
    ) -> Reply:
        """Run a task when a worker is free; stop it after its time, or if its client is gone."""
        if self.waiting >= QUEUE:
            return refuse(503, "too many requests at once; try again later")
        self.waiting += 1
        try:
            async with self.turns.take(self.timeout):
                if await gone():
                    return NOBODY
                return await self.watch(gone, self.crew.schedule(work, *given))
        except TimeoutError:
            told = f"others have kept the server busy for {self.timeout:g} s; try again later"
            return refuse(503, told)
        finally:
            self.waiting -= 1

    async def watch(self, gone: Callable[[], Awaitable[bool]], task: Future[Reply]) -> Reply:
        """Wait for a task while its client does, and while it has time."""
        future, begin = asyncio.wrap_future(task), 0.0
        try:
            while not (await asyncio.wait({future}, timeout=PAUSE))[0]:
                if await gone():
                    return NOBODY
                begin = begin or (monotonic() if task.running() else 0.0)  # once a worker is there
                if begin and 0 < (allowed := self.allow()) <= monotonic() - begin:
                    return self.tell_late(allowed)
            return future.result()
        except (ProcessExpired, BrokenExecutor):
            return refuse(503, "the query was stopped, for lack of memory perhaps; ask for less")
        finally:
            future.cancel()

    def allow(self) -> float:
        """Return how many seconds a query may run: fewer if more wait than can be worked for."""
        share = self.timeout * self.size / max(self.size, self.waiting)
        return min(self.timeout, max(share, SURE))

    def tell_late(self, allowed: float) -> Reply:
        """Return what is said of a query that has had its time."""
        more = "ask for less"
        if allowed < self.timeout:
            more = f"{self.waiting - self.size} others wait; ask for less, or later"
        return refuse(503, f"the query ran for {allowed:.3g} s and was stopped; {more}")


@dataclass(eq=False)
class Copy:
    """Hold a store's folder, what the graph was like when it was made, and how many read it."""

    folder: Path
    stamp: Stamp
    fault: KgError | None = None
    readers: int = 0


class Source:
    """Hold the graph that is asked: a store's folder, or a file and the store made of it."""

    def __init__(self, path: Path, given: Given = AS_IT_IS) -> None:
        self.path = path
        self.given = given
        self.room = Path(tempfile.mkdtemp(prefix="kg-serve-"))
        self.made = count(1)
        self.lock = asyncio.Lock()
        self.copy = Copy(path, frozenset())
        # A process of its own for each file, so that its memory goes back when it is done.
        self.crew = Crew(partial(ProcessPool, 1, 1, context=make_context()))

    def check(self) -> None:
        """Read the graph once; raise KgError if that cannot be."""
        if self.path.is_dir():
            open_folder(self.path)[1]()
        elif fault := asyncio.run(self.renew()).fault:
            raise fault

    def close(self) -> None:
        """Stop reading, and remove what was made."""
        self.crew.close()
        remove_snapshots(self.copy.folder)
        shutil.rmtree(self.room, ignore_errors=True)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[str]:
        """Give a store's folder with what the graph says now; raise KgError."""
        copy = await self.renew()
        if copy.fault:
            raise copy.fault
        copy.readers += 1
        try:
            yield str(copy.folder)
        finally:
            copy.readers -= 1
            self.sweep(copy)

    async def renew(self) -> Copy:
        """Make a store of the file if that has changed; a folder is a store."""
        stamp = read_stamp(self.path)
        async with self.lock:
            old = self.copy
            if stamp != old.stamp:
                self.copy = await self.load(stamp)
                self.sweep(old)
        return self.copy

    async def load(self, stamp: Stamp) -> Copy:
        """Make a store of the file."""
        if self.path.is_dir():
            return Copy(self.path, stamp)
        folder = self.room / str(next(self.made))
        try:
            task = self.crew.schedule(load_file, str(self.path), str(folder), self.given)
            await asyncio.wrap_future(task)
        except KgError as error:
            return Copy(folder, stamp, error)
        except (ProcessExpired, BrokenExecutor):
            told = "too large for this machine; make a store with: kg build ARTICLE --store"
            return Copy(folder, stamp, GraphError(f"{self.path}: {told}"))
        return Copy(folder, stamp)

    def sweep(self, copy: Copy) -> None:
        """Remove a store that was made of what the file said before, when nobody reads it."""
        if copy is not self.copy and not copy.readers and self.room in copy.folder.parents:
            shutil.rmtree(copy.folder, ignore_errors=True)
