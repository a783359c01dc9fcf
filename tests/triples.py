"""Any triples: strategies for hypothesis, and what compares them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox
from hypothesis import strategies as st
from rdflib import OWL, RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.graph.vocabularies import new_graph

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")) | st.sampled_from(
    ['"""', '\n"', '\n""', '"\n\\"', "\\", '\\"', "\r\n", "\n\r", "<a> .", "'''\\u0041", "}] . #",
     "@fr", "\x1b[31m\x85\u2028", "𝒳", "\ufeff", "\n\t\f"]
)  # fmt: skip
#: What may stand in an IRI, and above all what may not stand in a name with a prefix.
LOCAL = st.lists(st.sampled_from([*"aZ09_-.:/~()',;*+=!$&@?éœ中·𝒳", "%C3"]), max_size=8).map(
    "".join
)
SPACES = ("https://pressgraph.example/id/org/", "https://w3id.org/pressgraph/ontology#", "urn:x:")
IRIS = st.builds("{}{}".format, st.sampled_from(SPACES), LOCAL).map(URIRef)
BLANKS = st.sampled_from("abcd").map(BNode)
NUMBERS = st.sampled_from(
    ["0", "-1", "+1", "01", "-0", "1.0", "1.", ".5", "0.60", "-0.0", "1e3", "true", "1.5E-2", "NaN"]
)
DATATYPES = st.sampled_from(
    [XSD.integer, XSD.decimal, XSD.double, XSD.boolean, XSD.gYear, OWL.real]
)
LITERALS = st.one_of(
    TEXT.map(Literal),
    st.builds(Literal, TEXT, lang=st.sampled_from(["fr", "en-GB"])),
    st.builds(Literal, TEXT | NUMBERS, datatype=DATATYPES, normalize=st.just(False)),
)
TRIPLES = st.tuples(IRIS | BLANKS, IRIS | st.just(RDF.type), IRIS | BLANKS | LITERALS)


def make(triples: list[tuple[Node, Node, Node]]) -> Graph:
    graph = new_graph()
    for triple in triples:
        graph.add(triple)
    return graph


def parse(turtle: str) -> Graph:
    return Graph().parse(data=turtle, format="turtle")


def term(node: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Return a term as Oxigraph has it."""
    if isinstance(node, Literal):
        kind = ox.NamedNode(str(node.datatype)) if node.datatype else None
        return ox.Literal(str(node), language=node.language, datatype=kind)
    return ox.NamedNode(str(node)) if isinstance(node, URIRef) else ox.BlankNode(str(node))


def canonical(triples: Iterable[Iterable[Any]]) -> ox.Dataset:
    """Return triples of Oxigraph with canonical names for blank nodes."""
    data = ox.Dataset(ox.Quad(*triple) for triple in triples)
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return data
