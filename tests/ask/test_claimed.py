"""Ready questions to a store are about claims: the same answers, but each once."""

from __future__ import annotations

from itertools import pairwise

import pyoxigraph as ox
import pytest
from conftest import MARKED, read_nordil
from press import press_readings
from rdflib import Graph

from kg.ask.answers import answer_rows
from kg.ask.claimed import ask_claims
from kg.ask.query import ask_store, list_queries
from kg.graph.readings import read_readings
from kg.graph.terms import BASE, graph_iri
from kg.model import Reading
from kg.store.held import Held
from kg.store.store import read_triples, replace_graph
from kg.who.decisions import read_decision
from kg.who.view.resolve import resolve

QUESTIONS = [question.name for question in list_queries()]


def make(readings: list[Reading]) -> ox.Store:
    store = ox.Store()
    for reading in readings:
        name = ox.NamedNode(str(graph_iri(reading.article)))
        replace_graph(store, name, read_triples(reading, BASE, True))
    return store


def rows(store: ox.Store, question: str, **given: str) -> list[tuple[str, ...]]:
    return [tuple(row) for row in answer_rows(ask_store(store, question, given))]


def marked() -> list[Reading]:
    paths = sorted(MARKED.glob("*.ttl"))
    return [reading for path in paths for reading in read_readings(Graph().parse(path))]


@pytest.fixture(scope="module")
def stores() -> tuple[ox.Store, ox.Store]:
    """Return a store of facts alone, and one that is resolved."""
    facts, claims = (make([*marked(), *press_readings(), read_nordil()]) for _ in range(2))
    resolve(Held(claims), [])
    return facts, claims


@pytest.mark.parametrize("question", QUESTIONS)
def test_claims_answer_as_facts_do(question: str, stores: tuple[ox.Store, ox.Store]) -> None:
    # A claim's confidence is that of its surest fact, and it may have several voices.
    left_out = () if question == "sources" else (-5, -4)
    facts, claims = (
        [tuple(c for at, c in enumerate(row, -len(row)) if at not in left_out) for row in found]
        for found in (rows(store, question) for store in stores)
    )
    assert {*claims} <= {*facts}
    assert 0 < len(claims) >= len(facts) * 0.7


@pytest.mark.parametrize("question", ["about", "positions", "said-by", "news", "subsidiaries-of"])
def test_what_is_over_can_be_asked_for(question: str, stores: tuple[ox.Store, ox.Store]) -> None:
    for store in stores:
        everything = rows(store, question)
        over = [row for row in everything if row[-6] == "actual, over"]
        assert rows(store, question, modality="over") == over
        some = [row for row in everything if row[-6] in ("actual, over", "denied")]
        assert rows(store, question, modality="denied,over") == some
    assert over or question not in ("about", "positions")


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_can_be_put_to_claims(question: str) -> None:
    text = next(one.text for one in list_queries() if one.name == question)
    told = ask_claims(text, question)
    assert "rdf:subject" not in told
    assert "rdf:object" not in told
    assert told == text if question == "sources" else told != text


def test_what_two_articles_say_of_one_thing_under_two_names_is_one_row() -> None:
    first, second = read_nordil(), press_readings()[1]
    store = make([first, second])
    resolve(Held(store), [])
    assert len([row for row in rows(store, "deals") if row[0] == "Nordil"]) == 1
    same = {"left": "Vasco", "is": "same", "right": "Hexo"}
    resolve(Held(store), [read_decision(same)])
    names = {name for row in rows(store, "about") for name in (row[0], row[2])}
    assert "Hexo" in names
    assert "Vasco" not in names
    asked = [tuple(row) for row in answer_rows(ask_store(store, "about", {"of": "Hexo"}))]
    assert asked == [tuple(row) for row in answer_rows(ask_store(store, "about", {"of": "Vasco"}))]
    assert all(one != two for one, two in pairwise(asked))
