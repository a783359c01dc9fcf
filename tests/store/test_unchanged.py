"""What a graph holds already is known by its text, all that is known of it, and its reader."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import TEXT, read_nordil

from kg.graph.confidence import keep_sure
from kg.graph.rdf import write_readings
from kg.model import Article, Reader
from kg.store.store import put_readings
from kg.store.unchanged import Known, Making, find_known, look_up

READER = Reader("learned", "0.2.0", "a" * 64)
OTHERS = [
    replace(READER, weights="a" * 63 + "b"),  # the same IRI, that tells twelve digits
    replace(READER, weights="b" * 64),
    replace(READER, version="0.3.0"),
    Reader("rules", "0.2.0"),
]
ARTICLE = Article(
    "nordil", TEXT, title="Nordil et Vasco signent un accord", published="2024-03-12",
    source="La Gazette", author="M. Béal",
)  # fmt: skip
MAKING = Making(READER)


def fill(folder: Path, article: Article = ARTICLE, making: Making = MAKING) -> Path:
    """Put what an article says into a store, and write it into a file."""
    reading = replace(read_nordil(), article=article, reader=making.reader)
    reading = keep_sure(reading, making.least)
    list(put_readings(folder / "news", [reading], base=making.base, text=making.text))
    turtle = write_readings([reading], base=making.base, text=making.text)
    (folder / "nordil.ttl").write_text(turtle, encoding="utf-8")
    return folder


def find(folder: Path, article: Article = ARTICLE, making: Making = MAKING) -> Known | None:
    """Return what is known of an article, the same in a store and in a file."""
    ((_, known),) = find_known(folder / "news", [article], making)
    assert look_up(folder / "nordil.ttl", article, making) == known
    return known


MAKINGS = [
    MAKING,
    replace(MAKING, text=False),
    replace(MAKING, base="https://news.example/"),
    replace(MAKING, least=0.95),
]


@pytest.mark.parametrize("making", MAKINGS)
@pytest.mark.parametrize("url", ["", "https://news.example/a?b=1", "no address"])
def test_the_very_same_is_known(tmp_path: Path, making: Making, url: str) -> None:
    article = replace(ARTICLE, url=url)
    fill(tmp_path, article, making)
    facts = 16 if making.least else 17
    assert find(tmp_path, article, making) == Known(facts, 12)
    assert find(tmp_path, article, replace(making, keep=True)) == Known(facts, 12)


@pytest.mark.parametrize(
    "change",
    [
        {"text": TEXT + "Fin."}, {"text": TEXT.replace("\n", "\r\n")}, {"title": "Accord"},
        {"title": ""}, {"published": "2024-03-13"}, {"published": "2024-03"}, {"published": ""},
        {"source": "Le Soir"}, {"author": ""}, {"lang": "en"}, {"url": "https://a.example/b"},
        {"name": "vasco"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", [True, False])
@pytest.mark.parametrize("keep", [True, False])
def test_what_has_changed_is_not(
    tmp_path: Path, change: dict[str, str], text: bool, keep: bool
) -> None:
    making = replace(MAKING, text=text, keep=keep)
    fill(tmp_path, making=making)
    assert find(tmp_path, replace(ARTICLE, **change), making) is None
    other = replace(making, reader=OTHERS[1])
    assert find(tmp_path, replace(ARTICLE, **change), other) is None


@pytest.mark.parametrize("before", MAKINGS)
@pytest.mark.parametrize("now", MAKINGS)
@pytest.mark.parametrize("keep", [True, False])
def test_what_other_options_would_write_is_read_again(
    tmp_path: Path, before: Making, now: Making, keep: bool
) -> None:
    fill(tmp_path, making=before)
    known = find(tmp_path, making=replace(now, keep=keep))
    assert (known is not None) == (before == now)


@pytest.mark.parametrize("other", OTHERS)
def test_what_another_reader_read_is_told_and_kept_if_asked(tmp_path: Path, other: Reader) -> None:
    fill(tmp_path)
    assert find(tmp_path, making=Making(other)) == Known(17, 12, other=True, done=False)
    assert find(tmp_path, making=Making(other, keep=True)) == Known(17, 12, other=True)
    less = Making(other, keep=True, least=0.5)
    assert find(tmp_path, making=less) == Known(17, 12, other=True, done=False)


def test_a_graph_without_a_reader_is_that_of_another(tmp_path: Path) -> None:
    turtle = write_readings([replace(read_nordil(), article=ARTICLE)])
    (tmp_path / "nordil.ttl").write_text(turtle, encoding="utf-8")
    known = look_up(tmp_path / "nordil.ttl", ARTICLE, MAKING)
    assert known == Known(17, 12, other=True, done=False)
    # 0.1 wrote neither the title beside the label nor what is known of the graph.
    lines = [line for line in turtle.splitlines() if "dcterms:title" not in line]
    (tmp_path / "nordil.ttl").write_text("\n".join(lines), encoding="utf-8")
    assert look_up(tmp_path / "nordil.ttl", ARTICLE, MAKING) == known


def test_nothing_is_known_where_nothing_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "nordil.ttl"
    assert look_up(path, ARTICLE, MAKING) is None
    fill(tmp_path)
    path.write_bytes(path.read_bytes()[:3000])
    assert look_up(path, ARTICLE, MAKING) is None
    one, two = (replace(read_nordil(name), reader=READER) for name in ("un", "deux"))
    path.write_text(write_readings([one, two]), encoding="utf-8")
    assert look_up(path, one.article, MAKING) is None, "another article is in it, too"
    assert list(find_known(tmp_path / "none", [ARTICLE], MAKING)) == [(ARTICLE, None)]
