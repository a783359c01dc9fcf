"""Questions on a terminal that one key answers each: on, back, and out at any time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")
BACK, ENDS = "b", ("q", "\x03", "\x04", "\x1b")


def ask_each(
    count: int,
    show: Callable[[int], None],
    read_key: Callable[[], str],
    take: Callable[[int, str], Answer | None],
) -> list[Answer]:
    """Ask questions by their numbers, and return the answers that keys give, in their order.

    `take` returns what a key answers, None for one that is no answer; 'b' takes the last one back.

    >>> keys = iter("xybyn")
    >>> ask_each(2, lambda at: None, keys.__next__, lambda at, key: {"y": 1, "n": 2}.get(key))
    [1, 2]
    """
    answers: dict[int, Answer] = {}
    at = 0
    while at < count:
        show(at)
        key = read_key().lower()
        if key in ENDS:
            break
        if key == BACK:
            at = max(at - 1, 0)
            answers.pop(at, None)
        elif (answer := take(at, key)) is not None:
            answers[at] = answer
            at += 1
    return [answers[place] for place in sorted(answers)]
