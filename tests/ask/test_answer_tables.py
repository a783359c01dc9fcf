"""Answers as CSV: no formula, numbers that are reckoned with, names beside IRIs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from kg.ask.query import ask_store
from kg.ask.tables import csv_text, excel_text
from kg.graph.rdf import write_turtle
from kg.store.engine import engine_of
from kg.store.labels import find_nodes

Run = Callable[..., tuple[int, str, str]]
QUERY = """SELECT ?who ?sum ?text ?none {
  VALUES (?who ?sum ?text) { (%s 12.50 "=HYPERLINK(1)") (<urn:x> -3 "a;b") }
}"""


@pytest.fixture
def store(say: Callable[..., Graph]) -> ox.Store:
    return engine_of(say("Nordil", "acquired", "Vasco"))


def ask(store: ox.Store) -> ox.QuerySolutions:
    nordil = find_nodes(store, "Nordil")[0].n3()
    answer = ask_store(store, QUERY % nordil, {})
    assert isinstance(answer, ox.QuerySolutions)
    return answer


def test_csv_is_that_of_the_w3c_without_formulas(store: ox.Store) -> None:
    head, one, two = csv.reader(io.StringIO(csv_text(ask(store)), newline=""))
    assert head == ["who", "sum", "text", "none"]
    assert one[1:] == ["12.5", "'=HYPERLINK(1)", ""]
    assert two == ["urn:x", "-3", "a;b", ""]


def test_spreadsheet_has_names_and_decimal_commas(store: ox.Store) -> None:
    text = excel_text(ask(store), store)
    assert text.startswith("\ufeff")
    head, one, two = csv.reader(io.StringIO(text[1:], newline=""), delimiter=";")
    assert head == ["who", "who name", "sum", "text", "none"]
    assert one[1:] == ["Nordil", "12,5", "'=HYPERLINK(1)", ""]
    assert two == ["urn:x", "", "-3", "a;b", ""]


def test_verbs_write_for_a_spreadsheet(run: Run, tmp_path: Path, graph: Graph) -> None:
    path = tmp_path / "g.ttl"
    path.write_text(write_turtle(graph), encoding="utf-8")
    for verb in (["query", path, "plans"], ["claims", path]):
        code, out, err = run(*verb, "--excel")
        assert (code, err) == (0, "")
        assert out.startswith("\ufeff")
        assert ";" in out.splitlines()[0]
        assert run(*verb, "--excel", "--format", "json")[0] == 2
    assert run("query", path, "ASK {}", "--excel")[0] == 1
    code, _, _ = run("export", path, "--to", "claims", "--excel", "-o", tmp_path / "c.csv")
    assert code == 0
    assert (tmp_path / "c.csv").read_bytes().startswith(b"\xef\xbb\xbfsubject;subject_iri;")
