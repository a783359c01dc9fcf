"""Vocabularies of others as facts: what is told, in which direction, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import SKOS

from kg.ask.focus import construct_graph, focus_graph
from kg.errors import QueryError
from kg.graph.vocabularies import KG
from kg.network.schemes import Scheme, find_scheme, local
from kg.page.view import draw_page

PREFIXES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://exemple.test/v#> .
"""


def read(turtle: str, lang: str = "fr") -> Scheme:
    scheme = find_scheme(Graph().parse(data=PREFIXES + turtle, format="turtle"), lang)
    assert scheme
    return scheme


def told(scheme: Scheme) -> set[tuple[str, str, str]]:
    """Return what the facts of a vocabulary say, by the ends of their IRIs."""
    graph = scheme.graph
    facts = graph.subjects(RDF.type, KG.Fact)
    parts = [[graph.value(it, part) for part in (RDF.subject, RDF.predicate, RDF.object)]
             for it in facts]  # fmt: skip
    return {(local(str(a)), local(str(b)), local(str(c))) for a, b, c in parts}


def test_concepts_are_told_from_the_narrower_to_the_broader() -> None:
    scheme = read("""
ex:all a skos:ConceptScheme ; skos:prefLabel "Bois"@fr ; skos:hasTopConcept ex:wood .
ex:wood a skos:Concept ; skos:narrower ex:spruce ; skos:prefLabel "wood"@en, "bois"@fr .
ex:spruce a skos:Concept ; skos:broader ex:wood ; skos:related ex:glue ; skos:altLabel "épicéa" .
ex:glue a skos:Concept ; skos:related ex:spruce .
ex:alone a skos:Concept .
""")
    assert told(scheme) == {
        ("spruce", "broader", "wood"), ("glue", "related", "spruce"), ("alone", "inScheme", "all"),
    }  # fmt: skip
    assert (scheme.form, scheme.title, scheme.count("Concept")) == ("skos", "Bois", 4)
    names = set(scheme.graph.objects(URIRef("http://exemple.test/v#wood"), RDFS.label))
    assert names == {Literal("bois")}


def test_a_property_leads_from_its_domain_to_its_range() -> None:
    scheme = read("""
ex: a owl:Ontology ; rdfs:label "Atelier"@fr .
ex:Maker a owl:Class ; rdfs:subClassOf ex:Person ,
  [ a owl:Restriction ; owl:onProperty ex:makes ; owl:someValuesFrom ex:Violin ] .
ex:Person a owl:Class . ex:Violin a owl:Class . ex:Bow a owl:Class .
ex:makes a owl:ObjectProperty ; rdfs:label "fabrique"@fr ; rdfs:domain ex:Maker ;
  rdfs:range [ a owl:Class ; owl:unionOf (ex:Violin ex:Bow) ] .
ex:born a owl:DatatypeProperty ; rdfs:domain ex:Person ; rdfs:range xsd:date .
ex:likes a owl:ObjectProperty ; rdfs:range ex:Person .
""")
    assert told(scheme) == {
        ("Maker", "subClassOf", "Person"), ("Maker", "makes", "Violin"), ("Maker", "makes", "Bow"),
        ("Person", "born", "date"), ("likes", "range", "Person"),
    }  # fmt: skip
    assert scheme.labels["makes"] == "fabrique"
    assert (scheme.form, scheme.count("Class"), scheme.count("Property")) == ("owl", 4, 3)


def test_what_leads_elsewhere_is_a_link_and_no_line() -> None:
    scheme = read("""
ex:Maker a owl:Class ; owl:equivalentClass <http://other.test/Maker> ; rdfs:subClassOf ex:Person .
ex:Person a owl:Class .
""")
    assert told(scheme) == {("Maker", "subClassOf", "Person")}
    assert (None, SKOS.exactMatch, URIRef("http://other.test/Maker")) in scheme.graph


def test_news_are_no_vocabulary(graph: Graph) -> None:
    assert find_scheme(graph, "fr") is None
    graph.add((KG.a, RDF.type, OWL.Class))
    assert find_scheme(graph, "fr") is None
    assert find_scheme(Graph().add((KG.a, KG.partnerOf, KG.b)), "fr") is None


def test_a_query_may_find_concepts_alone() -> None:
    graph = Graph().parse(
        data=PREFIXES + "ex:a a skos:Concept ; skos:broader ex:b . ex:b a skos:Concept .",
        format="turtle",
    )
    part = construct_graph(graph, "CONSTRUCT WHERE { ?s ?p ?o }")
    scheme = find_scheme(part, "fr")
    assert scheme
    assert told(scheme) == {("a", "broader", "b")}
    with pytest.raises(QueryError, match="no fact"):
        construct_graph(graph, "CONSTRUCT { ?s rdfs:seeAlso ?s } WHERE { ?s skos:note ?o }")


NODES = st.sampled_from([URIRef(f"http://exemple.test/{it}") for it in "abcd"])
RELATIONS = st.sampled_from(
    [SKOS.broader, SKOS.narrower, SKOS.related, RDFS.subClassOf, OWL.sameAs]
)


@given(st.sets(st.tuples(NODES, RELATIONS, NODES), max_size=8))
def test_every_concept_is_told_of_whatever_is_said(triples: set[tuple[URIRef, ...]]) -> None:
    graph = Graph()
    for node in "abcd":
        graph.add((URIRef(f"http://exemple.test/{node}"), RDF.type, SKOS.Concept))
    for one, relation, other in triples:
        graph.add((one, relation, other))
    scheme = find_scheme(graph, "fr")
    assert scheme
    ends = {end for one, _, other in told(scheme) for end in (one, other)}
    assert {"a", "b", "c", "d"} <= ends
    again = find_scheme(graph, "fr")
    assert again
    assert set(again.graph) == set(scheme.graph)


WOODS = """
ex:all a skos:ConceptScheme ; skos:prefLabel "Bois"@fr .
ex:C1 a skos:Concept ; skos:inScheme ex:all ; skos:prefLabel "résineux"@fr, "softwood"@en .
ex:C2 a skos:Concept ; skos:inScheme ex:all ; skos:prefLabel "épicéa"@fr ; skos:broader ex:C1 .
ex:C3 a skos:Concept ; skos:inScheme ex:all ; skos:prefLabel "épicéa bleu"@fr ; skos:broader ex:C2 .
ex:C4 a skos:Concept ; skos:inScheme ex:all ; skos:prefLabel "table"@fr ; skos:related ex:C9 .
ex:C9 a skos:Concept ; skos:inScheme ex:all ; skos:prefLabel "caisse"@fr .
"""


@pytest.mark.parametrize(
    ("name", "depth", "kept"),
    [
        ("épicéa", 1, {"C1", "C2", "C3"}),
        ("resineux", 1, {"C1", "C2"}),
        ("softwood", 2, {"C1", "C2", "C3"}),
        ("http://exemple.test/v#C4", 1, {"C4", "C9"}),
        ("tab", 3, {"C4", "C9"}),
    ],
)
def test_a_focus_on_a_concept_keeps_what_is_near(name: str, depth: int, kept: set[str]) -> None:
    graph = Graph().parse(data=PREFIXES + WOODS, format="turtle")
    scheme = find_scheme(focus_graph(graph, name, depth=depth), "fr")
    assert scheme
    assert scheme.title == "Bois"
    assert {local(it) for it, kind in scheme.kinds.items() if kind == "Concept"} == kept


def test_a_focus_on_a_class_keeps_its_properties() -> None:
    ontology = """
    ex:A a owl:Class ; rdfs:label "Arbre"@fr . ex:B a owl:Class ; rdfs:label "Bois"@fr .
    ex:C a owl:Class ; rdfs:label "Coupe"@fr . ex:gives a owl:ObjectProperty ; rdfs:label "donne" ;
      rdfs:domain ex:A ; rdfs:range ex:B .
    ex:far a owl:ObjectProperty ; rdfs:domain ex:B ; rdfs:range ex:C .
    """
    graph = Graph().parse(data=PREFIXES + ontology, format="turtle")
    scheme = find_scheme(focus_graph(graph, "Arbre"), "fr")
    assert scheme
    assert told(scheme) == {("A", "gives", "B")}
    with pytest.raises(QueryError, match="names no 'Feuille'"):
        focus_graph(graph, "Feuille")


PEOPLE = """
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <http://schema.org/> . @prefix : <http://exemple.test/> .
:lum a org:FormalOrganization ; schema:name "Luméo" ; org:hasUnit :rd .
:jf a foaf:Person ; foaf:name "Jeanne Ferrand" ; org:memberOf :lum ; foaf:age 41 .
"""


def test_things_in_words_of_others_are_drawn_by_their_names() -> None:
    graph = Graph().parse(data=PEOPLE, format="turtle")
    scheme = find_scheme(graph, "fr")
    assert scheme
    assert scheme.form == "data"
    assert {("jf", "memberOf", "lum"), ("lum", "hasUnit", "rd"), ("jf", "type", "Person")} <= {
        *told(scheme)
    }
    page = draw_page(graph, lang="fr").html
    assert "Jeanne Ferrand" in page
    assert "Luméo" in page
    near = {str(node) for node in focus_graph(graph, "Luméo").all_nodes()}
    assert "http://exemple.test/jf" in near
    assert Literal("Luméo") in {*scheme.graph.objects(None, RDFS.label)}


def test_our_things_without_a_fact_are_no_data_of_others() -> None:
    graph = Graph().add((URIRef("http://exemple.test/a"), RDF.type, KG.Company))
    assert find_scheme(graph, "fr") is None
