"""Which articles copy each other: those of one wire are one voice, however many papers print it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kg.names.key import fold

#: Words of the runs by which texts are compared, and the share of the shorter text's runs that a
#: copy has: two papers that quote one sentence have less.
RUN, SHARE = 5, 0.5


def count_voices(texts: Iterable[str]) -> int:
    """Count the texts that are no copies of others.

    Texts that share half of the shorter one's runs of five words are one voice (containment of
    shingles: Broder, 1997). A text that is not known ('') is a voice of its own.

    >>> wire = "Nordil a racheté Vasco pour 3 millions d'euros, a dit mardi sa directrice."
    >>> count_voices([wire, f"(Agence) {wire}", "Vasco passe sous la coupe de Nordil."])
    2
    """
    runs = [runs_of(text) for text in texts]
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, its in enumerate(runs):
        for run in its:
            holders[run].append(at)
    shared: Counter[tuple[int, int]] = Counter()
    for them in holders.values():
        # What stands in very many texts (a signature) tells no copies.
        shared.update((one, two) for one in them[:50] for two in them[:50] if one < two)
    groups = list(range(len(runs)))
    for (one, two), times in shared.items():
        if times >= SHARE * min(len(runs[one]), len(runs[two])):
            join(groups, one, two)
    return len({root(groups, at) for at in range(len(runs))})


def runs_of(text: str) -> set[tuple[str, ...]]:
    """Return a text's runs of words, folded."""
    words = fold(re.sub(r"[’']", " ", text)).split()
    return {tuple(words[at : at + RUN]) for at in range(max(len(words) - RUN + 1, 0))}


def join(groups: list[int], one: int, two: int) -> None:
    """Make two members' groups one."""
    groups[root(groups, two)] = root(groups, one)


def root(groups: Sequence[int], at: int) -> int:
    """Return the first member of a member's group."""
    while groups[at] != at:
        at = groups[at]
    return at
