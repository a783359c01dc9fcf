"""Texts of a few tagged names, without a model: what a test of borders needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


def tagged(*names: str) -> tuple[Doc, list[tuple[int, int]]]:
    """Return a text of names as in 'ORG/Altoris', with a comma after each, and their borders.

    The model's label stands before the slash; 'O' stands for none.
    """
    import spacy
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    labels: list[str] = []
    borders = []
    for name in names:
        label, _, text = name.partition("/")
        start = len(words)
        for word, blank in re.findall(r"([^\W_]+|[^\w\s])( ?)", text):
            inside = "I" if len(words) > start else "B"
            words.append(word)
            spaces.append(bool(blank))
            labels.append("O" if label == "O" else f"{inside}-{label}")
        borders.append((start, len(words)))
        words.append(",")
        spaces.append(True)
        labels.append("O")
    return Doc(spacy.blank("fr").vocab, words=words, spaces=spaces, ents=labels), borders
