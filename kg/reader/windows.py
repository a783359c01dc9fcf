"""Pieces to overlapping windows that end at sentences; each piece is owned by one window."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kg.reader.pieces import Ints, Pieces

#: Pieces that the encoder sees at once, without the two special ones, and that two windows share
#: (on gold/valid as good as 96, and less to encode).
SIZE = 480
OVERLAP = 64
ENDS = frozenset(".!?»”")
#: Where a piece stands: in a paragraph, in the headline, first of its paragraph.
BODY, HEADLINE, OPENING = range(3)


@dataclass(frozen=True, slots=True)
class Window:
    """Hold a window: its pieces, and those of them that it owns; all half open."""

    first: int
    last: int
    own_first: int
    own_last: int


def find_ends(text: str, pieces: Pieces) -> Ints:
    """Return the numbers of the pieces that a sentence or a line can begin with."""
    found = []
    for index in range(1, len(pieces)):
        before, here = int(pieces.ends[index - 1]), int(pieces.begins[index])
        gap = text[before:here]
        if "\n" in gap or (gap and before and text[before - 1] in ENDS):
            found.append(index)
    return np.array(found, int)


def cut_windows(
    text: str, pieces: Pieces, *, size: int = SIZE, overlap: int = OVERLAP
) -> list[Window]:
    """Cut a text's pieces into windows; every piece is owned by exactly one.

    A window ends at a sentence where one ends in its second half, and the next begins at one.
    There are as few as can be, of about one size: the pieces of a window are each compared with all
    others, so that two halves take less than a whole and a rest.
    """
    count, ends = len(pieces), find_ends(text, pieces)
    number = max(1, math.ceil((count - overlap) / (size - overlap)))
    size = min(size, math.ceil((count + (number - 1) * overlap) / number) + overlap // 4)
    borders = [(0, min(size, count))]
    while borders[-1][1] < count:
        first, last = borders[-1]
        inside = ends[(ends > first + size // 2) & (ends <= last)]
        last = int(inside[-1]) if len(inside) else last
        borders[-1] = (first, last)
        nexts = ends[(ends >= last - overlap) & (ends <= last - overlap // 2)]
        begin = max(first + 1, int(nexts[0]) if len(nexts) else last - overlap)
        borders.append((begin, min(begin + size, count)))
    middles = [(a[1] + b[0]) // 2 for a, b in pairwise(borders)]
    owned = [0, *middles, count]
    return [
        Window(first, last, owned[index], owned[index + 1])
        for index, (first, last) in enumerate(borders)
    ]


def mark_layout(text: str, pieces: Pieces) -> Ints:
    """Tell of each piece whether it is in the headline, opens a paragraph, or neither."""
    layout = np.full(len(pieces), BODY)
    stop = text.find("\n", len(text) - len(text.lstrip()))
    if "\n" in text.strip():
        layout[pieces.begins < stop] = HEADLINE
    for index in range(1, len(pieces)):
        if "\n" in text[int(pieces.ends[index - 1]) : int(pieces.begins[index])]:
            layout[index] = OPENING
    return layout
