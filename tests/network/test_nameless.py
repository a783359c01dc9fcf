"""Things of others that have no IRI are drawn, under one that lasts and is of no other file."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef

from kg.ask.focus import focus_graph
from kg.cli import main
from kg.network.nameless import PLACE, name_things
from kg.network.schemes import find_scheme
from kg.page.view import draw_page
from kg.store.engine import load_graph
from kg.store.given.read import Given

FIRM = """{"@context": {"@vocab": "http://schema.org/"}, "@type": "Organization", "name": "%s",
 "founder": {"@type": "Person", "name": "Jeanne Ferrand"},
 "address": {"@type": "PostalAddress", "addressLocality": "Lyon"}}"""
BOARD = """@prefix org: <http://www.w3.org/ns/org#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix ex: <http://ex.example/> .
ex:nordil a org:FormalOrganization ; skos:prefLabel "Nordil"@fr .
ex:ada a foaf:Person ; foaf:name "Ada Roy" ; org:hasMembership [ a org:Membership ;
  org:organization ex:nordil ; org:role [ a org:Role ; skos:prefLabel "Présidente"@fr ] ] .
[] a foaf:Person ; foaf:name "Bob Lund" ; org:memberOf ex:nordil ; ex:tags ( "a" "b" ) .
"""


@pytest.fixture
def firms(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "a.jsonld", tmp_path / "b.jsonld", tmp_path / "board.ttl"]
    texts = (FIRM % "Brisol", FIRM % "Orvane", BOARD)
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def drawn(graph: Graph) -> set[str]:
    scheme = find_scheme(graph, "fr")
    assert scheme
    return {str(name) for _, name in scheme.graph.subject_objects(URIRef(LABEL))}


LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def test_things_without_iris_are_drawn_by_their_names(firms: list[Path]) -> None:
    assert drawn(load_graph(firms[0])) == {"Brisol", "Jeanne Ferrand", "PostalAddress (Lyon)"}
    wanted = {"Ada Roy", "Bob Lund", "Membership (Nordil, Présidente)", "Nordil", "Présidente"}
    assert drawn(load_graph(firms[2])) == wanted
    assert "Jeanne Ferrand" in draw_page(load_graph(firms[0])).html


def test_they_are_the_same_each_time(firms: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    for path in firms:
        pages = {draw_page(load_graph(path)).html for _ in range(3)}
        assert len(pages) == 1
        iris = [{*name_things(load_graph(path)).subjects()} for _ in range(2)]
        assert iris[0] == iris[1]
    rows = set()
    for _ in range(2):
        with pytest.raises(SystemExit):
            main(["query", str(firms[0]), "SELECT ?s ?t { ?s a ?t }", "--format", "csv"])
        rows.add(tuple(sorted(capsys.readouterr().out.splitlines())))
    assert len(rows) == 1


def test_things_of_two_files_are_never_one(firms: list[Path]) -> None:
    one, two = ({*name_things(load_graph(path)).subjects()} for path in firms[:2])
    assert len(one) == len(two) == 3
    assert not one & two
    both = load_graph(firms[0], given=Given(more=(str(firms[1]),)))
    people = name_things(both).subjects(RDF.type, URIRef("http://schema.org/Person"))
    assert len({*people}) == 2
    names = drawn(both)
    assert {"Brisol", "Orvane"} <= names


def test_names_that_look_like_those_of_another_file_stay_apart(tmp_path: Path) -> None:
    for name, node in (("a.nt", "f2x"), ("b.nt", "x"), ("c.nt", "c14n0")):
        (tmp_path / name).write_text(f'_:{node} <urn:p> "{name}" .\n', encoding="utf-8")
    a, b, c = (str(tmp_path / f"{it}.nt") for it in "abc")
    graph = load_graph(a, given=Given(more=(b, c)))
    assert len({*graph.subjects()}) == len(graph) == 3


def test_a_focus_leads_to_things_without_iris(firms: list[Path]) -> None:
    part = focus_graph(load_graph(firms[0]), "Jeanne Ferrand")
    assert {"Brisol", "Jeanne Ferrand"} <= drawn(part)
    assert "PostalAddress (Lyon)" not in drawn(part)


def test_lists_and_restrictions_are_no_things(tmp_path: Path) -> None:
    path = tmp_path / "o.ttl"
    path.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix : <urn:x:> . :A a owl:Class ;"
        " <http://www.w3.org/2000/01/rdf-schema#subClassOf> [ a owl:Restriction ;"
        " owl:onProperty :p ; owl:someValuesFrom :B ] . :B a owl:Class . :s :list (1 2) .",
        encoding="utf-8",
    )
    graph = load_graph(path)
    assert name_things(graph) is graph
    assert not any(str(it).startswith(PLACE) for it in name_things(graph).all_nodes())


def test_a_name_of_nothing_is_none(tmp_path: Path) -> None:
    path = tmp_path / "e.ttl"
    path.write_text(
        "@prefix s: <https://schema.org/> . [] a s:Person ; s:name ' ' ; s:knows [ s:name '' ] .",
        encoding="utf-8",
    )
    assert "Person" in drawn(load_graph(path))
    assert len({*name_things(load_graph(path)).subjects()}) == 2
    labels = name_things(load_graph(path)).objects(None, URIRef(LABEL))
    assert [*map(str, labels)] == ["Person"]


def test_graphs_of_news_are_taken_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "n.ttl"
    path.write_text("[] a <https://w3id.org/pressgraph/ontology#Article> .", encoding="utf-8")
    graph = load_graph(path)
    assert name_things(graph) is graph
