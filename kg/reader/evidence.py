"""Facts to the words that say them: the shortest piece of one paragraph to learn them from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kg.model import Span
from kg.reader.names import trim_span
from kg.reader.pieces import Ints, Pieces
from kg.reader.relations import Scores, number_relations
from kg.reader.types import Floats, Model, Scored, States

#: Pieces that evidence has at most, and pieces around a fact's mentions where it is looked for.
LONGEST = 80
AROUND = 160


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
    lines = number_lines(text, pieces)
    relations = number_relations(facts)
    quoted = []
    for number, fact in enumerate(facts):
        row = rows[number]
        left, right = (scores.begins[side[row]] for side in (scores.pairs.left, scores.pairs.right))
        low = max(0, min(left, right) - AROUND)
        high = min(len(pieces), max(left, right) + AROUND)
        told = (scores.features[row : row + 1], relations[number : number + 1])
        places = np.array([left - low]), np.array([right - low])
        begins, ends = model.quote(told, states.pieces[low:high], *places)
        first, last = choose_span(begins[0], ends[0], lines[low:high])
        span = trim_span(text, int(pieces.begins[low + first]), int(pieces.ends[low + last]))
        quoted.append(replace(fact, evidence=span))
    return quoted


def number_lines(text: str, pieces: Pieces) -> Ints:
    """Return the number of the line that each piece stands in."""
    breaks = np.array([k for k, char in enumerate(text) if char == "\n"], int)
    return np.searchsorted(breaks, pieces.begins)


def choose_span(begins: Floats, ends: Floats, lines: Ints) -> Span:
    """Return the first and last piece whose logits add up to most, within one line.

    >>> lines = np.zeros(3, int)
    >>> choose_span(np.array([0.0, 2.0, 0.0]), np.array([2.0, 0.0, 1.0]), lines)
    (1, 2)
    """
    count = len(begins)
    total = begins[:, None] + ends[None, :]
    distance = np.arange(count)[None, :] - np.arange(count)[:, None]
    allowed = (distance >= 0) & (distance < LONGEST) & (lines[:, None] == lines[None, :])
    first, last = divmod(int(np.where(allowed, total, -np.inf).argmax()), count)
    return first, last
