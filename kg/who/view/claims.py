"""Claims: what several facts say alike, whoever says it, and how it is put forward by now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce

import pyoxigraph as ox

from kg import ontology
from kg.graph.terms import BASE, digest
from kg.names.key import fold
from kg.who.said.episodes import STATES, split_episodes
from kg.who.view.statements import Statement, Term

#: What counts where several are as late and as sure.
ORDER = ("Denied", "Possible", "Planned", "Actual")
#: What a claim is: subject, relation, object as text, and the role, or of a share the market.
Key = tuple[str, str, str, str]
#: A local IRI and an article → its canonical IRI, '' for what is no thing.
Home = Callable[[str, str], str]


@dataclass(frozen=True)
class Claim:
    """Hold what some facts say alike: canonical ends, relation and role, the facts by date.

    `now` is the fact that decides how it is put forward: of each voice its latest one counts.
    `articles` and `voices` are how many say so; `standing` is 'Agreed', 'Reported' or 'Disputed'.
    `followed` is true of a stake or a post that another one of the same has come after.
    """

    iri: str
    subject: str
    relation: str
    object: Term
    role: tuple[str, str]
    statements: tuple[Statement, ...]
    now: Statement
    articles: int
    voices: int
    standing: str
    followed: bool = False

    @cached_property
    def dates(self) -> list[str]:
        """Return the dates of its articles, the first one first."""
        return sorted(one.date for one in self.statements if one.date)

    @property
    def surest(self) -> float:
        """Return the confidence of its surest fact."""
        return max(one.confidence for one in self.statements)

    @property
    def holds(self) -> bool:
        """Tell whether it is so today: then it gives a direct triple."""
        actual = self.now.modality == "Actual" and not self.now.ended
        return actual and self.standing != "Disputed" and not self.followed


def make_claims(
    statements: Iterable[Statement], home: Home, voices: Mapping[str, str]
) -> list[Claim]:
    """Return what statements say alike of canonical things, in the order of the claims' IRIs.

    `voices` tells of an article its family of copies; one that is in none is a voice of its own.
    What is said of things that are none, or of a thing and itself, is no claim.
    """
    groups: defaultdict[Key, list[Statement]] = defaultdict(list)
    turns = Counter[Key]()
    for one in statements:
        if key := find_key(one, home):
            groups[key].append(one)
            turns[key] += 1 if home(one.subject, one.article) == key[0] else -1
    claims = []
    for key, group in groups.items():
        key = turn(key) if turns[key] < 0 else key
        claims += [make_claim(key, those, voices, when) for when, those in split_episodes(group)]
    return follow_states(claims)


def follow_states(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims in the order of their IRIs; of a state told of several times, one is the last.

    What articles told of an earlier stake or post is not so today because nobody took it back.
    """
    found: dict[str, Claim] = {}
    states: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.iri] = claim
        if claim.relation in STATES:
            told = (claim.subject, claim.relation, str(claim.object), fold(claim.role[0]))
            states[told].append(claim)
    for those in states.values():
        for one in sorted(those, key=lambda it: (it.now.date, it.now.when, it.iri))[:-1]:
            found[one.iri] = replace(one, followed=True)
    return [found[iri] for iri in sorted(found)]


def turn(key: Key) -> Key:
    """Return what says the same the other way round.

    >>> turn(("a", "partnerOf", "b", ""))
    ('b', 'partnerOf', 'a', '')
    """
    return key[2], key[1], key[0], key[3]


def find_key(one: Statement, home: Home) -> Key | None:
    """Return what a fact says, the same for all that say it; None where it says nothing.

    What holds both ways is told in the order of the IRIs.
    """
    subject = home(one.subject, one.article)
    target = str(one.object)
    if isinstance(one.object, ox.NamedNode):
        target = home(one.object.value, one.article)
        if target == subject:
            return None
    if not subject or not target:
        return None
    if isinstance(one.object, ox.NamedNode) and is_symmetric(one.relation):
        subject, target = sorted((subject, target))
    market = home(one.market, one.article) if one.market else ""
    return subject, one.relation, target, fold(one.role[0]) or market


def is_symmetric(relation: str) -> bool:
    """Tell whether a relation, an IRI, holds both ways.

    >>> is_symmetric(ontology.KG + "partnerOf"), is_symmetric("urn:x")
    (True, False)
    """
    term = ontology.properties().get(relation.removeprefix(ontology.KG))
    return bool(term and term.symmetric)


def make_claim(
    key: Key, group: Sequence[Statement], voices: Mapping[str, str], when: str = ""
) -> Claim:
    """Make a claim of the facts that say it, with the ends as most of them put it.

    Its IRI is the same whichever way round that is; `when` tells it from an earlier one.
    """
    group = sorted(group, key=lambda one: (one.date, one.article, one.fact))
    last: dict[str, Statement] = {}
    for one in group:
        voice = voices.get(one.article, one.article)
        last[voice] = later(last.get(voice, one), one)
    now = reduce(later, last.values())
    latest = {one.modality for one in last.values() if one.date == now.date}
    standing = "Agreed" if len(last) > 1 else "Reported"
    if latest >= {"Actual", "Denied"}:
        standing = "Disputed"
    return Claim(
        name_claim(key, when),
        key[0],
        key[1],
        group[0].object if isinstance(group[0].object, ox.Literal) else ox.NamedNode(key[2]),
        min((one.role for one in group), key=lambda role: (role[0].lower(), role)),
        tuple(group),
        now,
        len({one.article for one in group}),
        len(last),
        standing,
    )


def name_claim(key: Key, when: str = "") -> str:
    """Return the IRI of a claim, the same whichever way round it is told.

    >>> key = ("https://x.example/org/a", ontology.KG + "partnerOf", "https://x.example/org/b", "")
    >>> name_claim(key) == name_claim(turn(key)), name_claim(key)[:26]
    (True, 'https://x.example/claim/cd')
    """
    one_way = min(key, turn(key)) if is_symmetric(key[1]) else key
    told = (*one_way, when) if when else one_way
    return f"{base_of(key[0])}claim/c{digest('|'.join(told), 16)}"


def later(one: Statement, other: Statement) -> Statement:
    """Return which of two facts counts: the later one, the surer, then the first in `ORDER`.

    >>> made = [Statement("f", "a", "s", "r", ox.NamedNode("urn:o"), date=d) for d in ("", "2024")]
    >>> later(*made).date
    '2024'
    """

    def rank(it: Statement) -> tuple[object, ...]:
        place = ORDER.index(it.modality) if it.modality in ORDER else len(ORDER)
        return it.date, it.confidence, -place, not it.ended, it.fact

    return max(one, other, key=rank)


def base_of(iri: str) -> str:
    """Return what the IRIs of a graph begin with, of one of its things; of others' things, ours.

    >>> base_of("https://x.example/id/org/ava"), base_of("https://x.example/id#org/ava")
    ('https://x.example/id/', 'https://x.example/id#')
    >>> base_of("urn:x:org/ava"), base_of("urn:ava")
    ('urn:x:', 'https://pressgraph.example/id/')
    """
    head = iri.rpartition("/")[0]
    return head[: max(map(head.rfind, "/#:")) + 1] or BASE


def tell_history(claim: Claim) -> Iterator[tuple[str, str, bool, int]]:
    """Yield how a claim moved: date, modality, if it was over, and how many articles said so then.

    What is said alike on one day is told once; what has no date comes first, with ''.
    """
    days: defaultdict[tuple[str, str, bool], set[str]] = defaultdict(set)
    for one in claim.statements:
        days[one.date, one.modality, one.ended].add(one.article)
    for (date, modality, ended), articles in sorted(
        days.items(), key=lambda it: (it[0][0], -ORDER.index(it[0][1]) if it[0][1] in ORDER else 0)
    ):
        yield date, modality, ended, len(articles)
