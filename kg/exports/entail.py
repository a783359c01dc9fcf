"""What follows from a graph in the terms that its ontology is aligned with: ORG, schema.org, …."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from kg.graph.aligned import broader_classes, broader_properties, read_ontology
from kg.graph.rdf import BASE
from kg.graph.vocabularies import KG, new_graph, prefixes
from kg.store.engine import engine_of, hold


def entail_graph(graph: Graph) -> Graph:
    """Return a graph and what follows from it: types, properties and inverses of other ontologies.

    What is planned, possible, denied or over has no direct triple, so nothing direct follows from
    it. Close matches (SKOS) are no reason to conclude anything. Raises DataError.

    >>> from rdflib.namespace import ORG
    >>> said = Graph().add((URIRef("urn:x:a"), KG.subsidiaryOf, URIRef("urn:x:b")))
    >>> (URIRef("urn:x:a"), ORG.subOrganizationOf, URIRef("urn:x:b")) in entail_graph(said)
    True
    """
    found = new_graph(find_base(graph))
    for prefix, namespace in aligned_prefixes().items():
        found.bind(prefix, namespace)
    for triple in graph:
        found.add(triple)
        for other in entail_triple(*triple):
            found.add(other)
    return found


def entail_named(graph: Graph) -> Graph:
    """Return what `entail_graph` does, with each named graph of a store by itself too."""
    if not isinstance(graph.store, OxigraphStore):
        return entail_graph(graph)
    held = hold(ox.Store())
    for name in engine_of(graph).named_graphs():
        part, whole = (Graph(it.store, URIRef(name.value)) for it in (graph, held))
        whole += entail_graph(part)
    held += entail_graph(graph)
    return held


def entail_triple(s: Node, p: Node, o: Node) -> Iterator[tuple[Node, Node, Node]]:
    """Yield what follows from one triple."""
    if p == RDF.type:
        for kind in broader_classes().get(o, ()):
            yield s, p, kind
    for broader, inverse in broader_properties().get(p, ()):
        if not inverse:
            yield s, broader, o
        elif not isinstance(o, Literal):
            yield o, broader, s


def find_base(graph: Graph) -> str:
    """Return what a graph's own IRIs begin with: those of its facts tell.

    >>> fact = URIRef("https://a.example/kg/fact/f1")
    >>> find_base(Graph().add((fact, RDF.type, KG.Fact)))
    'https://a.example/kg/'
    """
    facts = (str(fact).rpartition("fact/") for fact in graph.subjects(RDF.type, KG.Fact))
    return min((base for base, found, _ in facts if found), default=BASE)


def find_prefixes(graph: Graph) -> dict[str, str]:
    """Return the prefixes that a graph reads well with, each with what it stands for."""
    return {**aligned_prefixes(), **prefixes(find_base(graph))}


@cache
def aligned_prefixes() -> Mapping[str, str]:
    """Return the prefixes of other ontologies that something follows in, each with its namespace.

    >>> aligned_prefixes()["foaf"]
    'http://xmlns.com/foaf/0.1/'
    """
    terms = {str(kind) for above in broader_classes().values() for kind in above}
    terms |= {str(one) for above in broader_properties().values() for one, _ in above}
    return MappingProxyType(
        {
            prefix: str(space)
            for prefix, space in sorted(read_ontology().namespaces())
            if any(term.startswith(space) for term in terms)
        }
    )
