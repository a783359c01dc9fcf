from __future__ import annotations

import numpy as np
import pytest
from tiny_reader import OpenModel, tiny_vocabulary

from kg.reader.encoder import encode_windows
from kg.reader.pieces import cut_pieces
from kg.reader.windows import BODY, HEADLINE, OPENING, cut_windows, mark_layout

VOCABULARY = tiny_vocabulary()
SENTENCE = "le groupe Valcorne achète Brisol à Lyon. "


@pytest.mark.parametrize("size,overlap", [(8, 3), (20, 6), (50, 10), (480, 96)])
@pytest.mark.parametrize("count", [0, 1, 3, 40, 900])
def test_every_piece_has_one_owner(count: int, size: int, overlap: int) -> None:
    text = SENTENCE * count
    pieces = cut_pieces(text, VOCABULARY)
    windows = cut_windows(text, pieces, size=size, overlap=overlap)
    owned = [k for w in windows for k in range(w.own_first, w.own_last)]
    assert owned == list(range(len(pieces)))
    for window in windows:
        assert window.first <= window.own_first <= window.own_last <= window.last
        assert window.last - window.first <= size


def test_windows_end_at_sentences() -> None:
    text = SENTENCE * 40
    pieces = cut_pieces(text, VOCABULARY)
    for window in cut_windows(text, pieces, size=60, overlap=20)[:-1]:
        assert text[int(pieces.ends[window.last - 1]) - 1] == "."


def test_windows_are_few_and_about_as_long() -> None:
    for count in (70, 115, 200, 400):
        pieces = cut_pieces(SENTENCE * count, VOCABULARY)
        windows = cut_windows(SENTENCE * count, pieces)
        sizes = [window.last - window.first for window in windows]
        assert len(windows) == -(-(len(pieces) - 64) // (480 - 64))
        assert min(sizes) > 0.7 * max(sizes)


def test_states_of_windows_are_those_of_the_text() -> None:
    text, model = SENTENCE * 200, OpenModel()
    pieces = cut_pieces(text, model.vocabulary)
    windows = cut_windows(text, pieces)
    states = encode_windows(model, pieces, mark_layout(text, pieces), windows)
    assert len(windows) > 1 == states.windows[0, 0]
    assert np.array_equal(states.pieces[:, 0], pieces.ids)
    assert [len(layer) for layer in states.tags] == [len(pieces)] * 3
    assert len(states.of) == len(pieces)


def test_layout_tells_the_headline_and_first_pieces() -> None:
    text = "le Lyon\n\nle mai à Lyon\nen mai"
    pieces = cut_pieces(text, VOCABULARY)
    assert mark_layout(text, pieces).tolist() == [
        HEADLINE, HEADLINE, OPENING, BODY, BODY, BODY, OPENING, BODY,
    ]  # fmt: skip
    assert mark_layout("le Lyon", cut_pieces("le Lyon", VOCABULARY)).tolist() == [BODY, BODY]
