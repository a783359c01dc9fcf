"""A store that is held: opened anew now and then, whatever is done meanwhile."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

import kg.store.held
from kg.errors import StoreError
from kg.model import Article, Entity, Fact, Reading
from kg.store.engine import engine_of, load_graph
from kg.store.held import Held, hold_store
from kg.store.store import put_readings
from kg.who.decisions import read_decision
from kg.who.view.nudge import nudge_store
from kg.who.view.resolve import resolve_store

WORDS = " ".join(f"mot{n}" for n in range(40))
LINE = read_decision({"left": "Ava", "is": "same", "right": "Bor", "by": "mb", "on": "2026-11-29"})


def say(name: str, one: str, other: str) -> Reading:
    """Return what an article says of two companies; the texts are copies of each other."""
    ends = [Entity(end, "Company") for end in (one, other)]
    fact = Fact(ends[0], "acquired", ends[1], evidence=((0, 5),))
    return Reading(Article(name, f"{one} {other} {WORDS}"), tuple(ends), (fact,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    told = [("a", "Ava", "Bor"), ("b", "Ava SA", "Cid"), ("c", "Bor", "Cid"), ("d", "Ava", "Cid")]
    list(put_readings(tmp_path / "news", [say(*row) for row in told]))
    return tmp_path / "news"


def contents(folder: Path) -> set[str]:
    graph = load_graph(folder)
    return {str(quad) for quad in engine_of(graph)}


@pytest.mark.parametrize("uses", [1, 2, 1000])
def test_who_is_who_is_the_same_however_often_it_is_opened(
    uses: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve_store(folder, [])
    before = contents(folder)
    resolve_store(folder, [LINE])
    after = contents(folder)
    monkeypatch.setattr(kg.store.held, "USES", uses)
    for nudges in (False, True):
        follow = nudge_store if nudges else resolve_store
        assert follow(folder, []).changed
        assert contents(folder) == before
        assert follow(folder, [LINE]).changed
        assert contents(folder) == after
    assert not resolve_store(folder, [LINE]).changed


def test_a_store_in_memory_is_never_opened_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.store.held, "USES", 1)
    held = Held(store := ox.Store())
    assert [*held.pass_on([1, 2, 3])] == [1, 2, 3]
    assert held.store is store


def test_what_is_closed_says_so(folder: Path) -> None:
    with hold_store(folder) as held:
        assert len(held.store)
    with pytest.raises(StoreError, match="is closed"):
        _ = held.store
