from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_reader import tiny_vocabulary

from kg.reader.pieces import cut_pieces

VOCABULARY = tiny_vocabulary()
TRICKY = (
    "",
    " ",
    "\n\n",
    "Valcorne\nachète\r\nBrisol",
    "5\u202f%\u00a0en\u200bmai",
    "e\u0301te\u0301 ½ ﬁn İ 😀 x",
    "a\t\tb  c",
    "«\u00a0Lyon\u202f»…",
    "\ud800 seul",
)


def check(text: str) -> None:
    pieces = cut_pieces(text, VOCABULARY)
    last, covered = 0, set()
    for begin, end in zip(pieces.begins.tolist(), pieces.ends.tolist(), strict=True):
        assert last <= begin <= end <= len(text)
        assert begin == end or not (text[begin].isspace() or text[end - 1].isspace())
        covered.update(range(begin, end))
        last = end
    assert all(text[k].isspace() or k in covered or text[k] == "\u200b" for k in range(len(text)))


@pytest.mark.parametrize("text", TRICKY)
def test_spans_rise_and_hold_all_that_is_no_blank(text: str) -> None:
    check(text)


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_spans_of_any_text(text: str) -> None:
    check(text)


def test_a_word_after_a_line_break_is_the_word_after_a_blank() -> None:
    one, two = (cut_pieces(text, VOCABULARY) for text in ("le Lyon", "le\nLyon"))
    assert one.ids.tolist() == two.ids.tolist()


def test_cover_finds_the_pieces_of_characters() -> None:
    text = "Valcorne achète Brisol"
    pieces = cut_pieces(text, VOCABULARY)
    first, last = pieces.cover(16, 22)
    assert (int(pieces.begins[first]), int(pieces.ends[last - 1])) == (16, 22)
    assert pieces.cover(8, 9) == (1, 1)
