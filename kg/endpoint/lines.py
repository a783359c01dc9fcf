"""Lines that tell why or what is wrong, in the reader's language: they are written in English."""

from __future__ import annotations

import json
import re
from functools import cache

from kg.page.render import read

#: A gap of a line, such as {name}.
GAP = re.compile(r"\\{(\w+)\\}")
#: What stands between several reasons.
JOINT = "; "
#: Characters of a line that is longer than any that says something of itself.
LONGEST = 2_000


def tell_line(line: str, lang: str) -> str:
    r"""Return a line in a language, as it is where that is unknown.

    >>> tell_line("the same letters; one has 'SA' more, a legal form", "fr")
    'les mêmes lettres\xa0; l’un a «\xa0SA\xa0» en plus, une forme juridique'
    >>> tell_line("some fault", "fr")
    'some fault'
    """
    parts = [translate(part, lang) for part in line.split(JOINT)]
    if all(parts):
        return "\u00a0; ".join(parts)
    return translate(line, lang) or line


def translate(line: str, lang: str) -> str:
    """Return one line in a language, '' where that is unknown."""
    for pattern, words in read_lines().get(lang, ()) if len(line) < LONGEST else ():
        if found := pattern.fullmatch(line):
            return words.format_map(found.groupdict())
    return ""


@cache
def read_lines() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    """Return what lines are like, those with most words of their own first, and their words."""
    lines: dict[str, dict[str, str]] = json.loads(read("explorer/lines.json"))
    return {
        lang: [
            (re.compile(GAP.sub(r"(?P<\1>.+?)", re.escape(line)), re.DOTALL), words)
            for line, words in sorted(told.items(), key=lambda it: (-len(it[0]), it[0]))
        ]
        for lang, told in lines.items()
    }
