"""Articles read by the workers of a Dask cluster, in their order."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kg import __version__
from kg.errors import KgError
from kg.model import Article
from kg.reader.parallel.workers import AT_ONCE, Outcome, Read, read_group
from kg.sources.batch import Labelled

if TYPE_CHECKING:
    from distributed import Client, Future

#: Groups of articles under way for each thread of the cluster, and after how many of them its
#: threads are counted again: workers may come and go.
AHEAD, RECOUNT = 3, 32
#: Seconds that a scheduler has to answer, and that a cluster may be without any worker.
CONNECT, PATIENCE = 10.0, 60.0
#: What is told where a scheduler does not answer any more.
GONE = "the scheduler is gone; start it and begin again"
#: Dask's own settings: that an article is long is no fault to warn of, and the last thousand
#: articles that were sent are not to be kept in memory.
SETTINGS = {
    "distributed.admin.large-graph-warning-threshold": "1 GB",
    "distributed.admin.low-level-log-length": 10,
}
#: Held while a process reads: what reads is not made for several threads.
READING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Hold a connection to a cluster, and the address of its scheduler."""

    client: Client
    address: str


def read_on_cluster(
    articles: Iterable[Labelled], read: Read, address: str
) -> Iterator[tuple[str, Outcome]]:
    """Read articles by the workers of a scheduler's cluster, in their order.

    Not more than a few are under way at a time, however many there are. `read` is a function of a
    module that the cluster has too. Raises KgError if the cluster cannot be had any more.
    """
    waiting: deque[tuple[tuple[Labelled, ...], Future]] = deque()
    stream = iter(articles)
    with open_cluster(address) as cluster:
        sent, room = 0, 0
        while group := tuple(islice(stream, AT_ONCE)):
            if sent % RECOUNT == 0:
                room = AHEAD * max(count_threads(cluster), 1)
            waiting.append((group, send_group(cluster, [one for _, one in group], read)))
            sent += 1
            while len(waiting) > room:
                yield from hand_over(cluster, *waiting.popleft())
        while waiting:
            yield from hand_over(cluster, *waiting.popleft())


def check_cluster(address: str, read: Read) -> None:
    """Raise KgError if no scheduler answers at an address, or it has no worker that could read.

    Begin with it, so that nothing is written where nothing can be read.
    """
    with open_cluster(address) as cluster:
        take_outcomes(cluster, send_group(cluster, [], read), "nothing")


@contextmanager
def open_cluster(address: str) -> Iterator[Cluster]:
    """Open a connection to a scheduler, and close it in the end; raise KgError if it cannot be."""
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        told = "a cluster takes more packages: pip install 'pressgraph[cluster]'"
        raise KgError(f"{address}: {told}") from error
    for name in ("distributed", "distributed.client", "distributed.core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # one line is all that we tell
    try:
        kind = asyncio.run(asyncio.wait_for(ask_kind(address), CONNECT))
        is_one = kind == "Scheduler"
        dask.config.set(SETTINGS)
        client = Client(address, timeout=CONNECT, set_as_default=False) if is_one else None
    except Exception as error:  # whatever else answers there, it is no scheduler
        told = "no Dask scheduler answers there; start one with: dask scheduler"
        raise KgError(f"{address}: {told}") from error
    if not client:
        raise KgError(f"{address}: is the address of a {kind.lower()}; give the scheduler's")
    with closing(client):
        yield Cluster(client, address)


async def ask_kind(address: str) -> str:
    """Ask what answers at an address what it is: 'Scheduler', 'Worker'."""
    from distributed.core import rpc
    from distributed.security import Security

    arguments = Security().get_connection_args("client")
    async with rpc(address, connection_args=arguments) as remote:
        return str((await remote.identity())["type"])


def count_threads(cluster: Cluster) -> int:
    """Count the threads of a cluster's workers; raise KgError if its scheduler is gone."""
    try:
        return sum(cluster.client.nthreads().values())
    except (OSError, RuntimeError, ValueError) as error:
        raise KgError(f"{cluster.address}: {GONE}") from error


def send_group(cluster: Cluster, articles: Sequence[Article], read: Read) -> Future:
    """Send articles to whichever worker has time for them."""
    return cluster.client.submit(read_there, articles, read, __version__, pure=False)


def read_there(articles: Sequence[Article], read: Read, version: str) -> list[Outcome]:
    """Read some articles in a worker; raise KgError if it has another version than who asks."""
    if version != __version__:
        raise KgError(f"a worker has pressgraph {__version__}; install {version} on all of them")
    with READING:
        return read_group(articles, read)


def hand_over(
    cluster: Cluster, group: Sequence[Labelled], future: Future
) -> Iterator[tuple[str, Outcome]]:
    """Yield what a worker has made of a group of articles."""
    labels = [label for label, _ in group]
    yield from zip(labels, take_outcomes(cluster, future, ", ".join(labels)), strict=True)


def take_outcomes(cluster: Cluster, future: Future, what: str) -> list[Outcome]:
    """Wait for what a worker makes of `what`; raise KgError if no worker can any more."""
    from distributed import CancelledError, KilledWorker

    try:
        while (outcomes := wait_for(future)) is None:
            if not count_threads(cluster):
                told = f"it has no worker; start one with: dask worker {cluster.address}"
                raise KgError(f"{cluster.address}: {told}")
    except CancelledError as error:
        raise KgError(f"{cluster.address}: {GONE}") from error
    except KilledWorker as error:
        told = f"workers were killed while they read {what}; give them more memory"
        raise KgError(f"{cluster.address}: {told}") from error
    except (ModuleNotFoundError, RuntimeError) as error:
        # A scheduler that lacks a module tells it as the cause of another error.
        missing = error if isinstance(error, ModuleNotFoundError) else error.__cause__
        if not isinstance(missing, ModuleNotFoundError):
            raise
        told = f"it has no module '{missing.name}'; install pressgraph {__version__} on all of it"
        raise KgError(f"{cluster.address}: {told}") from error
    return outcomes


def wait_for(future: Future) -> list[Outcome] | None:
    """Wait for outcomes as long as patience lasts; None if they are not there then."""
    try:
        outcomes: list[Outcome] = future.result(timeout=PATIENCE)
    except TimeoutError:
        if future.done():
            raise  # it is what read that gave up
        return None
    return outcomes
