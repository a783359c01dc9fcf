"""Who asks for a class finds the things of its subclasses, in files and in stores."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from kg.ask.query import find_classes, known_prefixes, run_query
from kg.cli import main
from kg.files.writing import write_text
from kg.graph.rdf import write_turtle
from kg.model import Reading
from kg.store.classes import find_below
from kg.store.engine import load_graph
from kg.store.store import put_reading

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
    graph = load_graph(source, entail=find_classes(asked))
    rows = [str(row[0]) for row in run_query(graph, asked)]
    assert set(FIRMS) <= set(rows)
    assert len(rows) == len(set(rows))
    assert run_query(load_graph(source), ASKED.format("org:Organization")).bindings == []


def test_what_is_entailed_is_not_kept(source: Path) -> None:
    before = len(load_graph(source))
    assert len(load_graph(source, entail=[known_prefixes()["org"] + "Organization"])) > before
    assert len(load_graph(source)) == before


def test_a_query_that_names_no_class_above_others_gets_what_is_there(source: Path) -> None:
    for asked in ("SELECT (COUNT(*) AS ?n) { ?s a ?t }", "ASK { ?x a kg:Company }", "partners-of"):
        assert find_classes(asked) == ()
    asked = "PREFIX w: <http://www.w3.org/ns/org#> ASK { ?x a w:Organization , kg:Agent }"
    wanted = (known_prefixes()["org"] + "Organization", known_prefixes()["kg"] + "Agent")
    assert set(find_classes(asked)) == set(wanted)


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
    below = find_below()
    assert below
    for above, kinds in below.items():
        assert above not in kinds
        for kind in kinds:
            assert set(below.get(kind, ())) <= set(kinds)
