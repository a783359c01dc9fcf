"""Names of organizations as others judged them: nomenklatura's `name_bench` (MIT)."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.who.alike.comparison import compare_names

PATH = Path(__file__).parent / "name_bench.csv"
#: Least recall at least precision, on one half, with the threshold from the other half.
RECALL, PRECISION = 0.85, 0.9


class Pair(NamedTuple):
    score: float
    same: bool


def read_pairs() -> list[Pair]:
    with PATH.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 266
    return [
        Pair(compare_names(row["name1"], row["name2"], "org").score, row["is_match"] == "true")
        for row in rows
    ]


def measure(pairs: list[Pair], threshold: float) -> tuple[float, float]:
    """Return precision and recall at a threshold."""
    found = [pair.same for pair in pairs if pair.score >= threshold]
    return sum(found) / max(len(found), 1), sum(found) / sum(pair.same for pair in pairs)


def choose_threshold(pairs: list[Pair]) -> float:
    """Return the threshold of the highest F1."""
    scores = {pair.score for pair in pairs}
    return max(sorted(scores), key=lambda at: f1(*measure(pairs, at)))


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@pytest.mark.parametrize("half", [0, 1])
def test_names_are_told_apart_with_the_other_half_s_threshold(half: int) -> None:
    pairs = read_pairs()
    precision, recall = measure(pairs[1 - half :: 2], choose_threshold(pairs[half::2]))
    assert precision >= PRECISION
    assert recall >= RECALL
