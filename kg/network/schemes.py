"""Graphs of others, ontologies, SKOS schemes and data, as facts between what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, Node, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DC, DCTERMS, FOAF, SKOS

from kg.graph.terms import BASE, digest
from kg.graph.vocabularies import KG, SCHEMA, new_graph
from kg.network.nameless import name_things
from kg.network.others import has_data, has_news

Triple = tuple[URIRef, URIRef, Node]

#: What a vocabulary defines, by its class.
KINDS = {
    OWL.Ontology: "Scheme", SKOS.ConceptScheme: "Scheme", SKOS.Concept: "Concept",
    OWL.Class: "Class", RDFS.Class: "Class", RDF.Property: "Property",
    OWL.ObjectProperty: "Property", OWL.DatatypeProperty: "Property",
    OWL.AnnotationProperty: "Property",
}  # fmt: skip
#: What things are called, the best first.
NAMES = (
    SKOS.prefLabel, RDFS.label, DCTERMS.title, DC.title, FOAF.name, SCHEMA.name,
    URIRef("http://schema.org/name"),
)  # fmt: skip
OTHER_NAMES = (SKOS.altLabel, SKOS.hiddenLabel)
#: What tells of each other, whatever is said between: told once, by the first.
INVERSE = {
    SKOS.narrower: SKOS.broader, SKOS.narrowMatch: SKOS.broadMatch,
    SKOS.hasTopConcept: SKOS.inScheme, SKOS.topConceptOf: SKOS.inScheme,
}  # fmt: skip
#: What is said in both directions.
BOTH_WAYS = {SKOS.related, SKOS.relatedMatch, OWL.disjointWith, OWL.equivalentClass, OWL.inverseOf}
#: What leads to other vocabularies: a link, where the graph says nothing of what is there.
ELSEWHERE = {
    SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch, SKOS.mappingRelation,
    RDFS.seeAlso, OWL.sameAs, OWL.equivalentClass, OWL.equivalentProperty, DCTERMS.source,
    DCTERMS.license,
}  # fmt: skip
#: Where something belongs: told only of what nothing else is told of, or all would hang on one.
HOMES = {SKOS.inScheme, RDFS.isDefinedBy}
#: How the words of SKOS, RDFS and OWL read, in French and English.
WORDS = {
    "broader": ("terme générique", "broader"), "related": ("terme associé", "related to"),
    "exactMatch": ("équivaut exactement à", "exactly matches"),
    "closeMatch": ("équivaut à peu près à", "closely matches"),
    "broadMatch": ("terme générique ailleurs", "broader elsewhere"),
    "relatedMatch": ("terme associé ailleurs", "related elsewhere"),
    "inScheme": ("fait partie de", "part of"), "isDefinedBy": ("défini par", "defined by"),
    "subClassOf": ("sous-classe de", "subclass of"),
    "subPropertyOf": ("sous-propriété de", "subproperty of"),
    "equivalentClass": ("classe équivalente", "equivalent class"),
    "disjointWith": ("disjoint de", "disjoint with"), "inverseOf": ("inverse de", "inverse of"),
    "domain": ("domaine", "domain"), "range": ("portée", "range"), "type": ("est un", "is a"),
    "definition": ("définition", "definition"), "comment": ("définition", "definition"),
    "scopeNote": ("note d'application", "scope note"), "notation": ("notation", "notation"),
    "Concept": ("concept", "concept"), "Class": ("classe", "class"),
    "Property": ("propriété", "property"), "Scheme": ("vocabulaire", "vocabulary"),
}  # fmt: skip


@dataclass(frozen=True)
class Scheme:
    """Hold a vocabulary as a graph of facts, the kind of each thing, and its own words' labels."""

    form: str
    title: str
    graph: Graph
    kinds: Mapping[str, str]
    labels: Mapping[str, str]

    def count(self, kind: str) -> int:
        """Count what is of a kind."""
        return sum(it == kind for it in self.kinds.values())


def find_scheme(graph: Graph, lang: str) -> Scheme | None:
    """Find the vocabulary, or the data, that a graph is, as facts; one with articles is none.

    >>> find_scheme(Graph(), "fr")
    >>> made = Graph().add((KG.a, RDF.type, SKOS.Concept)).add((KG.a, SKOS.broader, KG.x))
    >>> scheme = find_scheme(made, "fr")
    >>> scheme.form, scheme.count("Concept"), len(set(scheme.graph.subjects(RDF.type, KG.Fact)))
    ('skos', 1, 1)
    """
    graph = name_things(graph)
    kinds = {} if has_news(graph) else find_kinds(graph)
    found = {*kinds.values()} & {"Concept", "Class", "Property"}
    if not found and not has_data(graph):
        return None
    told, names = new_graph(), find_names(graph, lang)
    for subject, predicate, target in sorted(tell_triples(graph, kinds), key=str):
        if predicate in ELSEWHERE and not {str(target)} & (kinds.keys() | names.keys()):
            told.add((subject, SKOS.exactMatch, target))  # what the page has as a link
        else:
            add_fact(told, (subject, predicate, target))
    for thing in {*told.subjects(), *told.objects()} | {URIRef(it) for it in kinds}:
        add_names(told, graph, thing, names)
    schemes = sorted(names[it] for it, kind in kinds.items() if kind == "Scheme" and it in names)
    return Scheme(
        "skos" if "Concept" in found else "owl" if found else "data",
        schemes[0] if len(schemes) == 1 else "",
        told,
        kinds,
        {local(it): name for it, name in names.items() if is_relation(told, it)},
    )


def is_relation(told: Graph, iri: str) -> bool:
    """Tell whether facts of a graph have a relation."""
    return (None, RDF.predicate, URIRef(iri)) in told


def find_kinds(graph: Graph) -> dict[str, str]:
    """Find what a graph defines, each with its kind.

    >>> find_kinds(Graph().add((KG.a, RDF.type, OWL.Class)))
    {'https://w3id.org/pressgraph/ontology#a': 'Class'}
    """
    found: dict[str, str] = {}
    for kind, name in KINDS.items():
        for node in graph.subjects(RDF.type, kind):
            if isinstance(node, URIRef):
                found.setdefault(str(node), name)
    return found


def find_names(graph: Graph, lang: str) -> dict[str, str]:
    """Find what each thing is called, in a language where it has a name in it."""
    ranks: dict[str, tuple[bool, int, str]] = {}
    for place, predicate in enumerate(NAMES):
        for node, name in graph.subject_objects(predicate):
            if isinstance(name, Literal):
                rank = (name.language != lang, place, str(name))
                ranks[str(node)] = min(rank, ranks.get(str(node), rank))
    return {node: name for node, (*_, name) in ranks.items()}


def tell_triples(graph: Graph, kinds: Mapping[str, str]) -> Iterator[Triple]:
    """Yield what a vocabulary says between what it defines; what is said of none has its home."""
    lines = {turned for triple in graph for turned in tell_triple(graph, triple, kinds)}
    ends = {end for one, _, other in lines for end in (one, other)}
    relations = {str(relation) for _, relation, _ in lines}
    yield from lines
    schemes = sorted(it for it, kind in kinds.items() if kind == "Scheme")
    for iri, kind in kinds.items():
        node = URIRef(iri)
        if kind != "Scheme" and node not in ends and iri not in relations:
            home = SKOS.inScheme if kind == "Concept" else RDFS.isDefinedBy
            own = sorted(it for it in graph.objects(node, home) if isinstance(it, URIRef))
            yield node, home, own[0] if own else URIRef(schemes[0] if schemes else space(iri))


def tell_triple(
    graph: Graph, triple: tuple[Node, Node, Node], kinds: Mapping[str, str]
) -> Iterator[Triple]:
    """Yield what a triple says between things, or of one: a property links domain and range."""
    subject, predicate, target = triple
    if not isinstance(subject, URIRef) or not isinstance(predicate, URIRef):
        return
    if (subject, RDF.type, KG.Fact) in graph or predicate in {*NAMES, *OTHER_NAMES, *HOMES}:
        return
    if predicate == RDF.type and (target in KINDS or str(target).startswith(str(OWL))):
        return
    if predicate == RDFS.range and (subject, RDFS.domain, None) in graph:
        return  # told with the domain
    if predicate == RDFS.domain and (subject, RDFS.range, None) in graph:
        ranges = [it for node in graph.objects(subject, RDFS.range) for it in members(graph, node)]
        for one in members(graph, target):
            for other in ranges:
                is_type = str(other).startswith(str(XSD)) or other == RDFS.Literal
                yield one, subject, Literal(local(str(other))) if is_type else other
        return
    yield from tell_plain(graph, (subject, predicate, target))


def tell_plain(graph: Graph, triple: Triple) -> Iterator[Triple]:
    """Yield a triple in the direction in which it is told; a restriction, by its property."""
    subject, predicate, target = triple
    if predicate in INVERSE:
        if isinstance(target, URIRef) and INVERSE[predicate] not in HOMES:
            yield target, INVERSE[predicate], subject
    elif predicate in BOTH_WAYS and isinstance(target, URIRef):
        yield (subject, predicate, target) if subject < target else (target, predicate, subject)
    elif isinstance(target, BNode):
        name = graph.value(target, OWL.onProperty)
        for part in (OWL.someValuesFrom, OWL.allValuesFrom, OWL.onClass, OWL.hasValue):
            for other in graph.objects(target, part):
                if isinstance(name, URIRef) and isinstance(other, URIRef):
                    yield subject, name, other
    elif isinstance(target, Literal):
        if not target.language or language_of(graph, triple) == target.language:
            yield subject, predicate, Literal(str(target))
    else:
        yield subject, predicate, target


def language_of(graph: Graph, triple: Triple) -> str:
    """Return the language in which a text is told of a thing: French before the others."""
    told = {
        it.language for it in graph.objects(triple[0], triple[1])
        if isinstance(it, Literal) and it.language
    }  # fmt: skip
    return min(told, key=lambda it: (it != "fr", it != "en", it))


def members(graph: Graph, node: Node) -> list[URIRef]:
    """Return the classes that a node is, or those of which it is the union."""
    if isinstance(node, URIRef):
        return [node]
    union = graph.value(node, OWL.unionOf)
    return [it for it in Collection(graph, union) if isinstance(it, URIRef)] if union else []


def add_fact(told: Graph, triple: Triple) -> None:
    """Add a fact that says a triple."""
    node = URIRef(f"{BASE}fact/f{digest('|'.join(map(str, triple)), 16)}")
    told.add((node, RDF.type, KG.Fact))
    for part, term in zip((RDF.subject, RDF.predicate, RDF.object), triple, strict=True):
        told.add((node, part, term))
    told.add((node, KG.modality, KG.Actual))


def add_names(told: Graph, graph: Graph, thing: Node, names: Mapping[str, str]) -> None:
    """Add what a thing is called, and what else."""
    if str(thing) in names:
        told.add((thing, RDFS.label, Literal(names[str(thing)])))
    for predicate in (*NAMES, *OTHER_NAMES):
        for name in graph.objects(thing, predicate):
            told.add((thing, SKOS.altLabel, Literal(str(name))))


def local(iri: str) -> str:
    """Return the last part of an IRI.

    >>> local("http://exemple.test/t/R07")
    'R07'
    """
    return iri.rstrip("#/").replace("#", "/").rpartition("/")[2]


def space(iri: str) -> str:
    """Return what an IRI begins with, without its last part.

    >>> space("http://exemple.test/t#R07")
    'http://exemple.test/t'
    """
    return iri[: -len(local(iri))].rstrip("#/") or iri
