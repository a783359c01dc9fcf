"""Clusters: which local things are one, as a pure function of things, decisions and sure rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from kg.names.identifiers import SCHEMES
from kg.who.canonical import map_iris, name_clusters
from kg.who.decisions import Decision
from kg.who.joins import Conflict, Join, Level, find_roots, keep_apart
from kg.who.rules import find_stated, find_sure
from kg.who.sides import (
    PAIRS,
    Called,
    World,
    find_dropped,
    find_stale,
    folder,
    left_nodes,
    make_world,
    name_nodes,
    pair_nodes,
)
from kg.who.things import Thing

#: What sorts after every date: a decision that has none was made last.
NEVER = "9999"
NONE: Called = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Clusters:
    """Hold who is who: the canonical IRI of each local one, and what does not fit.

    `whole` has every local IRI, `parts` those, by article, that mean different things in different
    ones. `labels`, `kinds` and `sectors` are decided, for canonical IRIs; `dropped` are no things.
    `numbers` are those of registers, by canonical IRI; `about` are the local IRIs of decisions.
    `stale` decisions match nothing any more; conflicts `by_hand` are for somebody to mend.
    """

    whole: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    numbers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    about: Mapping[Decision, tuple[str, ...]] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    stale: tuple[Decision, ...] = ()
    sectors: Mapping[str, str] = field(default_factory=dict)

    def canonical(self, iri: str, article: str = "") -> str:
        """Return the canonical IRI of a local one, as an article has it; an unknown one stays."""
        return self.parts.get((iri, article)) or self.whole.get(iri, iri)


def find_clusters(
    things: Iterable[Thing],
    decisions: Iterable[Decision] = (),
    *,
    called: Called = NONE,
    force: bool = False,
) -> Clusters:
    """Return which things are one; nothing depends on the order of things or decisions.

    Hand-made lines that contradict each other join nothing; with `force` they do, and what they
    contradict is left aside. Joins by rule give way to what is judged different by hand. `called`
    tells what else an article is called, for the scope of a decision.

    >>> from kg.who.things import make_thing
    >>> things = [make_thing(name, "Company") for name in ("BMW", "BMW Group", "Audi", "Audi AG")]
    >>> sorted(iri.rpartition("/")[2] for iri in find_clusters(things).whole.values())
    ['audi', 'bmw']
    """
    decisions = sorted({*decisions}, key=rank)
    world = make_world(sorted(dict.fromkeys(things)), decisions, called)
    joins, conflicts = find_joins(world, decisions, force=force)
    roots = find_roots(joins)
    homes = name_clusters(world, decisions, joins, roots)
    homes_of = {part.node: homes[roots.get(part.node, part.node)] for part in world.parts}
    labels, unlike = choose("call", decisions, world, homes_of)
    kinds, others = choose("class", decisions, world, homes_of)
    sectors, rest = choose("sector", decisions, world, homes_of)
    gone = {homes_of[node] for node in find_dropped(decisions, world) if node in homes_of}
    told = tuple(sorted({*conflicts, *unlike, *others, *rest}))
    whole, parts = map_iris(world, roots, homes)
    return Clusters(
        whole,
        parts,
        labels,
        kinds,
        frozenset(gone),
        find_numbers(world, roots, homes),
        find_about(decisions, world),
        told,
        find_stale(decisions, world),
        sectors,
    )


def rank(decision: Decision) -> tuple[str, ...]:
    """Return what sorts decisions: when they were made, then what they say."""
    return (decision.on or NEVER, *decision.to_row().values())


def find_joins(
    world: World, decisions: Sequence[Decision], *, force: bool
) -> tuple[list[Join], list[Conflict]]:
    """Return what joins nodes for good: lines by hand, then sure rules, then articles' aliases.

    What is dropped is joined by no rule.
    """
    hand, apart = list(world.links), dict[tuple[str, str], str]()
    for one in decisions if decisions else ():
        for pair in pair_nodes(one, world) if one.kind in ("same", "different") else ():
            if one.kind == "same":
                hand.append(Join(Level.hand, *pair, str(one)))
            elif pair[0] != pair[1]:
                apart.setdefault((min(pair), max(pair)), str(one))
    kept, conflicts = keep_apart(hand, apart)
    aside = frozenset((one.one, one.two) for one in conflicts if force)
    dropped = find_dropped(decisions, world)
    things = [
        replace(part.thing, articles=part.articles)
        for part in world.parts
        if part.node == part.thing.node and part.node not in dropped
    ]
    joins, gave = keep_apart([*(hand if force else kept), *find_sure(things)], apart, aside)
    stated = (join for join in find_stated(things, find_roots(joins)) if join.two not in dropped)
    joins, later = keep_apart([*joins, *stated], apart, aside)
    return joins, [*conflicts, *gave, *later]


def find_numbers(
    world: World, roots: Mapping[str, str], homes: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Return the numbers in registers of canonical IRIs, as sides of decisions write them."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for node, root in roots.items():
        if folder(node) in SCHEMES and root in homes:
            found[homes[root]].add(node)
    return {home: tuple(sorted(numbers)) for home, numbers in found.items()}


def find_about(decisions: Iterable[Decision], world: World) -> dict[Decision, tuple[str, ...]]:
    """Return the local IRIs of the things that decisions are about, where there are any."""
    nodes: defaultdict[str, set[str]] = defaultdict(set)
    for part in world.parts:
        nodes[part.thing.node].add(part.thing.iri)
    found: dict[Decision, tuple[str, ...]] = {}
    for one in decisions:
        means = left_nodes(one, world)
        if one.kind in PAIRS:
            others = name_nodes(one.other, world)
            means += [node for it in others for node in world.iris.get(it, (it,))]
        if iris := {iri for node in means for iri in nodes.get(node, ())}:
            found[one] = tuple(sorted(iris))
    return found


def choose(
    kind: str, decisions: Iterable[Decision], world: World, homes: Mapping[str, str]
) -> tuple[dict[str, str], list[Conflict]]:
    """Return what decisions of a kind choose for canonical IRIs; none where they differ."""
    chosen: dict[str, Decision] = {}
    conflicts: list[Conflict] = []
    for one in decisions:
        for node in left_nodes(one, world) if one.kind == kind else ():
            if node not in homes:
                continue
            other = chosen.setdefault(homes[node], one)
            if other.right != one.right:
                why = f"'{other.right}' or '{one.right}'"
                conflicts.append(Conflict(homes[node], kind, why, (str(other), str(one)), True))
    unlike = {conflict.one for conflict in conflicts}
    return {iri: one.right for iri, one in chosen.items() if iri not in unlike}, conflicts
