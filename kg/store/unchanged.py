"""What a graph holds already: the very same text, read by the very same reader, or by another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF
from rdflib.namespace import DCTERMS, PROV

from kg.graph.rdf import BASE
from kg.graph.terms import article_iri, digest, graph_iri, reader_iri
from kg.graph.vocabularies import KG, NIF, SCHEMA
from kg.model import Article, Reader, Reading
from kg.store.engine import MARK, open_folder
from kg.store.store import read_triples
from kg.store.union import DEFAULT
from kg.store.versions import make_version

TYPE, MENTIONS, TITLE, MAKER, LEAST, FACT, ARTICLE, TEXT, SUM = (
    ox.NamedNode(str(term))
    for term in (
        RDF.type, SCHEMA.mentions, DCTERMS.title, PROV.wasAssociatedWith, KG.minConfidence,
        KG.Fact, KG.Article, NIF.isString, SCHEMA.sha256,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Making:
    """Hold what decides, beside an article, what its graph says: who reads, and the options.

    `keep` leaves what another reader read as it is, `beside` what an article said before.
    """

    reader: Reader
    base: str = BASE
    text: bool = True
    least: float = 0.0
    keep: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """Hold how much a graph says of an article; `other`: another reader read the same text.

    `done`: nothing is to be read again.
    """

    facts: int
    things: int
    other: bool = False
    done: bool = True


def tell_versions(folder: Path, articles: Iterable[Article], making: Making) -> list[Article]:
    """Return articles, those of which a store holds another text as versions of their own."""
    if not (folder / MARK).is_file():
        return [*articles]
    store, close = open_folder(folder)
    try:
        return [
            make_version(one) if holds_other(store, one, making.base) else one for one in articles
        ]
    finally:
        del store
        close()


def holds_other(store: ox.Store, article: Article, base: str) -> bool:
    """Tell whether the graph of an article is that of another text."""
    graph = ox.NamedNode(str(graph_iri(article, base)))
    texts = {
        quad.object.value
        for term in (TEXT, SUM)
        for quad in store.quads_for_pattern(None, term, None, graph)
        if isinstance(quad.object, ox.Literal)
    }
    return bool(texts) and texts.isdisjoint((article.text, digest(article.text, 64)))


def find_known(
    folder: Path, articles: Iterable[Article], making: Making
) -> Iterator[tuple[Article, Known | None]]:
    """Yield articles with what a store holds of the very same ones, None of new and changed."""
    if not (folder / MARK).is_file():
        yield from ((article, None) for article in articles)
        return
    store, close = open_folder(folder)
    try:
        for article in articles:
            graph = ox.NamedNode(str(graph_iri(article, making.base)))
            yield article, compare(store, graph, article, making)
    finally:
        del store
        close()


def look_up(path: Path, article: Article, making: Making) -> Known | None:
    """Return what a graph's file holds of the very same article and of no other, else None."""
    store = ox.Store()
    try:
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    except (OSError, ValueError, SyntaxError):
        return None  # what cannot be read is written anew
    if sum(1 for _ in store.quads_for_pattern(None, TYPE, ARTICLE, DEFAULT)) != 1:
        return None
    return compare(store, DEFAULT, article, making)


def compare(
    store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph, article: Article, making: Making
) -> Known | None:
    """Compare all that a graph says of an article and of its reading with what it would say now."""
    reading = Reading(article, reader=making.reader, least=making.least)
    wanted = read_triples(reading, making.base, making.text)
    has = {
        quad.triple
        for subject in {triple.subject for triple in wanted}
        for quad in store.quads_for_pattern(subject, None, None, graph)
        if quad.predicate != MENTIONS
    }
    source = ox.NamedNode(str(article_iri(article, making.base)))
    count = (
        sum(1 for _ in store.quads_for_pattern(None, TYPE, FACT, graph)),
        sum(1 for _ in store.quads_for_pattern(source, MENTIONS, None, graph)),
    )
    if has == wanted:
        return Known(*count)
    reader = ox.NamedNode(str(reader_iri(making.reader, making.base)))
    mine = {triple for triple in wanted if triple.subject == reader}
    if read_reader(store, graph) == mine or describe(has, source) != describe(wanted, source):
        return None
    least = {quad.object for quad in store.quads_for_pattern(None, LEAST, None, graph)}
    same = least == {triple.object for triple in wanted if triple.predicate == LEAST}
    return Known(*count, other=True, done=making.keep and same)


def read_reader(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> set[ox.Triple]:
    """Return all that a graph says of what read it."""
    makers = {quad.object for quad in store.quads_for_pattern(None, MAKER, None, graph)}
    return {
        quad.triple
        for maker in makers
        if isinstance(maker, ox.NamedNode)
        for quad in store.quads_for_pattern(maker, None, None, graph)
    }


def describe(triples: Iterable[ox.Triple], source: ox.NamedNode) -> set[ox.Triple]:
    """Return what triples say of an article; 0.1 gave it no title beside its label."""
    return {it for it in triples if it.subject == source and it.predicate != TITLE}
