"""Readings to RDF and back; chooses every IRI."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from rdflib import RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV, SKOS
from rdflib.plugins.serializers.turtle import TurtleSerializer

from kg import ontology
from kg.model import Article, Entity, Fact, Reading, Span

BASE = "https://pressgraph.example/id/"
KG = Namespace(ontology.KG)
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
ITSRDF = Namespace("http://www.w3.org/2005/11/its/rdf#")
SCHEMA = Namespace("https://schema.org/")

#: Class of the ontology → folder of its IRIs, which is their prefix in Turtle too.
FOLDERS = {
    "Organization": "org", "Company": "org", "PublicBody": "org", "Person": "person",
    "Place": "place", "Country": "place", "City": "place", "Product": "product",
    "CooperationArea": "area", "Market": "market", "Agreement": "agreement",
    "Memorandum": "agreement", "JointVenture": "agreement", "Contract": "agreement",
    "Alliance": "agreement",
}  # fmt: skip
#: Qualifiers of a fact that are not plain text, with the datatype of their literal.
DATATYPES = {"share": XSD.decimal, "amount": XSD.decimal, "rank": XSD.integer}
DATES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
GENERIC = re.compile(
    r"^(?:(?:the|le|la|les|l|groupe|group|societe|entreprise|compagnie)-)+(?=.)"
    r"|(?<=.)-(?:sa|sas|sarl|se|sca|ag|gmbh|plc|inc|ltd|llc|corp|nv|spa|group|groupe)$"
)


def slug(name: str) -> str:
    """Fold a name to lower-case ASCII words joined by hyphens.

    >>> slug("L'Oréal & Cie")
    'l-oreal-cie'
    """
    text = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "oe"))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    words = re.findall(r"\w+", text)
    return "-".join(words)[:80].strip("-") or "x-" + digest(name, 8)


def key(entity: Entity) -> str:
    """Return the part of an IRI that tells a thing from others of its folder.

    >>> key(Entity("Groupe Bolloré", "Company")), key(Entity("Bolloré SE", "Company"))
    ('bollore', 'bollore')
    """
    name = slug(entity.name)
    return GENERIC.sub("", name) if FOLDERS[entity.kind] == "org" else name


def digest(text: str, length: int) -> str:
    """Return the first hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def entity_iri(entity: Entity, base: str = BASE) -> URIRef:
    """Return a thing's IRI, made from its class and name.

    >>> entity_iri(Entity("Blue Solutions", "Company"))
    rdflib.term.URIRef('https://pressgraph.example/id/org/blue-solutions')
    """
    return URIRef(f"{base}{FOLDERS[entity.kind]}/{key(entity)}")


def article_iri(article: Article, base: str = BASE) -> URIRef:
    """Return an article's IRI: its address, or a name and the digest of its text."""
    if re.fullmatch(r"https?://[^\s<>\"{}|\\^`#]+", article.url):
        return URIRef(article.url)
    return URIRef(f"{base}article/{slug(article.name)}-{digest(article.text, 8)}")


def build_graph(readings: Iterable[Reading], *, base: str = BASE, text: bool = True) -> Graph:
    """Build one graph of what some articles say; `text` leaves the articles' text in it.

    >>> blue, group = Entity("Blue Solutions", "Company"), Entity("Bolloré", "Company")
    >>> said = Reading(Article("a", "Blue Solutions, filiale de Bolloré."), (blue, group),
    ...                (Fact(blue, "subsidiaryOf", group, evidence=((0, 34),)),))
    >>> (entity_iri(blue), KG.subsidiaryOf, entity_iri(group)) in build_graph([said])
    True
    """
    graph = new_graph(base)
    for reading in readings:
        add_reading(graph, reading, base, text=text)
    return graph


def new_graph(base: str = BASE) -> Graph:
    """Return an empty graph with the prefixes that read well."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in (
        ("kg", KG), ("rdf", RDF), ("rdfs", RDFS), ("skos", SKOS), ("prov", PROV), ("nif", NIF),
        ("itsrdf", ITSRDF), ("dcterms", DCTERMS), ("schema", SCHEMA), ("xsd", XSD),
    ):  # fmt: skip
        graph.bind(prefix, namespace)
    for folder in (*dict.fromkeys(FOLDERS.values()), "article", "fact"):
        graph.bind(folder, f"{base}{folder}/")
    return graph


def add_reading(graph: Graph, reading: Reading, base: str, *, text: bool) -> None:
    """Add what one article names and says to a graph."""
    source = add_article(graph, reading.article, base, text=text)
    for entity in reading.entities:
        add_entity(graph, entity, reading, base)
    for fact in reading.facts:
        add_fact(graph, fact, reading, base)
    for entity in reading.entities:
        graph.add((source, SCHEMA.mentions, entity_iri(entity, base)))


def add_article(graph: Graph, article: Article, base: str, *, text: bool) -> URIRef:
    """Add an article's node and return its IRI."""
    node = article_iri(article, base)
    graph.add((node, RDF.type, KG.Article))
    graph.add((node, RDF.type, NIF.Context))
    graph.add((node, DCTERMS.language, Literal(article.lang)))
    graph.add((node, DCTERMS.identifier, Literal(article.name)))
    label = article.title or article.name
    graph.add((node, RDFS.label, Literal(label, lang=article.lang)))
    if text:
        graph.add((node, NIF.isString, Literal(article.text)))
    if article.title:
        graph.add((node, DCTERMS.title, Literal(article.title, lang=article.lang)))
    if article.published:
        graph.add((node, SCHEMA.datePublished, date_literal(article.published)))
    if article.source:
        graph.add((node, DCTERMS.publisher, Literal(article.source)))
    return node


def add_entity(graph: Graph, entity: Entity, reading: Reading, base: str) -> None:
    """Add a thing's node, with where the article names it."""
    node, lang = entity_iri(entity, base), reading.article.lang
    graph.add((node, RDF.type, KG[entity.kind]))
    graph.add((node, RDFS.label, Literal(entity.name, lang=lang)))
    for alias in entity.aliases:
        graph.add((node, SKOS.altLabel, Literal(alias, lang=lang)))
    for link in entity.links:
        graph.add((node, SKOS.broader if ontology.AREAS in link else SKOS.exactMatch, URIRef(link)))
    for span in entity.mentions:
        graph.add((add_span(graph, span, reading, base), ITSRDF.taIdentRef, node))


def add_span(graph: Graph, span: Span, reading: Reading, base: str) -> URIRef:
    """Add a stretch of an article (RFC 5147) and the sentence around it; return its IRI."""
    node = plain_span(graph, span, reading, base)
    graph.add((node, RDF.type, NIF.Phrase))
    for sentence in reading.sentences:
        if sentence[0] <= span[0] < sentence[1]:
            around = plain_span(graph, sentence, reading, base)
            graph.add((around, RDF.type, NIF.Sentence))
            graph.add((node, NIF.sentence, around))
            break
    return node


def plain_span(graph: Graph, span: Span, reading: Reading, base: str) -> URIRef:
    """Add the node of some characters of an article."""
    source = article_iri(reading.article, base)
    node = URIRef(f"{source}#char={span[0]},{span[1]}")
    graph.add((node, NIF.referenceContext, source))
    graph.add((node, NIF.beginIndex, Literal(span[0], datatype=XSD.nonNegativeInteger)))
    graph.add((node, NIF.endIndex, Literal(span[1], datatype=XSD.nonNegativeInteger)))
    graph.add((node, NIF.anchorOf, Literal(reading.article.text[slice(*span)])))
    return node


def add_fact(graph: Graph, fact: Fact, reading: Reading, base: str) -> None:
    """Add a fact's node, and the direct triple if it is so today."""
    subject, predicate = entity_iri(fact.subject, base), KG[fact.property]
    target = term(fact.object, base)
    node = fact_iri(fact, reading.article, base)
    graph.add((node, RDF.type, KG.Fact))
    graph.add((node, RDF.subject, subject))
    graph.add((node, RDF.predicate, predicate))
    graph.add((node, RDF.object, target))
    graph.add((node, KG.modality, KG[fact.modality]))
    graph.add((node, KG.confidence, Literal(Decimal(f"{fact.confidence:.2f}"))))
    graph.add((node, KG.rule, Literal(fact.rule)))
    if fact.ended:
        graph.add((node, KG.ended, Literal(True)))
    if fact.attributed_to:
        graph.add((node, KG.attributedTo, entity_iri(fact.attributed_to, base)))
    for name, value in sorted(fact.qualifiers.items()):
        graph.add((node, KG[name], qualifier(name, value, reading.article.lang, base)))
    for span in fact.evidence:
        graph.add((node, PROV.wasDerivedFrom, add_span(graph, span, reading, base)))
    if fact.modality == "Actual" and not fact.ended:
        graph.add((subject, predicate, target))


def fact_iri(fact: Fact, article: Article, base: str = BASE) -> URIRef:
    """Return a fact's IRI: the digest of what it says and of the article that says it."""
    said = [
        article_iri(article, base), entity_iri(fact.subject, base), fact.property,
        term(fact.object, base), fact.modality, fact.ended, fact.qualifiers.get("role", ""),
        entity_iri(fact.attributed_to, base) if fact.attributed_to else "",
    ]  # fmt: skip
    return URIRef(f"{base}fact/f{digest('|'.join(map(str, said)), 16)}")


def term(value: Entity | Decimal, base: str) -> URIRef | Literal:
    """Return a thing's IRI or a number's literal."""
    return entity_iri(value, base) if isinstance(value, Entity) else Literal(value)


def qualifier(
    name: str, value: str | int | Decimal | Entity, lang: str, base: str
) -> URIRef | Literal:
    """Return a qualifier as a term: a thing, a number, a date or text in a language."""
    if isinstance(value, Entity):
        return entity_iri(value, base)
    if name in DATATYPES:
        return Literal(value, datatype=DATATYPES[name])
    if name in ("date", "asOf"):
        return date_literal(str(value))
    return Literal(str(value)) if name == "currency" else Literal(value, lang=lang)


def date_literal(text: str) -> Literal:
    """Return an ISO date of a year, a month or a day as a typed literal.

    >>> date_literal("2017-09").datatype
    rdflib.term.URIRef('http://www.w3.org/2001/XMLSchema#gYearMonth')
    """
    return Literal(text, datatype=DATES.get(len(text), XSD.string), normalize=False)


def write_turtle(graph: Graph) -> str:
    """Write a graph as Turtle: sorted, things first, the same bytes every time."""
    serializer = TurtleSerializer(graph)
    serializer.topClasses = [
        KG.Article, KG.Company, KG.PublicBody, KG.Organization, KG.Person, KG.Country, KG.City,
        KG.Place, KG.Product, KG.CooperationArea, KG.Market, KG.Fact,
    ]  # fmt: skip
    stream = io.BytesIO()
    serializer.serialize(stream)
    return stream.getvalue().decode("utf-8")
