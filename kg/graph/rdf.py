"""Readings to RDF; chooses every IRI."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from rdflib import RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, SKOS

from kg import ontology
from kg.graph.labels import Name, choose_labels, count_names
from kg.graph.terms import BASE as BASE
from kg.graph.terms import (
    article_iri,
    date_literal,
    decimal_literal,
    digest,
    entity_iri,
    former_iri,
    graph_iri,
    index_literal,
    reader_iri,
    reading_iri,
    span_iri,
)
from kg.graph.turtle import write_triples
from kg.graph.turtle import write_turtle as write_turtle
from kg.graph.vocabularies import ITSRDF, KG, NIF, SCHEMA, new_graph, prefixes
from kg.model import Article, Entity, Fact, Reading, Span
from kg.names.identifiers import TOLD
from kg.values.quantities import value_of

Triple = tuple[URIRef, URIRef, URIRef | Literal]


@dataclass(frozen=True, slots=True)
class Scope:
    """Hold what the IRIs of an article's graph are made with, and its language."""

    base: str
    source: URIRef
    lang: str

    def node(self, entity: Entity) -> URIRef:
        """Return a thing's IRI."""
        return entity_iri(entity, self.base, source=self.source)


Value = str | int | Decimal | Entity

#: The terms of most triples: rdflib makes one anew whenever a namespace is asked for it.
TYPE, STATED, SENTENCE, PHRASE = RDF.type, KG.Fact, NIF.Sentence, NIF.Phrase
CONTEXT, BEGIN, END, ANCHOR = NIF.referenceContext, NIF.beginIndex, NIF.endIndex, NIF.anchorOf
AROUND, MEANS, MENTIONS, LABEL = NIF.sentence, ITSRDF.taIdentRef, SCHEMA.mentions, RDFS.label
SUBJECT, PREDICATE, OBJECT, DERIVED = RDF.subject, RDF.predicate, RDF.object, PROV.wasDerivedFrom
MODALITY, CONFIDENCE = KG.modality, KG.confidence
#: Qualifiers of a fact whose type is not that of their value in Python.
DATATYPES = {"share": XSD.decimal, "amount": XSD.decimal}
DATES = ("date", "asOf", "announced")


def build_graph(readings: Iterable[Reading], *, base: str = BASE, text: bool = True) -> Graph:
    """Build one graph of what some articles say; `text` leaves the articles' text in it.

    >>> blue, group = Entity("Blue Solutions", "Company"), Entity("Bolloré", "Company")
    >>> said = Reading(Article("a", "Blue Solutions, filiale de Bolloré."), (blue, group),
    ...                (Fact(blue, "subsidiaryOf", group, evidence=((0, 34),)),))
    >>> (entity_iri(blue), KG.subsidiaryOf, entity_iri(group)) in build_graph([said])
    True
    """
    graph = new_graph(base)
    for triple in describe_readings([*readings], base, text=text):
        graph.add(triple)
    return graph


def write_readings(readings: Iterable[Reading], *, base: str = BASE, text: bool = True) -> str:
    """Write what some articles say as Turtle: what `write_turtle` makes of their graph.

    >>> write_readings([]) == write_turtle(build_graph([]))
    True
    """
    return write_triples(describe_readings([*readings], base, text=text), prefixes(base))


def describe_readings(readings: Sequence[Reading], base: str, *, text: bool) -> Iterator[Triple]:
    """Yield what some articles name and say; a thing that they call differently has one label."""
    labels = choose_labels(count_names(readings, base))
    for reading in readings:
        yield from describe_reading(reading, base, labels, text=text)


def describe_reading(
    reading: Reading, base: str, labels: Mapping[str, Name], *, text: bool
) -> Iterator[Triple]:
    """Yield what one article names and says."""
    source = article_iri(reading.article, base)
    scope = Scope(base, source, reading.article.lang)
    yield from describe_article(reading.article, source, text=text)
    yield from describe_graph(reading, source, base)
    spans: set[Span] = set()
    for entity in reading.entities:
        node = scope.node(entity)
        yield source, MENTIONS, node
        yield from describe_entity(entity, scope, labels[str(node)])
        if (former := former_iri(entity, base)) != node:
            yield former, DCTERMS.isReplacedBy, node
        for span in entity.mentions:
            yield span_iri(source, span), MEANS, node
        spans.update(entity.mentions)
    for fact in reading.facts:
        yield from describe_fact(fact, scope)
        spans.update(fact.evidence)
    yield from describe_spans(spans, source, reading)


def describe_article(article: Article, node: URIRef, *, text: bool) -> Iterator[Triple]:
    """Yield what is known of an article."""
    yield node, RDF.type, KG.Article
    yield node, RDF.type, NIF.Context
    yield node, DCTERMS.language, Literal(article.lang)
    yield node, DCTERMS.identifier, Literal(article.name)
    yield node, RDFS.label, Literal(article.title or article.name, lang=article.lang)
    if text:
        yield node, NIF.isString, Literal(article.text)
    elif article.text:  # by which the very same text is known again
        yield node, SCHEMA.sha256, Literal(digest(article.text, 64))
    if article.title:
        yield node, DCTERMS.title, Literal(article.title, lang=article.lang)
    if article.published:
        yield node, SCHEMA.datePublished, date_literal(article.published)
    if article.source:
        yield node, DCTERMS.publisher, Literal(article.source)
    if article.author:
        yield node, DCTERMS.creator, Literal(article.author)


def describe_graph(reading: Reading, source: URIRef, base: str) -> Iterator[Triple]:
    """Yield what is known of the graph that holds what an article says: its title, who made it."""
    article, reader, node = reading.article, reading.reader, graph_iri(reading.article, base)
    yield node, TYPE, PROV.Bundle
    yield node, DCTERMS.title, Literal(article.title or article.name, lang=article.lang)
    yield node, FOAF.primaryTopic, source
    if reader is None:
        return
    made, maker = reading_iri(source, reader, base), reader_iri(reader, base)
    yield node, PROV.wasGeneratedBy, made
    yield made, TYPE, KG.Reading
    yield made, PROV.used, source
    yield made, PROV.wasAssociatedWith, maker
    if reading.least:
        yield made, KG.minConfidence, decimal_literal(Decimal(str(reading.least)))
    yield maker, TYPE, KG.Reader
    yield maker, LABEL, Literal(f"PressGraph {reader.name} {reader.version}", lang="en")
    yield maker, SCHEMA.softwareVersion, Literal(reader.version)
    if reader.weights:
        yield maker, KG.weights, Literal(reader.weights)


def describe_entity(entity: Entity, scope: Scope, label: Name) -> Iterator[Triple]:
    """Yield what a thing is and is called, and what is told of it as a whole."""
    node = scope.node(entity)
    yield node, TYPE, kg_term(entity.kind)
    yield node, LABEL, Literal(label[0], lang=label[1])
    for name in (entity.name, *entity.aliases):
        if (name, scope.lang) != label:
            yield node, SKOS.altLabel, Literal(name, lang=scope.lang)
    for name, value in entity.values:
        yield node, kg_term(name), qualifier(name, value, scope)
    for link in entity.links:
        yield node, SKOS.broader if ontology.AREAS in link else SKOS.exactMatch, URIRef(link)


@cache
def kg_term(name: str) -> URIRef:
    """Return a term of the ontology."""
    return KG[name]


def describe_spans(spans: set[Span], source: URIRef, reading: Reading) -> Iterator[Triple]:
    """Yield what some stretches of an article say, and the sentences around their beginnings."""
    sentences, around = sorted(reading.sentences), set()
    begins = [begin for begin, _ in sentences]
    nodes = {span: span_iri(source, span) for span in {*sentences, *spans}}
    for span in sorted(spans):
        yield nodes[span], TYPE, PHRASE
        place = bisect_right(begins, span[0]) - 1
        if place >= 0 and span[0] < sentences[place][1]:
            around.add(sentences[place])
            yield nodes[span], AROUND, nodes[sentences[place]]
    for sentence in sorted(around):
        yield nodes[sentence], TYPE, SENTENCE
    for begin, end in sorted(spans | around):
        node = nodes[begin, end]
        yield node, CONTEXT, source
        yield node, BEGIN, index_literal(begin)
        yield node, END, index_literal(end)
        yield node, ANCHOR, Literal(reading.article.text[begin:end])


def describe_fact(fact: Fact, scope: Scope) -> Iterator[Triple]:
    """Yield a fact, and the direct triple if it is so today."""
    subject, predicate = scope.node(fact.subject), kg_term(fact.property)
    target = term(fact.object, scope)
    node = fact_iri(fact, scope)
    yield node, TYPE, STATED
    yield node, SUBJECT, subject
    yield node, PREDICATE, predicate
    yield node, OBJECT, target
    yield node, MODALITY, kg_term(fact.modality)
    yield node, CONFIDENCE, decimal_literal(Decimal(f"{fact.confidence:.2f}"))
    if fact.ended:
        yield node, KG.ended, Literal(True)
    if fact.attributed_to:
        yield node, KG.attributedTo, scope.node(fact.attributed_to)
    for name, value in fact.qualifiers.items():
        yield node, kg_term(name), qualifier(name, value, scope)
    for span in fact.evidence:
        yield node, DERIVED, span_iri(scope.source, span)
    if fact.modality == "Actual" and not fact.ended:
        yield subject, predicate, target


def fact_iri(fact: Fact, scope: Scope) -> URIRef:
    """Return a fact's IRI: the digest of what it says and of the article that says it."""
    said = [
        scope.source, scope.node(fact.subject), fact.property, term(fact.object, scope),
        fact.modality, fact.ended, fact.qualifiers.get("role", ""),
        scope.node(fact.attributed_to) if fact.attributed_to else "",
    ]  # fmt: skip
    return URIRef(f"{scope.base}fact/f{digest('|'.join(map(str, said)), 16)}")


def term(value: Entity | Decimal, scope: Scope) -> URIRef | Literal:
    """Return a thing's IRI or a number's literal."""
    return scope.node(value) if isinstance(value, Entity) else decimal_literal(value)


def qualifier(name: str, value: Value, scope: Scope) -> URIRef | Literal:
    """Return a qualifier as a term: a thing, a number, a date or text in a language."""
    if isinstance(value, Entity):
        return scope.node(value)
    if value_of(name) in DATES:
        return date_literal(str(value))
    if value_of(name) in DATATYPES:
        return decimal_literal(Decimal(value))
    text = isinstance(value, str) and name not in ("currency", *TOLD)
    return Literal(value, lang=scope.lang if text else None)
