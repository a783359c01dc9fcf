"""Quotes of articles in every form are what their files say, one of many in a file as well."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from cases import CASES, TABLES
from texts import TWINS

from kg import cli, reader
from kg.graph.check import check_graph
from kg.graph.rdf import build_graph, write_turtle
from kg.model import Article, Entity, Fact, Reading
from kg.sources.articles import find_articles
from kg.sources.source import Options

FILES = Path(__file__).parent / "files"
NAMES = ("Vernolle", "Hydréol", "Jeanne Costil", "Orvane", "Adèle Mourioux", "Wessel", "Castigne")


def read_names(article: Article) -> Reading:
    """Find some names, and as many facts between two that follow each other."""
    text = article.text
    found = [
        Entity(name, "Company", mentions=tuple(one.span() for one in re.finditer(name, text)))
        for name in NAMES
        if name in text
    ]
    facts = [
        Fact(one, "partnerOf", other, evidence=((one.mentions[0][0], one.mentions[0][1] + 9),))
        for one, other in pairwise(found)
    ]
    sentences = tuple(one.span() for one in re.finditer(r"[^\n]+", text))
    return Reading(article, tuple(found), tuple(facts), sentences)


@pytest.fixture(autouse=True)
def hand_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reader find the names above: no model is needed here."""
    monkeypatch.setattr(reader, "read_plain", lambda article, _: read_names(article))


def find(name: str) -> Iterator[Article]:
    """Yield the articles of a file."""
    options = CASES[name].options if name in CASES else {}
    for one in find_articles([FILES / name], Options(**options)):  # type: ignore[arg-type]
        assert isinstance(one, Article)
        yield one


def test_every_quote_of_every_form_is_proved() -> None:
    articles = [
        replace(one, url="", name=f"{name} {one.name}")
        for name in (*CASES, *TABLES)
        for one in find(name)
    ]
    readings = [reader.read(one) for one in articles]
    assert sum(len(one.entities) for one in readings) > 2 * len(readings)
    for one in readings:
        for entity in one.entities:
            for span in entity.mentions:
                quote = one.article.text[slice(*span)]
                assert len(entity.name) <= len(quote) <= len(entity.name) + 6, quote
    assert check_graph(build_graph(readings), articles=articles) == []


@pytest.mark.parametrize(
    "name", ["corpus.jsonl", "feed.rss", "page-several.html", "packed.jsonl.gz", "corpus.csv"]
)
def test_one_article_of_many_is_held_against_its_file(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    readings = [reader.read(one) for one in find(name)]
    assert len(readings) > 1
    graph = tmp_path / "one.ttl"
    graph.write_text(write_turtle(build_graph(readings[1:2])), encoding="utf-8")
    with pytest.raises(SystemExit) as done:
        cli.main(["check", str(graph), "--article", str(FILES / name)])
    assert done.value.code == 0, capsys.readouterr()
    wrong = readings[1].article.text.replace("Castigne", "Castagne").replace("Orvane", "Orvone")
    spoiled = replace(readings[1], article=replace(readings[1].article, text=wrong))
    graph.write_text(write_turtle(build_graph([spoiled])), encoding="utf-8")
    with pytest.raises(SystemExit) as done:
        cli.main(["check", str(graph), "--article", str(FILES / name)])
    assert done.value.code == 1


def test_names_across_line_ends_have_one_blank() -> None:
    title, *_ = TWINS["takeover"]
    for name in ("column-34.txt", "divided.txt", "decomposed-wrapped.txt"):
        (article,) = find(name)
        reading = reader.read(article)
        assert article.title == title
        names = {entity.name for entity in reading.entities}
        assert {"Vernolle", "Hydréol", "Jeanne Costil"} <= names
