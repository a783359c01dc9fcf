"""An answer has the W3C's forms, and the same bytes each time."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.ask.answers import answer_rows, answer_text
from kg.ask.query import ask_store
from kg.errors import QueryError

TRIPLES = '<urn:a> <urn:p> "l\'été"@fr, 7 . <urn:b> <urn:p> <urn:a>, <<( <urn:a> <urn:p> 1 )>> .'


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    store.load(TRIPLES.encode(), format=ox.RdfFormat.TURTLE)
    return store


def test_rows_are_plain_text_in_a_table(store: ox.Store) -> None:
    answer = ask_store(store, "SELECT ?o ?none { ?s <urn:p> ?o } ORDER BY ?o", {})
    assert isinstance(answer, ox.QuerySolutions)
    rows = sorted(answer_rows(answer))
    triple = '<urn:a> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert rows == [["7", ""], [triple, ""], ["l'été", ""], ["urn:a", ""]]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("csv", "s,o\r\nurn:b,urn:a\r\n"),
        ("tsv", "?s\t?o\n<urn:b>\t<urn:a>\n"),
    ],
)
def test_rows_have_the_forms_of_the_w3c(store: ox.Store, form: str, text: str) -> None:
    query = "SELECT ?s ?o { ?s <urn:p> ?o FILTER(isIRI(?o)) }"
    said = answer_text(ask_store(store, query, {}), form)
    assert said.replace("\r\n", "\n") == text.replace("\r\n", "\n")


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_same_question_has_the_same_bytes(store: ox.Store, form: str) -> None:
    query = "SELECT * { ?s ?p ?o } ORDER BY ?s ?o"
    texts = {answer_text(ask_store(store, query, {}), form) for _ in range(3)}
    assert len(texts) == 1


@pytest.mark.parametrize("form", ["table", "ttl", "json", "xml"])
def test_graph_has_the_same_bytes_whatever_its_order(form: str) -> None:
    lines = [f"<urn:{name}> <urn:p> <urn:o> ." for name in "abcdef"]
    texts = set()
    for order in (lines, lines[::-1]):
        store = ox.Store()
        store.load("\n".join(order).encode(), format=ox.RdfFormat.TURTLE)
        texts.add(answer_text(ask_store(store, "CONSTRUCT WHERE { ?s <urn:p> ?o }", {}), form))
    assert len(texts) == 1
    assert "urn:a" in texts.pop()


@pytest.mark.parametrize(
    ("query", "form", "said"),
    [
        ("CONSTRUCT WHERE { ?s ?p ?o }", "csv", "a graph cannot be written as csv"),
        ("DESCRIBE <urn:a>", "tsv", "a graph cannot be written as tsv"),
        ("SELECT * { ?s ?p ?o }", "ttl", "no graph to write as ttl"),
        ("ASK {}", "ttl", "no graph to write as ttl"),
    ],
)
def test_form_that_does_not_fit_is_refused(
    store: ox.Store, query: str, form: str, said: str
) -> None:
    with pytest.raises(QueryError, match=said):
        answer_text(ask_store(store, query, {}), form)


def test_yes_and_no(store: ox.Store) -> None:
    yes, no = "ASK { <urn:a> ?p ?o }", "ASK { <urn:c> ?p ?o }"
    assert [answer_text(ask_store(store, query, {}), "table") for query in (yes, no)] == [
        "yes\n",
        "no\n",
    ]
    assert '"boolean":true' in answer_text(ask_store(store, yes, {}), "json").replace(" ", "")
