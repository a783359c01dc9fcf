"""Candidates: pairs of things that may be one, likeliest first, for somebody to judge."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, islice, product

from kg.names.key import fold
from kg.names.spellings import USUAL
from kg.who.alike.comparison import compare_names
from kg.who.alike.likeness import Likeness, Weigh
from kg.who.alike.words import SKIPPED, initials, spellings
from kg.who.rules import NAMED
from kg.who.things import Thing

#: Names that share a word at most, for the word to tell candidates; letters of a beginning.
MOST, BEGINNING = 60, 5
#: Least likeness of a suggestion: of the judged press names, those below are right once in forty.
LEAST = 0.3
#: What a likeness loses where one of the two has many others as like: 'Ford' of ten Fords.
CROWD = 0.06
#: What a likeness loses where a surname may rather be that of somebody else, named more often.
RIVAL = 0.15
#: Pairs of names of two clusters that are compared, for one to tell them apart.
FORMS = 100
#: Likeness from which on neither others as like nor an article that has both matter.
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold two things that may be one: their names, how alike they are and why."""

    one: Thing
    two: Thing
    score: float
    reasons: tuple[str, ...]


def find_candidates(
    things: Iterable[Thing],
    same: Callable[[Thing], str] = lambda thing: thing.node,
    judged: Callable[[Thing, Thing], bool] = lambda one, two: False,
) -> list[Candidate]:
    """Return pairs of things that are not one yet and may be, likeliest first.

    `same` tells of a thing what cluster it is in, `judged` of two whether somebody has judged them.
    Of each two clusters there is one pair at most.

    >>> from kg.who.things import make_thing
    >>> those = [make_thing(n, "Person") for n in ("Carlos Ghosn", "Ghosn", "Carole Martin")]
    >>> [(c.one.name, c.two.name, c.reasons) for c in find_candidates(those)]
    [('Carlos Ghosn', 'Ghosn', ("'ghosn' is the surname",))]
    """
    named: dict[str, Thing] = {}
    # A name is told in the spelling that most articles have.
    for thing in sorted(things, key=lambda it: (-len(it.articles), it.name)):
        if thing.folder in NAMED:
            named.setdefault(thing.node, thing)
    weigh = partial(weigh_word, count_words(named.values()))
    best: dict[tuple[str, str], Candidate] = {}
    for one, two in sorted(find_pairs(named)):
        first, second = named[one], named[two]
        homes = (min(same(first), same(second)), max(same(first), same(second)))
        if homes[0] == homes[1] or judged(first, second):
            continue
        like = compare_names(first.name, second.name, first.folder, weigh)
        if like.score >= LEAST and not like.veto and not apart_in_articles(first, second, like):
            found = Candidate(first, second, like.score, like.reasons)
            if homes not in best or found.score > best[homes].score:
                best[homes] = found
    return rank_candidates(leave_apart(best, named.values(), same, weigh))


def leave_apart(
    best: Mapping[tuple[str, str], Candidate],
    things: Iterable[Thing],
    same: Callable[[Thing], str],
    weigh: Weigh,
) -> dict[tuple[str, str], Candidate]:
    """Return the candidates of clusters of which no names tell each other apart."""
    clusters: defaultdict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        clusters[same(thing)].append(thing)
    return {
        homes: found
        for homes, found in best.items()
        if not are_told_apart(clusters[homes[0]], clusters[homes[1]], weigh)
    }


def are_told_apart(ones: Sequence[Thing], others: Sequence[Thing], weigh: Weigh) -> bool:
    """Tell whether a name of one cluster cannot be another of a name of the other cluster.

    >>> from kg.who.things import make_thing
    >>> one, two, last = (make_thing(n, "Person") for n in ("Ada Roy", "Roy", "Bea Roy"))
    >>> [are_told_apart(it, [last], lambda word: 1.0) for it in ([one, two], [two])]
    [True, False]
    """
    pairs = islice(product(ones, others), FORMS)
    return any(
        compare_names(one.name, other.name, one.folder, weigh).veto
        for one, other in pairs
        if one.folder == other.folder
    )


def find_pairs(named: Mapping[str, Thing]) -> set[tuple[str, str]]:
    """Return the pairs of nodes that share a word that is not usual, a beginning or initials."""
    blocks: defaultdict[str, set[str]] = defaultdict(set)
    for node, thing in named.items():
        for block in block_words(thing):
            blocks[f"{thing.folder}:{block}"].add(node)
    found: set[tuple[str, str]] = set()
    for those in blocks.values():
        if len(those) <= MOST:
            found.update(combinations(sorted(those), 2))
    return found


def block_words(thing: Thing) -> set[str]:
    """Return what a thing is looked up by: words, their beginnings, initials and letters.

    >>> from kg.who.things import make_thing
    >>> sorted(block_words(make_thing("HuffPost", "Company")))
    ['<huffp', '=hp', '=huffpost', 'huff', 'huffpost', 'post']
    """
    found: set[str] = set()
    for words in spellings(thing.name, thing.folder):
        main = [word for word in words if word not in SKIPPED]
        found.update(word.removesuffix("s") for word in main)
        found.add(f"<{''.join(words)[:BEGINNING]}")
        if thing.folder == "person":
            found.update(f"<{word[:BEGINNING]}" for word in main if len(word) >= BEGINNING)
        elif len(main) > 1:
            found.update(f"={letters}" for letters in (initials(words), initials(main)))
    letters = fold(thing.name).replace(" ", "")
    if thing.folder != "person" and len(letters) < 10 and not thing.name.islower():
        found.add(f"={letters}")
    return found


def count_words(things: Iterable[Thing]) -> Counter[str]:
    """Return in how many names each word is."""
    return Counter(word for it in things for word in {*spellings(it.name, it.folder)[0]})


def weigh_word(counts: Mapping[str, int], word: str) -> float:
    """Return how much a word tells: 1 where one name has it, and less the more have it.

    >>> weigh_word({"radio": 40}, "radio") < weigh_word({"nova": 1}, "nova")
    True
    """
    usual = 0.5 if word in USUAL or word in SKIPPED else 1.0
    return usual / (1 + math.log(max(counts.get(word, 1), 1)) / 3)


def apart_in_articles(one: Thing, two: Thing, like: Likeness) -> bool:
    """Tell whether an article has both as two things, and they are no more than a bit alike."""
    return like.score < SURE and not {*one.articles}.isdisjoint(two.articles)


def rank_candidates(best: Mapping[tuple[str, str], Candidate]) -> list[Candidate]:
    """Return candidates, likeliest first; one of a crowd of as like ones is less likely.

    Of the people whom a surname may mean, the one that most articles name is the likeliest.
    """
    crowd: defaultdict[str, list[tuple[float, int, str]]] = defaultdict(list)
    for (one, two), it in best.items():
        crowd[one].append((-it.score, -len(it.two.articles) - len(it.one.articles), two))
        crowd[two].append((-it.score, -len(it.two.articles) - len(it.one.articles), one))
    places = {
        home: {other: at for at, (_, _, other) in enumerate(sorted(those))}
        for home, those in crowd.items()
    }
    found = []
    for (one, two), it in best.items():
        place = max(places[one][two], places[two][one])
        if it.one.folder == "person":
            loss = RIVAL + CROWD * math.log2(1 + place) if place else 0.0
        else:
            loss = CROWD * math.log2(max(len(crowd[one]), len(crowd[two])))
        score = it.score if it.score >= SURE else max(it.score - loss, 0.0)
        found.append(Candidate(it.one, it.two, round(score, 3), it.reasons))
    return sorted(found, key=lambda it: (-it.score, it.one.name, it.two.name))
