"""Names to things: spellings of one name, acronyms, surnames, short forms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.names.key import name_key

#: Words that stand before a name and say nothing of whose it is, beside articles and 'groupe'.
LEADING = frozenset({"l", "societe", "entreprise", "compagnie", "holding"})
SMALL = frozenset({
    "de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "au", "aux", "pour", "sur",
    "the", "of", "and", "for",
})  # fmt: skip
#: Words after a company's name that make it a part of the company, not a longer name of it.
PARTS = frozenset({
    "france", "europe", "international", "usa", "uk", "sport", "sports", "racing",
    "motorsport", "classic", "design", "engineering", "logistics", "services", "studios",
    "museum", "performance",
})  # fmt: skip
#: Words that a company's name may as well go without, even before it is given in full.
USUAL = frozenset({
    "ag", "nationale", "automotive", "motor", "motors", "cars", "partners", "automobiles",
    "foods", "capital", "benz", "francais", "therapeutics", "media", "sante", "systems",
    "pharma", "hospitality", "industries", "rail", "resources", "telecom",
})  # fmt: skip
#: First words of bodies that are named after another body and are not it.
APART = frozenset({
    "fondation", "musee", "club", "fonds", "filiale", "centre", "syndicat", "association",
    "institut",
})  # fmt: skip
#: Which classes of things are named by the first or last words of their names (measured on the
#: training articles: things rightly grouped rise from .925 to .939 of those found).
SHORTENED = frozenset(
    [
        ("Organization", "first"),
        ("Organization", "last"),
        ("Person", "first"),
        ("Product", "last"),
        ("Place", "first"),
    ]
)
_PERSON = "Person"
_ORGANIZATION = "Organization"


@dataclass(frozen=True, slots=True)
class Name:
    """Hold one mention of a name: its words, where it begins and ends, its class and score."""

    text: str
    begin: int
    end: int
    label: str
    score: float = 1.0


@dataclass(slots=True)
class Group:
    """Hold the mentions of one thing, as numbers of names, and its name folded to its core."""

    key: str
    mentions: list[int]
    votes: dict[str, float] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Return the class that its mentions' scores add up to most for."""
        return max(sorted(self.votes), key=lambda label: self.votes[label])


def core_name(text: str) -> str:
    """Return a name's key, without 's and without what a company is called in general.

    >>> core_name("Le Groupe Crédit Agricole S.A."), core_name("La Poste")
    ('credit agricole', 'poste')
    """
    words = name_key(re.sub(r"['’]s$", "", text)).replace("'", " ").split()
    while len(words) > 1 and words[0] in LEADING:
        words = words[1:]
    return " ".join(words)


def group_names(
    names: Sequence[Name], text: str, demonyms: Mapping[str, str] | None = None
) -> list[Group]:
    """Group names that mean one thing, in the order of their first mentions.

    `demonyms` tells the place of a folded demonym, where it is known.
    """
    groups = _group_equal(names, demonyms or {})
    groups = _join(groups, _find_aliases(groups, names, text))
    groups = _join(groups, _find_acronyms(groups, names))
    groups = _join(groups, _find_surnames(groups))
    groups = _join(groups, _find_short_forms(groups))
    return sorted(groups, key=lambda group: group.mentions[0])


def _group_equal(names: Sequence[Name], demonyms: Mapping[str, str]) -> list[Group]:
    """Group the spellings of one name; a person and a thing that is none are kept apart."""
    found: dict[tuple[bool, str], Group] = {}
    for number, name in enumerate(names):
        label = "Place" if name.label == "Demonym" else name.label
        key = core_name(name.text)
        if label == "Place" and key in demonyms:
            key = core_name(demonyms[key])
        person = label == _PERSON and " " in key
        group = found.setdefault((person, key), Group(key, []))
        group.mentions.append(number)
        group.votes[label] = group.votes.get(label, 0.0) + name.score
    return list(found.values())


def _join(groups: list[Group], links: Mapping[int, int]) -> list[Group]:
    """Join groups (short to long, by their places in the list); the long one's key stays."""
    target = {short: short for short in range(len(groups))} | dict(links)

    def root(number: int) -> int:
        seen = set()
        while target[number] != number and number not in seen:
            seen.add(number)
            number = target[number]
        return number

    joined: dict[int, Group] = {}
    for number, group in enumerate(groups):
        into = joined.setdefault(root(number), Group(groups[root(number)].key, []))
        into.mentions = sorted({*into.mentions, *group.mentions})
        for label, votes in group.votes.items():
            into.votes[label] = into.votes.get(label, 0.0) + votes
    return list(joined.values())


def _find_aliases(groups: list[Group], names: Sequence[Name], text: str) -> dict[int, int]:
    """Find names that stand in brackets right after the name that they abbreviate."""
    of = {mention: k for k, group in enumerate(groups) for mention in group.mentions}
    order = sorted(range(len(names)), key=lambda n: (names[n].begin, names[n].end))
    links: dict[int, int] = {}
    for one, two in pairwise(order):
        between = text[names[one].end : names[two].begin]
        after = text[names[two].end : names[two].end + 1]
        bracketed = re.fullmatch(r"\s?[(\[]\s?", between) and after in (")", "]", ",")
        if bracketed and of[one] != of[two] and names[one].label == names[two].label:
            first, second = core_name(names[one].text), core_name(names[two].text)
            if abbreviates(second, first) or second in first.split():
                links[of[two]] = of[one]
            elif abbreviates(first, second):
                links[of[one]] = of[two]
    return links


def abbreviates(short: str, long: str) -> bool:
    """Tell whether the letters of one folded word stand in another name, its first one first.

    >>> abbreviates("adp", "aeroports de paris"), abbreviates("dacia", "renault")
    (True, False)
    """
    if " " in short or len(short) > 8 or not long or short[:1] != long[0] or " " not in long:
        return False
    initials = "".join(word[0] for word in long.split())
    rest = iter(long.replace(" ", ""))
    return _within(short, initials) or (len(short) < 6 and all(c in rest for c in short))


def _within(short: str, letters: str) -> bool:
    rest = iter(letters)
    return all(letter in rest for letter in short)


def _find_acronyms(groups: list[Group], names: Sequence[Name]) -> dict[int, int]:
    """Find acronyms of longer names: their initials, with or without small words."""
    initials: dict[str, int] = {}
    for number, group in enumerate(groups):
        words = group.key.split()
        for some in (words, [word for word in words if word not in SMALL]):
            if len(some) > 1 and group.label != _PERSON:
                initials.setdefault("".join(word[0] for word in some), number)
    links = {}
    for number, group in enumerate(groups):
        capitals = any(names[n].text.replace(".", "").isupper() for n in group.mentions)
        if capitals and " " not in group.key and len(group.key) > 1:
            long = initials.get(group.key.replace(".", ""), number)
            if long != number and _kindred(group.label, groups[long].label):
                links[number] = long
    return links


def _kindred(one: str, two: str) -> bool:
    return one == two or {one, two} == {_ORGANIZATION, "Product"}


def _find_surnames(groups: list[Group]) -> dict[int, int]:
    """Find surnames of people who are named in full; the last one named before counts."""
    links = {}
    full = [
        (group.mentions[0], number)
        for number, group in enumerate(groups)
        if group.label == _PERSON and " " in group.key
    ]
    for number, group in enumerate(groups):
        if group.label != _PERSON:
            continue
        words = group.key.split()
        fits = [
            (first, k)
            for first, k in full
            if k != number
            and len(groups[k].key.split()) > len(words)
            and (groups[k].key.split()[-len(words) :] == words)
        ]
        if fits:
            before = [f for f in fits if f[0] < group.mentions[0]]
            links[number] = max(before)[1] if before else min(fits)[1]
    return links


def _find_short_forms(groups: list[Group]) -> dict[int, int]:
    """Find things named by the first or the last words of their name, after the whole of it."""
    longer: defaultdict[tuple[str, str], list[tuple[int, bool]]] = defaultdict(list)
    places = {group.key for group in groups if group.label == "Place"}
    for number, group in enumerate(groups):
        words = group.key.split()
        for size in range(1, len(words)):
            if (group.label, "first") in SHORTENED and not is_part(words[size:], places):
                usual = set(words[size:]) <= USUAL
                longer[group.label, " ".join(words[:size])].append((number, usual))
            if (group.label, "last") in SHORTENED and words[0] not in APART:
                longer[group.label, " ".join(words[size:])].append((number, False))
    links = {}
    for number, group in enumerate(groups):
        found = [x for x in longer.get((group.label, group.key), ()) if x[0] != number]
        if len({long for long, _ in found}) == 1 and len(group.key) > 2:
            long, usual = found[0]
            if usual or groups[long].mentions[0] < group.mentions[0]:
                links[number] = long
    return links


def is_part(tail: Iterable[str], places: Collection[str]) -> bool:
    """Tell whether the words after a company's name make a part of it: a country, 'Racing'.

    >>> is_part(["france"], ()), is_part(["industries"], ())
    (True, False)
    """
    words = list(tail)
    return any(word in PARTS or word in places for word in words) or " ".join(words) in places
