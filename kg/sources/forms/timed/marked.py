"""Plain texts with marks of the program that showed them: numbers of lines, times, quote signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.sources.forms.timed.subtitles import plain_speech

STAMP = r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?[\])]?"
ALONE = re.compile(rf"\s*{STAMP}\s*")
BEFORE = re.compile(rf"\s*{STAMP}(?:\s*[-–—:])?[ \t]+(?=\S)")
NUMBERED = re.compile(r"\s*(?P<number>\d{1,5})(?:[ \t]*[|:\t]|[ \t]|$)(?P<rest>.*)")
QUOTED = re.compile(r"(?:> ?)+")
#: Fewest lines with marks of a text that has them, and their share of its lines.
FEWEST, SHARE, MOST = 3, 0.3, 0.9


def drop_marks(text: str) -> str:
    r"""Return a text without what a program has put before its lines; any other as it is.

    >>> drop_marks("0:00\nle groupe Nordil a racheté la\n0:03\nsociété Vasco\n0:06\nen mars\n")
    'le groupe Nordil a racheté la société Vasco en mars'
    >>> drop_marks("> Fusion\n>\n> Un accord.\n")
    'Fusion\n\nUn accord.\n'
    >>> drop_marks("1  Fusion\n2\n3  Un groupe a\n4  signé.\n5  Fin\n")
    'Fusion\n\nUn groupe a\nsigné.\nFin\n'
    """
    if "\\n" in text and "\n" not in text.strip():  # as programs write strings
        text = re.sub(r"\\r\\n|\\n", "\n", text).replace('\\"', '"').replace("\\t", "\t")
    lines = re.split(r"\r\n|[\n\r]", text)
    told = [line for line in lines if line.strip()]
    if len(told) < FEWEST:
        return text
    for drop in (drop_quotes, drop_stamps, drop_numbers):
        if (found := drop(lines, told)) is not None:
            return found
    return text


def drop_quotes(lines: Sequence[str], told: Sequence[str]) -> str | None:
    """Return lines without the signs of a quoted mail, None where not all have them."""
    if sum(line.startswith(">") for line in told) < MOST * len(told):
        return None
    return "\n".join(QUOTED.sub("", line, count=1).rstrip() for line in lines)


def drop_stamps(lines: Sequence[str], told: Sequence[str]) -> str | None:
    """Return a transcript's lines without their times, None of any other text."""
    alone = [ALONE.fullmatch(line) is not None for line in told]
    if sum(alone) >= max(FEWEST, SHARE * len(told)) and not any(map(all, pairwise(alone))):
        spaced = [
            f"{line.strip('[]() ')},0:00" if ALONE.fullmatch(line) else line for line in lines
        ]
        return plain_speech("\n".join(spaced))
    before = [BEFORE.match(line) is not None for line in told]
    if sum(before) >= max(FEWEST, MOST * len(told)):
        return "\n".join(BEFORE.sub("", line) for line in lines)
    return None


def drop_numbers(lines: Sequence[str], told: Sequence[str]) -> str | None:
    """Return lines without the numbers before them, None where they do not count on by one.

    Some of them are blank but for their number, or go on with a small letter: a list's do not.
    """
    found = [NUMBERED.fullmatch(line) for line in told]
    if len(told) < FEWEST + 2 or not all(found):
        return None
    numbers = [int(one["number"]) for one in found if one]
    rests = [one["rest"].strip() for one in found if one]
    if any(two != one + 1 for one, two in pairwise(numbers)):
        return None
    if not any(not rest or rest[0].islower() for rest in rests):
        return None
    kept = (NUMBERED.fullmatch(line) for line in lines)
    return "\n".join(one["rest"].strip() if one else "" for one in kept)
