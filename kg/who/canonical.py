"""Canonical IRIs: which of its local IRIs a cluster of things keeps for good."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from kg.graph.terms import BASE, digest, thing_iri
from kg.names.identifiers import SCHEMES
from kg.who.decisions import Decision
from kg.who.joins import Join, Level
from kg.who.rules import NAMED
from kg.who.sides import Part, World, folder, name_iri, name_nodes, pair_nodes

#: Root of a cluster → its parts.
Groups = Mapping[str, Sequence[Part]]


def name_clusters(
    world: World, decisions: Sequence[Decision], joins: Iterable[Join], roots: Mapping[str, str]
) -> dict[str, str]:
    """Return the canonical IRI of each cluster, by its root; no two have the same.

    It is that of the left side of the first decision on it; without one, a local one: that of what
    is on record, or of what articles give aliases to, then the first by text. Where clusters share
    a local IRI, the one decided first keeps it and the others get IRIs made of their names.
    """
    groups: defaultdict[str, list[Part]] = defaultdict(list)
    for part in world.parts:
        groups[roots.get(part.node, part.node)].append(part)
    first = find_first(world, decisions, roots)
    lesser = {join.two for join in joins if join.level == Level.stated}
    records = find_records(joins, roots, base_of(world))
    local = {part.thing.iri for part in world.parts}
    order = sorted(
        groups, key=lambda r: (first.get(r, (len(decisions), ""))[0], not is_exact(groups[r]), r)
    )
    homes: dict[str, str] = {}
    taken: set[str] = set()
    for root in order:
        own = sorted(
            {part.thing.iri: part for part in sorted(groups[root], key=lambda p: p.node)}.values(),
            key=lambda p: (
                p.thing.iri not in records.get(root, ()), p.node in lesser, p.thing.iri
            ),
        )  # fmt: skip
        wanted = [first[root][1]] if root in first else []
        wanted += [part.thing.iri for part in own]
        free = (iri for iri in wanted if iri not in taken)
        homes[root] = next(free, "") or make_iri(groups[root], taken | local)
        taken.add(homes[root])
    return homes


def find_first(
    world: World, decisions: Sequence[Decision], roots: Mapping[str, str]
) -> dict[str, tuple[int, str]]:
    """Return the place of the first decision on each cluster, and the IRI that it fixes."""
    iris: defaultdict[str, set[str]] = defaultdict(set)
    for part in world.parts:
        iris[part.thing.node].add(part.thing.iri)
    found: dict[str, tuple[int, str]] = {}
    for at, one in enumerate(decisions):
        if one.kind == "same":
            pairs = pair_nodes(one, world)
            sides = [(one.left, a) if keeps(one, a) else (one.other, b) for a, b in pairs]
        elif one.kind == "call":
            sides = [(one.left, node) for node in name_nodes(one.left, world)]
        else:
            continue
        for side, node in sides:
            iri = node if side.scheme == "iri" else min(iris.get(node, ()), default="")
            if not iri and folder(node) in NAMED:
                iri = str(thing_iri(side.value, folder(node), base_of(world)))
            if iri:
                found.setdefault(roots.get(node, node), (at, iri))
    return found


def base_of(world: World) -> str:
    """Return the base of the IRIs of things."""
    iris = (part.thing.iri for part in world.parts if part.thing.folder in NAMED)
    first = next(iris, "")
    return f"{first.rsplit('/', 2)[0]}/" if first else BASE


def keeps(decision: Decision, node: str) -> bool:
    """Tell whether the left side of a decision fixes the IRI: no identifier, and no scope."""
    return not decision.scope and folder(node) not in SCHEMES


def find_records(joins: Iterable[Join], roots: Mapping[str, str], base: str) -> dict[str, set[str]]:
    """Return the IRIs of what is on record in each cluster."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for join in joins:
        if join.level == Level.record:
            name = join.two.partition(":")[2]
            found[roots[join.two]].add(str(thing_iri(name, "org", base)))
    return found


def is_exact(parts: Iterable[Part]) -> bool:
    """Tell whether a thing's IRI is made of the whole of its name, everywhere."""
    return any(part.thing.iri == name_iri(part.thing) for part in parts if "@" not in part.node)


def make_iri(parts: Sequence[Part], taken: Collection[str]) -> str:
    """Return an IRI of the name of a cluster that has to leave its local ones to another."""
    part = min(parts, key=lambda part: (part.node, part.thing.iri))
    if (iri := name_iri(part.thing)) not in taken:
        return iri
    return f"{iri}-{digest(part.node, 8)}"


def map_iris(
    world: World, roots: Mapping[str, str], homes: Mapping[str, str]
) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """Return the canonical IRI of each local one, and by article of those that mean several things.

    Without an article, an IRI of several things is the one that keeps it: that may be one which no
    article calls so, where a decision gives it this IRI.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for part in world.parts:
        found[part.thing.iri].add(homes[roots.get(part.node, part.node)])
    for home in homes.values():
        if home in found:
            found[home].add(home)
    whole = {iri: iri if iri in of else min(of) for iri, of in found.items()}
    parts: dict[tuple[str, str], str] = {}
    # Where one article has two names of one IRI, that which the IRI is made of counts.
    several = (part for part in world.parts if len(found[part.thing.iri]) > 1)
    for part in sorted(several, key=lambda part: (not is_exact([part]), part.node)):
        for article in part.articles:
            home = homes[roots.get(part.node, part.node)]
            parts.setdefault((part.thing.iri, article), home)
    return whole, parts
