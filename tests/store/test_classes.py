"""Who asks for a class finds the things of its subclasses, in files and in stores."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from kg.ask.query import run_query
from kg.cli import main
from kg.files.writing import write_text
from kg.graph.rdf import write_turtle
from kg.model import Reading
from kg.store.classes import find_above
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
    rows = [str(row[0]) for row in run_query(load_graph(source, entail=True), ASKED.format(kind))]
    assert set(FIRMS) <= set(rows)
    assert len(rows) == len(set(rows))
    assert run_query(load_graph(source), ASKED.format("org:Organization")).bindings == []


def test_what_is_entailed_is_not_kept(source: Path) -> None:
    before = len(load_graph(source))
    load_graph(source, entail=True)
    assert len(load_graph(source)) == before


def test_the_command_has_a_switch(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = {}
    for switch in ("--entail", "--no-entail"):
        query = ASKED.format("schema:Organization")
        with pytest.raises(SystemExit):
            main(["query", str(source), query, "--format", "csv", switch])
        lines[switch] = capsys.readouterr().out.split()
    assert lines["--entail"] == ["name", "Gartex", *FIRMS]
    assert lines["--no-entail"] == ["name"]


def test_a_class_is_below_those_above_it() -> None:
    above = find_above()
    for kind, others in above.items():
        assert kind not in others
        for other in others:
            assert set(above.get(other, ())) <= set(others)
