from __future__ import annotations

import re
from itertools import product
from random import Random

import numpy as np
import pytest

from kg.reader.names import choose_tags, decode_tags, find_inner, find_opening, trim_span
from kg.reader.pieces import Pieces


def possible(tags: tuple[int, ...], inner: list[bool], opens: list[bool]) -> bool:
    before = 0
    for tag, within, first in zip(tags, inner, opens, strict=True):
        if tag and tag % 2 == 0 and (first or before not in (tag, tag - 1)):
            return False
        if within and (tag % 2 == 1 or (tag == 0) != (before == 0)):
            return False
        before = tag
    return True


@pytest.mark.parametrize("seed", range(20))
def test_the_best_tags_are_those_of_brute_force(seed: int) -> None:
    draw = Random(seed)
    count = draw.randint(1, 5)
    logits = np.log(np.random.default_rng(seed).dirichlet(np.ones(5), count))
    inner = [False] + [draw.random() < 0.3 for _ in range(count - 1)]
    opens = [draw.random() < 0.2 and not within for within in inner]
    paths = [p for p in product(range(5), repeat=count) if possible(p, inner, opens)]
    best = max(paths, key=lambda p: sum(logits[k, t] for k, t in enumerate(p)))
    assert choose_tags(logits, inner, opens) == list(best)


def test_what_is_outside_without_a_doubt_parts_stretches() -> None:
    logits = np.log(np.array([[0.1, 0.8, 0.1], [0.9998, 1e-4, 1e-4], [0.1, 0.2, 0.7]]))
    assert choose_tags(logits, [False] * 3) == [1, 0, 1]
    assert choose_tags(logits[:0], []) == []


@pytest.mark.parametrize(
    "text", ["Vaucourt et Cie vend", "Vaucourt  & Fils vend", "Smith and Co sold"]
)
def test_and_company_goes_on_with_the_name_before_it(text: str) -> None:
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    begins, ends = (np.array(side) for side in zip(*spans, strict=True))
    pieces = Pieces(np.arange(len(spans)), begins, ends)
    assert find_inner(text, pieces) == [False, True, True, False]
    assert find_inner(text.lower(), pieces) == [False] * 4


def test_no_mention_goes_over_the_end_of_a_line() -> None:
    text = "VERNADIS\n\nCible"
    pieces = Pieces(np.arange(2), np.array([0, 10]), np.array([8, 15]))
    logits = np.log(np.array([[0.1, 0.8, 0.1], [0.1, 0.2, 0.7]]))
    opens = find_opening(text, pieces)
    assert opens == [False, True]
    assert decode_tags(choose_tags(logits, [False] * 2, opens)) == [(0, 1, 0), (1, 2, 0)]


def test_spans_and_their_borders() -> None:
    assert decode_tags([]) == []
    assert decode_tags([0, 1, 2, 0, 3, 3]) == [(1, 3, 0), (4, 5, 1), (5, 6, 1)]
    assert trim_span("L'Oréal (SA),", 0, 13) == (0, 12)
    assert trim_span("abc", 1, 2) == (0, 3)
    assert trim_span(" ", 0, 1) == (1, 1)
