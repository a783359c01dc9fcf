"""A file of several articles counts claims as a store's default graph does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from press import press_readings
from test_resolve import READINGS, claims, make, say

from kg.ask.answers import answer_rows
from kg.ask.query import ask_store, list_queries
from kg.graph.rdf import BASE, build_graph, write_readings
from kg.model import Reading
from kg.store.engine import engine_of, load_graph, on_oxigraph
from kg.store.union import DEFAULT
from kg.who.said.files import claim_file, load_view
from kg.who.view.changes import direct_triples
from kg.who.view.told import list_claims, read_claims

Run = Callable[..., tuple[int, str, str]]
QUESTIONS = [question.name for question in list_queries()]
TWICE = (
    say("p-1", ("Ava", "acquired", "Bor"), ("Ava", "partnerOf", "Cid"), date="2024-03-04"),
    say("p-2", ("Ava", "acquired", "Bor"), date="2024-04-02"),
    say("p-3", ("Ava", "partnerOf", "Cid"), date="2024-05-02", modality="Denied"),
)


def load(readings: list[Reading] | tuple[Reading, ...]) -> ox.Store:
    return engine_of(on_oxigraph(build_graph(readings)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "graph.ttl"
    found.write_text(write_readings(TWICE), encoding="utf-8")
    return found


@settings(max_examples=15, deadline=None)
@given(READINGS)
def test_a_file_claims_what_a_store_of_its_articles_does(readings: list[Reading]) -> None:
    store, file = make(readings), load(readings)
    claim_file(file)
    once = sorted(map(str, file))
    claim_file(file)
    assert sorted(map(str, file)) == once
    told = [{(it.claim, it.modality, it.articles, it.standing) for it in list_claims(one)}
            for one in (store, file)]  # fmt: skip
    assert told[0] == told[1]
    if len(readings) > 1 and read_claims(file):
        for triple in direct_triples(read_claims(store)):
            assert ox.Quad(triple.subject, triple.predicate, triple.object) in file


def test_direct_triples_are_those_of_claims(path: Path) -> None:
    ava, cid = (ox.NamedNode(f"{BASE}org/{name}") for name in ("ava", "cid"))
    read, view = (engine_of(load(path)) for load in (load_graph, load_view))
    assert list(read.quads_for_pattern(ava, None, cid, DEFAULT))
    assert not list(view.quads_for_pattern(ava, None, cid, DEFAULT))
    assert set(claims(view)) == {"org/ava acquired org/bor", "org/ava partnerOf org/cid"}
    untold = ox.Quad(cid, ox.NamedNode("urn:x"), ava)
    read.add(untold)
    claim_file(read)
    assert untold in read


def test_one_article_and_a_graph_of_claims_stay_as_they_are(tmp_path: Path) -> None:
    one = load(TWICE[:1])
    before = {*one}
    claim_file(one)
    assert {*one} == before
    whole = make(TWICE)
    before = {*whole}
    claim_file(whole)
    assert {*whole} == before


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_answered_as_by_a_store(question: str) -> None:
    file, store = load(press_readings()), make(press_readings())
    claim_file(file)
    told = [
        [tuple(row) for row in answer_rows(ask_store(it, question, {}))] for it in (file, store)
    ]
    assert told[0] == told[1]


def test_verbs_count_claims_of_a_file(run: Run, path: Path) -> None:
    _, out, _ = run("query", path, "deals", "--format", "csv")
    assert len(out.splitlines()) == 2
    _, out, _ = run("network", path, "neighbours", "Ava", "--format", "json")
    (link,) = json.loads(out)
    assert link["sources"] == 2
    _, out, _ = run("explain", path, "Ava", "Bor", "--format", "json")
    (told,) = json.loads(out)
    assert (told["sources"], len(told["evidence"])) == (2, 2)
    _, out, _ = run("export", path, "--to", "cypher")
    assert out.count("MERGE (a)-") == 2
    assert "kg:Claim" not in run("export", path, "--to", "ttl")[1]
    code, out, _ = run("diff", path, path)
    assert (code, out) == (0, "no difference\n")
    asked = "SELECT (COUNT(*) AS ?n) { ?s a kg:Fact }"
    assert run("query", path, asked, "--format", "csv")[1].split() == ["n", "4"]


def test_five_copies_in_a_file_are_one_claim_of_one_voice(run: Run, tmp_path: Path) -> None:
    words = " ".join(f"mot{n}" for n in range(80))
    path = tmp_path / "copies.ttl"
    copies = [say(f"p-{n}", ("Ava", "acquired", "Bor")) for n in range(5)]
    wires = [
        Reading(
            type(it.article)(it.article.name, f"{it.article.text} {words}"), it.entities, it.facts
        )
        for it in copies
    ]
    path.write_text(write_readings(wires), encoding="utf-8")
    code, out, _ = run("claims", path, "--format", "json")
    (one,) = json.loads(out)
    assert (code, one["articles"], one["voices"], one["standing"]) == (0, 5, 1, "reported")
    assert (
        len(run("network", path, "neighbours", "Ava", "--format", "json")[1].split('"fact"')) == 2
    )
