"""Who a thing is: its names, numbers and articles, and the lines and rules that made it so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.store.held import Held
from kg.who.clusters import find_clusters
from kg.who.decisions import Decision
from kg.who.joins import Conflict, find_roots
from kg.who.named import read_called, read_things
from kg.who.rules import find_stated, find_sure
from kg.who.things import Thing


@dataclass(frozen=True, slots=True)
class Profile:
    """Hold who one canonical thing is, and why.

    `names` are what articles call it, each with how many do; `lines` the decisions on it, `rules`
    what joins its names without any.
    """

    iri: str
    kinds: tuple[str, ...]
    names: tuple[tuple[str, int], ...]
    numbers: tuple[str, ...]
    articles: tuple[str, ...]
    lines: tuple[Decision, ...]
    rules: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def read_profiles(
    store: ox.Store, decisions: Sequence[Decision], iris: Iterable[str]
) -> list[Profile]:
    """Read who some canonical things of a store are."""
    things, called = read_things(Held(store)), read_called(store)
    clusters = find_clusters(things, decisions, called=called)
    wanted = {clusters.canonical(iri) for iri in iris}
    members: defaultdict[str, list[tuple[Thing, tuple[str, ...]]]] = defaultdict(list)
    for thing in things:
        homes: defaultdict[str, list[str]] = defaultdict(list)
        for graph in thing.articles:
            homes[clusters.canonical(thing.iri, graph)].append(graph)
        for home in homes.keys() & wanted:
            members[home].append((thing, tuple(homes[home])))
    found = []
    for home in sorted(members):
        those = [thing for thing, _ in members[home]]
        names, graphs = Counter[str](), set[str]()
        for thing, articles in members[home]:
            graphs.update(articles)
            names[thing.name] += len(articles)
        local = {thing.iri for thing in those} | {home}
        nodes = {thing.node for thing in those}
        found.append(
            Profile(
                home,
                tuple(sorted({thing.kind for thing in those})),
                tuple(sorted(names.items(), key=lambda it: (-it[1], it[0]))),
                clusters.numbers.get(home, ()),
                tuple(sorted(name_article(graph, called.get(graph, ())) for graph in graphs)),
                tuple(one for one in decisions if local & {*clusters.about.get(one, ())}),
                tuple(find_rules(those)),
                tuple(
                    one
                    for one in clusters.conflicts
                    if nodes & {one.one, one.two} or home in (one.one, one.two)
                ),
            )
        )
    return found


def name_article(graph: str, called: Sequence[str]) -> str:
    """Return what an article is called: its name, as its file has it.

    >>> name_article("urn:g", ("urn:a", "fusion", "Titre")), name_article("urn:g", ())
    ('fusion', 'urn:g')
    """
    return called[1] if len(called) > 1 else graph


def find_rules(things: Sequence[Thing]) -> Iterator[str]:
    """Yield in words what joins some things by rule: what at least two of their names share."""
    sure = [*find_sure(things)]
    ways: defaultdict[str, set[str]] = defaultdict(set)
    for join in sure:
        ways[join.two].add(join.one)
    found = [join.why for join in sure if len(ways[join.two]) > 1]
    names = {thing.node for thing in things}
    found += [join.why for join in find_stated(things, find_roots(sure)) if join.two in names]
    yield from dict.fromkeys(found)
