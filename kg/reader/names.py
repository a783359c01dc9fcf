"""Scores of tags to mentions: names, noun phrases and pronouns, areas, roles, markets."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Span


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
