"""Odd names and half characters are told, written and kept apart; none is a traceback."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import typer

from kg.errors import ArticleError
from kg.model import Article, Entity, Reader, Reading
from kg.reader.parallel.workers import Outcome
from kg.sources.articles import find_articles, read_article
from kg.sources.batch import Batch, Labelled
from kg.sources.source import Options
from kg.store.unchanged import Making
from kg.verbs.outputs import fill_folder
from kg.verbs.terminal import make_options, tell

TEXT = "Le groupe Solvéra a racheté la société Hydréol pour vingt millions."


def test_names_that_are_no_utf_8_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("1234")
    (error,) = find_articles([tmp_path], Options())
    assert isinstance(error, ArticleError)
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stderr", stream)
    tell(str(error))
    stream.seek(0)
    assert "caf\ufffd.txt: empty" in stream.read()


def test_half_characters_are_none(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        f'{{"title": "A\\udc00", "text": "{TEXT} \\ud83d \\ud83d\\ude00", "id": "\\ud800"}}'
    )
    article = read_article(path)
    assert article.text == f"{TEXT} \ufffd \U0001f600" and article.title == "A\ufffd"
    assert article.name.encode()


@pytest.mark.parametrize(("said", "lang"), [("FR", "fr"), ("fr-FR", "fr"), ("English", "en")])
def test_a_language_is_told_in_many_ways(tmp_path: Path, said: str, lang: str) -> None:
    assert make_options(said).lang == lang
    path = tmp_path / "a.txt"
    path.write_text("Nordil : Vasco.")
    assert read_article(path, lang=said).lang == lang


@pytest.mark.parametrize("said", ["xx", "de", "klingon"])
def test_a_language_that_is_not_read_is_refused(said: str) -> None:
    with pytest.raises(typer.BadParameter, match=f"--lang {said}: not read; give one of fr, en"):
        make_options(said)


def test_each_article_has_its_file(tmp_path: Path) -> None:
    names = ["a/1", "a:1", "A:1", "x" * 300 + "1", "x" * 300 + "2", "é" * 150 + "1", "é" * 150]
    articles = [("f", Article(name, TEXT)) for name in names]
    batch = Batch()

    def reads(found: Iterable[Labelled]) -> Iterator[tuple[str, Outcome]]:
        for at, (label, one) in enumerate(found):
            entity = Entity(f"Nordil {at}", "Company", mentions=((0, 2),))
            yield label, Reading(one, (entity,), (), ())

    making = Making(Reader("tiny", "0.2.0"))
    fill_folder(tmp_path / "out", articles, batch, making=making, reads=reads)
    files = sorted((tmp_path / "out").iterdir())
    assert len(files) == len(names)
    assert len({file.name.casefold() for file in files}) == len(names)
    assert max(len(os.fsencode(file.name)) for file in files) < 220


def test_no_two_articles_of_a_run_have_one_name() -> None:
    names = ["a-2", "a", "a", "a-2", "a"]
    found = [("f", Article(name, TEXT, url="")) for name in names]
    assert len({one.name for _, one in Batch().gather(found)}) == len(names)
