"""Facts to the words that say them: the shortest piece of one paragraph to learn them from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from kg.model import Span
from kg.reader.names import trim_span
from kg.reader.pieces import Ints, Pieces
from kg.reader.relations import Scores, number_relations
from kg.reader.types import Floats, Model, Scored, States

#: Pieces that evidence has at most, and pieces around a fact's mentions where it is looked for.
LONGEST = 80
AROUND = 160
#: Pieces from the first to the last of those around facts that are asked of at once.
TOGETHER = 640


def quote_facts(
    model: Model,
    text: str,
    pieces: Pieces,
    states: States,
    *,
    scores: Scores,
    facts: Sequence[Scored],
    rows: Ints,
) -> list[Scored]:
    """Return facts with the characters of the words that say them."""
    if not facts:
        return []
    lines = number_lines(text, pieces)
    relations = number_relations(facts)
    sides = (scores.pairs.left[rows], scores.pairs.right[rows])
    left, right = (scores.begins[side] for side in sides)
    lows = np.maximum(0, np.minimum(left, right) - AROUND)
    highs = np.minimum(len(pieces), np.maximum(left, right) + AROUND)
    spans: dict[int, Span] = {}
    for group, low, high in group_facts(lows, highs):
        told = (scores.features[rows[group]], relations[group])
        places = left[group] - low, right[group] - low
        begins, ends = model.quote(told, states.pieces[low:high], *places)
        for number, begin, end in zip(group.tolist(), begins, ends, strict=True):
            own = slice(int(lows[number]), int(highs[number]))
            there = slice(own.start - low, own.stop - low)
            first, last = choose_span(begin[there], end[there], lines[own])
            outer = pieces.begins[own.start + first], pieces.ends[own.start + last]
            spans[number] = trim_span(text, int(outer[0]), int(outer[1]))
    return [replace(fact, evidence=spans[number]) for number, fact in enumerate(facts)]


def group_facts(lows: Ints, highs: Ints) -> Iterator[tuple[Ints, int, int]]:
    """Yield numbers of facts that are told near each other, with the pieces around all of them.

    >>> for group, low, high in group_facts(np.array([0, 900, 10]), np.array([90, 990, 300])):
    ...     print(group, low, high)
    [0 2] 0 300
    [1] 900 990
    """
    order = np.argsort(lows, kind="stable")
    while len(order):
        low = int(lows[order[0]])
        fits = np.maximum.accumulate(highs[order]) <= max(low + TOGETHER, int(highs[order[0]]))
        count = int(fits.sum())
        yield order[:count], low, int(highs[order[:count]].max())
        order = order[count:]


def number_lines(text: str, pieces: Pieces) -> Ints:
    """Return the number of the line that each piece stands in."""
    breaks = np.array([match.start() for match in re.finditer("\n", text)], int)
    return np.searchsorted(breaks, pieces.begins)


def choose_span(begins: Floats, ends: Floats, lines: Ints) -> Span:
    """Return the first and last piece whose logits add up to most, within one line.

    >>> lines = np.zeros(3, int)
    >>> choose_span(np.array([0.0, 2.0, 0.0]), np.array([2.0, 0.0, 1.0]), lines)
    (1, 2)
    """
    count = len(begins)
    wide = min(LONGEST, count)
    rest, other = np.full(wide - 1, -np.inf, ends.dtype), np.full(wide - 1, -1)
    total = begins[:, None] + sliding_window_view(np.concatenate([ends, rest]), wide)
    same = lines[:, None] == sliding_window_view(np.concatenate([lines, other]), wide)
    first, distance = divmod(int(np.where(same, total, -np.inf).argmax()), wide)
    return first, first + distance
