"""Paragraphs in the other language are read in it; one article has one reading."""

from __future__ import annotations

import re
from types import MappingProxyType

import pytest

from kg import reader
from kg.graph.check import check_graph
from kg.graph.rdf import build_graph
from kg.model import Article, Entity, Fact, Reading
from kg.reader.nodes.joined import join_readings

FRENCH = "Le groupe Nordil a racheté la société Vasco, que dirige depuis mai Irène Sablon."
ENGLISH = "The Nordil group has acquired Vasco, which was founded in 2009 and is based in Lyon."
AGAIN = "La société est dans la ville depuis deux ans et le groupe y a des usines."
TEXT = f"Nordil rachète\nVasco\n\n{FRENCH}\n\n{ENGLISH}\n\n{AGAIN}\n"


def read_one(article: Article, model: str = "") -> Reading:
    """Find two names and what was sold, as a French or an English reader would."""
    found = [
        Entity(name, kind, mentions=tuple(it.span() for it in re.finditer(name, article.text)))
        for name, kind in (("Nordil", "Organization"), ("Vasco", "Company"))
    ]
    said = article.text.index("rachet" if article.lang == "fr" else "acquired")
    fact = Fact(
        found[0], "acquired", found[1],
        confidence=0.6 if article.lang == "fr" else 0.8,
        qualifiers=MappingProxyType({article.lang: 1}),
        evidence=((said, said + 6),),
    )  # fmt: skip
    sentences = tuple(it.span() for it in re.finditer(r"[^\n]+", article.text))
    return Reading(article, tuple(found), (fact,), sentences)


def test_each_part_is_read_in_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def read_plain(article: Article, model: str) -> Reading:
        asked.append((article.lang, article.text))
        return read_one(article)

    monkeypatch.setattr(reader, "read_plain", read_plain)
    article = Article("a", TEXT, "fr")
    reading = reader.read(article)
    assert [lang for lang, _ in asked] == ["fr", "en"]
    assert ENGLISH not in asked[0][1] and asked[1][1].strip() == ENGLISH
    assert reading.article is article and len(reading.entities) == 2
    (fact,) = reading.facts
    assert fact.confidence == 0.8 and dict(fact.qualifiers) == {"fr": 1, "en": 1}
    assert [TEXT[begin:end] for begin, end in fact.evidence] == ["acquir", "rachet"]
    assert all(TEXT[b:e] == one.name for one in reading.entities for b, e in one.mentions)


def test_one_that_is_joined_has_quotes_that_are_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "read_plain", read_one)
    reading = reader.read(Article("a", TEXT, "fr"))
    bare = [Fact(it.subject, it.property, it.object, evidence=it.evidence) for it in reading.facts]
    graph = build_graph(
        [Reading(reading.article, reading.entities, tuple(bare), reading.sentences)]
    )
    assert check_graph(graph) == []


def test_an_article_in_one_language_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def read_plain(article: Article, model: str) -> Reading:
        asked.append(article.lang)
        return Reading(article)

    monkeypatch.setattr(reader, "read_plain", read_plain)
    for text, lang in ((FRENCH, "fr"), (ENGLISH, "en"), (f"{FRENCH}\n\n{AGAIN}", "fr")):
        reader.read(Article("a", text, lang))
    assert asked == ["fr", "en", "fr"]


def test_facts_that_differ_stay_two() -> None:
    one, other = Entity("Nordil", "Company"), Entity("Vasco", "Company")
    facts = [Fact(one, "acquired", other), Fact(one, "acquired", other, "Possible")]
    parts = [Reading(Article("a", "x"), (one, other), (fact,)) for fact in facts]
    assert [fact.modality for fact in join_readings(parts).facts] == ["Actual", "Possible"]
