"""What is learned of single pieces: their tags, and the windows that own them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from kg.reader.pieces import Ints
from kg.reader.windows import Window


def shift_windows(windows: list[Window]) -> tuple[Window, ...]:
    """Return windows counted from the first one's first piece, which together own all pieces."""
    low, high = windows[0].first, windows[-1].last
    shifted = [
        Window(w.first - low, w.last - low, w.own_first - low, w.own_last - low) for w in windows
    ]
    first, last = shifted[0], shifted[-1]
    shifted[0] = Window(first.first, first.last, 0, first.own_last)
    last = shifted[-1]
    shifted[-1] = Window(last.first, last.last, last.own_first, high - low)
    return tuple(shifted)


def tag_spans(size: int, spans: Iterable[tuple[int, int, int]]) -> Ints:
    """Return tags of pieces for spans (first, one past the last, class); the longest come first.

    >>> tag_spans(5, [(1, 3, 0), (2, 3, 1), (4, 5, 1)]).tolist()
    [0, 1, 2, 0, 3]
    """
    tags = np.zeros(size, int)
    taken = np.zeros(size, bool)
    for first, last, kind in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if not taken[first:last].any():
            taken[first:last] = True
            tags[first:last] = 2 + 2 * kind
            tags[first] = 1 + 2 * kind
    return tags
