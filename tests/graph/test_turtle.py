"""Any graph becomes Turtle that other parsers read as the same graph, byte for byte the same."""

from __future__ import annotations

import re
from itertools import pairwise

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node
from triples import SPACES, TRIPLES, canonical, make, parse, term

from kg.graph.turtle import write_turtle
from kg.graph.vocabularies import new_graph


@pytest.fixture(autouse=True)
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rdflib read literals as they are written."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


@given(triples=st.lists(TRIPLES, max_size=12))
@settings(max_examples=300)
def test_any_graph_is_read_back(triples: list[tuple[Node, Node, Node]]) -> None:
    graph = make(triples)
    turtle = write_turtle(graph)
    wanted = canonical(map(term, triple) for triple in graph)
    assert wanted == canonical(q.triple for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    assert wanted == canonical(map(term, triple) for triple in parse(turtle))


@given(triples=st.lists(TRIPLES, max_size=12), data=st.data())
@settings(max_examples=100)
def test_order_and_names_of_blank_nodes_change_nothing(
    triples: list[tuple[Node, Node, Node]], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(triples))
    fresh = {BNode(name): BNode() for name in "abcd"}
    other = [tuple(fresh.get(term, term) for term in triple) for triple in order]  # type: ignore[call-overload]
    assert write_turtle(make(other)) == write_turtle(make(triples))  # type: ignore[arg-type]


def test_a_constructed_graph_is_written() -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:x:a"), ox.NamedNode("urn:x:p"), ox.Literal("1")))
    rows = store.query("CONSTRUCT { [] a <urn:x:C> ; <urn:x:says> ?o } WHERE { ?s ?p ?o }")
    graph = new_graph().parse(data=rows.serialize(format=ox.RdfFormat.N_TRIPLES), format="nt")  # type: ignore[union-attr]
    assert write_turtle(graph) == '_:c14n0 a <urn:x:C> ;\n    <urn:x:says> "1" .\n'


def test_many_alike_blank_nodes_are_written() -> None:
    graph = make([(BNode(), RDF.type, OWL.Thing) for _ in range(500)])
    assert len(parse(write_turtle(graph))) == 500


@pytest.mark.parametrize(
    ("literal", "written"),
    [
        (Literal("7.1", datatype=XSD.decimal), "7.1"),
        (Literal("3", datatype=XSD.decimal), '"3"^^xsd:decimal'),
        (Literal("3", datatype=XSD.integer), "3"),
        (Literal("03", datatype=XSD.integer, normalize=False), '"03"^^xsd:integer'),
        (Literal("true", datatype=XSD.boolean), "true"),
        (Literal("1", datatype=XSD.boolean, normalize=False), '"1"^^xsd:boolean'),
        (Literal("2017-09", datatype=XSD.gYearMonth), '"2017-09"^^xsd:gYearMonth'),
        (Literal("EUR", datatype=XSD.string), '"EUR"'),
        (Literal("gérant", lang="fr"), '"gérant"@fr'),
        (Literal('dit « "oui" »'), r'"dit « \"oui\" »"'),
        (Literal('dit\n"""oui"'), '"""dit\n\\"\\""oui\\""""'),
        (Literal("a\r\x1bb"), r'"a\r\u001Bb"'),
        (URIRef(SPACES[0] + "blue-solutions"), "o:blue-solutions"),
        (URIRef(SPACES[0] + "société"), "o:société"),
        (URIRef(SPACES[0] + "a."), f"<{SPACES[0]}a.>"),
        (URIRef(SPACES[0] + "a/b"), f"<{SPACES[0]}a/b>"),
        (URIRef(SPACES[0]), f"<{SPACES[0]}>"),
    ],
)  # fmt: skip
def test_term_is_written(literal: Node, written: str) -> None:
    turtle = write_turtle(make([(URIRef("urn:x:a"), RDFS.comment, literal)]))
    assert turtle.endswith(f"<urn:x:a> rdfs:comment {written} .\n")


def test_what_no_iri_holds_ends_none() -> None:
    iri = URIRef("https://a.example/> <b> .\n\\")
    turtle = write_turtle(make([(iri, RDF.type, OWL.Thing)]))
    assert "<https://a.example/\\u003E\\u0020\\u003Cb\\u003E\\u0020.\\u000A\\u005C>" in turtle


def test_only_used_prefixes_are_written(graph: Graph) -> None:
    head, *_ = write_turtle(graph).partition("\n\n")
    prefixes = [line.split()[1] for line in head.splitlines()]
    assert prefixes == sorted(prefixes)
    assert "kg:" in prefixes
    assert "product:" not in prefixes
    assert "owl:" not in prefixes
    assert write_turtle(new_graph()) == ""


def test_things_stand_in_order(graph: Graph) -> None:
    blocks = write_turtle(graph).split("\n\n")[1:]
    kinds = [found[1] for block in blocks if (found := re.search(r" a (\S+?)[,;.]?\s", block))]
    order = [
        ["kg:Article"], ["kg:Organization"], ["kg:Company"], ["kg:Person"], ["kg:Country"],
        ["kg:CooperationArea"], ["kg:Market"], ["kg:Memorandum"], ["kg:Fact"],
        ["nif:Phrase", "nif:Sentence", "prov:Bundle"],
    ]  # fmt: skip
    places = [[kind in group for group in order].index(True) for kind in kinds]
    assert places == sorted(places)
    assert {*places} == {*range(len(order))}


def test_spans_stand_in_the_order_of_the_text(graph: Graph) -> None:
    turtle = write_turtle(graph)
    begins = [
        int(line.split('"')[1])
        for line in turtle.splitlines()
        if line.startswith("    nif:beginIndex")
    ]
    assert len(begins) > 10
    assert all(one <= other for one, other in pairwise(begins))


def test_fact_reads_as_a_sentence(graph: Graph) -> None:
    lines = write_turtle(graph).partition(" a kg:Fact ;\n")[2].splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["rdf:subject", "rdf:predicate", "rdf:object"]
