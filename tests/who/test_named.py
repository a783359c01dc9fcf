"""What a store's articles name, read back as each of them has it."""

from __future__ import annotations

from pathlib import Path

from kg.graph.terms import BASE
from kg.model import Article, Entity, Reading
from kg.store.store import put_readings
from kg.who.clusters import find_clusters
from kg.who.decisions import read_decision
from kg.who.named import read_named

ADP = Entity("Aéroports de Lune", "Company", aliases=("ADL",))
SHORT = Entity("ADL", "Company")
MARTIN = Entity("Jean Martin", "Person")


def test_things_are_read_as_each_article_names_them(tmp_path: Path) -> None:
    readings = [
        Reading(Article("a", "Aéroports de Lune (ADL)", source="Les Échos"), (ADP, MARTIN)),
        Reading(Article("b", "ADL"), (SHORT, MARTIN)),
    ]
    list(put_readings(tmp_path / "news", readings))
    things, called = read_named(tmp_path / "news")
    graphs = [f"{BASE}graph/a", f"{BASE}graph/b"]
    assert [(it.name, it.kind, it.aliases, it.articles) for it in things] == [
        ("ADL", "Company", (), (graphs[1],)),
        ("Aéroports de Lune", "Company", ("ADL",), (graphs[0],)),
        ("Jean Martin", "Person", (), tuple(graphs)),
    ]
    assert called[graphs[0]][1:] == ("a", "Les Échos")
    line = {"left": "person:Jean Martin", "is": "different", "right": "person:Jean Martin"}
    found = find_clusters(things, [read_decision({**line, "in": "Les Échos"})], called=called)
    assert found.whole[f"{BASE}org/adl"] == f"{BASE}org/aeroports-de-lune"
    martin = f"{BASE}person/jean-martin"
    assert found.canonical(martin, graphs[1]) == martin != found.canonical(martin, graphs[0])
    assert not found.stale
