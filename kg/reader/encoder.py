"""Windows of pieces to states of the whole text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.reader.pieces import Ints, Pieces
from kg.reader.types import Floats, Model, States
from kg.reader.windows import Window


def encode_windows(model: Model, pieces: Pieces, layout: Ints, windows: Sequence[Window]) -> States:
    """Encode each window alone, so that none changes another, and keep what each one owns."""
    first, last = model.vocabulary.first, model.vocabulary.last
    states: list[Floats] = []
    heads: list[Floats] = []
    tags: list[tuple[Floats, Floats, Floats]] = []
    for window in windows:
        inside = slice(window.first, window.last)
        ids = np.concatenate([[first], pieces.ids[inside], [last]])
        places = np.concatenate([[0], layout[inside], [0]])
        found, logits = model.encode(ids, places)
        own = slice(1 + window.own_first - window.first, 1 + window.own_last - window.first)
        states.append(found[own])
        heads.append(found[:1])
        tags.append((logits[0][own], logits[1][own], logits[2][own]))
    of = np.repeat(np.arange(len(windows)), [w.own_last - w.own_first for w in windows])
    names, others, spans = (np.concatenate(layer) for layer in zip(*tags, strict=True))
    return States(np.concatenate(states), (names, others, spans), np.concatenate(heads), of)
