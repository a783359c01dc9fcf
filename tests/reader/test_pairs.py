from __future__ import annotations

from random import Random

import numpy as np
import pytest

from kg.reader.pairs import NEAR, REACH, allow_relations, pair_mentions
from kg.reader.scheme import CLASSES, INDEX, RELATIONS, allowed


def brute(
    begins: list[int], of: list[int], classes: np.ndarray, most: int
) -> dict[tuple[int, int], set[tuple[int, int]]]:
    found: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
    for a, one in enumerate(of):
        for b, two in enumerate(of):
            far = abs(begins[a] - begins[b])
            kinds = [
                [c for c, has in zip(CLASSES, classes[t], strict=True) if has] for t in (one, two)
            ]
            if one != two and far <= REACH and any(allowed(*kinds)):
                found.setdefault((one, two), []).append((far, a, b))
    return {
        pair: {
            (a, b)
            for n, (far, a, b) in enumerate(sorted(rows))
            if not n or (n < most and far <= NEAR)
        }
        for pair, rows in found.items()
    }


@pytest.mark.parametrize("seed", range(8))
def test_fast_is_brute_force(seed: int) -> None:
    draw = Random(seed)
    count, things = draw.randint(0, 40), draw.randint(1, 9)
    begins = [draw.randint(0, 900) for _ in range(count)]
    of = [draw.randrange(things) for _ in range(count)]
    classes = np.array([[draw.random() < 0.3 for _ in CLASSES] for _ in range(things)], bool)
    pairs = pair_mentions(np.array(begins, int), np.array(of, int), classes, most=3)
    found: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for left, right, number in zip(pairs.left, pairs.right, pairs.of, strict=True):
        pair = int(pairs.subjects[number]), int(pairs.objects[number])
        found.setdefault(pair, set()).add((int(left), int(right)))
    assert found == brute(begins, of, classes, 3)
    kept = pairs.keep(np.arange(0, len(pairs), 2))
    assert len(kept) == (len(pairs) + 1) // 2
    assert set(kept.of.tolist()) == set(range(len(kept)))


def test_relations_follow_classes() -> None:
    classes = np.array([[c == "Person" for c in CLASSES], [c == "Organization" for c in CLASSES]])
    can = allow_relations(classes, np.array([0, 1]), np.array([1, 0]))
    assert can[0, INDEX["holdsPosition"]] and not can[1].any()
    assert can.shape == (2, len(RELATIONS))
