"""Who asks for a class finds the things of its subclasses, in files and in stores."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from oxrdflib import OxigraphStore
from rdflib import RDF, Graph, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.ask.query import find_entailed, known_prefixes, run_query
from kg.cli import main
from kg.endpoint.snapshots import KEPT, READER
from kg.endpoint.workers import Task, answer_task
from kg.errors import QueryError
from kg.files.writing import write_text
from kg.graph.rdf import write_turtle
from kg.graph.vocabularies import KG
from kg.model import Reading
from kg.store.engine import engine_of, hold, load_graph
from kg.store.entailed import align
from kg.store.store import put_reading

ORGANIZATION = "http://www.w3.org/ns/org#Organization"
ASKED = "SELECT ?name {{ ?x a {} ; rdfs:label ?name }} ORDER BY ?name"
FIRMS = ["Hexo", "Nordil", "Orvane", "Vasco"]


@pytest.fixture(params=["file", "store"])
def source(request: pytest.FixtureRequest, tmp_path: Path, graph: Graph, reading: Reading) -> Path:
    """Return a graph's file or a store with the same article."""
    if request.param == "store":
        put_reading(tmp_path / "store", reading)
        return tmp_path / "store"
    write_text(tmp_path / "g.ttl", write_turtle(graph))
    return tmp_path / "g.ttl"


@pytest.mark.parametrize(
    "kind", ["kg:Organization", "org:Organization", "schema:Organization", "foaf:Agent"]
)
def test_companies_are_organizations(source: Path, kind: str) -> None:
    asked = ASKED.format(kind)
    graph = load_graph(source, entail=find_entailed(asked))
    rows = [str(row[0]) for row in run_query(graph, asked)]
    assert set(FIRMS) <= set(rows)
    assert len(rows) == len(set(rows))
    assert [str(row[0]) for row in run_query(load_graph(source), asked)] == rows
    assert (
        run_query(load_graph(source), ASKED.format("org:Organization"), entail=False).bindings == []
    )


def test_what_is_entailed_is_not_kept(source: Path) -> None:
    before = len(load_graph(source))
    assert len(load_graph(source, entail=[known_prefixes()["org"] + "Organization"])) > before
    assert len(load_graph(source)) == before


def test_a_query_that_names_no_class_above_others_gets_what_is_there(source: Path) -> None:
    for asked in ("SELECT (COUNT(*) AS ?n) { ?s a ?t }", "ASK { ?x a kg:Company }", "partners-of"):
        assert find_entailed(asked) == ()
    asked = "PREFIX w: <http://www.w3.org/ns/org#> ASK { ?x a w:Organization , kg:Agent }"
    wanted = (known_prefixes()["org"] + "Organization", known_prefixes()["kg"] + "Agent")
    assert set(find_entailed(asked)) == set(wanted)


def test_the_command_has_a_switch(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = {}
    for switch in ("--entail", "--no-entail"):
        query = ASKED.format("schema:Organization")
        with pytest.raises(SystemExit):
            main(["query", str(source), query, "--format", "csv", switch])
        lines[switch] = capsys.readouterr().out.split()
    assert lines["--entail"] == ["name", "Gartex", *FIRMS]
    assert lines["--no-entail"] == ["name"]


def test_a_class_is_above_all_below_it() -> None:
    below = align()
    assert below
    for above, (kinds, _) in below.items():
        assert above not in kinds
        for kind in kinds:
            assert set(below.get(kind, ((), ()))[0]) <= set(kinds)


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        ("?a org:subOrganizationOf ?b", "?a kg:subsidiaryOf ?b"),
        ("?b wdt:P355 ?a", "?a kg:subsidiaryOf ?b"),
        ("?a schema:location ?b", "?a kg:basedIn ?b"),
        ("?a <http://schema.org/affiliation> ?b", "?a kg:holdsPosition ?b"),
    ],
)
def test_properties_mean_those_below_them(source: Path, asked: str, same: str) -> None:
    graph = load_graph(source)
    found = [
        sorted(map(tuple, run_query(graph, f"SELECT ?a ?b {{ {pattern} }}")))
        for pattern in (asked, same)
    ]
    assert found[0] == found[1] != []


def test_asking_changes_no_graph(source: Path) -> None:
    graph = load_graph(source)
    before = len(graph)
    for query in ("ASK { ?x a org:Organization }", "CONSTRUCT WHERE { ?x a foaf:Agent }"):
        run_query(graph, query)
    with pytest.raises(QueryError):
        run_query(graph, "SELECT ?x { ?x a org:Organization ; nowhere:is ?y }")
    assert len(graph) == before
    ((count,),) = run_query(graph, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert int(count) == before


def test_store_that_may_only_be_read_is_asked_the_same(source: Path, tmp_path: Path) -> None:
    written = ox.Store(str(tmp_path / "written"))
    written.bulk_extend(engine_of(load_graph(source)))
    written.flush()
    del written
    graph = hold(ox.Store.read_only(str(tmp_path / "written")))
    said = len(graph)
    for _ in range(2):
        assert run_query(graph, f"ASK {{ ?x a <{ORGANIZATION}> }}").askAnswer
        assert len(graph) == said


def test_what_follows_stays_for_the_next_question_alone(source: Path) -> None:
    asked, told = "ASK { ?x a org:Organization }", f"ASK {{ ?x a <{ORGANIZATION}> }}"
    store = ox.Store()
    store.bulk_extend(engine_of(load_graph(source)))
    said, graph = len(store), hold(store)
    for read in (
        lambda: len(graph),
        lambda: len(engine_of(graph)),
        lambda: len([*graph]),
        lambda: len(run_query(graph, "about")),
    ):
        before = read()
        for _ in range(2):
            assert run_query(graph, asked).askAnswer
            assert len(store) > said
        assert read() == before
        assert len(store) == said
        assert not run_query(graph, told, entail=False).askAnswer
    assert run_query(graph, asked).askAnswer
    graph.add((URIRef("urn:z"), RDF.type, KG.Company))
    assert len(store) == said + 1
    found = run_query(graph, "SELECT ?x { ?x a org:Organization }")
    assert URIRef("urn:z") in {row[0] for row in found}


def test_a_graph_that_is_held_otherwise_is_asked_the_same(source: Path) -> None:
    store = ox.Store()
    store.bulk_extend(engine_of(load_graph(source)))
    said, graph = len(store), Graph(OxigraphStore(store=store), DATASET_DEFAULT_GRAPH_ID)
    assert run_query(graph, "ASK { ?x a org:Organization }").askAnswer
    assert len(store) == said


def test_both_names_of_schema_org_are_one(tmp_path: Path) -> None:
    (tmp_path / "g.ttl").write_text(
        '<urn:a> a <http://schema.org/Thing> ; <http://schema.org/name> "A" .'
        '<urn:b> a <https://schema.org/Thing> ; <https://schema.org/name> "B" .',
        encoding="utf-8",
    )
    graph = load_graph(tmp_path / "g.ttl")
    for query in (
        "SELECT ?n { ?x a schema:Thing ; schema:name ?n } ORDER BY ?n",
        "PREFIX s: <http://schema.org/> SELECT ?n { ?x a s:Thing ; s:name ?n } ORDER BY ?n",
    ):
        assert [str(row[0]) for row in run_query(graph, query)] == ["A", "B"]


def test_endpoint_keeps_what_is_entailed_apart(tmp_path: Path, reading: Reading) -> None:
    folder = tmp_path / "store"
    put_reading(folder, reading)
    whole = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    def ask(query: str, *, entail: bool = True) -> list[str]:
        reply = answer_task(Task(str(folder), query, rows="text/csv", entail=entail))
        assert reply.status == 200, reply.body
        return reply.body.decode().split()[1:]

    try:
        before = ask(whole)
        assert set(FIRMS) <= set(ask(ASKED.format("org:Organization")))
        assert ask(ASKED.format("org:Organization"), entail=False) == []
        for kind in ("foaf:Agent", "prov:Agent", "schema:Place", "rdf:Statement", "prov:Entity"):
            assert ask(ASKED.format(kind).replace("; rdfs:label ?name", "BIND(1 AS ?name)"))
        assert ask(whole) == before
        assert len(READER.kept) <= KEPT
        put_reading(folder, replace(reading, article=replace(reading.article, name="two")))
        assert ask(whole) != before
    finally:
        READER.drop()
