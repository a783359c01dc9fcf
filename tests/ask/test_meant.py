"""Queries find what is meant: dates of other precision, names in a language, columns in order."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from kg.ask.meant import compare, find_names, order_columns, settle_query
from kg.ask.query import ask_store, known_prefixes, run_query
from kg.ask.tokens import put, read_tokens, value_of
from kg.cli import main

SIGNS: dict[str, Callable[[str, str], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}
DATES = st.builds(
    lambda day, length: day.isoformat()[:length],
    st.dates(date(2017, 1, 1), date(2019, 12, 31))
    | st.sampled_from([date(2018, *day) for day in ((1, 1), (2, 28), (3, 31), (12, 31))]),
    st.sampled_from([4, 7, 10]),
)
#: All days, and all months, of the years about those that are compared.
DAYS = [(date(2016, 1, 1) + timedelta(at)).isoformat() for at in range(5 * 366)]
PARTS = {7: sorted({day[:7] for day in DAYS}), 10: DAYS}


def typed(date: str) -> str:
    """Return a date as SPARQL has it."""
    return f'"{date}"^^<http://www.w3.org/2001/XMLSchema#{TYPES[len(date)]}>'


def load(turtle: str) -> ox.Store:
    """Return a store of some Turtle."""
    store = ox.Store()
    store.load(turtle, ox.RdfFormat.TURTLE)
    return store


def rows(store: ox.Store, query: str, **options: bool) -> list[list[str]]:
    """Return an answer's rows as text."""
    answer = ask_store(store, query, {}, **options)  # type: ignore[arg-type]
    assert isinstance(answer, ox.QuerySolutions)
    return [["" if it is None else it.value for it in row] for row in answer]  # type: ignore[union-attr]


@given(DATES, st.sampled_from([*SIGNS]), DATES, st.booleans())
def test_dates_compare_at_the_precision_that_both_have(
    one: str, sign: str, other: str, turned: bool
) -> None:
    if len(one) < len(other):  # some day of that year, or month, is so
        holds = any(SIGNS[sign](day, other) for day in PARTS[len(other)] if day.startswith(one))
    else:
        holds = SIGNS[sign](one[: len(other)], other)
    filter_ = f"{typed(other)} {TURNED[sign]} ?d" if turned else f"?d {sign} {typed(other)}"
    query = f"SELECT ?d {{ VALUES ?d {{ {typed(one)} }} FILTER({filter_}) }}"
    assert bool(rows(ox.Store(), query)) == holds


def test_years_are_since_a_day_and_what_is_no_date_is_not() -> None:
    store = load(
        '@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . <urn:a> <urn:on> "2019"^^xsd:gYear ,'
        '"2017-12-31"^^xsd:date, "2018-02-01"^^xsd:date, "zz",'
        '"2018-03-01T10:00:00Z"^^xsd:dateTime .'
    )
    query = 'SELECT ?d { ?x <urn:on> ?d FILTER(?d >= "2018-01-01"^^xsd:date) } ORDER BY STR(?d)'
    assert [row[0] for row in rows(store, query)] == ["2018-02-01", "2018-03-01T10:00:00Z", "2019"]
    assert [row[0] for row in rows(store, query, entail=False)] == ["2018-02-01"]


@pytest.mark.parametrize(
    "filter_",
    ['?a - ?d > "2018"^^xsd:gYear', '!?d = "x"', '?d = "2018"^^xsd:gYear', '?d > "2018"', "?d = 3"],
)
def test_other_comparisons_stay_as_they_are(filter_: str) -> None:
    query = f"ASK {{ ?x ?y ?d FILTER({filter_}) }}"
    assert compare(query, known_prefixes()) == query


LABELS = load(
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
    '<urn:a> rdfs:label "Luméo"@fr . <urn:b> rdfs:label "Vasta"@fr .'
    '<urn:c> rdfs:label "Vasta"@en .'
    '<urn:d> rdfs:label "Orvo" . <urn:e> rdfs:label "Orvo"@fr . <urn:f> <urn:said> "Luméo"@fr .'
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('SELECT ?x { ?x rdfs:label "Luméo" }', ["urn:a"]),
        ("SELECT ?x { ?x rdfs:label 'Lum\\u00e9o' ; ?p ?o }", ["urn:a"]),
        ('SELECT ?x { ?x rdfs:label """Luméo""" }', ["urn:a"]),
        ('SELECT ?x { ?x rdfs:label "Vasta" } ORDER BY ?x', ["urn:b", "urn:c"]),
        ('SELECT * { { ?x rdfs:label "Vasta" } } ORDER BY ?x', ["urn:b", "urn:c"]),
        ('SELECT ?x { ?x rdfs:label "Vasta"@en }', ["urn:c"]),
        ('SELECT ?x { ?x rdfs:label "Orvo" }', ["urn:d"]),
        ('SELECT ?x { ?x rdfs:label ?n FILTER(?n = "Luméo") }', ["urn:a"]),
        ('SELECT ?x { ?x rdfs:label ?n FILTER("Vasta" = ?n) } ORDER BY ?x', ["urn:b", "urn:c"]),
        ('SELECT ?x { ?x <urn:said> "Luméo" }', []),
        ('SELECT ?x { ?x rdfs:label "Nemo" }', []),
    ],
)
def test_names_are_found_without_their_language(query: str, found: list[str]) -> None:
    assert [row[0] for row in rows(LABELS, query)] == found


def test_templates_and_quotations_are_no_patterns() -> None:
    for query in (
        'CONSTRUCT { ?x rdfs:label "Luméo" } { ?x ?y ?z }',
        'SELECT ?x { ?x ?y "rdfs:label \'Luméo\'" } # rdfs:label "Luméo"',
    ):
        assert find_names(LABELS, query, known_prefixes()) == query


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?s ?p ?o }", ["s", "p", "o"]),
        ("SELECT DISTINCT * { ?z ?p ?a . OPTIONAL { ?z ?y ?b } }", ["z", "p", "a", "y", "b"]),
        (
            "PREFIX select: <urn:x> SELECT  * # all\n{ ?o ?p ?s FILTER(?never = 1) }",
            ["o", "p", "s"],
        ),
        ("SELECT * { { SELECT ?b { ?b ?hidden 1 } } ?a ?p ?b }", ["b", "a", "p"]),
        ("SELECT ?o ?s { ?s ?p ?o }", ["o", "s"]),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", ["n"]),
    ],
)
def test_columns_come_in_the_order_of_the_query(query: str, columns: list[str]) -> None:
    answer = ask_store(LABELS, query, {})
    assert isinstance(answer, ox.QuerySolutions)
    assert [variable.value for variable in answer.variables] == columns
    assert list(map(str, run_query(Graph(), query).vars or [])) == columns


QUERIES = st.text(st.sampled_from("SELECT *{}?sp\"'<>=#@^:. \n\\&|a1-"), max_size=60)


@given(QUERIES)
def test_tokens_are_the_query(query: str) -> None:
    tokens = read_tokens(query)
    assert all(query[it.begin : it.end] == it.text for it in tokens)
    assert put(query, [(it.begin, it.end, it.text) for it in tokens]) == query
    compare(query, {})


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=20))
def test_quotation_says_what_it_quotes(text: str) -> None:
    assert value_of(str(ox.Literal(text))) == text


@pytest.mark.parametrize(
    ("held", "asked"),
    [('"Luméo"@fr', '"Luméo"'), ('"Luméo"', '"Luméo"@fr'), ('"Luméo"@en', '"Luméo"@FR')],
)
def test_nothing_found_tells_the_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], held: str, asked: str
) -> None:
    path = tmp_path / "g.ttl"
    path.write_text(f"<urn:f> <urn:said> {held} .", encoding="utf-8")
    with pytest.raises(SystemExit) as done:
        main(["query", str(path), f"SELECT ?x {{ ?x <urn:said> {asked} }}", "--fail-empty"])
    assert done.value.code == 3
    assert f"{asked} is {held} there" in capsys.readouterr().err


def test_a_text_that_is_there_is_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "g.ttl"
    path.write_text('<urn:f> <urn:said> "Luméo"@fr, "Luméo"@en, "Luméo" .', encoding="utf-8")
    for asked in ('"Luméo"@fr', '"Luméo"'):
        with pytest.raises(SystemExit):
            main(["query", str(path), f"SELECT ?x {{ ?x <urn:other> ?y FILTER(?y = {asked}) }}"])
        assert "is" not in capsys.readouterr().err.partition("holds")[0].split()


def test_ready_questions_stay_as_they_are() -> None:
    assert settle_query(ox.Store(), "SELECT ?a { ?a ?b ?c }", {}) == "SELECT ?a { ?a ?b ?c }"
    assert order_columns(ox.Store(), "ASK { ?a ?b ?c }", {}) == "ASK { ?a ?b ?c }"
