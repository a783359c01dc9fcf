"""What the stages hand each other: states, mentions, things, scored facts; a model's part."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kg.model import Span
from kg.reader.pieces import Ints, Vocabulary
from kg.reader.scheme import RELATIONS

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class States:
    """Hold what the encoder makes of a text: a state a piece, tags' logits, windows' states.

    `windows` holds the state of each window's first, special piece, `of` each piece's window.
    """

    pieces: Floats
    tags: tuple[Floats, Floats, Floats]
    windows: Floats
    of: Ints


@dataclass(frozen=True, slots=True)
class Mention:
    """Hold a mention: its characters, its first and last piece, layer, class, probability."""

    begin: int
    end: int
    first: int
    last: int
    layer: str
    label: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Thing:
    """Hold a thing with its mentions, names first; `worth`: the chance that it is worth listing."""

    label: str
    names: tuple[Mention, ...]
    others: tuple[Mention, ...] = ()
    worth: float = 1.0

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Return all its mentions."""
        return self.names + self.others


@dataclass(frozen=True, slots=True)
class Scored:
    """Hold a fact as scored: ends as numbers of things, logit, modality and what is beside it.

    `values` gives for a slot the characters that fill it, or for `by` the number of a thing.
    `over` is the logit of being over.
    """

    subject: int
    relation: str
    object: int
    logit: float
    modality: str = "actual"
    ended: bool = False
    evidence: Span = (0, 0)
    values: Mapping[str, Span | int] = field(default_factory=dict)
    over: float = 0.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Hold what decides: thresholds of logits, their lines to chances, the least of a thing.

    `ended` is the logit from which on a fact is over.
    """

    thresholds: Mapping[str, float] = field(
        default_factory=lambda: {relation.name: 0.0 for relation in RELATIONS}
    )
    lines: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    worth: float = 0.5
    ended: float = 0.0

    def chance(self, relation: str, logit: float) -> float:
        """Return the probability that a fact is right.

        >>> Limits(lines={"offers": (2.0, -2.0)}).chance("offers", 1.0)
        0.5
        """
        slope, shift = self.lines.get(relation, (1.0, 0.0))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, slope * logit + shift))))


class Model(Protocol):
    """Say what a model does, in arrays; `kg.reader.package` runs one, a test can make one up."""

    vocabulary: Vocabulary

    def encode(self, ids: Ints, layout: Ints) -> tuple[Floats, tuple[Floats, Floats, Floats]]:
        """Return states (pieces, width) of one window, and logits of its three layers of tags."""

    def mark(self, states: Floats, begins: Ints, lasts: Ints) -> Floats:
        """Return vectors (mentions, width) of spans of pieces."""

    def rate(self, vectors: Floats, windows: Floats) -> Floats:
        """Return logits (mentions,) of a name's thing being worth listing."""

    def refer(self, mentions: Floats, things: Floats, far: Ints) -> Floats:
        """Return logits (rows,) of a noun phrase meaning a thing."""

    def gather(self, vectors: Floats, of: Ints, classes: Floats) -> Floats:
        """Return vectors (things, width) of things from those of their mentions."""

    def pair(
        self, states: Floats, mentions: tuple[Floats, Floats, Ints, Ints], left: Ints, right: Ints
    ) -> tuple[Floats, Floats]:
        """Return features (pairs, features) and scores (pairs, relations) of pairs of mentions."""

    def tell(self, features: Floats, relations: Ints) -> tuple[Floats, Floats]:
        """Return logits of modalities (facts, 4) and of being over (facts,)."""

    def quote(
        self, facts: tuple[Floats, Ints], states: Floats, left: Ints, right: Ints
    ) -> tuple[Floats, Floats]:
        """Return logits (facts, pieces) of where the words that say a fact begin and end."""

    def fill(
        self, facts: tuple[Floats, Ints, Ints], of: Ints, values: Floats, far: Ints
    ) -> tuple[Floats, Floats]:
        """Return logits of values (rows) for questions, and that nothing answers (questions,)."""
