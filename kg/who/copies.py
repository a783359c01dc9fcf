"""Which articles copy each other: those of one wire are one voice, however many papers print it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from kg.names.key import fold
from kg.who.decisions import Decision
from kg.who.joins import Conflict, Join, Level, find_roots, keep_apart

#: Words of the runs by which texts are compared (shingles: Broder, 1997); runs that a text has at
#: least for half of the shorter text's to tell a copy, and the share that a brief one needs.
RUN, LEAST, BRIEF_SHARE = 4, 40, 0.8
#: Share of the shorter text's runs that a copy has, and that one to be judged by somebody has. Of
#: 1.9 million pairs of unlike French articles none has the lesser.
SHARE, DOUBTFUL = 0.5, 0.3
#: Days between copies at most.
DAYS = 14
#: Articles that a run is compared in, each with each; what stands in more tells few copies.
MANY = 50


@dataclass(frozen=True, slots=True)
class Print:
    """Hold what an article is compared by: its name, text and day, '' where it is not known."""

    name: str
    text: str
    published: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Copy:
    """Hold two articles, the share of the shorter one's runs that the other has, if it is sure."""

    one: str
    two: str
    share: float
    sure: bool


def count_voices(texts: Iterable[str]) -> int:
    """Count the texts that are no copies of others; one that is not known ('') is a voice.

    >>> wire = "Nordil a racheté Vasco pour 3 millions d'euros, a dit mardi sa directrice."
    >>> count_voices([wire, f"(Agence) {wire}", "Vasco passe sous la coupe de Nordil."])
    2
    """
    prints = [Print(str(at), text) for at, text in enumerate(texts)]
    return len({*find_voices(prints)[0].values()})


def find_voices(
    prints: Sequence[Print], decisions: Iterable[Decision] = ()
) -> tuple[dict[str, str], list[Conflict]]:
    """Return the voice of each article, by its name, and what contradicts what is judged by hand.

    A voice is called by the least name in it. Lines `article:a same article:b` join, those with
    `different` part, and a copy that is not sure does neither.

    >>> from kg.who.decisions import read_decision
    >>> line = read_decision({"left": "article:a", "is": "same", "right": "article:b"})
    >>> find_voices([Print("b", "Un."), Print("a", "Deux."), Print("c", "Trois.")], [line])[0]
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    names = sorted(one.name for one in prints)
    joins = [
        Join(
            Level.spelling, copy.one, copy.two, f"{copy.share:.0%} of the words in a row are alike"
        )
        for copy in find_copies(prints)
        if copy.sure
    ]
    apart: dict[tuple[str, str], str] = {}
    for one in decisions:
        if one.kind in ("same", "different") and one.left.scheme == one.other.scheme == "article":
            pair = (one.left.value, one.other.value)
            if one.kind == "same":
                joins.append(Join(Level.hand, *pair, str(one)))
            else:
                apart[min(pair), max(pair)] = str(one)
    kept, conflicts = keep_apart(joins, apart)
    roots = find_roots(kept)
    return {name: roots.get(name, name) for name in names}, conflicts


def find_copies(prints: Sequence[Print]) -> list[Copy]:
    """Return pairs of articles that are copies or may be, in order; undated ones are near in time.

    >>> words = " ".join(f"mot{n}" for n in range(80))
    >>> find_copies([Print("a", words), Print("b", f"{words} et la suite")])
    [Copy(one='a', two='b', share=1.0, sure=True)]
    """
    runs = read_runs(one.text for one in prints)
    shared: Counter[tuple[int, int]] = Counter()
    for holders in find_holders(runs):
        shared.update(pair_holders(holders))
    found = []
    for (at, other), times in shared.items():
        least = min(len(runs[at]), len(runs[other]))
        share = times / least
        if share >= DOUBTFUL and are_near(prints[at].published, prints[other].published):
            one, two = sorted((prints[at].name, prints[other].name))
            enough = SHARE if least >= LEAST else BRIEF_SHARE
            found.append(Copy(one, two, round(share, 3), share >= enough))
    return sorted(found)


def read_runs(texts: Iterable[str]) -> list[set[int]]:
    """Return each text's runs of words, folded, as numbers: one a run, exact, whatever the text."""
    numbers: defaultdict[str, int] = defaultdict(lambda: len(numbers))
    found = []
    for text in texts:
        words = [numbers[word] for word in fold_text(text)]
        runs = {sum(w << 24 * k for k, w in enumerate(words[at : at + RUN]))
                for at in range(len(words) - RUN + 1)}  # fmt: skip
        found.append(runs)
    return found


def fold_text(text: str) -> list[str]:
    """Return the words of a text, folded.

    >>> fold_text("L’Été, déjà !")
    ['l', 'ete', 'deja']
    """
    return fold.__wrapped__(re.sub(r"[’']", " ", text)).split()


def find_holders(runs: Sequence[set[int]]) -> Iterator[list[int]]:
    """Yield for each run the texts that hold it, where several do."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for at, its in enumerate(runs):
        for run in its:
            holders[run].append(at)
    return (them for them in holders.values() if len(them) > 1)


def pair_holders(holders: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield pairs of texts: each with each, and where they are many each with the first and next.

    >>> list(pair_holders([1, 5, 7]))
    [(1, 5), (1, 7), (5, 7)]
    """
    if len(holders) <= MANY:
        yield from combinations(holders, 2)
    else:
        yield from ((holders[0], other) for other in holders[2:])
        yield from pairwise(holders)


def are_near(one: str, two: str) -> bool:
    """Tell whether two dates are a fortnight apart at most, or one is not known to the day.

    >>> are_near("2024-03-01", "2024-03-15T08:00"), are_near("2024-03-01", "2024-03-16")
    (True, False)
    """
    try:
        first, second = (date.fromisoformat(text[:10]) for text in (one, two))
    except ValueError:
        return True
    return abs((first - second).days) <= DAYS
