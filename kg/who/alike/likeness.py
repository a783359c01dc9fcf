"""How alike two names are, from 0 to 1, with the reasons in words; nothing merges by it alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler

from kg.names.spellings import APART, PARTS, SMALL, USUAL
from kg.who.alike.numbers import country_words
from kg.who.alike.words import SKIPPED, is_legal, is_slip

#: Words that make a name that of a part, a club, a school of the rest, or of its home country.
OTHERS = PARTS | APART | {
    "airlines", "foundation", "group", "groupe", "news", "team", "tv", "ventures",
}  # fmt: skip
#: Words before a surname that make it that of several people.
COLLECTIVE = frozenset({"couple", "epoux", "famille", "freres", "soeurs", "clan"})
#: Words of nationality at home, which the press of a country leaves out.
HOME = frozenset({"francais", "francaise", "national", "nationale"})
#: Scores of what is alike in a way that has a name; measured on `name_bench`, one half of it.
LETTERS, ORDER, TYPO, INITIALS, USUAL_MORE, SURNAME = 0.97, 0.93, 0.95, 0.84, 0.86, 0.8
MORE, PART, FORENAME, UNLIKE, ONE_OF_SERIES, GROUP_MORE = 0.56, 0.4, 0.45, 0.1, 0.7, 0.5
#: Score of a letter wrong in a name too short for that to be no other name: 'Cnaf', 'Cnav'.
SHORT_SLIP = 0.72
#: Rarity of a word: from 0 for one that each name has to 1 for one that only these have.
Weigh = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Hold how alike two names are and why, in words; `veto`: what tells them apart for good."""

    score: float
    reasons: tuple[str, ...] = ()
    veto: bool = False


def one_for_all(word: str) -> float:
    """Return the weight of a word where nothing is known of how rare words are."""
    return 0.3 if word in USUAL or word in SMALL else 1.0


def compare_longer(
    shared: Sequence[str], more: Sequence[str], longer: Sequence[str], weigh: Weigh
) -> Likeness:
    """Judge a name that is another's and some words more: of a trade, of a part, of anything."""
    told = f"one has '{' '.join(more)}' more"
    extra = {word for word in more if word not in SKIPPED}
    if not extra:
        return Likeness(ORDER, (told,))
    if all(word in SKIPPED for word in shared):
        return Likeness(UNLIKE, (told,))
    if extra <= HOME and len(shared) > 1:
        return Likeness(USUAL_MORE, (told,))
    if extra & (OTHERS | country_words()):
        return Likeness(PART, (f"{told}, as parts have",))
    if all(map(is_legal, extra)):
        return Likeness(ORDER - 0.02, (f"{told}, a legal form",))
    if extra <= USUAL:
        return Likeness(USUAL_MORE, (f"{told}, as companies have",))
    weight = sum(map(weigh, shared))
    rare = weight / (weight + sum(map(weigh, extra)))
    score = MORE + 0.2 * (rare - 0.5) + (0.06 if longer[: len(shared)] == tuple(shared) else 0)
    return Likeness(score, (told,))


def compare_others(
    more: Sequence[str], other: Sequence[str], pairs: Sequence[tuple[str, str]], weigh: Weigh
) -> Likeness:
    """Judge two names of which each has words that the other has not, by how rare the words are."""
    one, two = ({w for w in words if w not in SKIPPED} for words in (more, other))
    shared = sum(weigh(a) for a, _ in pairs if a not in SKIPPED)
    rest = sum(map(weigh, (*one, *two)))
    told = f"'{' '.join(more)}' and '{' '.join(other)}' differ"
    if all(map(is_legal, one | two)):
        return Likeness(ORDER - 0.02 if shared else UNLIKE, (f"{told}, as legal forms",))
    if not one or not two:
        return Likeness(MORE if shared else UNLIKE, (told,))
    for a, b in ((one, two), (two, one)):
        if all(any(long.startswith(short) and len(short) > 3 for long in b) for short in a):
            return Likeness(0.74, (f"'{' '.join(more)}' may be '{' '.join(other)}'",))
    if len(pairs) > 1 and len(one) == len(two) == 1:
        short, other_one = *one, *two
        if len(short) == len(other_one) == 3 and is_slip(short, other_one):
            return Likeness(SHORT_SLIP, (f"'{short}' for '{other_one}'",))
    score = 0.8 * 2 * shared / (2 * shared + rest)
    if one <= OTHERS | HOME or two <= OTHERS | HOME:
        score = min(score, PART)
    return Likeness(score, (told,))


def compare_persons(
    shared: Sequence[str], more: Sequence[str], longer: Sequence[str], typos: int
) -> Likeness:
    """Judge a person's name that is another's and some words more: a surname, a forename."""
    size = len(shared)
    if {*more} & COLLECTIVE:
        return Likeness(PART, (f"'{' '.join(longer)}' are several people",))
    if len(more) == len(longer) - size and tuple(longer[: len(more)]) == tuple(more):
        # A slip in a forename that is longer elsewhere is another: 'Marine', 'Jean-Marie'.
        return Likeness(SURNAME - 0.15 * typos, (f"'{' '.join(shared)}' is the surname",))
    told = f"one has '{' '.join(more)}' more"
    if size > 1 and longer[0] == shared[0]:
        return Likeness(SURNAME + 0.06, (told,))
    return Likeness(FORENAME, (told,))


def compare_given(
    one: Sequence[str], two: Sequence[str], pairs: Sequence[tuple[str, str]]
) -> Likeness:
    """Judge two persons of whom each has a word that the other has not: 'Doug', 'Douglas'."""
    told = f"'{' '.join(one)}' and '{' '.join(two)}' have other words"
    shared = {word for pair in pairs for word in pair}
    rest, other = ([word for word in name if word not in shared] for name in (one, two))
    surnames = (one[-1], two[-1]) in pairs
    if surnames and len(rest) == len(other) == 1 and rest[0][0] == other[0][0]:
        a, b = sorted((rest[0], other[0]), key=len)
        if b.startswith(a) and len(a) != 3:
            return Likeness(SURNAME + 0.02, (f"'{a}' may be '{b}'",))
        if JaroWinkler.similarity(a, b) >= 0.8:
            return Likeness(0.75, (f"'{a}' is like '{b}'",))
        return Likeness(FORENAME, (told,))
    return Likeness(UNLIKE, (told,), veto=True)
