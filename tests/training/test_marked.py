"""Marked articles become readings whose graphs are the golden ones: no reader has a part in it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from conftest import EXAMPLES, MARKED
from marked_readings import read_marked

from kg.errors import DataError
from kg.files.writing import write_text
from kg.graph.check import check_graph
from kg.graph.rdf import build_graph, write_turtle

PATHS = sorted(MARKED.glob("*.ann"))


def test_there_are_marked_articles() -> None:
    assert [path.stem for path in PATHS] == sorted(
        path.name.removesuffix(".fr.txt") for path in EXAMPLES.glob("*.fr.txt")
    )


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_graph_of_a_marked_article_is_the_golden_one(path: Path, write: bool) -> None:
    turtle = write_turtle(build_graph([read_marked(path)]))
    if write:
        write_text(path.with_suffix(".ttl"), turtle)
    assert turtle == path.with_suffix(".ttl").read_text(encoding="utf-8"), "meant? make golden"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_marked_article_is_read_whole(path: Path) -> None:
    reading = read_marked(path)
    text = (EXAMPLES / f"{path.stem}.fr.txt").read_text(encoding="utf-8")
    assert reading.article.text.strip() == text.strip()
    for entity in reading.entities:
        assert all(text[begin:end].strip() for begin, end in entity.mentions)
    for fact in reading.facts:
        assert all(text[begin:end].strip() for begin, end in fact.evidence)
    assert check_graph(build_graph([reading])) == []


def test_values_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.ann"
    path.write_text(ARTICLE, encoding="utf-8")
    facts = {fact.property: fact for fact in read_marked(path).facts}
    assert facts["acquired"].qualifiers["amount"] == Decimal(120_000_000)
    assert facts["acquired"].qualifiers["currency"] == "EUR"
    assert facts["buyer"].object == facts["acquired"].subject
    assert facts["marketShare"].object == Decimal("12.5")
    assert facts["marketShare"].qualifiers["asOf"] == "2023"
    assert facts["cooperatesIn"].object.name == "capteurs"  # type: ignore[union-attr]
    assert facts["holdsPosition"].qualifiers["role"] == "directrice générale"
    assert facts["holdsPosition"].ended


def test_a_fault_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.ann"
    path.write_text(ARTICLE.replace("acquired o1 o2", "acquired o1 o9"), encoding="utf-8")
    with pytest.raises(DataError, match=r"a\.ann:\d+: "):
        read_marked(path)


ARTICLE = """\
lang: fr
date: 2024-03-12
source: own
---
[Valcorne|o1] rachète [Brisol|o2]

[Valcorne|o1] rachète [Brisol|o2] pour 120 millions d'euros. [Anna Smets|p1], son ancienne \
directrice générale, s'en félicite. [Brisol|o2] détenait 12,5 % du marché des vannes en 2023. \
[Les deux|o1+o2*] travailleront sur les capteurs.
---
o1 Organization Valcorne
o2 Organization Brisol
p1 Person Anna Smets
---
acquired o1 o2 planned "Valcorne rachète Brisol" amount="120 millions d'euros"
holdsPosition p1 o1 actual "son ancienne directrice générale" \
role="directrice générale" ended=true
marketShare o2 12,5% actual "Brisol détenait 12,5 % du marché des vannes" \
market="vannes" asOf="2023"
cooperatesIn o1 "capteurs" planned "travailleront sur les capteurs"
"""
