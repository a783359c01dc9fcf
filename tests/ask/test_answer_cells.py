"""What people compare, count and open elsewhere: years with days, names, sums, cells."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
GRAPH = """
@prefix : <urn:v:> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:lum rdfs:label "Luméo"@fr, "Lumeo"@en, "Luméo" ; skos:altLabel "LUM" ; :since "2019"^^xsd:gYear ;
  :with :orv, :bra ; :sum 1234567.5, -40000 .
:orv rdfs:label "=1+1"@fr, "+33", "-x", "@moi" ; :since "2019-05"^^xsd:gYearMonth .
:bra rdfs:label "\\t=2", "\\r=3" ; :since "2018-12-31"^^xsd:date,
  "2020-01-01T00:00:00Z"^^xsd:dateTime .
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a graph of others."""
    found = tmp_path / "g.ttl"
    found.write_text(GRAPH, encoding="utf-8")
    return found


def ask(run: Run, path: Path, query: str) -> list[str]:
    """Return the cells of a query's only column."""
    code, out, _ = run("query", path, f"PREFIX : <urn:v:> {query}", "--format", "csv")
    assert code == 0
    return sorted(out.split()[1:])


@pytest.mark.parametrize(
    ("filter_", "found"),
    [
        ("?d >= '2019-01-01'^^xsd:date", ["bra", "lum", "orv"]),
        ("?d < '2019-01-01'^^xsd:date", ["bra"]),
        ("?d > '2019'^^xsd:gYear", ["bra"]),
        ("?d <= '2019-05'^^xsd:gYearMonth", ["bra", "lum", "orv"]),
        ("?d >= '2019-06-01'^^xsd:date", ["bra", "lum"]),
    ],
)
def test_years_months_and_days_compare(
    run: Run, path: Path, filter_: str, found: list[str]
) -> None:
    rows = ask(run, path, f"SELECT DISTINCT ?x {{ ?x :since ?d FILTER({filter_}) }}")
    assert rows == [f"urn:v:{it}" for it in found]


@pytest.mark.parametrize("name", ['"Luméo"', '"Lumeo"', '"Luméo"@fr', '"Lumeo"@en'])
def test_a_name_is_found_with_its_tag_or_without(run: Run, path: Path, name: str) -> None:
    assert ask(run, path, f"SELECT DISTINCT ?x {{ ?x rdfs:label {name} }}") == ["urn:v:lum"]


def test_names_of_a_thing_multiply_no_row_beside_it(run: Run, path: Path) -> None:
    count = 'SELECT (COUNT(?y) AS ?n) { ?x :with ?y ; rdfs:label "Luméo"@fr }'
    assert ask(run, path, count) == ["2"]
    query = "PREFIX : <urn:v:> SELECT ?x ?y { ?x :with ?y }"
    _, out, _ = run("query", path, query, "--excel")
    rows = list(csv.reader(io.StringIO(out[1:], newline=""), delimiter=";"))
    assert rows[0] == ["x", "x name", "y", "y name"]
    assert len(rows) == 3


def test_sums_have_separators_for_people_and_none_for_machines(run: Run, path: Path) -> None:
    query = "PREFIX : <urn:v:> SELECT ?n { ?x :sum ?n } ORDER BY ?n"
    shown = run("query", path, query)[1].split()
    assert shown[-2:] == ["-40,000", "1,234,567.5"]
    assert run("query", path, query, "--format", "csv")[1].split() == ["n", "-40000", "1234567.5"]
    assert run("query", path, query, "--excel")[1].split()[1:] == ["-40000", "1234567,5"]
    rows = json.loads(run("query", path, query, "--format", "json")[1])["results"]["bindings"]
    assert [row["n"]["value"] for row in rows] == ["-40000", "1234567.5"]


@pytest.mark.parametrize("form", [["--format", "csv"], ["--excel"]])
def test_no_name_of_others_is_a_formula(run: Run, path: Path, form: list[str]) -> None:
    _, out, _ = run("query", path, "SELECT ?n { ?x rdfs:label ?n }", *form)
    rows = csv.reader(io.StringIO(out.lstrip("\ufeff"), newline=""))
    cells = [cell for row in rows for cell in row]
    assert len(cells) == 10
    assert not [cell for cell in cells if cell[:1] in {*"=+-@\t\r"}]
    assert {"'=1+1", "'+33", "'-x", "'@moi", "'\t=2", "'\r=3"} <= {*cells}
