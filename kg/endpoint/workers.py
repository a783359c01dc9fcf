"""What a worker process does: it answers, draws and loads, and may be stopped at any time."""

from __future__ import annotations

import contextlib
import gzip
import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from kg.endpoint.protocol import ROWS, TRIPLES, Reply, form_of, list_media, refuse
from kg.endpoint.snapshots import READER, remove_snapshots
from kg.errors import GraphError, KgError, QueryError
from kg.store.engine import hold, read_file
from kg.store.given.read import AS_IT_IS, Given

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.ask.query import Answer

#: What an answer may hold, in bytes, rows and triples: one that is kept whole must end somewhere.
LARGEST, ROWS_MOST, TRIPLES_MOST = 256 << 20, 1_000_000, 1_000_000
#: Form of rows → what ends or begins each, and cannot stand in a text that it holds.
ROW = {"json": b'}},{"', "xml": b"<result>", "csv": b"\r\n", "tsv": b"\n"}
#: Bytes from which on an answer is packed for who takes gzip, and how hard: more costs more time
#: than the bytes that it saves.
PACKED, LEVEL = 1_000, 4
#: Least memory of a worker, in bytes: half of it are libraries and what they reserve.
LEAST_MEMORY = 2 << 30


@dataclass(frozen=True, slots=True)
class Task:
    """Hold a query to a store's folder, with the media types for rows and for triples.

    Where no media type would do, it is empty. `graphs` restricts the query to graphs: those that
    make up the default graph, and those that have a name. With `entail`, terms mean what is below
    them, too.
    """

    folder: str
    query: str
    rows: str = ROWS["json"][0]
    triples: str = TRIPLES["ttl"][0]
    parameters: Mapping[str, str] = field(default_factory=dict)
    graphs: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    entail: bool = True


class Sink:
    """Take what is written, up to a size and to a number of rows; raise QueryError beyond."""

    def __init__(self, row: bytes, most: int = LARGEST) -> None:
        self.parts: list[bytes] = []
        self.row = row
        self.room = most
        self.rows = 0
        self.end = b""

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self.room -= len(data)
        if self.room < 0:
            raise QueryError(f"the answer is larger than {LARGEST >> 20} MB; ask with a LIMIT")
        seen = self.end + data
        self.rows += seen.count(self.row)
        self.end = seen[len(seen) - len(self.row) + 1 :]
        if self.rows > ROWS_MOST:
            raise QueryError(f"the answer has more than {ROWS_MOST:,} rows; ask with a LIMIT")
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: all is taken at once."""


def prepare_worker(graph: str, memory: int) -> None:
    """Make a process ready: it ends at once when told to, and may use only so much memory.

    What those that were stopped have left in a store is removed.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # Oxigraph's code would wait for Python's own
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # Oxigraph's code aborts without memory
        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    from kg.ask.questions import list_queries
    from kg.ask.sparql import check_query

    list_queries()
    check_query("ASK {}")
    remove_snapshots(Path(graph))


def share_memory(workers: int) -> int:
    """Return how much memory each of some workers may use: all leave one share to others."""
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return LEAST_MEMORY
    return max(LEAST_MEMORY, whole // (workers + 1))


def reply_to(folder: str, work: Callable[[ox.Store], Reply], terms: tuple[str, ...] = ()) -> Reply:
    """Do some work on a store as it is now; what a user caused is a reply of one line."""
    try:
        with READER.read(Path(folder), terms) as store:
            return work(store)
    except QueryError as error:
        return refuse(400, error)
    except KgError as error:
        return refuse(503, str(error).replace(folder, Path(folder).name))
    except MemoryError:
        return refuse(503, "the query needs more memory than it may have; ask for less")


def pack_reply(packed: bool, work: Callable[..., Reply], *given: object) -> Reply:
    """Do some work, and pack the reply where that is wanted and worth it; no fault is packed."""
    reply = work(*given)
    if not packed or reply.status != 200 or len(reply.body) < PACKED:
        return reply
    return replace(reply, body=gzip.compress(reply.body, LEVEL, mtime=0), packed=True)


def answer_task(task: Task) -> Reply:
    """Answer a query, or say in one line why not."""
    from kg.ask.query import ask_store, find_entailed

    def answer(store: ox.Store) -> Reply:
        asked = partial(ask_store, graphs=task.graphs, entail=task.entail)
        return write_answer(asked(store, task.query, task.parameters), task)

    return reply_to(task.folder, answer, find_entailed(task.query) if task.entail else ())


def write_answer(answer: Answer, task: Task) -> Reply:
    """Write an answer in the media type for what it is: rows or triples."""
    triples = isinstance(answer, ox.QueryTriples)
    kind = task.triples if triples else task.rows
    if not kind:
        what = "CONSTRUCT and DESCRIBE" if triples else "SELECT and ASK"
        return refuse(406, f"{what} answer in {list_media(TRIPLES if triples else ROWS)}")
    if isinstance(answer, ox.QueryTriples):
        body = write_triples(answer, form_of(kind, TRIPLES))
    else:
        from kg.ask.answers import RESULTS

        form = form_of(kind, ROWS)
        sink = Sink(ROW[form])
        answer.serialize(cast(IO[bytes], sink), format=RESULTS[form])
        body = b"".join(sink.parts)
    return Reply(200, f"{kind}; charset=utf-8" if kind.startswith("text/") else kind, body)


def write_triples(triples: ox.QueryTriples, form: str) -> bytes:
    """Write triples in a form; raise QueryError for too many."""
    from kg.exports.jsonld import write_jsonld
    from kg.exports.syntaxes import write_nt, write_rdfxml, write_ttl

    writers: dict[str, Callable[[Graph], str]] = {
        "ttl": write_ttl, "jsonld": write_jsonld, "rdfxml": write_rdfxml, "nt": write_nt,
    }  # fmt: skip
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in islice(triples, TRIPLES_MOST + 1))
    if len(store) > TRIPLES_MOST:
        raise QueryError(f"the answer has more than {TRIPLES_MOST:,} triples; ask with a LIMIT")
    try:
        return writers[form](hold(store)).encode("utf-8", "replace")
    except GraphError as error:
        raise QueryError(str(error)) from error


def load_file(path: str, folder: str, given: Given = AS_IT_IS) -> None:
    """Make a store of a graph's file, with what it claims, in a new folder; raise GraphError."""
    from kg.who.said.files import claim_file

    read = read_file(path, given)
    claim_file(read, fewest=0)  # what one article says is a claim, too: pages are made of these
    store = ox.Store(folder)
    store.bulk_extend(read)
    store.flush()
