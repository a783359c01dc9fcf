"""Percentages, sums of money and counts of a text as typed values, ranges too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.model import Span
from kg.values.language import Language
from kg.values.numerals import (
    hedge_after,
    hedge_before,
    is_earlier,
    is_rounded,
    plain,
    read_words,
    scale,
)
from kg.values.patterns import (
    pattern,
    pattern_of_each,
    pattern_of_fractions,
    pattern_of_unit,
    signs_first,
)

#: Currencies after their sum, and before it.
CURRENCIES = ("currencies", "currency_signs")
#: Qualifiers with a number, each with what tells of what it is, and which numbers it takes.
UNITS = {"amount": "currency", "count": "counted"}
FITS: Mapping[str, Callable[[Decimal], bool]] = {
    "share": lambda number: number <= 100,
    "amount": lambda number: True,
    "count": lambda number: number == int(number),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """Hold a number of a text, or the least and the most that it gives, and of what.

    `unit` is '%', a currency's ISO 4217 code or the word for what is counted. With `changes` the
    two numbers are those before and after a change, if a verb of change governs them.
    """

    span: Span
    unit: str
    least: Decimal | None
    most: Decimal | None
    about: bool = False
    changes: bool = False

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Return the one number, or the bounds that there are."""
        both = (self.least,) if self.least == self.most else (self.least, self.most)
        return tuple(number for number in both if number is not None)

    def typed(self, name: str) -> dict[str, str | int | Decimal]:
        """Return the qualifiers of a fact that say so: of one number, or of its bounds.

        >>> Quantity((0, 4), "EUR", Decimal(15), None).typed("amount")
        {'amountMin': Decimal('15'), 'currency': 'EUR'}
        """
        if sorted(self.numbers) != list(self.numbers) or not all(map(FITS[name], self.numbers)):
            return {}
        ends = ("",) if self.least == self.most else ("Min", "Max")
        bounds = {name + end: n for end, n in zip(ends, (self.least, self.most), strict=False)}
        found: dict[str, str | int | Decimal] = {k: v for k, v in bounds.items() if v is not None}
        if name == "count":
            found = {key: int(number) for key, number in found.items()}
        unit = {UNITS[name]: self.unit} if name in UNITS else {}
        return found | unit | ({"approximate": True} if self.about else {})


def meet(one: Span, other: Span) -> bool:
    """Tell whether two stretches of a text have a character in common.

    >>> meet((0, 5), (4, 9)), meet((0, 5), (5, 9))
    (True, False)
    """
    return one[0] < other[1] and other[0] < one[1]


def value_of(name: str) -> str:
    """Return the qualifier that one of a range is of, any other as it is.

    >>> value_of("amountMax"), value_of("amount")
    ('amount', 'amount')
    """
    return name.removesuffix("Min").removesuffix("Max")


def find_percents(text: str, lang: Language) -> Iterator[Quantity]:
    """Yield the percentages of a text, fractions too; changes ('+6 %') are left out.

    >>> from kg.values.language import load_language
    >>> [q.typed("share") for q in find_percents("7,1%, la moitié du capital", load_language("fr"))]
    [{'share': Decimal('7.1')}, {'share': Decimal('50')}]
    """
    found = [*find_quantities(text, "percent", lang), *find_fractions(text, lang)]
    yield from sorted(found, key=lambda quantity: quantity.span)


def find_amounts(text: str, lang: Language) -> Iterator[Quantity]:
    """Yield the sums of money of a text, but no prices of single things ('12 € par action').

    >>> from kg.values.language import load_language
    >>> [q.typed("amount") for q in find_amounts("3 M€ ou 12 € par action", load_language("fr"))]
    [{'amount': Decimal('3000000'), 'currency': 'EUR'}]
    """
    names = lang.table("values.currencies")
    after, before = (list(find_quantities(text, kind, lang)) for kind in CURRENCIES)
    first, then = (before, after) if signs_first(lang) else (after, before)
    found = first + [q for q in then if not any(meet(q.span, other.span) for other in first)]
    for quantity in sorted(found, key=lambda quantity: quantity.span):
        if not pattern_of_each(lang).match(text, quantity.span[1]):
            yield replace(quantity, unit=names[quantity.unit])


def find_counts(text: str, lang: Language) -> Iterator[Quantity]:
    """Yield how many people, sites or pieces a text speaks of, with the word for them.

    >>> from kg.values.language import load_language
    >>> [(q.unit, str(q.least)) for q in find_counts("3.000 personnes", load_language("fr"))]
    [('personnes', '3000')]
    """
    for quantity in find_quantities(text, "counted", lang):
        if quantity.most != 1:  # 'une usine': an article
            yield quantity


def find_quantities(text: str, kind: str, lang: Language) -> Iterator[Quantity]:
    """Yield the numbers with a unit of one kind: 'percent', 'counted', or one of CURRENCIES.

    Percentages and counts of a time before are left out.
    """
    if not pattern_of_unit(kind, lang).search(text):
        return
    place = 0
    while match := pattern(kind, lang, pair=True).search(text, place):
        quantity = read_range(match, text, lang) if match["low"] else read_one(match, text, lang)
        if quantity is None:  # two numbers, but no range of one
            match = pattern(kind, lang, pair=False).search(text, match.start()) or match
            quantity = read_one(match, text, lang)
        place = match.end()
        if kind in CURRENCIES or not is_earlier(text, quantity.span[0], lang):
            yield quantity


def read_one(match: re.Match[str], text: str, lang: Language) -> Quantity:
    """Return the number of a match, with the hedges around it."""
    words = match["scale"] or ""
    value = scale(match["high"], words, lang)
    value += scale("0.5", words, lang) if match["half"] else 0
    first = min(match.start("high"), match.start("unit"))
    begin, kind, _ = hedge_before(text, first, lang)
    end, late = hedge_after(text, match.end(), lang)
    return bounded(value, kind or late, Quantity(
        (begin, end), " ".join(match["unit"].split()), None, None, is_rounded(words, lang)
    ))  # fmt: skip


def bounded(value: Decimal, hedge: str, quantity: Quantity) -> Quantity:
    """Return a quantity with a number as its least, its most or both, as a hedge says."""
    return replace(
        quantity,
        least=None if hedge == "most" else value,
        most=None if hedge == "least" else value,
        about=quantity.about or hedge == "about",
    )


def read_range(match: re.Match[str], text: str, lang: Language) -> Quantity | None:
    """Return the range of a match, None if its two numbers are none ('3 % et 5 %')."""
    first = min(match.start("low"), match.start("unit"))
    begin, hedge, opening = hedge_before(text, first, lang)
    words = match["scale"] or ""
    most = scale(match["high"], words, lang)
    least = scale(match["low"], match["low_scale"] or ("" if match["low_unit"] else words), lang)
    joint = match["joint"].strip().lower()
    changes = opening in lang.words("values.from")
    if (joint in lang.words("values.and")) != (opening in lang.words("values.between")):
        return None
    if least >= most and not changes:
        return None
    unit = " ".join(match["unit"].split())
    return Quantity((begin, match.end()), unit, least, most, hedge == "about", changes)


def find_fractions(text: str, lang: Language) -> Iterator[Quantity]:
    """Yield the fractions of something that a text names, in per cent."""
    for match in pattern_of_fractions(lang).finditer(text):
        parts = read_words(match["number"], lang) if match["number"] else Decimal(1)
        divisor = lang.table("values.fractions").get(" ".join(match["fraction"].lower().split()))
        if divisor is None:  # with a letter that only looks like it: 'thırd'
            continue
        whole = parts * 100 / divisor
        share = plain(round(whole, 2))
        begin, hedge, _ = hedge_before(text, match.start(), lang)
        if share <= 100:
            one = Quantity((begin, match.end()), "%", None, None, share != whole)
            yield bounded(share, hedge, one)
