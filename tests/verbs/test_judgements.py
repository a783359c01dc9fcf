"""What one decides of a name: what it is called, its class, that it is none; and takes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from test_world import TOLD, contents, list_claims, say

from kg.store.store import put_readings
from kg.who.book import read_book
from kg.who.view.beside import follow_book, name_book

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    list(put_readings(folder, [say(*row) for row in TOLD]))
    follow_book(folder)
    return folder


def decide(run: Run, store: Path, *words: str) -> tuple[int, str, str]:
    verb, *rest = words
    return run(verb, *rest, "--store", store, "--by", "mb")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("call", "Nordil", "Nordil Industries"), "Nordil call Nordil Industries"),
        (("class", "Vasco", "PublicBody"), "Vasco class PublicBody"),
        (("drop", "Orvane"), "Orvane drop"),
        (("drop", "Vasco", "--in", "dementi"), "Vasco drop (in dementi)"),
        (("unsure", "Nordil", "Nordil Motors"), "Nordil unsure Nordil Motors"),
    ],
)
def test_a_decision_is_a_line_and_undone_without_a_trace(
    run: Run, store: Path, words: tuple[str, ...], line: str
) -> None:
    before = contents(store)
    code, out, err = decide(run, store, *words, "--why", "par exemple")
    assert (code, err) == (0, "")
    assert out.startswith(f"{line}: ")
    (one,) = read_book(name_book(store)).list_decisions()
    assert (str(one), one.by, one.why) == (line, "mb", "par exemple")
    after = contents(store)
    assert after != before
    assert run("resolve", store)[1].endswith("nothing changed\n")
    assert run("undo", words[1], "--store", store)[1].splitlines()[0] == f"undone: {line}"
    assert contents(store) == before


def test_what_a_thing_is_called_is_shown_and_found(run: Run, store: Path) -> None:
    assert decide(run, store, "call", "Nordil", "Nordil Industries")[0] == 0
    deal = list_claims(run, store, "--of", "Nordil Industries")[0]
    assert deal["subject"] == "Nordil Industries"
    assert list_claims(run, store, "--of", "Nordil")[0] == deal
    code, out, err = decide(run, store, "call", "Nordil", "Nordil Plus")
    assert (code, out) == (1, "")
    assert err.endswith("Nordil call Nordil Industries; Nordil call Nordil Plus;"
                        " nothing has changed\n")  # fmt: skip
    assert run("undo", "Nordil", "--store", store)[0] == 0
    assert decide(run, store, "call", "Nordil", "Nordil Plus")[0] == 0


def test_a_class_is_that_of_the_ontology(run: Run, store: Path) -> None:
    assert decide(run, store, "class", "Vasco", "PublicBody")[0] == 0
    asked = "SELECT ?name { ?x a kg:PublicBody ; rdfs:label ?name }"
    assert run("query", store, asked, "--format", "csv")[1].split() == ["name", "Vasco"]
    code, _, err = decide(run, store, "class", "Nordil", "Firm")
    assert (code, "no class of the ontology" in err) == (1, True)
    assert decide(run, store, "class", "Vasco", "Person")[0] == 1


def test_what_is_dropped_leaves_the_view_there(run: Run, store: Path) -> None:
    assert decide(run, store, "drop", "Vasco", "--in", "dementi")[0] == 0
    deal = list_claims(run, store, "--of", "Nordil")[0]
    assert (deal["articles"], deal["modality"]) == ("2", "planned")
    for name in ("Vasco", "Vasco SA"):
        assert decide(run, store, "drop", name)[0] == 0
    assert [row["object"] for row in list_claims(run, store)] == ["Orvane"]
    code, _, err = run("claims", store, "--of", "Vasco")
    assert (code, "the graph names no 'Vasco'" in err) == (1, True)
    assert run("query", store, "ASK { GRAPH ?g { ?x rdfs:label 'Vasco'@fr } }")[1] == "yes\n"


def test_who_is_unsure_is_not_asked_again(run: Run, store: Path) -> None:
    assert "Nordil Motors" in run("suspects", store)[1]
    for name in ("Nordil", "Noreldil"):
        assert decide(run, store, "unsure", name, "Nordil Motors")[0] == 0
    assert "Nordil Motors" not in run("suspects", store)[1]
    assert len(list_claims(run, store)) == 3


@pytest.mark.parametrize("verb", ["same", "different", "unsure", "call", "class", "drop"])
def test_each_verb_tells_what_it_does(run: Run, verb: str) -> None:
    code, out, _ = run(verb, "--help")
    assert code == 0
    assert f"kg {verb} " in out
    assert "--why" in out
