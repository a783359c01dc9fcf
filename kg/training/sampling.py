"""Which examples come next, and which pairs of things that no fact joins are learned from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random

import numpy as np

from kg.reader.pairs import Pairs
from kg.reader.pieces import Ints
from kg.reader.scheme import RELATIONS
from kg.training.examples import Example

#: A relation with less than this part of all facts is rare; its examples come twice.
RARE = 0.06


def list_rare(examples: Sequence[Example]) -> set[int]:
    """Return the numbers of the relations that few facts have."""
    counts = Counter(t.relation for example in examples for t in example.targets if not t.masked)
    total = sum(counts.values())
    return {relation for relation, count in counts.items() if count < RARE * total}


def weigh_relations(examples: Sequence[Example]) -> list[float]:
    """Return what a fact of each relation weighs: more where few have it, at most 2.5."""
    counts = Counter(t.relation for example in examples for t in example.targets if not t.masked)
    usual = sum(counts.values()) / len(RELATIONS)
    return [
        float(np.clip(np.sqrt(usual / max(1, counts[k])), 1.0, 2.5)) for k in range(len(RELATIONS))
    ]


class Sampler:
    """Give the numbers of examples, each once a round and those with rare relations twice.

    Of several workers each gives its own share of them.
    """

    def __init__(
        self, examples: Sequence[Example], seed: int, *, share: tuple[int, int] = (0, 1)
    ) -> None:
        rare = list_rare(examples)
        number, of = share
        self.every = range(number, len(examples), of)
        self.often = [
            index
            for index in self.every
            if any(t.relation in rare and not t.masked for t in examples[index].targets)
        ]
        self.draw = Random(seed * of + number)
        self.queue: list[int] = []
        self.rounds = 0

    def take(self) -> int:
        """Return the number of the next example."""
        if not self.queue:
            self.queue = [*self.every, *self.often]
            self.draw.shuffle(self.queue)
            self.rounds += 1
        return self.queue.pop()

    def state(self) -> dict[str, object]:
        """Return what goes on where this one stopped, once restored."""
        return {"queue": list(self.queue), "rounds": self.rounds, "draw": self.draw.getstate()}

    def restore(self, state: dict[str, object]) -> None:
        """Go on where another one stopped."""
        self.queue = list(state["queue"])  # type: ignore[call-overload]
        self.rounds = int(state["rounds"])  # type: ignore[call-overload]
        self.draw.setstate(state["draw"])  # type: ignore[arg-type]


def choose_pairs(pairs: Pairs, begins: Ints, facts: set[int], *, most: int, draw: Random) -> Ints:
    """Return the pairs to learn from: all that facts join, of the others half the nearest."""
    others = np.array([k for k in range(len(pairs)) if k not in facts], int)
    if len(others) > most:
        far = np.full(len(pairs), np.iinfo(np.int64).max)
        np.minimum.at(far, pairs.of, np.abs(begins[pairs.left] - begins[pairs.right]))
        order = others[np.argsort(far[others], kind="stable")]
        near, rest = order[: most // 2], order[most // 2 :].tolist()
        others = np.array([*near, *draw.sample(rest, most - len(near))], int)
    return np.array(sorted([*facts, *others.tolist()]), int)
