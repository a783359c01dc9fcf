"""A tiny vocabulary and a model made up by hand, so that stages can be tested without weights."""

from __future__ import annotations

import numpy as np

from kg.reader.pieces import Ints, Vocabulary, make_vocabulary
from kg.reader.scheme import NAMES, OTHERS, RELATIONS, SPANS
from kg.reader.types import Floats

WORDS = ("Valcorne", "Brisol", "achète", "Lyon", "groupe", "le", "à", "en", "mai")
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:'’«»()-éèêàçùôîû½…%€"


def tiny_vocabulary() -> Vocabulary:
    """Return a vocabulary of a few words, letters, and the encoder's special pieces."""
    scored = [("<unk>", -20.0), ("<s>", 0.0), ("</s>", 0.0), ("▁", -3.0)]
    scored += [(f"▁{word}", -2.0) for word in WORDS] + [(letter, -5.0) for letter in LETTERS]
    table = {9: " ", 10: " ", 13: " ", 0xA0: " ", 0x202F: " ", 0x200B: " ", 0xFB01: "fi"}
    return make_vocabulary(scored, table, special=(0, 1, 2))


class OpenModel:
    """Take each capitalised word for a company that buys the next one; states are piece numbers."""

    def __init__(self) -> None:
        self.vocabulary = tiny_vocabulary()
        tokenizer = self.vocabulary.tokenizer
        self.names = {tokenizer.token_to_id(f"▁{word}") for word in ("Valcorne", "Brisol")}
        self.windows = 0

    def encode(self, ids: Ints, layout: Ints) -> tuple[Floats, tuple[Floats, Floats, Floats]]:
        self.windows += 1
        sizes = [1 + 2 * len(kinds) for kinds in (NAMES, OTHERS, SPANS)]
        names, others, spans = (np.zeros((len(ids), size), np.float32) for size in sizes)
        names[:, 0] = others[:, 0] = spans[:, 0] = 4.0
        names[[k for k, number in enumerate(ids) if number in self.names], 1] = 9.0
        return np.repeat(ids[:, None], 4, 1).astype(np.float32), (names, others, spans)

    def mark(self, states: Floats, begins: Ints, lasts: Ints) -> Floats:
        return states[begins]

    def rate(self, vectors: Floats, windows: Floats) -> Floats:
        return np.full(len(vectors), 2.0, np.float32)

    def refer(self, mentions: Floats, things: Floats, far: Ints) -> Floats:
        return np.where(far >= 0, 1.0, -1.0).astype(np.float32)

    def gather(self, vectors: Floats, of: Ints, classes: Floats) -> Floats:
        return np.zeros((len(classes), vectors.shape[1]), np.float32)

    def pair(
        self, states: Floats, mentions: tuple[Floats, Floats, Ints, Ints], left: Ints, right: Ints
    ) -> tuple[Floats, Floats]:
        scores = np.full((len(left), len(RELATIONS)), -9.0, np.float32)
        begins = mentions[2]
        scores[(begins[left] < begins[right]), 2] = 3.0
        return np.ones((len(left), 5), np.float32), scores

    def tell(self, features: Floats, relations: Ints) -> tuple[Floats, Floats]:
        modality = np.tile(np.array([0, 2, 1, 0], np.float32), (len(features), 1))
        return modality, np.full(len(features), -1.0, np.float32)

    def quote(
        self, facts: tuple[Floats, Ints], states: Floats, left: Ints, right: Ints
    ) -> tuple[Floats, Floats]:
        places = np.arange(len(states))[None]
        return (
            (places == left[:, None]).astype(np.float32),
            (places == right[:, None]).astype(np.float32),
        )

    def fill(
        self, facts: tuple[Floats, Ints, Ints], of: Ints, values: Floats, far: Ints
    ) -> tuple[Floats, Floats]:
        return np.ones(len(of), np.float32), np.zeros(len(facts[2]), np.float32)
