"""Numbers that a graph holds, and what stands for one that is none: others write graphs, too."""

from __future__ import annotations

import re

#: Digits of a number that is one of characters or articles: one of more is none.
COUNT = re.compile(r"[0-9]{1,15}")


def read_count(text: object, missing: int = 0) -> int:
    """Return how many a graph says that there are; `missing` for what is no such number.

    >>> read_count("12"), read_count("-1"), read_count("urn:a", 1)
    (12, 0, 1)
    """
    told = str(text)
    return int(told) if COUNT.fullmatch(told) else missing


def read_chance(text: object) -> float:
    """Return how sure a graph is of something, 0 to 1; what is no such number leaves no doubt.

    >>> read_chance("0.75"), read_chance("?"), read_chance("NaN"), read_chance("1e99")
    (0.75, 1.0, 1.0, 1.0)
    """
    try:
        chance = float(str(text))
    except ValueError:
        return 1.0
    return chance if 0 <= chance <= 1 else 1.0
