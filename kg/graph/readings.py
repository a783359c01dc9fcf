"""RDF to readings: what `build_graph` wrote, read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import cast

from rdflib import RDF, RDFS, XSD, Graph, Literal
from rdflib.namespace import DCTERMS, PROV, SKOS
from rdflib.term import Node

from kg import ontology
from kg.errors import GraphError
from kg.graph.rdf import Value
from kg.graph.terms import BASE, FOLDERS
from kg.graph.vocabularies import FORMER, ITSRDF, KG, NIF, SCHEMA
from kg.model import Article, Entity, Fact, Modality, Reader, Reading, Span
from kg.names.identifiers import TOLD

#: IRI → span or thing of one article.
Spans = Mapping[str, Span]
Things = Mapping[str, Entity]
#: Properties of a fact that are no qualifiers of it.
FIXED = (KG.modality, KG.confidence, KG.ended, KG.attributedTo, KG[FORMER])


def read_readings(graph: Graph, *, base: str = BASE) -> list[Reading]:
    """Read back what articles say from their graph; `base` is what its own IRIs begin with.

    `read_readings(build_graph(readings)) == readings`, all in the order of their IRIs or places,
    if each thing has one name, class, aliases and links throughout and is among the entities of
    its article, each fact has evidence, no two differ in qualifiers only, and confidences have
    two decimals. Lost are sentences without a span, addresses that are no IRI and, with
    `text=False`, the texts. Raises GraphError where a graph lacks what a reading needs.

    >>> from kg.graph.rdf import build_graph
    >>> said = Reading(Article("a", "Hexo."), (Entity("Hexo", "Company", mentions=((0, 4),)),))
    >>> read_readings(build_graph([said])) == [said]
    True
    """
    sources = sorted(graph.subjects(RDF.type, KG.Article), key=str)
    try:
        return [read_reading(graph, source, base) for source in sources]
    except (ValueError, ArithmeticError) as error:
        raise GraphError(f"a number in the graph is malformed: {error}; see: kg check") from error


def read_reading(graph: Graph, source: Node, base: str) -> Reading:
    """Read back what one article names and says."""
    article = read_article(graph, source, base)
    nodes = list(graph.subjects(NIF.referenceContext, source))
    spans = {
        str(node): (int(read(graph, node, NIF.beginIndex)), int(read(graph, node, NIF.endIndex)))
        for node in nodes
    }
    things = {
        str(node): read_entity(graph, node, article.lang, spans)
        for node in sorted(graph.objects(source, SCHEMA.mentions), key=str)
    }
    said = {fact for node in nodes for fact in graph.subjects(PROV.wasDerivedFrom, node)}
    facts = [read_fact(graph, fact, things, spans) for fact in sorted(said, key=str)]
    sentences = [spans[str(n)] for n in nodes if (n, RDF.type, NIF.Sentence) in graph]
    return Reading(
        article,
        tuple(things.values()),
        tuple(sorted(facts, key=lambda fact: fact.evidence)),
        tuple(sorted(sentences)),
        read_reader(graph, source),
        read_least(graph, source),
    )


def read_reader(graph: Graph, source: Node) -> Reader | None:
    """Read back what read an article, if its graph says so."""
    readings = (made for made in graph.subjects(PROV.used, source) if is_a_reading(graph, made))
    found = {r for it in readings for r in graph.objects(it, PROV.wasAssociatedWith)}
    for node in sorted(found, key=str):
        version = read(graph, node, SCHEMA.softwareVersion)
        name = read(graph, node, RDFS.label).removeprefix("PressGraph ").removesuffix(f" {version}")
        return Reader(name, version, read(graph, node, KG.weights, ""))
    return None


def read_least(graph: Graph, source: Node) -> float:
    """Read back how sure the facts of an article are at least."""
    readings = (made for made in graph.subjects(PROV.used, source) if is_a_reading(graph, made))
    return max((float(read(graph, made, KG.minConfidence, "0")) for made in readings), default=0.0)


def is_a_reading(graph: Graph, node: Node) -> bool:
    """Tell whether a node is the making of an article's graph."""
    return (node, RDF.type, KG.Reading) in graph


def read_article(graph: Graph, node: Node, base: str) -> Article:
    """Read back an article; an IRI that `build_graph` made is no address."""
    return Article(
        read(graph, node, DCTERMS.identifier),
        read(graph, node, NIF.isString, ""),
        read(graph, node, DCTERMS.language),
        url="" if str(node).startswith(f"{base}article/") else str(node),
        title=read(graph, node, DCTERMS.title, ""),
        published=read(graph, node, SCHEMA.datePublished, ""),
        source=read(graph, node, DCTERMS.publisher, ""),
        author=read(graph, node, DCTERMS.creator, ""),
    )


def read_entity(graph: Graph, node: Node, lang: str, spans: Spans) -> Entity:
    """Read back a thing: the first of its names and the narrowest of its classes."""
    kinds = {str(kind).removeprefix(ontology.KG) for kind in graph.objects(node, RDF.type)}
    kinds &= FOLDERS.keys()
    narrow = [k for k in kinds if not any(k != o and ontology.is_a(o, k) for o in kinds)]
    names, aliases = (
        sorted(str(name) for name in graph.objects(node, p) if tongue(name) == lang)
        for p in (RDFS.label, SKOS.altLabel)
    )
    if not narrow or not names:
        raise GraphError(f"{node}: no class, or no name in '{lang}'; see: kg check")
    links = sorted(str(o) for p in (SKOS.exactMatch, SKOS.broader) for o in graph.objects(node, p))
    mentions = pick(spans, graph.subjects(ITSRDF.taIdentRef, node))
    names += aliases
    values = read_values(graph, node)
    return Entity(names[0], min(narrow), tuple(names[1:]), tuple(links), mentions, values)


def read_values(graph: Graph, node: Node) -> tuple[tuple[str, str | int | Decimal], ...]:
    """Read back what is told of a deal or agreement as a whole, and numbers of organizations."""
    found = []
    for predicate, value in sorted(graph.predicate_objects(node)):
        name = str(predicate).removeprefix(ontology.KG)
        told = read_value(value, {}) if isinstance(value, Literal) else ""
        if (name in TOLD or ontology.is_value(name)) and not isinstance(told, Entity):
            found.append((name, told))
    return tuple(found)


def tongue(name: Node) -> str:
    """Return the language of a text, or nothing."""
    return (name.language or "") if isinstance(name, Literal) else ""


def pick(spans: Spans, nodes: Iterable[Node]) -> tuple[Span, ...]:
    """Return those spans of an article that some nodes are, in their order."""
    return tuple(sorted(spans[str(node)] for node in nodes if str(node) in spans))


def read_fact(graph: Graph, node: Node, things: Things, spans: Spans) -> Fact:
    """Read back a fact about some things; raise GraphError if it has no such subject or object."""
    speaker = graph.value(node, KG.attributedTo)
    qualifiers = {
        str(predicate).removeprefix(ontology.KG): read_value(value, things)
        for predicate, value in sorted(graph.predicate_objects(node))
        if str(predicate).startswith(ontology.KG) and predicate not in FIXED
    }
    subject, target = (read_value(graph.value(node, p), things) for p in (RDF.subject, RDF.object))
    if not isinstance(subject, Entity) or not isinstance(target, Entity | Decimal):
        raise GraphError(f"{node}: no subject or no object; see: kg check")
    return Fact(
        subject,
        read(graph, node, RDF.predicate).removeprefix(ontology.KG),
        target,
        cast(Modality, read(graph, node, KG.modality).removeprefix(ontology.KG)),
        ended=read(graph, node, KG.ended, "false") == "true",
        qualifiers=MappingProxyType(qualifiers),
        attributed_to=find(things, speaker) if speaker else None,
        confidence=float(read(graph, node, KG.confidence)),
        evidence=pick(spans, graph.objects(node, PROV.wasDerivedFrom)),
    )


def read_value(node: Node | None, things: Things) -> Value:
    """Read back a thing, a number, a truth or a text."""
    if not isinstance(node, Literal):
        return find(things, node)
    if node.datatype == XSD.decimal:
        return Decimal(node)
    if node.datatype == XSD.boolean:
        return str(node) == "true"
    return int(node) if node.datatype == XSD.integer else str(node)


def find(things: Things, node: Node | None) -> Entity:
    """Return the thing that a node is; raise GraphError if the article does not mention it."""
    if str(node) not in things:
        raise GraphError(f"{node}: in a fact of an article that does not mention it; see: kg check")
    return things[str(node)]


def read(graph: Graph, node: Node, predicate: Node, default: str | None = None) -> str:
    """Return a property's first value as text; raise GraphError if there is none, nor a default."""
    values = sorted(map(str, graph.objects(node, predicate)))
    if not values and default is None:
        raise GraphError(f"{node}: no {predicate}; see: kg check")
    return values[0] if values else str(default)
