"""Graphs are read from every format, on Oxigraph."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, URIRef

from kg.errors import GraphError
from kg.files.writing import write_text
from kg.graph.rdf import write_turtle
from kg.graph.vocabularies import KG
from kg.store.engine import load_graph, on_oxigraph

TRIPLE = (URIRef("http://a.example/s"), URIRef("http://a.example/p"), Literal("été", lang="fr"))
WRITTEN = {
    "g.ttl": '<http://a.example/s> <http://a.example/p> "été"@fr .',
    "g.nt": '<http://a.example/s> <http://a.example/p> "\\u00E9t\\u00E9"@fr .',
    "g.nq": '<http://a.example/s> <http://a.example/p> "été"@fr <http://a.example/g> .',
    "g.trig": '<http://a.example/g> { <http://a.example/s> <http://a.example/p> "été"@fr }',
    "g.jsonld": '{"@id": "http://a.example/s", "http://a.example/p": '
    '{"@value": "été", "@language": "fr"}}',
    "no-suffix": '<http://a.example/s> <http://a.example/p> "été"@fr .',
}


@pytest.mark.parametrize("name", WRITTEN)
def test_each_format_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(WRITTEN[name], encoding="utf-8")
    assert list(load_graph(path)) == [TRIPLE]


def test_graph_comes_back_as_it_was_written(tmp_path: Path, graph: Graph) -> None:
    path = tmp_path / "g.ttl"
    write_text(path, write_turtle(graph))
    again = load_graph(path)
    assert set(again) == set(on_oxigraph(graph))
    assert len(again) == len(graph) > 200


def test_stdin_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO(WRITTEN["g.ttl"].encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
    assert list(load_graph("-")) == [TRIPLE]


def test_held_graph_is_not_copied(graph: Graph) -> None:
    held = on_oxigraph(graph)
    assert len(held) == len(graph)
    decimals = {KG.confidence, KG.amount}  # Oxigraph writes these in their short form
    assert {(s, p, str(o)) for s, p, o in held if p not in decimals} == {
        (s, p, str(o)) for s, p, o in graph if p not in decimals
    }
    assert on_oxigraph(held) is held


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"@prefix a: <http://a/> .\na:b a:c d", "g.ttl:2:"),
        (b'<http://a> <http://b> "\xe9" .', "g.ttl:1:"),
        (b"", "empty"),
        (b"%PDF-1.4 \0\1\2", "PDF, not RDF"),
    ],
)
def test_malformed_turtle_is_refused_with_its_place(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "g.ttl"
    path.write_bytes(content)
    with pytest.raises(GraphError) as caught:
        load_graph(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_graph_and_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no such file"):
        load_graph(tmp_path / "nowhere.ttl")
    with pytest.raises(GraphError, match="a folder"):
        load_graph(tmp_path)


def test_named_graphs_are_read_as_one_and_by_name(tmp_path: Path) -> None:
    path = tmp_path / "g.trig"
    path.write_text(
        "<urn:a> { <urn:s> <urn:p> 1, 2 } <urn:b> { <urn:s> <urn:p> 2, 3 } <urn:s> <urn:p> 4 .",
        encoding="utf-8",
    )
    graph = load_graph(path)
    assert sorted(int(str(o)) for o in graph.objects()) == [1, 2, 3, 4]
    named = graph.query("SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?o")
    assert [(str(g)[-1], int(str(o))) for g, o in named] == [("a", 1), ("a", 2), ("b", 2), ("b", 3)]


def test_triple_terms_are_read_as_facts(tmp_path: Path) -> None:
    path = tmp_path / "g.ttl"
    path.write_text(
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n"
        "<urn:f> rdf:reifies <<( <urn:s> <urn:p> <urn:o> )>> .",
        encoding="utf-8",
    )
    fact = URIRef("urn:f")
    assert set(load_graph(path)) == {
        (fact, RDF.subject, URIRef("urn:s")),
        (fact, RDF.predicate, URIRef("urn:p")),
        (fact, RDF.object, URIRef("urn:o")),
    }


def test_graph_with_what_is_no_iri_is_refused() -> None:
    graph = Graph().add((URIRef("urn:a"), URIRef("urn:b"), URIRef("data:,<x>")))
    with pytest.raises(GraphError, match="holds what is no RDF"):
        on_oxigraph(graph)
