"""Any reading is written as a marked article and read back, whatever its text holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import MARKED, read_nordil
from hypothesis import given, settings
from hypothesis import strategies as st
from marked_readings import make_reading, read_marked

from kg.model import Article, Entity, Fact, Reading
from kg.training.marked.corpus import MarkedArticle, read_article
from kg.training.marked.marks import find_marks, name_keys, write_marks

PIECES = [
    "Hexo", "[", "]", "|", '"', "\\", "\n", "---", "\n---\n", "\\n", "\\.", "|o1]", "é", "\r\n",
    "\r", " ", "\u2028", "\x85", "#", "?", "lang: en", "œ", "🎻", "\t", "o1 Organization X",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map("".join)


def read_back(text: str, folder: Path) -> MarkedArticle:
    path = folder / "a.ann"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return read_article(path)


@given(text=TEXTS, data=st.data())
@settings(max_examples=200)
def test_any_text_and_its_mentions_survive(
    text: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = text.encode("utf-8", "replace").decode()
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).map(tuple)
    things = tuple(
        Entity(f"Hexo {n}", "Company", mentions=data.draw(st.lists(places, max_size=4).map(tuple)))
        for n in range(data.draw(st.integers(0, 3)))
    )  # fmt: skip
    reading = Reading(Article("a", text), things)
    keys = name_keys(things)
    kept = dict(find_marks(keys, text))
    told = {key for ends in kept.values() for key in ends.strip("*").split("+")}
    back = read_back(write_marks(reading), tmp_path_factory.mktemp("marks"))
    assert back.text == text
    assert {(mark.begin, mark.end) for mark in back.marks} == set(kept)
    assert {thing.key for thing in back.things} == told


@pytest.mark.parametrize("path", sorted(MARKED.glob("*.ann")), ids=lambda path: path.stem)
def test_what_is_marked_by_hand_stays(path: Path, tmp_path: Path) -> None:
    reading = make_reading(read_article(path))
    back = make_reading(read_back(write_marks(reading), tmp_path))
    assert back.article.text == reading.article.text
    assert len(back.entities) == len(reading.entities)
    for one, other in zip(reading.facts, back.facts, strict=True):
        assert (one.property, one.modality, one.ended) == (
            other.property,
            other.modality,
            other.ended,
        )
        assert (one.subject.name, one.subject.mentions) == (
            other.subject.name,
            other.subject.mentions,
        )
        quotes = [
            [it.article.text[slice(*s)] for s in f.evidence]
            for it, f in ((reading, one), (back, other))
        ]
        assert quotes[0] == quotes[1]
        assert one.qualifiers.get("role") == other.qualifiers.get("role")


def test_deals_and_agreements_follow_again() -> None:
    path = MARKED / "fusion-trefonteil-kestraete.ann"
    assert "buyer" not in write_marks(read_marked(path))
    assert "party" not in write_marks(read_nordil())


def test_a_quote_of_several_kinds_of_signs_is_found(tmp_path: Path) -> None:
    text = 'Hexo dit : "[Oui] \\ | à Vasco".\n'
    one = Entity("Hexo", "Company", mentions=((0, 4),))
    at = text.index("Vasco")
    other = Entity("Vasco", "Company", mentions=((at, at + 5),))
    fact = Fact(one, "partnerOf", other, "Possible", evidence=((0, len(text) - 1),))
    back = read_back(write_marks(Reading(Article("a", text), (one, other), (fact,))), tmp_path)
    assert back.text == text
    assert [f.evidence for f in back.facts] == [(0, len(text) - 1)]
