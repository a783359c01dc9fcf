"""A store that lasts: a named graph an article, put in, replaced or withdrawn as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import partial
from itertools import islice
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.files.faults import tell_fault
from kg.files.locks import NAME
from kg.graph.rdf import BASE, write_readings
from kg.graph.terms import ADDRESS, graph_iri
from kg.graph.vocabularies import NIF
from kg.model import Article, Reading
from kg.store.arrivals import note_arrivals
from kg.store.engine import MARK, READERS, open_folder
from kg.store.held import write_store
from kg.store.journal import begin_deciding
from kg.store.union import change_union, write_data
from kg.store.versions import bare_name, is_version

TEXT = ox.NamedNode(str(NIF.isString))
#: Articles that are put in before others may read or write: as many as the parser takes at once.
BATCH = 32
KNOWN = """
PREFIX kg: <https://w3id.org/pressgraph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?graph ?article ?name ?title {
  GRAPH ?graph { ?article a kg:Article ; dcterms:identifier ?name
    OPTIONAL { ?article dcterms:title ?title } }
}"""


class Change(StrEnum):
    """Say what putting an article into a store did."""

    added = "added"
    replaced = "replaced"
    unchanged = "unchanged"


def check_articles(folder: str | Path, articles: Iterable[Article], base: str = BASE) -> None:
    """Raise StoreError where an article would take the place of another one.

    That is so where two have one address or name, or where a store has one of that name with which
    it shares neither its title nor a line: then it is no newer version of it.
    """
    named: dict[str, Article] = {}
    for article in articles:
        name = str(graph_iri(article, base))
        if name in named:
            told = "a store tells them apart by address or file name"
            raise StoreError(f"two articles are called '{article.url or article.name}'; {told}")
        named[name] = article
    for name, text in read_texts(Path(folder), named).items():
        article = named[name]
        if not ADDRESS.fullmatch(article.url) and not is_version(article, text):
            told = f"rename its file, or first: kg forget {article.name} --store {folder}"
            raise StoreError(f"{folder} has another article called '{article.name}'; {told}")


def read_texts(folder: Path, graphs: Iterable[str]) -> dict[str, str]:
    """Read the texts in some graphs of a store by their names; nothing where there is no store."""
    if not (folder / MARK).is_file():
        return {}
    store, close = open_folder(folder)
    texts = {
        name: quad.object.value
        for name in graphs
        for quad in store.quads_for_pattern(None, TEXT, None, ox.NamedNode(name))
        if isinstance(quad.object, ox.Literal)
    }
    del store
    close()
    return texts


def make_store(folder: str | Path) -> None:
    """Make a store's folder, or see that it is one and can be written to; raise StoreError."""
    path = Path(folder)
    if path.exists() and not path.is_dir():
        raise StoreError(f"{folder}: a file; name a folder for the store")
    if path.is_dir() and not (path / MARK).exists() and has_other_files(path):
        raise StoreError(f"{folder}: a folder of other files; name a new one for the store")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be made: {tell_fault(error)}") from error
    write_store(path, lambda store: None)


def has_other_files(folder: Path) -> bool:
    """Tell whether a folder holds what no store begins with: one that broke off is made anew."""
    ours = ("MANIFEST-", "OPTIONS-", "LOG", "LOCK", "IDENTITY", MARK, NAME, READERS)
    return any(
        not path.name.startswith(ours) and path.suffix not in (".log", ".sst", ".dbtmp")
        for path in folder.iterdir()
    )


def put_reading(
    folder: str | Path, reading: Reading, *, base: str = BASE, text: bool = True
) -> Change:
    """Put what an article says into a store, which is made if there is none; see `put_readings`."""
    ((_, change),) = put_readings(folder, [reading], base=base, text=text)
    return change


def put_readings(
    folder: str | Path, readings: Iterable[Reading], *, base: str = BASE, text: bool = True
) -> Iterator[tuple[Reading, Change]]:
    """Put what articles say into a store, each in the place of what it said before, and yield them.

    The graph of an article is changed in one transaction: whoever opens the store, after a crash
    too, finds it as it was or as it is. Raises StoreError.
    """
    if not (Path(folder) / MARK).is_file():
        make_store(folder)
    stream = iter(readings)
    while batch := list(islice(stream, BATCH)):
        graphs = [
            (str(graph_iri(one.article, base)), read_triples(one, base, text)) for one in batch
        ]
        changes = write_store(Path(folder), partial(replace_graphs, graphs=graphs))
        came = zip(graphs, changes, strict=True)
        note_arrivals(Path(folder), [it[0] for it, how in came if how is not Change.unchanged])
        yield from zip(batch, changes, strict=True)


def replace_graphs(store: ox.Store, graphs: list[tuple[str, set[ox.Triple]]]) -> list[Change]:
    """Replace named graphs, each in a transaction of its own."""
    return [replace_graph(store, ox.NamedNode(name), triples) for name, triples in graphs]


def read_triples(reading: Reading, base: str, text: bool) -> set[ox.Triple]:
    """Return what an article says as triples, with numbers as a store writes them."""
    store = ox.Store()
    turtle = write_readings([reading], base=base, text=text)
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    return {quad.triple for quad in store}


def replace_graph(store: ox.Store, name: ox.NamedNode, triples: set[ox.Triple]) -> Change:
    """Replace a named graph in one transaction, and what the default graph has of it."""
    old = {quad.triple for quad in store.quads_for_pattern(None, None, None, name)}
    gone, new = old - triples, triples - old
    if not gone and not new:
        return Change.unchanged
    lost, won = change_union(store, name, gone, new)
    store.update(
        f"DELETE DATA {{ GRAPH {name} {{ {write_data(gone)} }} {write_data(lost)} }} ;"
        f"INSERT DATA {{ GRAPH {name} {{ {write_data(new)} }} {write_data(won)} }}"
    )
    return Change.replaced if old else Change.added


def forget_article(folder: str | Path, article: str) -> str:
    """Withdraw an article from a store and return the name of its graph; raise StoreError.

    The article is told by its name (a file's name is fine), title, address or IRI.
    """
    path = Path(folder)
    if not (path / MARK).is_file():
        raise StoreError(f"{folder}: no store; make one with: kg build ARTICLE --store {folder}")

    def forget(store: ox.Store) -> str:
        name = find_graph(store, article)
        begin_deciding(path)  # until claims follow
        replace_graph(store, name, set())
        store.remove_graph(name)
        return str(name.value)

    return write_store(path, forget)


def find_graph(store: ox.Store, article: str) -> ox.NamedNode:
    """Find the graph of an article; raise StoreError unless there is just one."""
    known: dict[str, set[ox.NamedNode]] = {}
    for row in cast(ox.QuerySolutions, store.query(KNOWN)):
        for name in row:
            if name is not None:
                known.setdefault(name.value, set()).add(row["graph"])
    found = known.get(article) or known.get(bare_name(article), set())
    if len(found) > 1:
        raise StoreError(f"several articles are called '{article}'; give an address or IRI")
    if not found:
        from kg.store.labels import nearest

        near = nearest(article, {name: name for name in known})
        said = f"the store has no article '{article}'"
        raise StoreError(f"{said}; nearest: {near}" if near else f"{said}; see: kg query … sources")
    return found.pop()
