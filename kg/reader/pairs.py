"""Mentions of things to pairs of things, each with the pairs of mentions that may tell of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.reader.pieces import Ints
from kg.reader.scheme import CLASSES, RELATIONS

Bools = npt.NDArray[np.bool_]
#: Pieces between two mentions that count as near each other, and that can tell of a fact at all.
NEAR = 110
REACH = 400
#: Pairs of mentions a pair of things.
MOST = 6
_SUBJECTS = np.array([[c in r.subjects for c in CLASSES] for r in RELATIONS])
_OBJECTS = np.array([[c in r.objects for c in CLASSES] for r in RELATIONS])


@dataclass(frozen=True, slots=True)
class Pairs:
    """Hold pairs of things, and pairs of mentions with the pair of things that each belongs to."""

    subjects: Ints
    objects: Ints
    left: Ints
    right: Ints
    of: Ints

    def __len__(self) -> int:
        return len(self.subjects)

    def keep(self, chosen: Ints) -> Pairs:
        """Return only the pairs of things of these numbers, in their order."""
        new = np.full(len(self), -1)
        new[chosen] = np.arange(len(chosen))
        stay = new[self.of] >= 0
        return Pairs(
            self.subjects[chosen],
            self.objects[chosen],
            self.left[stay],
            self.right[stay],
            new[self.of[stay]],
        )


def allow_relations(classes: Bools, subjects: Ints, objects: Ints) -> Bools:
    """Tell which relations (columns) the classes of each pair of things (rows) allow."""
    whos = classes[subjects].astype(np.int64) @ _SUBJECTS.T.astype(np.int64)
    whats = classes[objects].astype(np.int64) @ _OBJECTS.T.astype(np.int64)
    return (whos > 0) & (whats > 0)


def pair_mentions(begins: Ints, of: Ints, classes: Bools, *, most: int = MOST) -> Pairs:
    """Pair all mentions within reach whose things some relation can join.

    `begins` are the mentions' first pieces, `of` their things, `classes` the classes of each thing
    (rows, one column a class). A pair of things keeps its nearest pairs of mentions: all that are
    near, at most `most`, else the nearest one. Cost grows with the text, not with its square.
    """
    left, right = _near(begins)
    who, what = of[left], of[right]
    can = _joinable(classes)[who, what] & (who != what)
    left, right, who, what = left[can], right[can], who[can], what[can]
    far = np.abs(begins[left] - begins[right])
    order = np.lexsort((right, left, far, what, who))
    left, right, who, what, far = (a[order] for a in (left, right, who, what, far))
    new = np.ones(len(left), bool)
    new[1:] = (who[1:] != who[:-1]) | (what[1:] != what[:-1])
    number = np.cumsum(new) - 1
    rank = np.arange(len(left)) - np.flatnonzero(new)[number] if len(left) else number
    stay = (rank == 0) | ((rank < most) & (far <= NEAR))
    return Pairs(who[new], what[new], left[stay], right[stay], number[stay])


def _joinable(classes: Bools) -> Bools:
    """Tell of each two things whether any relation can join them."""
    codes, inverse = np.unique(classes, axis=0, return_inverse=True)
    inverse = inverse.reshape(-1)
    rows, columns = np.divmod(np.arange(len(codes) ** 2), max(1, len(codes)))
    table = allow_relations(codes, rows, columns).any(1).reshape(len(codes), len(codes))
    return _Lookup(table, inverse)  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class _Lookup:
    """Answer for two arrays of things what a small table says of their kinds."""

    table: Bools
    kinds: Ints

    def __getitem__(self, key: tuple[Ints, Ints]) -> Bools:
        return self.table[self.kinds[key[0]], self.kinds[key[1]]]


def _near(begins: Ints) -> tuple[Ints, Ints]:
    """Return all ordered pairs of mentions that begin within reach of each other."""
    order = np.argsort(begins, kind="stable")
    places = begins[order]
    stops = np.searchsorted(places, places + REACH, side="right")
    counts = stops - np.arange(len(places)) - 1
    first = np.repeat(np.arange(len(places)), counts)
    starts = np.repeat(np.cumsum(counts) - counts, counts)
    second = first + 1 + np.arange(len(first)) - starts
    a, b = order[first], order[second]
    return np.concatenate([a, b]), np.concatenate([b, a])
