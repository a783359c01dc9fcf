"""An article's headline and the date of its dateline, as its first lines tell them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from itertools import islice

from kg.sources.paragraphs import is_credit as credited

#: How many characters of a line its date may stand in.
DATELINE = 80
#: Characters of the longest headline.
HEADLINE = 200
#: Whose pictures news shows.
AGENCIES = frozenset("fotolia shutterstock getty istock".split())
#: What may stand before the date of a dateline, besides names.
BEFORE = frozenset(
    "le publié publiée posté mis à jour modifié par rédigé de du la l'afp avec et lundi mardi "
    "mercredi jeudi vendredi samedi dimanche on the published posted updated by from monday "
    "tuesday wednesday thursday friday saturday sunday at".split()
)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv january jan", "février fevrier févr fév feb february", "mars march mar",
            "avril avr april apr", "mai may", "juin june jun", "juillet juil july jul",
            "août aout august aug", "septembre september sept sep", "octobre october oct",
            "novembre november nov", "décembre decembre december déc dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
YEAR = r"(?P<year>(?:19|20)\d\d)"
DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{YEAR}(?P<sign>[-/])(?P<month>\d\d)(?P=sign)(?P<day>\d\d)(?!\d)(?:T[\d:.+-]+Z?)?",
        rf"(?<![\d/.]){DAY}[/.](?P<month>\d\d?)[/.]{YEAR}(?!\d)",
        rf"(?<!\d){DAY}(?:er|st|nd|rd|th)?\s+(?P<month>{NAME})\b\.?,?\s+{YEAR}(?!\d)",
        rf"\b(?P<month>{NAME})\b\.?\s+{DAY}(?:st|nd|rd|th)?,?\s+{YEAR}(?!\d)",
    )
)
#: Dates of a field alone: years of two figures, none between its figures.
SHORT = re.compile(rf"{DAY}[/.-](?P<month>\d\d?)[/.-](?P<year>\d\d)")
DENSE = re.compile(rf"{YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:T?\d{{2,6}}(?:\.\d+)?Z?)?")
#: First year of those of two figures.
CENTURY = 1970
#: Lines that a date may stand in, and those in which words must say that it is the article's.
FIRST, SAID = 4, 15
PUBLISHED = re.compile(
    r"(?:publiée?|posté|mise? (?:en ligne|à jour)|published|posted|updated)\b", re.I
)
AFTER = re.compile(r"\s*(?:$|[-.–—(|•]|(?:à|at|,)?\s*\d\d?\s*[h:])")


def first_lines(text: str, count: int) -> list[str]:
    """Return the first lines that are not blank, stripped."""
    return list(islice(filter(None, map(str.strip, text.splitlines())), count))


def find_title(text: str) -> str:
    r"""Return an article's headline: a short first line that is no sentence and no photo credit.

    >>> find_title("jdupont - Fotolia\nAccord sur le cloud\nUn accord.")
    'Accord sur le cloud'
    """
    lines = first_lines(text, 3)
    for line in lines[:-1]:  # what nothing follows is no headline
        if not is_credit(line):
            line = re.sub(r"[ \t]+", " ", line)
            ends = line.endswith((".", ":", ",", ";"))
            return line if len(line) <= HEADLINE and not ends else ""
    return ""


def is_credit(line: str) -> bool:
    """Tell whether a line only says whose a picture is.

    >>> is_credit("© AFP"), is_credit("Photo choc chez X")
    (True, False)
    """
    if credited(line):
        return True
    words = [word.strip(":()[]") for word in line.split()]
    small = sum(word[:1].islower() and word not in BEFORE for word in words)
    dashed = re.search(r"\s[-–—/|]\s", line) is not None
    marked = "©" in line or any(one == "DR" or one.casefold() in AGENCIES for one in words)
    return marked and (len(words) <= 3 or dashed or ":" in line) and len(words) <= 10 and small < 2


def find_date(text: str, lang: str = "") -> str:
    r"""Return the date of an article's dateline ('26 mai 2018. –') in ISO form, '' without one.

    That is a whole date within the first lines, after nothing but a place, an agency or words
    such as 'publié le'. A dateline without its year tells nothing, and no text says its own year.
    The language tells which of day and month stands first.

    >>> find_date("Fusion\nLyon, le 1er juin 2019 – Deux groupes")
    '2019-06-01'
    """
    lines = first_lines(text, SAID)
    for at, line in enumerate(lines):
        if at >= FIRST and not PUBLISHED.match(line):
            continue
        found = min(
            filter(None, (pattern.search(line[:DATELINE]) for pattern in DATES)),
            key=lambda match: match.start(),
            default=None,
        )
        if found and is_dateline(line, found):
            return iso_date(found, lang)
    return ""


def is_dateline(line: str, found: re.Match[str]) -> bool:
    """Tell whether a date in a line is that of the article, by what stands around it."""
    before = line[: found.start()]
    words = re.findall(r"[\w'’]+", before)
    named = all(word[0].isupper() or word.lower().replace("’", "'") in BEFORE for word in words)
    after = AFTER.match(line, found.end()) is not None
    return named and after and not re.search(r"[.!?\d]", before)


def iso_date(found: re.Match[str], lang: str = "") -> str:
    """Return a date that was found in ISO form, '' for one that no calendar has."""
    month = MONTHS.get(found["month"].lower()) or int(found["month"])
    day, year = int(found["day"]), int(found["year"])
    if found.start("day") < found.start("month") and re.search(r"\d/\d", found[0]):
        if month > 12 or (day <= 12 and month_first(lang)):
            day, month = month, day
    if year < 100:
        year += CENTURY // 100 * 100 + 100 * (year < CENTURY % 100)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def month_first(lang: str) -> bool:
    """Tell whether '03/04/2024' is in March: where English is not said to be another than US.

    >>> month_first("en"), month_first("en-GB"), month_first("fr")
    (True, False, False)
    """
    code, _, country = lang.lower().replace("_", "-").partition("-")
    return code in ("en", "eng", "english", "anglais") and country[:2] in ("", "us", "ph")


def read_date(text: str, lang: str = "") -> str:
    """Return the date that a field of a file holds in ISO form, '' for none.

    >>> read_date("Tue, 04 Mar 2025 09:12:00 +0100"), read_date("2025-03"), read_date("hier")
    ('2025-03-04', '2025-03', '')
    >>> read_date("03/04/2024"), read_date("03/04/2024", "en")
    ('2024-04-03', '2024-03-04')
    """
    text = " ".join(str(text).split())[:100]
    if re.fullmatch(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?", text):
        return text
    if found := SHORT.fullmatch(text) or DENSE.fullmatch(text):
        return iso_date(found, lang)
    if re.fullmatch(r"\d{10}(?:\.\d+)?|\d{13}", text):
        seconds = int(float(text)) // (1000 if len(text) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    for pattern in DATES:
        if found := pattern.search(text):
            return iso_date(found, lang)
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""
