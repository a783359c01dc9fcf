"""Articles, the latest first: what they claim, and the sentences in which they name a thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
from rdflib.namespace import DCTERMS

from kg import ontology
from kg.graph.vocabularies import NIF
from kg.store.arrivals import list_arrived
from kg.store.union import DEFAULT, LABEL
from kg.who.said.brief import read_part
from kg.who.said.some import SENTENCE, Sentence, mark, read_own, read_place, read_text
from kg.who.said.voiced import PUBLISHER, Source
from kg.who.view.describe import CLAIM_RELATION, STATED
from kg.who.view.statements import ARTICLE, DERIVED, PUBLISHED, TYPE
from kg.who.view.things import MEANS, MENTIONS

CONTEXT, BEGIN, ANCHOR = (
    ox.NamedNode(str(term)) for term in (NIF.referenceContext, NIF.beginIndex, NIF.anchorOf)
)
NAME = ox.NamedNode(str(DCTERMS.identifier))
#: Relations of deals and agreements to those who have a part: the claims between these say as much.
PARTS = frozenset(
    ontology.KG + name
    for name, term in ontology.properties().items()
    if term.domain in ("Deal", "Agreement")
)
PLACE = re.compile(r"#char=(\d+),(\d+)$")


@dataclass(frozen=True, slots=True)
class Article:
    """Hold what is known of an article: IRI, title, publisher, date, and its file's name."""

    iri: str
    title: str
    publisher: str = ""
    date: str = ""
    name: str = ""

    @property
    def url(self) -> str:
        """Return its address, '' where it has none."""
        return Source(self.iri, self.title).url


@dataclass(frozen=True, slots=True)
class Named:
    """Hold a sentence of an article in which a thing is named, with that name marked."""

    article: Article
    sentence: Sentence


def read_article(store: ox.Store, iri: str) -> Article:
    """Read what is known of an article."""
    title, publisher, date, name = (
        read_text(store, iri, it) for it in (LABEL, PUBLISHER, PUBLISHED, NAME)
    )
    return Article(iri, title or iri, publisher, date[:10], name)


def is_article(store: ox.Store, iri: str) -> bool:
    """Tell whether an IRI is that of an article.

    >>> is_article(ox.Store(), "no IRI")
    False
    """
    try:
        quads = store.quads_for_pattern(ox.NamedNode(iri), TYPE, ARTICLE, DEFAULT)
    except ValueError:
        return False
    return next(iter(quads), None) is not None


def list_articles(store: ox.Store) -> list[tuple[str, str]]:
    """Return date and IRI of all articles, the latest first; those without a date come last."""
    dates = {
        quad.subject.value: quad.object.value[:10]
        for quad in store.quads_for_pattern(None, PUBLISHED, None, DEFAULT)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    }
    return sorted(
        (
            (dates.get(quad.subject.value, ""), quad.subject.value)
            for quad in store.quads_for_pattern(None, TYPE, ARTICLE, DEFAULT)
            if isinstance(quad.subject, ox.NamedNode)
        ),
        reverse=True,
    )


def list_since(
    store: ox.Store, folder: Path, articles: Sequence[tuple[str, str]], since: str
) -> list[str]:
    """Return the articles that came since: a number of arrivals, or a date, the latest first."""
    if not since.isdecimal():
        return [iri for date, iri in articles if date > since]
    found = dict.fromkeys(
        quad.subject.value
        for graph in reversed(list_arrived(folder, int(since)))
        for quad in store.quads_for_pattern(None, TYPE, ARTICLE, ox.NamedNode(graph))
        if isinstance(quad.subject, ox.NamedNode)
    )
    return [*found]


def list_claims(store: ox.Store, articles: Iterable[str]) -> Iterator[str]:
    """Yield what articles claim, in their order and then in that of their sentences, each once."""
    seen: set[str] = set()
    for article in articles:
        quads = store.quads_for_pattern(None, CONTEXT, ox.NamedNode(article), DEFAULT)
        spans = [quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)]
        for span in sorted(spans, key=lambda it: (place(it.value), it.value)):
            for fact in store.quads_for_pattern(None, DERIVED, span, DEFAULT):
                for quad in store.quads_for_pattern(None, STATED, fact.subject, DEFAULT):
                    if isinstance(quad.subject, ox.NamedNode) and quad.subject.value not in seen:
                        seen.add(quad.subject.value)
                        if read_part(store, quad.subject, CLAIM_RELATION) not in PARTS:
                            yield quad.subject.value


def place(span: str) -> tuple[int, int]:
    """Return where a stretch of an article is.

    >>> place("https://x.example/a#char=12,34")
    (12, 34)
    """
    found = PLACE.search(span)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def list_naming(store: ox.Store, thing: str) -> list[tuple[str, str]]:
    """Return date and IRI of the articles that name a thing, the latest first."""
    quads = store.quads_for_pattern(None, MENTIONS, ox.NamedNode(thing), DEFAULT)
    return sorted(
        (
            (read_text(store, quad.subject.value, PUBLISHED)[:10], quad.subject.value)
            for quad in quads
            if isinstance(quad.subject, ox.NamedNode)
        ),
        reverse=True,
    )


def read_named(store: ox.Store, thing: str, articles: Sequence[str], most: int) -> list[Named]:
    """Read the sentences in which some articles name a thing, in the order of these, so many."""
    spans: dict[str, list[str]] = {article: [] for article in articles}
    for quad in store.quads_for_pattern(None, MEANS, ox.NamedNode(thing), DEFAULT):
        if isinstance(quad.subject, ox.NamedNode):
            spans.get(quad.subject.value.rpartition("#")[0], []).append(quad.subject.value)
    told = (
        Named(article, sentence)
        for iri in articles
        for article in [read_article(store, iri)]
        for sentence in mark_sentences(store, spans[iri])
    )
    return [*islice(told, most)]


def mark_sentences(store: ox.Store, spans: Iterable[str]) -> Iterator[Sentence]:
    """Yield the sentences of some stretches of an article, in their order, with these marked."""
    around: dict[str, list[tuple[int, int]]] = {}
    for span in sorted(spans, key=place):
        sentence = read_text(store, span, SENTENCE) or span
        around.setdefault(sentence, []).append(place(span))
    for sentence, places in around.items():
        begin = read_place(read_own(store, sentence), BEGIN)
        if text := read_text(store, sentence, ANCHOR):
            yield mark(text, [(one - begin, two - begin) for one, two in places])


def find_named_in(store: ox.Store, predicate: ox.NamedNode, value: ox.Literal) -> list[str]:
    """Return the titles of the articles that tell a number of something."""
    graphs = {
        quad.graph_name
        for quad in store.quads_for_pattern(None, predicate, value, None)
        if isinstance(quad.graph_name, ox.NamedNode)
    }
    found = {
        read_article(store, quad.subject.value).title
        for graph in graphs
        for quad in store.quads_for_pattern(None, TYPE, ARTICLE, graph)
        if isinstance(quad.subject, ox.NamedNode)
    }
    return sorted(found)
