"""Which articles copy each other: those of one wire are one voice, however many papers print it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from kg.who.decisions import Decision
from kg.who.joins import Conflict, Join, Level, find_roots, keep_apart

#: Runs that a text has at least for half of the shorter text's to tell a copy, and the share that
#: a brief one needs.
LEAST, BRIEF_SHARE = 40, 0.8
#: Share of the shorter text's runs that a copy has, and that one to be judged by somebody has. Of
#: 1.9 million pairs of unlike French articles none has the lesser.
SHARE, DOUBTFUL = 0.5, 0.3
#: Days between copies at most.
DAYS = 14


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
    prints: Iterable[Print], decisions: Iterable[Decision] = ()
) -> tuple[dict[str, str], list[Conflict]]:
    """Return the voice of each article, by its name, and what contradicts what is judged by hand.

    A voice is called by the least name in it. Lines `article:a same article:b` join, those with
    `different` part, and a copy that is not sure does neither.

    >>> from kg.who.decisions import read_decision
    >>> line = read_decision({"left": "article:a", "is": "same", "right": "article:b"})
    >>> find_voices([Print("b", "Un."), Print("a", "Deux."), Print("c", "Trois.")], [line])[0]
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    names: list[str] = []
    apart: dict[tuple[str, str], str] = {}
    hand: list[Join] = []
    for one in decisions:
        if one.kind in ("same", "different") and one.left.scheme == one.other.scheme == "article":
            pair = (one.left.value, one.other.value)
            if one.kind == "same":
                hand.append(Join(Level.hand, *pair, str(one)))
            else:
                apart[min(pair), max(pair)] = str(one)
    sure = (copy for copy in list_copies(note_names(prints, names)) if copy.sure)
    joins = chain(hand, map(join_copy, sure))
    kept, conflicts = keep_apart(joins, apart) if apart else (joins, [])
    roots = find_roots(kept)
    return {name: roots.get(name, name) for name in sorted(names)}, conflicts


def note_names(prints: Iterable[Print], names: list[str]) -> Iterator[Print]:
    """Yield prints, and add their names to a list."""
    for one in prints:
        names.append(one.name)
        yield one


def join_copy(copy: Copy) -> Join:
    """Return what joins a copy and what it copies."""
    why = f"{copy.share:.0%} of the words in a row are alike"
    return Join(Level.spelling, copy.one, copy.two, why)


def find_copies(prints: Iterable[Print]) -> list[Copy]:
    """Return pairs of articles that are copies or may be, in order; undated ones are near in time.

    >>> words = " ".join(f"mot{n}" for n in range(80))
    >>> find_copies([Print("a", words), Print("b", f"{words} et la suite")])
    [Copy(one='a', two='b', share=1.0, sure=True)]
    """
    return sorted(list_copies(prints))


def list_copies(prints: Iterable[Print]) -> Iterator[Copy]:
    """Yield pairs of articles that are copies or may be; no text is kept."""
    from kg.who.runs import find_shared

    names: list[str] = []
    days: list[int] = []

    def note(one: Print) -> str:
        names.append(one.name)
        days.append(read_day(one.published))
        return one.text

    for at, other, times, least in find_shared(map(note, prints)).list_alike(DOUBTFUL):
        if are_near(days[other], days[at]):
            one, two = sorted((names[other], names[at]))
            share = times / least
            enough = SHARE if least >= LEAST else BRIEF_SHARE
            yield Copy(one, two, round(share, 3), share >= enough)


def read_day(published: str) -> int:
    """Return a date as a number of days, 0 for one that is not known to the day.

    >>> read_day("2024-03-15T08:00") - read_day("2024-03-01"), read_day("2024-03")
    (14, 0)
    """
    try:
        return date.fromisoformat(published[:10]).toordinal()
    except ValueError:
        return 0


def are_near(one: int, two: int) -> bool:
    """Tell whether two days are a fortnight apart at most, or one is not known.

    >>> are_near(738946, 738960), are_near(738946, 738961), are_near(0, 738961)
    (True, False, True)
    """
    return not one or not two or abs(one - two) <= DAYS
