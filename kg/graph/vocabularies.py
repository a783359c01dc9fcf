"""The vocabularies that a graph is written in, and the prefixes that it reads well with."""

from __future__ import annotations

import logging

from rdflib import OWL, RDF, RDFS, XSD, Graph, Namespace
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, SKOS

from kg import ontology
from kg.graph.terms import BASE, PREFIXES

# A literal that its datatype does not allow stays as it is: rdflib would tell it by a traceback.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)

KG = Namespace(ontology.KG)
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
ITSRDF = Namespace("http://www.w3.org/2005/11/its/rdf#")
SCHEMA = Namespace("https://schema.org/")
#: What found a fact: a property of facts in graphs that version 0.1 has made.
FORMER = "rule"
#: Prefix → vocabulary: those that we write with, and those that the ontology is aligned with.
VOCABULARIES = {
    "kg": KG, "rdf": RDF, "rdfs": RDFS, "owl": OWL, "skos": SKOS, "prov": PROV, "nif": NIF,
    "itsrdf": ITSRDF, "dcterms": DCTERMS, "schema": SCHEMA, "foaf": FOAF, "org": ORG, "xsd": XSD,
    "wd": Namespace("http://www.wikidata.org/entity/"),
    "wdt": Namespace("http://www.wikidata.org/prop/direct/"),
}  # fmt: skip


def new_graph(base: str = BASE) -> Graph:
    """Return an empty graph with the prefixes that read well."""
    graph = Graph(store="SimpleMemory", bind_namespaces="none")  # adds at twice the speed
    for prefix, namespace in prefixes(base).items():
        graph.bind(prefix, namespace)
    return graph


def prefixes(base: str = BASE) -> dict[str, str]:
    """Return the prefixes that read well, each with what it stands for.

    Our own IRIs have short ones; `org`, `schema`, `foaf` … mean the vocabularies of that name.

    >>> prefixes()["o"], prefixes()["org"]
    ('https://pressgraph.example/id/org/', 'http://www.w3.org/ns/org#')
    """
    spaces = {prefix: str(namespace) for prefix, namespace in VOCABULARIES.items()}
    return spaces | {prefix: f"{base}{folder}/" for folder, prefix in PREFIXES.items()}
