"""How a language writes percentages, sums and counts, as patterns that find them."""

from __future__ import annotations

import re
from functools import cache

from kg.values.language import Language
from kg.values.numerals import GAP, any_of, digits_of, scales_of, words_of

#: No digit, no word and no sign of a change ('+6 %') may stand right before a number.
FREE = r"(?<![\w.,+−-])(?<![+−-] )"


def signs_first(lang: Language) -> bool:
    """Tell whether a currency's sign stands before its sum as a rule."""
    return bool(lang.table("values")["signs_first"])


@cache
def pattern_of_unit(kind: str, lang: Language) -> re.Pattern[str]:
    """Return what finds a unit alone, to pass by texts without one."""
    end = r"\s?\d" if kind == "currency_signs" else r"(?!\w)"
    return re.compile(any_of(lang.words(f"values.{kind}")) + end)


@cache
def pattern(kind: str, lang: Language, *, pair: bool) -> re.Pattern[str]:
    """Return what finds a number with its unit, or a pair of them, in digits or in words."""
    if kind == "currency_signs":
        return pattern_of_signs(lang, pair=pair)
    of, unit = any_of(lang.words("values.of")), any_of(lang.table(f"values.{kind}"))
    number, words = rf"(?:{digits_of(lang)}|{words_of(lang)})", scales_of(lang)
    joints = any_of((*lang.words("values.and"), *lang.words("values.to")))
    first = (
        rf"(?:{FREE}(?P<low>{number})(?P<low_scale>{words})?{GAP}*"
        rf"(?P<low_unit>{of}?{unit})?{GAP}*(?P<joint>{joints}){GAP}*)?"
    )
    start = rf"{first}(?(low)|{FREE})" if pair else FREE
    adjective = any_of(lang.words("values.counted_words")) if kind == "counted" else "(?!)"
    return re.compile(
        rf"{start}(?P<high>{number})(?P<scale>{words})?"
        rf"(?:{GAP}+(?P<half>{any_of(lang.words('values.halves'))}))?"
        rf"{GAP}*{of}?{GAP}*(?:{adjective}{GAP}+)?(?P<unit>{unit})(?!\w)"
    )


@cache
def pattern_of_signs(lang: Language, *, pair: bool) -> re.Pattern[str]:
    """Return what finds a sum that its currency stands before ('$3 millions'), or a pair."""
    signs, number, words = (
        any_of(lang.words("values.currency_signs")), digits_of(lang), scales_of(lang)
    )  # fmt: skip
    pair = pair and signs_first(lang)
    joints = any_of((*lang.words("values.and"), *lang.words("values.to"))) if pair else "(?!)"
    return re.compile(
        rf"(?<!\w)(?P<unit>{signs}){GAP}?"
        rf"(?:(?P<low>{number})(?P<low_scale>{words})?(?P<low_unit>){GAP}*(?P<joint>{joints})"
        rf"{GAP}*(?:{signs}{GAP}?)?)?(?P<high>{number})(?P<scale>{words})?(?P<half>)"
    )


@cache
def pattern_of_each(lang: Language) -> re.Pattern[str]:
    """Return what finds what a price is for, right after a sum ('par action')."""
    openers, things = any_of(lang.words("values.each_openers")), any_of(lang.words("values.each"))
    return re.compile(rf"{GAP}*{openers}{things}(?!\w)")


@cache
def pattern_of_fractions(lang: Language) -> re.Pattern[str]:
    """Return what finds a fraction of something."""
    articles = any_of(lang.words("values.fraction_articles"))
    numbers = any_of(w for w, value in lang.table("values.numbers").items() if value < 10)
    joints = any_of(lang.words("values.fraction_joints"))
    return re.compile(
        rf"(?<!\w)(?:(?P<number>{numbers}){joints}|{articles})"
        rf"(?P<fraction>{any_of(lang.table('values.fractions'))}){GAP}+"
        rf"(?={any_of(lang.words('values.fraction_of'))}(?!\w))",
        re.IGNORECASE,
    )
