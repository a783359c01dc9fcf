"""Comparison of two names: of the several ways to see them, the one in which they are likest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.names.key import fold, name_key
from kg.names.known import known_names
from kg.who.alike.likeness import (
    GROUP_MORE,
    INITIALS,
    LETTERS,
    ONE_OF_SERIES,
    ORDER,
    SHORT_SLIP,
    TYPO,
    UNLIKE,
    Likeness,
    Weigh,
    compare_given,
    compare_longer,
    compare_others,
    compare_persons,
    one_for_all,
)
from kg.who.alike.numbers import find_numbers
from kg.who.alike.words import SKIPPED, SLIP, align, initials, is_long_slip, is_woven, spellings
from kg.who.bodies import known_bodies
from kg.who.rules import sure_key

#: Words that names share at least, for their numbers to be those of one series.
SERIES = 3


def compare_names(one: str, two: str, folder: str, weigh: Weigh = one_for_all) -> Likeness:
    """Compare two names of things of one folder: the likeliest of several ways to see them.

    >>> compare_names("ArcelorMittal", "Arcelor Mittal", "org").reasons
    ('the same letters',)
    >>> compare_names("Cap Solar 64", "Cap Solar 69", "org").veto
    True
    >>> compare_names("Carlos Ghosn", "Ghosn", "person").reasons
    ("'ghosn' is the surname",)
    """
    numbers = find_numbers(one), find_numbers(two)
    if numbers[0] != numbers[1]:
        return compare_series(one, two, folder, numbers)
    if folder == "org" and name_key(one) == name_key(two) and sure_key(one) != sure_key(two):
        return Likeness(GROUP_MORE, ("one may be the other's group",))
    ways = [
        compare_words(first, second, folder, weigh)
        for first in spellings(one, folder)
        for second in spellings(two, folder)
    ]
    if folder != "person":
        ways += [is_acronym(one, two), is_acronym(two, one)]
    # A veto of one way to part words is none of another.
    return max(ways, key=lambda way: (way.score, way.reasons))


def compare_series(
    one: str, two: str, folder: str, numbers: tuple[Sequence[str], Sequence[str]]
) -> Likeness:
    """Judge two names whose numbers differ: another thing, if not of one long-named series."""
    told = f"their numbers differ: {', '.join(numbers[0]) or '-'}; {', '.join(numbers[1]) or '-'}"
    same = {*spellings(one, folder)[0]} & {*spellings(two, folder)[0]}
    words = [word for word in same if word not in SKIPPED and not word.isdigit()]
    if len(numbers[0]) == len(numbers[1]) and len(words) >= SERIES:
        return Likeness(ONE_OF_SERIES, (told,))
    return Likeness(UNLIKE, (told,), veto=True)


def compare_words(one: Sequence[str], two: Sequence[str], folder: str, weigh: Weigh) -> Likeness:
    """Compare two names word by word: each is paired with the likeliest of the other."""
    letters = "".join(one), "".join(two)
    if letters[0] == letters[1]:
        return Likeness(LETTERS, ("the same letters",))
    ones = [sorted(word for word in name if len(word) == 1) for name in (one, two)]
    if len(one) != len(two) and ones[0] == ones[1] and is_long_slip(*letters):
        return Likeness(TYPO - 0.03, ("the same letters but one",))
    pairs, more, other = align(one, two)
    if not pairs:
        return Likeness(UNLIKE, ("no word alike",))
    typos = tuple(f"'{a}' for '{b}'" for a, b in pairs if a != b)
    if not more and not other:
        told = typos or ("the same words in another order",)
        slip = min(len(a) for a, b in pairs if a != b) if typos else 0
        if len(one) == 1 and slip < SLIP:
            return Likeness(SHORT_SLIP, told)
        return Likeness(TYPO - 0.02 * (len(typos) - 1) if typos else ORDER, told)
    longer = one if more else two
    shared = take_out(longer, more or other)
    if folder == "person":
        found = (
            compare_given(one, two, pairs)
            if more and other
            else compare_persons(shared, more or other, longer, len(typos))
        )
    elif more and other:
        found = compare_others(more, other, pairs, weigh)
    else:
        found = compare_longer(shared, more or other, longer, weigh)
    score = found.score - 0.05 * len(typos)
    return Likeness(score, (*found.reasons, *typos), found.veto)


def take_out(name: Sequence[str], words: Sequence[str]) -> list[str]:
    """Return the words of a name without some of them: of those that it has twice, the last ones.

    >>> take_out(("nordil", "vasco", "nordil"), ("nordil",))
    ['nordil', 'vasco']
    """
    gone, kept = Counter(words), list[str]()
    for word in reversed(name):
        if gone[word]:
            gone[word] -= 1
        else:
            kept.append(word)
    return kept[::-1]


def is_acronym(short: str, long: str) -> Likeness:
    """Tell whether a name is the initials of another, with or without its small words.

    >>> is_acronym("Ufol", "Union française des ouvriers de Lune").reasons
    ('the initials',)
    """
    letters = fold(short).replace(" ", "")
    words = fold(long.replace("'", " ").replace("’", " ")).split()
    if known_bodies().get(name_key(short)) or known_names().get(name_key(short)):
        return Likeness(UNLIKE)
    if len(words) < 2 or not 2 <= len(letters) <= 9 or " " in short.strip() or short.islower():
        return Likeness(UNLIKE)
    main = [word for word in words if word not in SKIPPED]
    if letters in (initials(words), initials(main)):
        return Likeness(INITIALS if len(letters) > 2 else SHORT_SLIP, ("the initials",))
    if len(main) > 1 and len(letters) > 2 and is_woven(letters, main):
        return Likeness(0.6, ("the beginnings of its words",))
    return Likeness(UNLIKE)
