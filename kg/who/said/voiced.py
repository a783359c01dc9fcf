"""Who says a claim: each of its facts with its article, publisher, address, figures and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox
from rdflib.namespace import DCTERMS

from kg import ontology
from kg.graph.terms import MADE_UP
from kg.graph.vocabularies import FORMER, KG, NIF
from kg.who.view.statements import (
    ARTICLE,
    DERIVED,
    TYPE,
    Statement,
    Term,
    read_names,
    read_terms,
)

ANCHOR, PUBLISHER, REPLACED, BY = (
    ox.NamedNode(str(term))
    for term in (NIF.anchorOf, DCTERMS.publisher, DCTERMS.isReplacedBy, KG.attributedTo)
)
#: Properties of a fact that are told apart from its qualifiers, and what leads to these.
APART = frozenset(("modality", "confidence", "ended", "attributedTo", "role", FORMER))
WHOLES = ("deal", "agreement")


@dataclass(frozen=True, slots=True)
class Source:
    """Hold what is known of an article: its IRI, what it is called, publisher and address."""

    iri: str
    name: str
    publisher: str = ""

    @property
    def url(self) -> str:
        """Return its address, '' where it has none.

        >>> Source("https://x.example/a", "a").url, Source("https://x.example/article/a", "a").url
        ('https://x.example/a', 'https://x.example/article/a')
        >>> Source("https://pressgraph.example/id/article/a-0123abcd", "a").url
        ''
        """
        return "" if MADE_UP.search(self.iri) else self.iri


@dataclass(frozen=True, slots=True)
class Voiced:
    """Hold what one article says of a claim: when, how, how sure it is and in which words.

    `voice` is the same for articles that are copies of each other, `by` whom the article quotes.
    """

    article: str
    date: str
    modality: str
    confidence: float
    quote: str
    fact: str
    publisher: str = ""
    url: str = ""
    role: str = ""
    by: str = ""
    voice: str = ""
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Archive:
    """Hold where to look up who says what: a store, names of things, articles, and their voices.

    Articles are by what statements call them: their graphs' IRIs in a store, their own in a file.
    """

    store: ox.Store
    names: Mapping[str, str]
    sources: Mapping[str, Source]
    voices: Mapping[str, str]
    homes: Mapping[str, str]

    def name(self, iri: str) -> str:
        """Return what a thing is called, under whatever IRI."""
        home = self.homes.get(iri, iri)
        return self.names.get(home) or self.names.get(iri, iri)


def open_archive(store: ox.Store, names: Mapping[str, str], voices: Mapping[str, str]) -> Archive:
    """Read what is known of a store's articles, and who is who."""
    return Archive(
        store, names, read_sources(store, names), voices, dict(read_names(store, REPLACED))
    )


def read_sources(store: ox.Store, names: Mapping[str, str]) -> dict[str, Source]:
    """Return articles by what statements call them: their graphs, or they."""
    publishers = {key: term.value for key, term in read_terms(store, PUBLISHER)}
    found = {}
    for quad in store.quads_for_pattern(None, TYPE, ARTICLE, None):
        if isinstance(quad.subject, ox.NamedNode):
            iri = quad.subject.value
            found[iri] = Source(iri, names.get(iri, iri), publishers.get(iri, ""))
            if isinstance(quad.graph_name, ox.NamedNode):
                found[quad.graph_name.value] = found[iri]
    return found


def tell_voiced(one: Statement, archive: Archive) -> Voiced:
    """Return what an article says of a claim as people read it."""
    source = archive.sources.get(one.article, Source(one.article, one.article))
    about = read_about(archive.store, one.fact)
    return Voiced(
        article=source.name,
        date=one.date,
        modality=tell_modality(one.modality, one.ended),
        confidence=one.confidence,
        quote=" … ".join(read_quotes(archive.store, about.get(DERIVED, ()))),
        fact=one.fact,
        publisher=source.publisher,
        url=source.url,
        role=one.role[0],
        by=", ".join(sorted(archive.name(term.value) for term in about.get(BY, ()))),
        voice=archive.voices.get(one.article, source.iri),
        qualifiers=tell_qualifiers(about, archive),
        source=source.iri,
    )


def tell_modality(modality: str, ended: bool) -> str:
    """Return a modality in lower case, with whether it is over.

    >>> tell_modality("Actual", True)
    'actual, over'
    """
    return modality.lower() + (", over" if ended else "")


def read_about(store: ox.Store, node: str) -> dict[ox.NamedNode, list[Term]]:
    """Return all that is said of a node, in whatever graph, by predicate."""
    found: dict[ox.NamedNode, set[Term]] = {}
    for quad in store.quads_for_pattern(ox.NamedNode(node), None, None, None):
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            found.setdefault(quad.predicate, set()).add(quad.object)
    return {predicate: sorted(terms, key=str) for predicate, terms in found.items()}


def tell_qualifiers(about: Mapping[ox.NamedNode, list[Term]], archive: Archive) -> dict[str, str]:
    """Return the figures, dates and markets of a fact, with those of its deal or agreement."""
    found: dict[str, str] = {}
    own = {
        predicate.value.removeprefix(ontology.KG): terms
        for predicate, terms in about.items()
        if predicate.value.startswith(ontology.KG)
    }
    for name in sorted(own.keys() - APART - {*WHOLES}):
        found[name] = "; ".join(show_term(term, archive) for term in own[name])
    wholes = (term for name in WHOLES for term in own.get(name, ()))
    for whole in (term for term in wholes if isinstance(term, ox.NamedNode)):
        for predicate, terms in read_about(archive.store, whole.value).items():
            name = predicate.value.removeprefix(ontology.KG)
            if ontology.is_value(name):
                found.setdefault(name, "; ".join(show_term(term, archive) for term in terms))
    return dict(sorted(found.items()))


def show_term(term: Term, archive: Archive) -> str:
    """Return a term as people read it: a thing by its name, a number without needless decimals."""
    if isinstance(term, ox.NamedNode):
        return archive.name(term.value)
    return term.value.removesuffix(".0")


def read_quotes(store: ox.Store, spans: list[Term] | tuple[()]) -> Iterator[str]:
    """Yield the words of stretches of articles, in the order of their places."""
    told = {it.value for it in spans if isinstance(it, ox.NamedNode)}
    for span in sorted(told, key=lambda it: (len(it), it)):
        for quad in store.quads_for_pattern(ox.NamedNode(span), ANCHOR, None, None):
            if isinstance(quad.object, ox.Literal):
                yield quad.object.value
                break
