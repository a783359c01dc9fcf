"""Scores of tags to mentions: names, noun phrases and pronouns, areas, roles, markets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np

from kg.model import Span
from kg.reader.pieces import Pieces
from kg.reader.scheme import NAMES, OTHERS, SPANS
from kg.reader.types import Floats, Mention, States
from kg.values.figures import find_figures
from kg.values.language import known_languages, load_language
from kg.values.numerals import any_of

#: Layers of tags, in the order of the network's outputs, with their classes.
LAYERS = (("name", NAMES), ("other", OTHERS), ("span", SPANS))
#: Signs that no mention begins or ends with.
OUTER = frozenset("\"«»“”'’(),;:…–—-")
#: The log of the chance from which on a piece is outside without a doubt.
SURE = float(np.log(0.998))
#: What is told in words that follow each other, and a word at its end that leads on.
WORDY = ("Area", "Market")
CLOSING = OUTER - frozenset("’')")
#: What is part of the name before it, if that is one.
AND_COMPANY = re.compile(
    r"[^\S\n]+(?:(?:et|&)\s+(?:Cie|Fils|Frères|Associés)|(?:and|&)\s+(?:Co|Sons|Brothers|Partners))\b"
)


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
    inner, opens = find_inner(text, pieces), find_opening(text, pieces)
    tags = choose_tags(np.log(chances + 1e-9), inner, opens)
    for first, stop, kind in decode_tags(tags):
        columns = chances[first:stop, [1 + 2 * kind, 2 + 2 * kind]]
        begin, end = trim_span(text, int(pieces.begins[first]), int(pieces.ends[stop - 1]))
        if labels[kind] in WORDY:
            end = drop_joints(text, begin, end)
        low, high = pieces.cover(begin, end)
        if begin < end and low < high:
            score = float(columns.sum(1).mean())
            found.append(Mention(begin, end, low, high - 1, layer, labels[kind], score))
    kept: list[Mention] = []
    taken = bytearray(len(text))  # a mark a character
    for mention in sorted(found, key=lambda m: (-m.score, m.begin)):
        if not any(taken[mention.begin : mention.end]):
            taken[mention.begin : mention.end] = b"1" * (mention.end - mention.begin)
            kept.append(mention)
    return kept


def drop_joints(text: str, begin: int, end: int) -> int:
    """Return where a span ends without the small words that only join it to what follows.

    >>> drop_joints("le stockage d'énergie et le", 3, 27)
    21
    """
    while (last := pattern_of_joint().search(text, begin, end)) and last.start() >= begin:
        end = last.start()
    return end


@cache
def pattern_of_joint() -> re.Pattern[str]:
    """Return what finds a word at the end of a span that only joins it to what follows."""
    words = {w for lang in known_languages() for w in load_language(lang).words("areas.joints")}
    return re.compile(rf"(?:\s+|^){any_of(sorted(words))}\s*\Z", re.IGNORECASE)


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


def find_inner(text: str, pieces: Pieces) -> list[bool]:
    """Tell of each piece whether it goes on with a word, or with 'X et Cie', that began before."""
    begins, ends = pieces.begins.tolist(), pieces.ends.tolist()
    inner = [False] * len(begins)
    for index in range(1, len(begins)):
        begin = begins[index]
        if begin == ends[index - 1] and begin < ends[index]:
            inner[index] = text[begin].isalnum() and text[begin - 1 : begin].isalnum()
    for match in AND_COMPANY.finditer(text):
        first, stop = pieces.cover(*match.span())
        inner[max(first, 1) : stop] = [True] * (stop - max(first, 1))
    return inner


def find_opening(text: str, pieces: Pieces) -> list[bool]:
    """Tell of each piece whether it is the first of a line: no mention goes on over its end."""
    begins, ends = pieces.begins.tolist(), pieces.ends.tolist()
    return ["\n" in text[end:begin] for end, begin in zip([0, *ends], begins, strict=False)]


def choose_tags(
    logits: Floats, inner: Sequence[bool], opens: Sequence[bool] | None = None
) -> list[int]:
    """Return the likeliest tags that make whole mentions of whole words (Viterbi's algorithm).

    A further piece follows a piece of its own class only, and a word is inside or outside as one;
    a piece that opens a line goes on with nothing.

    >>> logits = np.log(np.array([[0.3, 0.6, 0.1], [0.5, 0.1, 0.4], [0.1, 0.2, 0.7]]))
    >>> choose_tags(logits, [False, True, False])
    [1, 2, 2]
    >>> choose_tags(logits, [False, True, False], [False, False, True])
    [1, 2, 1]
    """
    opens = opens or [False] * len(inner)
    rows = logits.tolist()
    tags = [0] * len(rows)
    sure = (logits[:, 0] > SURE).tolist()
    start = 0
    while start < len(rows):
        stop = start
        while stop < len(rows) and not (sure[stop] and not inner[stop]):
            stop += 1
        if stop > start:
            stretch = slice(start, stop)
            tags[stretch] = _best_path(rows[stretch], inner[stretch], opens[stretch])
        start = stop + 1
    return tags


def _best_path(
    rows: Sequence[Sequence[float]], inner: Sequence[bool], opens: Sequence[bool]
) -> list[int]:
    """Return the best tags of a stretch that begins after a piece that is outside."""
    count = len(rows[0])
    never = float("-inf")
    scores = [0.0] + [never] * (count - 1)
    steps: list[list[int]] = []
    for row, within, first in zip(rows, inner, opens, strict=True):
        top = max(range(count), key=scores.__getitem__)
        before = [0 if within else top] + [-1 if within else top] * (count - 1)
        for tag in range(2, count, 2):
            before[tag] = -1 if first else tag if scores[tag] >= scores[tag - 1] else tag - 1
        both = zip(before, row, strict=True)
        scores = [scores[old] + value if old >= 0 else never for old, value in both]
        steps.append(before)
    tag = max(range(count), key=scores.__getitem__)
    path = []
    for before in reversed(steps):
        path.append(tag)
        tag = before[tag]
    return path[::-1]


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
