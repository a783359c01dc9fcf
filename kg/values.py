"""Money, dates and percentages as typed values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from kg.language import Language
from kg.model import Span

#: Spaces that French typography puts inside numbers and before units.
GAP = "[ \u00a0\u202f\u2009]"
NUMBER = rf"\d{{1,3}}(?:(?:{GAP}|\.)\d{{3}})+(?:,\d+)?|\d+(?:[.,]{GAP}?\d+)?"
PERCENT = re.compile(rf"(?<![\w.,+−-])(?<![+−-] )({NUMBER}){GAP}*(?:%|pour cent)")
ISO = "{:04d}", "{:04d}-{:02d}", "{:04d}-{:02d}-{:02d}"


def read_number(text: str) -> Decimal:
    """Return a number as French writes it.

    >>> read_number("1 234,5"), read_number("7.1")
    (Decimal('1234.5'), Decimal('7.1'))
    """
    text = re.sub(GAP, "", text)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", text):
        text = text.replace(".", "")
    return Decimal(text.replace(",", "."))


def plain(number: Decimal) -> Decimal:
    """Return a number without needless decimals.

    >>> plain(Decimal("66100.0")), plain(Decimal("7.10"))
    (Decimal('66100'), Decimal('7.1'))
    """
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def find_percents(text: str) -> Iterator[tuple[Span, Decimal]]:
    """Yield the percentages of a text with where they stand; changes ('+6 %') are left out.

    >>> list(find_percents("crédité de 7,1%"))
    [((11, 15), Decimal('7.1'))]
    """
    for match in PERCENT.finditer(text):
        yield match.span(), read_number(match[1])


def find_amounts(text: str, lang: Language) -> Iterator[tuple[Span, Decimal, str]]:
    """Yield the sums of money of a text: where, how much, and the currency's ISO 4217 code."""
    units = lang.table("values.units")
    currencies = lang.table("values.currencies")
    for match in _money(lang).finditer(text):
        scale = Decimal(units.get((match["unit"] or "").strip(), 1))
        amount = read_number(match["number"]) * scale
        yield match.span(), plain(amount), currencies[match["currency"]]


@cache
def _money(lang: Language) -> re.Pattern[str]:
    units = "|".join(map(re.escape, sorted(lang.table("values.units"), key=len, reverse=True)))
    names = sorted(lang.table("values.currencies"), key=len, reverse=True)
    currencies = "|".join(map(re.escape, names))
    return re.compile(
        rf"(?<![\w.,])(?P<number>{NUMBER}){GAP}*(?P<unit>(?:{units})\b)?{GAP}*(?:d['’]|de{GAP})?"
        rf"{GAP}*(?P<currency>{currencies})(?!\w)"
    )


def find_dates(text: str, lang: Language) -> Iterator[tuple[Span, str]]:
    """Yield the dates of a text that name a year, as ISO 8601 ('2017', '2017-09', '2017-09-14')."""
    months = lang.table("values.months")
    for match in _date(lang).finditer(text):
        year = int(match["year"])
        month = months.get((match["month"] or "").lower())
        if month and match["day"]:
            yield match.span(), ISO[2].format(year, month, int(match["day"]))
        else:
            yield match.span(), ISO[1].format(year, month) if month else ISO[0].format(year)


@cache
def _date(lang: Language) -> re.Pattern[str]:
    months = "|".join(lang.table("values.months"))
    return re.compile(
        rf"(?<![\w.,])(?:(?:(?P<day>[12]?\d|3[01])(?:er)?{GAP}+)?(?P<month>{months}){GAP}+)?"
        rf"(?P<year>(?:19|20)\d\d)(?![\w.,]?\d|{GAP}*(?:%|€|euros|dollars|emplois|postes|salariés))",
        re.IGNORECASE,
    )
