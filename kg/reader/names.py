"""Scores of tags to mentions: names, noun phrases and pronouns, areas, roles, markets."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from kg.model import Span
from kg.reader.figures import find_figures
from kg.reader.pieces import Pieces
from kg.reader.scheme import NAMES, OTHERS, SPANS
from kg.reader.types import Floats, Mention, States

#: Layers of tags, in the order of the network's outputs, with their classes.
LAYERS = (("name", NAMES), ("other", OTHERS), ("span", SPANS))
#: Signs that no mention begins or ends with.
OUTER = frozenset("\"«»“”'’(),;:…–—-")
CLOSING = OUTER - frozenset("’')")


def find_mentions(text: str, pieces: Pieces, states: States) -> list[Mention]:
    """Return the mentions of all three layers, and percentages, in the order of the text."""
    found = [
        mention
        for (layer, labels), logits in zip(LAYERS, states.tags, strict=True)
        for mention in _decode(text, pieces, logits, layer=layer, labels=labels)
    ]
    for figure in find_figures(text):
        first, last = pieces.cover(figure.begin, figure.end)
        if first < last:
            found.append(Mention(figure.begin, figure.end, first, last - 1, "figure", figure.kind))
    return sorted(found, key=lambda m: (m.begin, -m.end, m.layer, m.label))


def _decode(
    text: str, pieces: Pieces, logits: Floats, *, layer: str, labels: tuple[str, ...]
) -> list[Mention]:
    """Return one layer's mentions, widened to whole words; of two that meet, the surer."""
    chances = softmax(logits)
    found = []
    for first, stop, kind in decode_tags(chances.argmax(1).tolist()):
        columns = chances[first:stop, [1 + 2 * kind, 2 + 2 * kind]]
        begin, end = trim_span(text, int(pieces.begins[first]), int(pieces.ends[stop - 1]))
        low, high = pieces.cover(begin, end)
        if low < high:
            score = float(columns.sum(1).mean())
            found.append(Mention(begin, end, low, high - 1, layer, labels[kind], score))
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (-m.score, m.begin)):
        if not overlaps((mention.begin, mention.end), ((k.begin, k.end) for k in kept)):
            kept.append(mention)
    return kept


def trim_span(text: str, begin: int, end: int) -> Span:
    """Return a span without blanks and signs at its ends, then widened to whole words.

    >>> trim_span("« Valcorne », dit-il", 0, 12)
    (2, 10)
    """
    while begin < end and (text[begin].isspace() or text[begin] in OUTER):
        begin += 1
    while end > begin and (text[end - 1].isspace() or text[end - 1] in CLOSING):
        end -= 1
    while begin and begin < end and text[begin - 1].isalnum() and text[begin].isalnum():
        begin -= 1
    while begin < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return begin, end


def softmax(logits: Floats) -> Floats:
    """Return the probabilities (rows) that logits tell.

    >>> softmax(np.zeros((1, 2), np.float32)).tolist()
    [[0.5, 0.5]]
    """
    scaled = np.exp(logits - logits.max(-1, keepdims=True))
    result: Floats = scaled / scaled.sum(-1, keepdims=True)
    return result


def decode_tags(tags: Iterable[int]) -> list[tuple[int, int, int]]:
    """Return spans (first, one past the last, class) of tags; the first piece tells the class.

    >>> decode_tags([0, 1, 2, 2, 1, 0, 4])
    [(1, 4, 0), (4, 5, 0), (6, 7, 1)]
    """
    spans: list[tuple[int, int, int]] = []
    opened = False
    for index, tag in enumerate(tags):
        if not tag:
            opened = False
        elif opened and tag % 2 == 0:
            spans[-1] = (spans[-1][0], index + 1, spans[-1][2])
        else:
            spans.append((index, index + 1, (tag - 1) // 2))
            opened = True
    return spans


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Tell whether a span shares anything with one of others.

    >>> overlaps((1, 3), [(3, 5)])
    False
    """
    return any(span[0] < end and begin < span[1] for begin, end in others)
