"""Graphs that last: read into Oxigraph, written all or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
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


def check_target(path: str | Path) -> None:
    """Raise GraphError unless a file can be written there; `-` always can."""
    target = Path(path).resolve()
    if target.is_dir():
        raise GraphError(f"{path}: a folder; name a file in it")
    if not target.parent.is_dir():
        raise GraphError(f"{path}: no folder {target.parent}; make it first")


def name_targets(folder: str | Path, names: Sequence[str]) -> list[str]:
    """Return FOLDER/NAME.ttl for each name and make the folder; raise GraphError if it cannot be.

    Two of one name would overwrite each other: that is a GraphError too.
    """
    if twice := {name for name in names if names.count(name) > 1}:
        raise GraphError(f"two articles are called '{min(twice)}'; --each needs different names")
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GraphError(f"{folder}: no folder can be made there: {error.strerror}") from error
    return [str(Path(folder) / f"{name}.ttl") for name in names]


def write_text(path: str | Path, text: str) -> None:
    """Write a file in UTF-8, whole or not at all: on a fault, what was there stays.

    A link's target is replaced, a device is written to. Raises GraphError.
    """
    check_target(path)
    target = Path(path).resolve()
    part = target.with_name(f".{target.name[:80]}.{os.getpid()}.part")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(text.encode())
            return
        part.write_bytes(text.encode())
        if target.exists():
            part.chmod(target.stat().st_mode)
        part.replace(target)
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
