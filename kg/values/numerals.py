"""Numbers as a language writes them: in digits, in words, with a scale, with a hedge."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from kg.values.language import Language

#: Spaces that French typography puts inside numbers and before units.
GAP = "[ \u00a0\u202f\u2009]"
#: Values of the words that multiply those before them.
HUNDRED, THOUSAND = 100, 1000
#: How many more words a number in words has at most ('deux cent quatre-vingt-dix-neuf mille …').
LONGEST = 12
#: How many characters before a number its hedge may begin ('un peu moins de').
BEFORE = 30
#: What a hedge says: the number is the least, the most, or about right.
HEDGES = ("least", "most", "about")


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first, with any space and apostrophe.

    >>> re.fullmatch(any_of(["d'un an", "d"]), "d’un an") is not None
    True
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    escaped = "|".join(map(re.escape, ordered))
    return f"(?:{escaped})".replace("\\ ", f"{GAP}+").replace("'", "['’]")


def digits_of(lang: Language) -> str:
    """Return a pattern for a number in digits."""
    signs = lang.table("values")
    group, decimal = re.escape(signs["group"]), re.escape(signs["decimal"])
    slip = f"{GAP}?" if signs["decimal_gap"] else ""
    return rf"\d{{1,3}}(?:(?:{GAP}|{group})\d{{3}})+(?:{decimal}\d+)?|\d+(?:[.,]{slip}\d+)?"


def read_number(text: str, decimal: str = ",", group: str = ".") -> Decimal:
    """Return a number by the signs before its decimals and between its thousands.

    Where neither parts thousands, both stand before decimals.

    >>> read_number("1 234,5"), read_number("7.1")
    (Decimal('1234.5'), Decimal('7.1'))
    >>> read_number("1,234.5", ".", ",")
    Decimal('1234.5')
    """
    text = re.sub(GAP, "", text)
    if re.fullmatch(rf"\d{{1,3}}(\{group}\d{{3}})+(\{decimal}\d+)?", text):
        text = text.replace(group, "")
    return Decimal(text.replace(",", "."))


def read_words(text: str, lang: Language) -> Decimal:
    """Return a number that is written in words.

    >>> from kg.values.language import load_language
    >>> read_words("deux cent quatre-vingt-douze", load_language("fr"))
    Decimal('292')
    """
    numbers = lang.table("values.numbers")
    total = part = 0
    for word in re.findall(rf"(?<!\w){any_of(numbers)}(?!\w)", text.lower()):
        value = numbers[" ".join(word.split())]
        if value == THOUSAND:
            total, part = total + max(part, 1) * value, 0
        else:
            part = max(part, 1) * value if value == HUNDRED else part + value
    return Decimal(total + part)


def plain(number: Decimal) -> Decimal:
    """Return a number without needless decimals.

    >>> plain(Decimal("66100.0")), plain(Decimal("7.10"))
    (Decimal('66100'), Decimal('7.1'))
    """
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def words_of(lang: Language) -> str:
    """Return a pattern for a number in words."""
    numbers = any_of(lang.table("values.numbers"))
    joints = any_of(lang.words("values.number_joints"))
    return rf"(?i:{numbers}(?:{joints}{numbers}){{0,{LONGEST}}})(?!\w)"


def scales_of(lang: Language) -> str:
    """Return a pattern for what multiplies a number: 'millions', 'une vingtaine de milliers'.

    A currency's code may follow at once ('12 MEUR').
    """
    scales, of = any_of(lang.table("values.scales")), any_of(lang.words("values.of"))
    return rf"(?:{GAP}*{scales}(?!\w(?![A-Z]{{2}}(?!\w)))(?:{GAP}+{of}(?={scales}(?!\w)))?){{1,2}}"


def scale(number: str, words: str, lang: Language) -> Decimal:
    """Return a number times what the words after it multiply it by.

    >>> from kg.values.language import load_language
    >>> str(scale("1,5", " millions", load_language("fr")))
    '1500000'
    """
    signs = lang.table("values")
    if number[0].isdigit():
        value = read_number(number, signs["decimal"], signs["group"])
    else:
        value = read_words(number, lang)
    table = lang.table("values.scales")
    for word in re.findall(rf"(?<!\w){any_of(table)}(?!\w)", words):
        value *= table[word]
    return plain(value)


def is_rounded(words: str, lang: Language) -> bool:
    """Tell whether the words of a scale say that the number is rounded ('une centaine')."""
    return re.search(rf"{any_of(lang.words('values.rounds'))}(?!\w)", words) is not None


def hedge_before(text: str, begin: int, lang: Language) -> tuple[int, str, str]:
    """Return where what belongs to a number begins, its hedge, and what opens a range ('entre').

    >>> from kg.values.language import load_language
    >>> hedge_before("soit plus de 3 %", 13, load_language("fr"))
    (5, 'least', '')
    """
    first = max(begin - BEFORE, 0)
    match = pattern_before(lang).search(text[first:begin])
    if match is None:
        return begin, "", ""
    return (
        first + match.start(),
        hedge_of(match["hedge"] or "", lang),
        (match["opening"] or "").lower(),
    )


def hedge_after(text: str, end: int, lang: Language) -> tuple[int, str]:
    """Return where what belongs to a number ends, and its hedge ('environ')."""
    match = pattern_after(lang).match(text, end)
    return (match.end(), hedge_of(match[1], lang)) if match else (end, "")


def is_earlier(text: str, begin: int, lang: Language) -> bool:
    """Tell whether a number is that of a time before ('contre 25 % un an plus tôt').

    >>> from kg.values.language import load_language
    >>> is_earlier("26 %, contre 25 %", 13, load_language("fr"))
    True
    """
    words = any_of(lang.words("values.earlier"))
    before = text[max(begin - BEFORE, 0) : begin]
    return re.search(rf"(?<!\w){words}{GAP}+$", before, re.IGNORECASE) is not None


def hedge_of(words: str, lang: Language) -> str:
    """Return which hedge some words are: 'least', 'most', 'about', or '' for no words."""
    folded = " ".join(words.lower().replace("’", "'").split())
    return next((k for k in HEDGES if folded in lang.words(f"values.hedges.{k}")), "")


@cache
def pattern_before(lang: Language) -> re.Pattern[str]:
    """Return what finds a hedge and the opening of a range at the end of a text."""
    kinds = (*HEDGES, "none")
    hedges = any_of(word for kind in kinds for word in lang.words(f"values.hedges.{kind}"))
    opening = any_of((*lang.words("values.between"), *lang.words("values.from")))
    return re.compile(
        rf"(?<!\w)(?:(?P<hedge>{hedges}){GAP}*)?(?:(?P<opening>{opening}){GAP}+)?$",
        re.IGNORECASE,
    )


@cache
def pattern_after(lang: Language) -> re.Pattern[str]:
    """Return what finds a hedge right after a number."""
    return re.compile(rf"{GAP}+({any_of(lang.words('values.hedges.after'))})(?!\w)", re.IGNORECASE)
