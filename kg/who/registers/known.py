"""Organizations of a store: what its articles and decisions tell of each, to look it up by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import RDFS

from kg.graph.vocabularies import KG
from kg.names.identifiers import SCHEMES
from kg.names.known import known_name
from kg.store.held import Held
from kg.store.union import DEFAULT
from kg.who.clusters import Clusters, find_clusters
from kg.who.decisions import Decision
from kg.who.named import read_called, read_things
from kg.who.registers.countries import country_code
from kg.who.rules import is_name_like
from kg.who.things import Thing

BASED, LABEL = ox.NamedNode(str(KG.basedIn)), ox.NamedNode(str(RDFS.label))


@dataclass(frozen=True, slots=True)
class Known:
    """Hold what is known of one organization: names, the first most used, countries, numbers.

    `side` is the name as a decision has it, '' where no name means it alone; `judged` are numbers
    that somebody has judged not to be its own, or could not tell.
    """

    iri: str
    side: str
    names: tuple[str, ...]
    countries: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    judged: frozenset[str] = frozenset()
    sector: str = ""

    @property
    def name(self) -> str:
        """Return the name that most articles have."""
        return self.names[0]


def read_organizations(store: ox.Store, decisions: Sequence[Decision]) -> list[Known]:
    """Read what a store tells of its organizations, in the order of their IRIs.

    Countries are those that articles say an organization is based in, and that of a name on record.
    """
    things, called = read_things(Held(store)), read_called(store)
    clusters = find_clusters(things, decisions, called=called)
    members: defaultdict[str, Counter[Thing]] = defaultdict(Counter)
    for thing in things:
        for article in thing.articles if thing.folder == "org" else ():
            home = clusters.canonical(thing.iri, article)
            if home not in clusters.dropped:
                members[home][thing] += 1
    judged = find_judged(decisions, clusters)
    elsewhere = {thing.node.partition(":")[2] for thing in things if thing.folder != "org"}
    return [
        Known(
            home,
            name_side(those, elsewhere),
            list_names(those),
            find_countries(store, home, those),
            clusters.numbers.get(home, ()),
            judged.get(home, frozenset()),
            clusters.sectors.get(home, ""),
        )
        for home, those in sorted(members.items())
    ]


def list_names(those: Mapping[Thing, int]) -> tuple[str, ...]:
    """Return the names of a thing, then its aliases that can be names, most used first.

    >>> from kg.who.things import make_thing
    >>> list_names({make_thing("Saft", "Company", aliases=("le groupe",)): 2})
    ('Saft',)
    """
    names, others = Counter[str](), Counter[str]()
    for thing, count in those.items():
        names[thing.name] += count
        others.update(filter(is_name_like, thing.aliases))
    ranked = (
        name
        for of in (names, others)
        for name, _ in sorted(of.items(), key=lambda it: (-it[1], it[0]))
    )
    return tuple(dict.fromkeys(ranked))


def name_side(those: Mapping[Thing, int], elsewhere: Iterable[str]) -> str:
    """Return a thing's name as the side of a decision; '' where each name has other articles, too.

    >>> from kg.who.things import make_thing
    >>> dior = make_thing("Dior", "Company", articles=("a",))
    >>> name_side({dior: 1}, {"dior"}), name_side({dior: 0}, {})
    ('org:Dior', '')
    """
    whole = [(thing, count) for thing, count in those.items() if count == len(thing.articles) > 0]
    for thing, _ in sorted(whole, key=lambda it: (-it[1], it[0])):
        twice = thing.node.partition(":")[2] in elsewhere
        return f"org:{thing.name}" if twice or ":" in thing.name else thing.name
    return ""


def find_countries(store: ox.Store, home: str, those: Iterable[Thing]) -> tuple[str, ...]:
    """Return the codes of the countries in which an organization is based."""
    codes = {
        country_code(label.object.value)
        for quad in store.quads_for_pattern(ox.NamedNode(home), BASED, None, DEFAULT)
        if isinstance(quad.object, ox.NamedNode)
        for label in store.quads_for_pattern(quad.object, LABEL, None, DEFAULT)
        if isinstance(label.object, ox.Literal)
    }
    if not codes - {""}:
        records = (known_name(thing.name) for thing in those)
        codes = {country_code(it.country) for it in records if it and not it.risky}
    return tuple(sorted(codes - {""}))


def find_judged(decisions: Iterable[Decision], clusters: Clusters) -> Mapping[str, frozenset[str]]:
    """Return the numbers that somebody has judged not to be those of canonical IRIs."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in decisions:
        if one.kind in ("different", "unsure"):
            for iri in clusters.about.get(one, ()):
                sides = (one.left, one.other)
                numbers = {str(side) for side in sides if side.scheme in SCHEMES}
                found[clusters.canonical(iri)] |= numbers
    return {home: frozenset(numbers) for home, numbers in found.items()}
