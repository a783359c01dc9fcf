"""Words of names: how a name parts into them, and which of two names are alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from kg.names.key import fold, legal_forms, name_key
from kg.names.spellings import SMALL
from kg.who.alike.numbers import spell_out

#: Words that an acronym may leave out, beside articles and 'de'.
SKIPPED = SMALL | {"contre", "par", "a", "dans", "with", "in"}
#: Where capitals part a word: 'HuffPost', 'BFMBusiness'.
CAMEL = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ]{2})(?=[A-ZÀ-Þ][a-zß-öø-ÿ])")
#: Words of legal forms that English spells out.
SPELLED = frozenset({
    "aktiengesellschaft", "co", "company", "corp", "corporation", "incorporated", "joint",
    "liability", "limited", "stock",
})  # fmt: skip
#: An apostrophe inside a word that is no article: 'Qa'ida', 'M'Bappé'.
INNER = re.compile(r"(?<=\w\w)['’](?=\w)|(?<=\b[MOmo])['’](?=\w)")
#: Least letters of a word for one, and for two, of them to be wrong.
ONE_WRONG, TWO_WRONG = 4, 9
#: Letters of a name of one word from which on a wrong one is no other name: 'Cnaf', 'Cnav'.
SLIP = 7


@lru_cache(maxsize=1 << 15)
def spellings(name: str, folder: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a name, and those that its capitals part: 'HuffPost' is 'huff post'.

    >>> spellings("HuffPost", "org")
    (('huffpost',), ('huff', 'post'))
    """
    found: dict[tuple[str, ...], None] = {}
    told = spell_out(name)
    for text in (told, CAMEL.sub(" ", told), INNER.sub("", told)):
        key = name_key(text) if folder == "org" else fold(text)
        found[tuple(key.replace("'", " ").split())] = None
    return tuple(found)


def is_slip(one: str, two: str) -> bool:
    """Tell whether one letter makes the difference of two words."""
    return DamerauLevenshtein.distance(one, two, score_cutoff=1) == 1


def is_long_slip(one: str, two: str) -> bool:
    """Tell whether one letter makes the difference of two long words.

    >>> is_long_slip("mcdonalds", "macdonalds"), is_long_slip("cnaf", "cnav")
    (True, False)
    """
    return min(len(one), len(two)) >= SLIP and is_slip(one, two)


def align(
    one: Sequence[str], two: Sequence[str]
) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Pair the words of two names, the likeliest first, and return the rest of each.

    >>> align(("samsung", "motors"), ("samsong",))
    ([('samsung', 'samsong')], ['motors'], [])
    """
    found = sorted(
        ((likeness, -i, -j) for i, a in enumerate(one) for j, b in enumerate(two)
         if (likeness := word_likeness(a, b))), reverse=True,
    )  # fmt: skip
    left, right = dict(enumerate(one)), dict(enumerate(two))
    pairs = []
    for _, i, j in found:
        if -i in left and -j in right:
            pairs.append((-i, left.pop(-i), right.pop(-j)))
    return [(a, b) for _, a, b in sorted(pairs)], [*left.values()], [*right.values()]


@lru_cache(maxsize=1 << 16)
def word_likeness(one: str, two: str) -> float:
    """Return how alike two words are: 0 if more letters are wrong than a slip of the pen has.

    >>> word_likeness("samsung", "samsong") > 0.8, word_likeness("rte", "rtl")
    (True, 0.0)
    """
    if one == two:
        return 1.0
    size, most = sorted((len(one), len(two)))
    allowed = (size >= ONE_WRONG) + (most >= TWO_WRONG)
    wrong = DamerauLevenshtein.distance(one, two, score_cutoff=allowed)
    return 1 - wrong / (size + 1) if wrong <= allowed and allowed else 0.0


@lru_cache(maxsize=1 << 14)
def is_legal(word: str) -> bool:
    """Tell whether a word is of a legal form, if need be with a letter wrong.

    >>> is_legal("aktiengeselschaft"), is_legal("motors")
    (True, False)
    """
    words = legal_words()
    return word in words or (len(word) > 4 and any(word_likeness(word, it) > 0 for it in words))


@cache
def legal_words() -> frozenset[str]:
    """Return the words of legal forms, and those that English companies' names end with."""
    forms, ending, _ = legal_forms()
    found = {form[0] for form in (*forms, *ending) if len(form) == 1} - {"groupe", "group"}
    return frozenset(found | SPELLED)


def initials(words: Iterable[str]) -> str:
    """Return the first letters of words."""
    return "".join(word[0] for word in words)


def is_woven(letters: str, words: Sequence[str]) -> bool:
    """Tell whether letters are made of the beginnings of all words in turn: 'Unédic', 'Medef'.

    >>> is_woven("medef", ["mouvement", "entreprises", "france"]), is_woven("abc", ["alpha", "bc"])
    (False, True)
    """
    if not words:
        return not letters
    return any(
        letters[:size] == words[0][:size] and is_woven(letters[size:], words[1:])
        for size in range(1, min(len(letters), 4) + 1)
    )
