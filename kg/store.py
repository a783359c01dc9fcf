"""Graphs that last: read into Oxigraph, written all or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import Graph
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.errors import GraphError
from kg.rdf import new_graph

#: How a file's name ends → its format; what ends otherwise is read as Turtle.
FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def load_graph(path: str | Path) -> Graph:
    """Read a graph from a file or from standard input (`-`, Turtle).

    The format is that of the file's name: `.ttl`, `.nt`, `.nq`, `.trig` or `.jsonld`; named
    graphs are read as one. Queries run on Oxigraph. Raises GraphError.
    """
    data = read_bytes(path)
    store = ox.Store()
    try:
        quads = ox.parse(data, format=FORMATS.get(Path(path).suffix.lower(), FORMATS[".ttl"]))
        store.bulk_extend(ox.Quad(*quad.triple) for quad in quads)
    except SyntaxError as error:
        raise GraphError(f"{path}:{error.lineno}:{error.offset}: {fault(error)}") from error
    return open_store(store)


def read_bytes(path: str | Path) -> bytes:
    """Read a graph's file or standard input; raise GraphError."""
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else Path(path).read_bytes()
    except FileNotFoundError as error:
        raise GraphError(f"{path}: no such file; make it with: kg build") from error
    except IsADirectoryError as error:
        raise GraphError(f"{path}: a folder; name one graph in it") from error
    except OSError as error:
        raise GraphError(f"{path}: cannot be read: {error.strerror}") from error
    if not data.strip():
        raise GraphError(f"{path}: empty; make a graph with: kg build")
    return data


def fault(error: SyntaxError) -> str:
    """Return what Oxigraph says is wrong, without the place that it repeats."""
    said = " ".join(str(error.msg).split())
    return said.partition(": ")[2] or said


def on_oxigraph(graph: Graph) -> Graph:
    """Return a graph that Oxigraph holds: the same one, or a copy.

    >>> on_oxigraph(new_graph()).store.__class__.__name__
    'OxigraphStore'
    """
    if isinstance(graph.store, OxigraphStore):
        return graph
    held = open_store(ox.Store())
    held.addN((*triple, held) for triple in graph)
    return held


def open_store(store: ox.Store) -> Graph:
    """Return the graph of an Oxigraph store, with the prefixes that read well."""
    graph = Graph(
        store=OxigraphStore(store=store),
        identifier=DATASET_DEFAULT_GRAPH_ID,
        bind_namespaces="none",
    )
    for prefix, namespace in new_graph().namespaces():
        graph.bind(prefix, namespace)
    return graph


def write_text(path: str | Path, text: str) -> None:
    """Write a file in UTF-8, whole or not at all: on a fault, what was there stays.

    A link's target is replaced, a device is written to. Raises GraphError.
    """
    target = Path(path).resolve()
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.is_dir():
            raise GraphError(f"{path}: a folder; name a file in it")
        if target.exists() and not target.is_file():
            target.write_bytes(text.encode())
            return
        try:
            part.write_bytes(text.encode())
            if target.exists():
                part.chmod(target.stat().st_mode)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error.strerror}") from error
