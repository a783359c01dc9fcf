"""Dates of a month or a year ('mars 2024', 'T1 2024'), and what is told of those that are none."""

from __future__ import annotations

import re

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
#: What may stand beside the one year of a date that is known no better.
PERIODS = frozenset(
    "t1 t2 t3 t4 q1 q2 q3 q4 s1 s2 h1 h2 1er 1ère 2e 2ème 2nd 2d 3e 3ème 4e 4ème 1st 3rd 4th i ii "
    "iii iv premier première deuxième second seconde troisième quatrième first third fourth "
    "trimestre semestre quarter half moitié fin début mi milieu courant end early late mid middle "
    "printemps été automne hiver spring summer autumn fall winter année an year exercice en au in "
    "the d de du of l la le vers circa ca c env environ about around millésime".split()
)
YEAR = re.compile(r"(?:19|20)\d\d")
NUMBERS = re.compile(
    r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>0?[1-9]|1[0-2]|00)(?:[-/.]00)?"
    r"|(?P<first>0?[1-9]|1[0-2])[-/.](?P<last>(?:19|20)\d\d)"
)
#: Characters of a date's wording that a message shows.
SHOWN = 60


def read_partial(text: str) -> str:
    """Return the month or the year that a date of no single day tells, '' for what tells none.

    >>> read_partial("mars 2024"), read_partial("03/2024"), read_partial("T1 2024")
    ('2024-03', '2024-03', '2024')
    >>> read_partial("31 février 2024"), read_partial("2023-2024")
    ('', '')
    """
    if found := NUMBERS.fullmatch(text):
        year, month = found["year"] or found["last"], int(found["month"] or found["first"])
        return f"{year}-{month:02}" if month else year
    words = re.findall(r"\w+", text.lower())
    years = [word for word in words if YEAR.fullmatch(word)]
    months = [MONTHS[word] for word in words if word in MONTHS]
    others = {word for word in words if word not in MONTHS} - PERIODS - {*years}
    if len(years) != 1 or others:
        return ""
    return f"{years[0]}-{months[0]:02}" if len(months) == 1 else years[0]


def tell_loss(text: str, read: str) -> str:
    """Return the line that tells what of a date is not kept, '' where all of it is.

    >>> tell_loss("hier", "")
    "no date: 'hier'; write it like 2024-03-12, 2024-03 or 2024"
    >>> tell_loss("T1 2024", "2024"), tell_loss("mars 2024", "2024-03")
    ("the date 'T1 2024' is kept as 2024", '')
    """
    text = " ".join(text.split())
    if not read:
        known = "write it like 2024-03-12, 2024-03 or 2024"
        return f"no date: '{text[:SHOWN]}'; {known}" if re.search(r"\w", text) else ""
    whole = len(read) > len("2024") or not set(re.findall(r"\w+", text)) - {read, "00"}
    return "" if whole else f"the date '{text[:SHOWN]}' is kept as {read}"
