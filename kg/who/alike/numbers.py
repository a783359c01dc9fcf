"""Numbers and countries in names: what tells one of a series, or one of a country, from another."""

from __future__ import annotations

import re
from functools import cache

from kg.names.key import fold, join_letters

NUMBER = re.compile(r"\d+")
#: A Roman number: of two letters at least, or V or X, or an I that ends a name.
ROMAN = re.compile(r"(?=[IVX]{2,}$|[VX]$|I$)X{0,3}(?:IX|IV|V?I{0,3})$")
FIGURES = {"I": 1, "V": 5, "X": 10}
#: Numbers as words, in English and French, and how an ordinal in figures ends.
WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "first": 1, "second": 2, "third": 3, "twenty": 20, "thirty": 30,
    "forty": 40, "fourty": 40, "fifty": 50, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
    "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "vingt": 20, "trente": 30,
}  # fmt: skip
ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|re|e|eme|ème)\b", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
TENS = re.compile(r"\b([2-9])0[\s-]+([1-9])\b")
#: Languages that companies' names have countries in.
LANGUAGES = ("fr", "en", "it", "es", "de")


def spell_out(name: str) -> str:
    """Return a name with numbers for number words.

    >>> spell_out("Brigade Forty-Four"), spell_out("First International")
    ('Brigade 44', '1 International')
    """
    figures = WORD.sub(lambda word: str(WORDS.get(word[0].lower(), word[0])), name)
    return TENS.sub(r"\1\2", ORDINAL.sub("", figures))


def find_numbers(name: str) -> list[str]:
    """Return the numbers in a name, sorted; words and Roman ones too.

    >>> find_numbers("Fonds II 2024"), find_numbers("RMC Sport 1"), find_numbers("Forty-four B.V.")
    (['2', '2024'], ['1'], ['44'])
    """
    text = join_letters(spell_out(name))
    found = NUMBER.findall(text)
    words = re.findall(r"\w+", text)
    last = len(words) - 1
    for at, word in enumerate(words):
        if ROMAN.match(word) and (word != "I" or 1 < at == last):
            figures = [FIGURES[letter] for letter in word]
            after = [*figures[1:], 0]
            found.append(str(sum(-a if a < b else a for a, b in zip(figures, after, strict=True))))
    return sorted(number.lstrip("0") or "0" for number in found)


@cache
def country_words() -> frozenset[str]:
    """Return the names of countries that are one word, folded, in some languages.

    >>> {"italia", "chine", "mexico"} <= country_words()
    True
    """
    from babel import Locale

    names = {
        fold(name)
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if code.isalpha()
    }
    return frozenset(name for name in names if " " not in name)
