"""Some claims are read by index, and are what they are among all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from press import press_readings
from servers import fill_store

from kg.graph.terms import BASE
from kg.model import Article, Entity, Fact, Reading
from kg.store.engine import open_folder
from kg.who.judging import decide, take_back
from kg.who.said.brief import Brief, list_leads, read_brief, read_briefs
from kg.who.said.some import mark, read_claim, read_sentences
from kg.who.view.beside import follow_book
from kg.who.view.claims import Claim
from kg.who.view.told import read_claims

MAN, FIRM = Entity("Paul Tirvane", "Person"), Entity("Nordil", "Company")


def post(name: str, date: str, years: dict[str, str]) -> Reading:
    """Return an article that tells of a post, and when that was."""
    text = "Paul Tirvane préside Nordil"
    fact = Fact(MAN, "holdsPosition", FIRM, qualifiers={"role": "président"} | years,
                evidence=((0, len(text)),))  # fmt: skip
    return Reading(Article(name, text, published=date), (MAN, FIRM), (fact,))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("said") / "news"
    posts = [post("a", "2012-01-05", {"date": "2011"}), post("b", "2021-01-05", {"date": "2020"})]
    fill_store(path, *press_readings(), *posts)
    follow_book(path)
    decide(path, {"left": "Vasco", "is": "same", "right": "Belmar", "by": "ana"})
    return path


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[ox.Store]:
    store, close = open_folder(folder)
    yield store
    del store
    close()


def shorten(claim: Claim) -> Brief:
    """Return a claim without its facts."""
    return Brief(
        claim.iri, claim.subject, claim.relation, claim.object, claim.role[0],
        claim.now.modality, claim.now.ended, claim.standing, claim.voices, claim.articles,
        *([claim.dates[0], claim.dates[-1]] if claim.dates else ["", ""]), claim.surest,
        claim.followed,
    )  # fmt: skip


def test_a_claim_is_the_same_read_alone(store: ox.Store) -> None:
    whole = read_claims(store)
    assert len(whole) >= 13
    assert any(claim.followed for claim in whole)
    for claim in whole:
        alone = read_claim(store, claim.iri)
        assert alone
        assert (alone.subject, str(alone.object), alone.role) == (
            claim.subject, str(claim.object), claim.role,
        )  # fmt: skip
        assert {it.fact for it in alone.statements} == {it.fact for it in claim.statements}
        assert alone.now.fact == claim.now.fact
        assert alone.now.when == claim.now.when


def test_claims_about_a_thing_are_those_of_all(store: ox.Store) -> None:
    whole = read_claims(store)
    things = {claim.subject for claim in whole} | {
        claim.object.value for claim in whole if isinstance(claim.object, ox.NamedNode)
    }
    assert len(things) >= 8
    for thing in things:
        about = [it for it in whole if thing in (it.subject, it.object.value)]
        leads = [it for it in list_leads(store, thing) if it.end != "market"]
        found = {it.iri: it for it in read_briefs(store, leads)}
        assert found == {it.iri: shorten(it) for it in about}
        assert [it.last for it in leads] == sorted((it.last for it in leads), reverse=True)
        assert all(found[it.iri].holds == it.holds for it in about)


def test_a_market_leads_to_the_claims_about_it(store: ox.Store) -> None:
    leads = list_leads(store, f"{BASE}market/batteries")
    assert {lead.relation.rpartition("#")[2] for lead in leads} == {"marketShare"}


def test_what_is_no_claim_is_none(store: ox.Store) -> None:
    assert read_brief(store, f"{BASE}org/nordil") is None
    assert read_claim(store, f"{BASE}claim/none") is None


def test_sentences_have_their_words_marked(store: ox.Store) -> None:
    for claim in read_claims(store):
        for one in claim.statements:
            (sentence,) = read_sentences(store, one.fact)
            assert any(marked for _, marked in sentence)


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(-3, 33), st.integers(-3, 33))))
def test_marks_lose_no_character(text: str, marks: list[tuple[int, int]]) -> None:
    pieces = mark(text, marks)
    assert "".join(words for words, _ in pieces) == text
    assert all(one[1] != two[1] for one, two in pairwise(pieces))
    inside = {at for begin, end in marks for at in range(max(begin, 0), min(end, len(text)))}
    told = [marked for words, marked in pieces for _ in words]
    assert told == [at in inside for at in range(len(text))]


def test_a_decision_is_taken_and_taken_back(tmp_path: Path) -> None:
    path = fill_store(tmp_path / "news", *press_readings())
    follow_book(path)
    cells = {"left": "Nordil", "is": "different", "right": "Vasco"}
    first, again = decide(path, cells), decide(path, cells)
    assert first.outcome
    assert again.outcome is None
    assert first.decision.by
    gone, _ = take_back(path, "Nordil", "Vasco")
    assert gone == first.decision
