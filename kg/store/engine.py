"""Oxigraph under rdflib: files and stores, each opened as one graph."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import pyoxigraph as ox
from rdflib import Graph
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.errors import GraphError, StoreError
from kg.files.ending import remember
from kg.files.faults import tell_fault
from kg.files.locks import NAME, lock_folder
from kg.graph.vocabularies import FORMER, KG, new_graph
from kg.store.confidence import drop_doubtful
from kg.store.entailed import entail_terms
from kg.store.given.read import AS_IT_IS, Given, read_more, read_quads
from kg.store.union import settle_all

#: What found a fact, in graphs of version 0.1; what a claim is.
RULE, CLAIM = ox.NamedNode(str(KG[FORMER])), ox.NamedNode(str(KG.Claim))
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TYPE = ox.NamedNode(RDF + "type")
#: What every folder of a store has once it is one.
MARK = "CURRENT"
#: What Oxigraph says of a store that is not made to its end: nothing has ever been put into it.
UNMADE = ("Column family not found", "Inserts are only possible on read-write instances")
#: Where those who read a store have their snapshots.
READERS = "readers"
#: What the articles of a store name, as long as none comes, changes or goes; how these came.
NAMED, ARRIVED = "kg-named", "kg-arrived"
#: Files of a store's folder that hold none of its data.
NOT_DATA = ("LOG", "LOCK", NAME, NAMED, ARRIVED, "kg-deciding")
#: Fact → the triple that it states, in RDF 1.2; and the properties that say the same in RDF 1.1.
REIFIES = ox.NamedNode(RDF + "reifies")
PARTS = tuple(ox.NamedNode(RDF + part) for part in ("subject", "predicate", "object"))


def load_graph(
    path: str | Path,
    *,
    entail: Collection[str] = (),
    least: float = 0.0,
    settle: Callable[[ox.Store], None] = lambda store: None,
    given: Given = AS_IT_IS,
) -> Graph:
    """Read a graph from a file, from a store's folder or from standard input (`-`).

    A file's syntax is told by its name and its content; `given` says how else it is read. The graph
    holds what all named graphs say; queries, which run on Oxigraph, see each
    by its name too (`GRAPH ?g { … }`). A store is read as it is now, whatever is put into it
    meanwhile. The terms in `entail`, IRIs, mean what is below them, too. Facts whose
    confidence is below `least` are left out; `settle` then makes good what hangs on them. Raises
    GraphError.
    """
    if str(path) == "-" or not Path(path).is_dir():
        store, close = read_file(path, given), None
    else:
        store, close = open_folder(Path(path), write=bool(entail) or os.access(path, os.W_OK))
        if given.more:
            store = copy_store(store)
            read_more(store, given.more, given)
    if least:
        store = store if close is None else copy_store(store)  # where much is taken out fast
        drop_doubtful(store, least)
        settle(store)
    if entail:
        entail_terms(store, entail)
    graph = hold(store)
    if close is None:
        return graph
    weakref.finalize(graph, close)
    return graph


def open_folder(folder: Path, *, write: bool = False) -> tuple[ox.Store, Callable[[], None]]:
    """Open a store's folder as it is now, and return what to call in the end; raise StoreError.

    What is opened is a snapshot (with hard links to Oxigraph's files), so that others may
    write at once. Where nothing may be written, the store itself is opened and they must wait.
    With `write`, what is opened can be written to, and the folder stays as it is.
    """
    if not (folder / MARK).is_file():
        told = "make one with: kg build ARTICLE --store, or name one graph in it"
        raise StoreError(f"{folder}: a folder, but no store; {told}")
    lock = lock_folder(folder, write=False)
    try:
        store, close = open_now(folder, lock, write=write)
        try:
            check_version(store, folder)
        except StoreError:
            close()
            raise
        return store, close
    except OSError as error:
        lock.close()
        raise StoreError(f"{folder}: cannot be opened: {tell_fault(error)}") from error
    except RuntimeError as error:
        lock.close()
        told = f"cannot be opened: {one_line(error)}; look at it with: kg doctor {folder}"
        if any(said in str(error) for said in UNMADE):
            told = f"was not made to its end; begin again: kg build ARTICLE --store {folder}"
        raise StoreError(f"{folder}: {told}") from error


def open_now(folder: Path, lock: IO[bytes], *, write: bool) -> tuple[ox.Store, Callable[[], None]]:
    """Open a snapshot of a locked store or, where none can be written, the store itself."""
    if os.access(folder, os.W_OK):
        with suppress(OSError):  # no room for one, say
            snapshot = take_snapshot(folder, write=write)
            lock.close()
            return snapshot
    store = ox.Store.read_only(str(folder))
    return copy_store(store) if write else store, lock.close


def check_version(store: ox.Store, folder: Path) -> None:
    """Raise StoreError for a store of 0.1, whose IRIs and graphs have other names."""
    if next(iter(store.quads_for_pattern(None, RULE, None, None)), None):
        told = "build it anew: kg build ARTICLE --store NEW (UPGRADING.md)"
        raise StoreError(
            f"{folder}: a store of PressGraph 0.1, which this version cannot use; {told}"
        )


def copy_store(store: ox.Store) -> ox.Store:
    """Copy a store into memory."""
    copy = ox.Store()
    copy.bulk_extend(store)
    return copy


def take_snapshot(folder: Path, *, write: bool) -> tuple[ox.Store, Callable[[], None]]:
    """Open a snapshot of a store in a folder of its own, with a lock that says it is in use."""
    readers = folder / READERS
    readers.mkdir(exist_ok=True)
    own = Path(tempfile.mkdtemp(dir=readers))
    lock = lock_folder(own, write=True)

    def close() -> None:
        lock.close()
        shutil.rmtree(own, ignore_errors=True)
        forget()

    forget = remember(close)
    try:
        for path in folder.iterdir():
            if path.is_file() and not path.name.startswith(NOT_DATA):
                take_file(path, own / path.name)
        return ox.Store(str(own)) if write else ox.Store.read_only(str(own)), close
    except BaseException:
        close()
        raise


def take_file(path: Path, copy: Path) -> None:
    """Link a file that never changes, if the disk knows links, or copy it."""
    if path.suffix == ".sst":
        with suppress(OSError):
            copy.hardlink_to(path)
            return
    shutil.copyfile(path, copy)


def read_file(path: str | Path, given: Given = AS_IT_IS) -> ox.Store:
    """Read a file or standard input into memory, its named graphs as one too; raise GraphError."""
    store = read_quads(str(path), given)
    read_more(store, given.more, given)
    if next(store.named_graphs(), None) and not has_claims(store):  # else it is settled already
        store.bulk_extend(join_graphs(store))
        settle_all(store)
    unfold_triples(store)
    return store


def has_claims(store: ox.Store) -> bool:
    """Tell whether a store's own graph has claims: then it says who is who across articles.

    >>> has_claims(ox.Store())
    False
    """
    quads = store.quads_for_pattern(None, TYPE, CLAIM, ox.DefaultGraph())
    return next(iter(quads), None) is not None


def join_graphs(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield for each quad of a named graph one without its name."""
    for quad in quads:
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            yield ox.Quad(*quad.triple)


def unfold_triples(store: ox.Store) -> None:
    """Say with three triples what a fact says with a triple term (RDF 1.2)."""
    for quad in list(store.quads_for_pattern(None, REIFIES, None)):
        if isinstance(quad.object, ox.Triple):
            store.remove(quad)
            for part, term in zip(PARTS, quad.object, strict=True):
                store.add(ox.Quad(quad.subject, part, term, quad.graph_name))


def one_line(error: object) -> str:
    """Return a text or what an error says as one line."""
    return " ".join(str(error).split())


def on_oxigraph(graph: Graph) -> Graph:
    """Return a graph that Oxigraph holds: the same one, or a copy; raise GraphError.

    >>> graph = on_oxigraph(new_graph())
    >>> on_oxigraph(graph) is graph
    True
    """
    from oxrdflib import OxigraphStore

    if isinstance(graph.store, OxigraphStore):
        return graph
    held = hold(ox.Store())
    try:
        held.addN((*triple, held) for triple in graph)
    except ValueError as error:
        raise GraphError(f"the graph holds what is no RDF: {one_line(error)}") from error
    return held


def hold(store: ox.Store) -> Graph:
    """Return the graph of an Oxigraph store, with the prefixes that read well."""
    from kg.store.asked import Asked  # only where rdflib is asked: its import takes a while

    graph = Graph(Asked(store), DATASET_DEFAULT_GRAPH_ID, bind_namespaces="none")
    for prefix, namespace in new_graph().namespaces():
        graph.bind(prefix, namespace)
    return graph


def engine_of(graph: Graph) -> ox.Store:
    """Return the Oxigraph store that holds a graph, or a copy of it.

    >>> len(engine_of(new_graph()))
    0
    """
    store: ox.Store = on_oxigraph(graph).store._inner  # type: ignore[attr-defined]
    return store
