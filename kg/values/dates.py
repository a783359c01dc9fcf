"""Where a text names dates, absolute ones or relative to the article's, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.model import Span
from kg.values.language import Language
from kg.values.numerals import GAP, any_of, digits_of, words_of

WORDS = "values.dates."
#: How many characters before a date the words that bound it may begin ('d'ici à la fin de').
BEFORE = 40
#: Part of the patterns → the table whose words it is.
WHOLE = {
    "month": "months", "weekday": "weekdays", "ordinal": "ordinals", "letter": "letters",
    "this": "this", "there": "there", "part": "parts", "near": "days", "ago": "ago",
    "ahead": "ahead",
}  # fmt: skip
YEAR = r"(?:19|20)\d\d"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"


@dataclass(frozen=True, slots=True)
class When:
    """Hold the wording of a date: its kind, its parts, and whether it is a bound."""

    span: Span
    kind: str
    parts: Mapping[str, str]
    bound: str = ""


def find_dates(text: str, lang: Language) -> Iterator[When]:
    """Yield the dates of a text in their order, the relative ones too ('mardi dernier').

    >>> from kg.values.language import load_language
    >>> [when.kind for when in find_dates("hier, le 3 mars 2018 et en 2019", load_language("fr"))]
    ['period', 'day', 'years']
    """
    if not pattern_of_any(lang).search(text):
        return
    found: list[When] = []
    for kind, pattern in patterns(lang):
        for match in pattern.finditer(text):
            if not any(match.start() < w.span[1] and w.span[0] < match.end() for w in found):
                found += read_match(match, kind, text, lang)
    yield from sorted(found, key=lambda when: when.span)


def read_match(match: re.Match[str], kind: str, text: str, lang: Language) -> Iterator[When]:
    """Yield the date of a match; a year or a month alone must be introduced as one."""
    begin, end = match.span()
    before = text[max(begin - BEFORE, 0) : begin]
    parts = {name: words for name, words in match.groupdict().items() if words}
    if kind in ("months", "years") and len(parts) == 1:
        named = text[begin].isupper() and not lang.table("values.dates")["capitals"]
        if named or not pattern_of_intro(lang).search(before):
            return
    opening = parts.get("opening", "")
    bound = pattern_of_bound(lang).search(opening or before)
    if bound is None:
        yield When((begin, end), kind, parts)
        return
    least = folded(bound["bound"]) in lang.words(WORDS + "bounds.min")
    first = begin if opening else begin - len(before) + bound.start()
    yield When((first, end), kind, parts, "Min" if least else "Max")


def folded(words: str) -> str:
    """Return words in lower case, with plain spaces and apostrophes.

    >>> folded("D’ici  à")
    "d'ici à"
    """
    return " ".join(words.lower().replace("’", "'").split())


@cache
def pattern_of_any(lang: Language) -> re.Pattern[str]:
    """Return what finds a word of a date, to pass by texts without one."""
    tables = ("months", "weekdays", "days", "periods")
    words = any_of(word for table in tables for word in lang.table(WORDS + table))
    letters = any_of(lang.table(WORDS + "letters"))
    return re.compile(rf"\b(?:{YEAR}|{words})\b|\b{letters}\d", re.IGNORECASE)


@cache
def pattern_of_intro(lang: Language) -> re.Pattern[str]:
    """Return what finds the words that introduce a date at the end of a text."""
    return ending(rf"(?:(?<!\w){any_of(lang.words(WORDS + 'intros'))}(?!\w)|\()", lang)


@cache
def pattern_of_bound(lang: Language) -> re.Pattern[str]:
    """Return what finds the words that make a date a bound at the end of a text."""
    bounds = any_of(w for end in ("min", "max") for w in lang.words(f"{WORDS}bounds.{end}"))
    return ending(rf"(?<!\w)(?P<bound>{bounds})(?!\w)", lang)


def ending(opening: str, lang: Language) -> re.Pattern[str]:
    """Return what finds an opening at the end of a text, with what may stand before a date."""
    fillers = any_of(lang.words(WORDS + "fillers"))
    return re.compile(rf"{opening}{GAP}*(?:{fillers}(?:{GAP}+|(?<=['’])|-|$))*$", re.IGNORECASE)


@cache
def patterns(lang: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return what finds the dates of each kind."""
    parts = fragments(lang)
    halfway = re.escape(str(lang.table(WORDS + "halfway")))
    start, stop = rf"(?:(?<![\w.,/-])|(?<=\b{halfway}))", r"(?![\w/]|[.,]\d)"
    return tuple(
        (kind, re.compile(f"{start}{text % parts}{stop}", re.IGNORECASE))
        for kind, text in lang.table("values.dates")["templates"]
    )


def fragments(lang: Language) -> dict[str, str]:
    """Return the parts of the patterns: how a language writes days, months and periods."""
    word = {
        name: any_of(lang.table(WORDS + name))
        for name in (
            "weekdays", "months", "ordinals", "letters", "this", "parts", "there", "days",
            "periods", "the", "first", "joints", "ago", "ahead", "last", "next", "current",
        )
    }  # fmt: skip
    periods = lang.table(WORDS + "periods")
    units = ("percent", "scales", "currencies", "counted")
    counted = any_of(w for unit in units for w in lang.table(f"values.{unit}"))
    of, between, joined = (
        any_of(lang.words(f"values.{name}")) for name in ("of", "between", "and")
    )
    turn = f"(?:{word['last']}|{word['next']})"
    whole = {part: word[name] for part, name in WHOLE.items()}
    return whole | {
        "year": YEAR,
        "day": f"{DAY}{word['first']}?",
        "gap": f"{GAP}+",
        "period": rf"{word['periods']}(?!\w)",
        "quarter": any_of(w for w, kind in periods.items() if kind in ("quarter", "half")),
        "of": f"{GAP}+{of}?(?:{word['the']}{word['periods']}{GAP}+|{word['the']})?",
        "turn": turn,
        "turned": f"(?:{turn}|{word['current']})",
        "opening": f"(?:{word['ago']}|{word['ahead']})",
        "number": f"(?:{digits_of(lang)}|{words_of(lang)})",
        "unit": rf"{GAP}*{counted}(?!\w)",
        "between": f"(?:(?P<between>{between}){GAP}+{word['the']}?)?",
        "joint": f"{GAP}*(?(between){joined}|{word['joints']}){GAP}*{word['the']}?",
        "end": rf"(?:{GAP}+(?P<year>{YEAR})(?!\w|[.,]?\d)|{GAP}+(?P<turn>{turn}))?",
    }
