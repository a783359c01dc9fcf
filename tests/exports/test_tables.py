"""Tables of claims and of facts: each row has who says it, where, how sure, in which words."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from kg.exports.cells import FORMULA, NUMBER, tame
from kg.exports.forms import export_graph
from kg.graph.rdf import BASE
from kg.graph.terms import graph_iri
from kg.model import Article, Entity, Fact, Modality, Reading
from kg.store.engine import hold
from kg.store.store import put_readings, read_triples, replace_graph
from kg.who.view.beside import follow_book
from kg.who.view.resolve import resolve

Run = Callable[..., tuple[int, str, str]]
WIRE = "Ava a racheté Bor " + " ".join(f"mot{n}" for n in range(80))
BY = Entity("Léa Roy", "Person")


def say(
    name: str,
    text: str,
    *,
    date: str = "",
    modality: Modality = "Actual",
    share: int = 0,
    sure: float = 0.8,
) -> Reading:
    ends = Entity("Ava", "Company"), Entity("Bor", "Company")
    deal = Entity("acquisition de Bor", "Acquisition", values=(("amount", 40),))
    told = {"deal": deal, **({"share": share} if share else {})}
    fact = Fact(*[ends[0], "acquired", ends[1]], modality, confidence=sure, qualifiers=told,
                attributed_to=BY, evidence=((0, 17),))  # fmt: skip
    url = f"https://soir.example/{name}" if date else ""
    article = Article(name, text, title=f"Titre {name}", published=date, source="Le Soir", url=url)
    return Reading(article, (*ends, deal, BY), (fact,))


READINGS = (
    say("un", WIRE, date="2024-03-01", share=30, sure=0.5),
    say("deux", f"Agence. {WIRE}", date="2024-03-02", share=30),
    say("trois", "Ava a pris 28 %.. de Bor.", date="2024-03-04", share=28, sure=0.9),
    say("quatre", "Ava pourrait racheter Bor.", modality="Possible"),
)


@pytest.fixture
def graph() -> Graph:
    store = ox.Store()
    for reading in READINGS:
        name = ox.NamedNode(str(graph_iri(reading.article)))
        replace_graph(store, name, read_triples(reading, BASE, True))
    resolve(store, [])
    return hold(store)


def rows(graph: Graph, form: str) -> list[dict[str, str]]:
    return list(csv.DictReader(export_graph(graph, form)[""].splitlines()))


def test_a_claim_is_a_row_with_its_surest_words(graph: Graph) -> None:
    (row,) = rows(graph, "claims")
    assert row.pop("claim").startswith(f"{BASE}claim/")
    assert row == {
        "subject": "Ava", "subject_iri": f"{BASE}org/ava", "relation": "acquired",
        "object": "Bor", "object_iri": f"{BASE}org/bor", "role": "", "modality": "actual",
        "standing": "agreed", "confidence": "0.90", "voices": "3", "articles": "4",
        "first": "2024-03-01", "last": "2024-03-04",
        "history": "? possible; 2024-03-01 actual; 2024-03-02 actual; 2024-03-04 actual",
        "qualifiers": "amount=40 (3); share=28 (1); share=30 (1)",
        "article": "Titre trois", "date": "2024-03-04", "publisher": "Le Soir",
        "address": "https://soir.example/trois", "quote": "Ava a pris 28 %..",
    }  # fmt: skip


def test_what_each_article_says_is_a_row_with_its_voice(graph: Graph) -> None:
    told = rows(graph, "facts")
    assert [row["article"] for row in told] == [
        "Titre quatre", "Titre un", "Titre deux", "Titre trois",
    ]  # fmt: skip
    assert len({row["voice"] for row in told}) == 3
    assert {row["attributed_to"] for row in told} == {"Léa Roy"}
    assert [row["qualifiers"] for row in told][:2] == ["amount=40", "amount=40; share=30"]
    assert [row["modality"] for row in told] == ["possible", "actual", "actual", "actual"]
    assert told[0]["address"] == ""
    assert len({row["fact"] for row in told}) == 4
    assert len({row["claim"] for row in told}) == 1


def test_the_command_line_writes_both(run: Run, tmp_path: Path, graph: Graph) -> None:
    list(put_readings(tmp_path / "news", READINGS))
    follow_book(tmp_path / "news")
    for form in ("claims", "facts"):
        assert run("export", tmp_path / "news", "--to", form)[0] == 0
        code, out, _ = run("export", tmp_path / "news", "--to", form)
        assert (code, out) == (0, export_graph(graph, form)[""])
    whole = run("claims", tmp_path / "news", "--format", "csv")
    assert whole == (0, export_graph(graph, "claims")[""], "")


@given(st.text())
def test_no_cell_is_a_formula_or_has_two_lines(text: str) -> None:
    cell = tame(text)
    assert not FORMULA.match(cell) or NUMBER.fullmatch(cell)
    assert len(cell.splitlines()) <= 1
    assert cell.removeprefix("'") == " ".join(text.split()).removeprefix("'")
