"""Worker processes over one graph: each task has its time, and each change of the graph is seen."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool

from kg.engine import NOT_DATA, READERS, open_folder
from kg.errors import GraphError, KgError
from kg.workers import Reply, load_file, prepare_worker, refuse, share_memory

#: Requests that may wait for a worker.
QUEUE = 500
#: Seconds between two looks at whether a client is still there.
PAUSE = 0.25
#: Name, size and date of each file of a graph: where they are the same, the graph is.
Stamp = frozenset[tuple[str, int, int]]


class Pool:
    """Hold worker processes: a task that outlasts its time costs its process, and no other."""

    def __init__(self, timeout: float) -> None:
        self.size = max(2, os.cpu_count() or 2)
        self.timeout = timeout
        self.processes = self.start()
        self.free = asyncio.Semaphore(self.size)
        self.waiting = 0

    def start(self) -> ProcessPool:
        """Start the processes, so that they are ready when the first task comes."""
        context = multiprocessing.get_context("spawn")
        memory = (share_memory(self.size),)
        processes = ProcessPool(self.size, 0, prepare_worker, memory, context)
        processes.schedule(os.getpid)
        return processes

    def close(self) -> None:
        """Stop the processes, whatever they do."""
        self.processes.stop()
        self.processes.join()

    def schedule(self, work: Callable[..., Reply], *given: Any) -> Future[Reply]:
        """Give a task to a process, a new one if all have died (of too little memory)."""
        if not self.processes.active:
            self.close()
            self.processes = self.start()
        future: Future[Reply] = self.processes.schedule(
            work, args=given, timeout=self.timeout or None
        )
        return future

    async def run(
        self, gone: Callable[[], Awaitable[bool]], work: Callable[..., Reply], *given: Any
    ) -> Reply:
        """Run a task when a worker is free; stop it after its time, or if its client is gone."""
        if self.waiting >= QUEUE:
            return refuse(503, "too many requests at once; try again later")
        self.waiting += 1
        try:
            async with self.free:
                return await self.watch(gone, asyncio.wrap_future(self.schedule(work, *given)))
        finally:
            self.waiting -= 1

    async def watch(
        self, gone: Callable[[], Awaitable[bool]], task: asyncio.Future[Reply]
    ) -> Reply:
        """Wait for a task while its client does."""
        try:
            while not (await asyncio.wait({task}, timeout=PAUSE))[0]:
                if await gone():
                    return refuse(503, "the server ends, or nobody waits for the answer")
            return task.result()
        except TimeoutError:
            told = f"the query ran for {self.timeout:g} s and was stopped; ask for less"
            return refuse(503, told)
        except ProcessExpired:
            return refuse(503, "the query needs more memory than it may have; ask for less")
        finally:
            task.cancel()


@dataclass(eq=False)
class Copy:
    """Hold a store's folder, what the graph was like when it was made, and how many read it."""

    folder: Path
    stamp: Stamp
    fault: KgError | None = None
    readers: int = 0


class Source:
    """Hold the graph that is asked: a store's folder, or a file and the store made of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.room = Path(tempfile.mkdtemp(prefix="kg-serve-"))
        self.made = count(1)
        self.lock = asyncio.Lock()
        self.copy = Copy(path, frozenset())
        # A process of its own for each file, so that its memory goes back when it is done.
        self.loader = ProcessPool(1, 1, context=multiprocessing.get_context("spawn"))

    def check(self) -> None:
        """Read the graph once; raise KgError if that cannot be."""
        if self.path.is_dir():
            open_folder(self.path)[1]()
        elif fault := asyncio.run(self.renew()).fault:
            raise fault

    def close(self) -> None:
        """Stop reading, and remove what was made."""
        self.loader.stop()
        self.loader.join()
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
        loading = self.loader.schedule(load_file, args=(str(self.path), str(folder)))
        try:
            await asyncio.wrap_future(loading)
        except KgError as error:
            return Copy(folder, stamp, error)
        except ProcessExpired:
            told = "too large for this machine; make a store with: kg build ARTICLE --store"
            return Copy(folder, stamp, GraphError(f"{self.path}: {told}"))
        return Copy(folder, stamp)

    def sweep(self, copy: Copy) -> None:
        """Remove a store that was made of what the file said before, when nobody reads it."""
        if copy is not self.copy and not copy.readers and self.room in copy.folder.parents:
            shutil.rmtree(copy.folder, ignore_errors=True)


def read_stamp(path: Path) -> Stamp:
    """Read names, sizes and dates of the files that hold a graph; raise GraphError for none."""
    found = set()
    for file in path.iterdir() if path.is_dir() else [path]:
        with suppress(FileNotFoundError):  # who writes a store removes files
            about = file.stat()
            if file == path or not file.name.startswith((*NOT_DATA, READERS)):
                found.add((file.name, about.st_size, about.st_mtime_ns))
    if not found:
        raise GraphError(f"{path}: no such file; make it with: kg build")
    return frozenset(found)
