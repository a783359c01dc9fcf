"""Owners and subsidiaries of an organization as trees, by what is so today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph.vocabularies import KG
from kg.store.union import DEFAULT
from kg.who.said.some import LABEL, read_text
from kg.who.view.claims import name_claim
from kg.who.view.describe import STATED
from kg.who.view.statements import DEAL

#: Relations by which one owns another: those told of the owned one, and those of the owner, the
#: more exact one first.
OWNED, OWNS = ("subsidiaryOf",), ("holdsStakeIn", "acquired")
#: The share, in per cent, from which on what is owned is a subsidiary.
MAJORITY = 50
SHARE = ox.NamedNode(str(KG.share))
#: Steps from the thing, branches of one thing, and branches in all.
DEEPEST, WIDEST, MOST = 4, 20, 120
#: Facts of a claim in which a share is looked for.
FACTS = 20


@dataclass(frozen=True, slots=True)
class Branch:
    """Hold an owner or a subsidiary, by which relation, which shares articles tell, and its own.

    `cut` tells that it has more than is shown: it stands elsewhere in the tree, or too far away.
    """

    iri: str
    name: str
    relation: str
    claim: str
    shares: tuple[str, ...]
    branches: tuple[Branch, ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """Hold the branches of a thing, and how many of them or of theirs are left out."""

    branches: tuple[Branch, ...] = ()
    left: int = 0


class Grower:
    """Grow a tree from a thing, each other thing once, and no more than `MOST` branches."""

    def __init__(self, store: ox.Store, *, up: bool) -> None:
        self.store = store
        self.up = up
        self.room = MOST
        self.left = 0

    def grow(self, thing: str) -> Tree:
        """Return the branches of a thing."""
        found = self.branch(thing, {thing}, 1)
        return Tree(found, self.left)

    def branch(self, thing: str, seen: set[str], depth: int) -> tuple[Branch, ...]:
        """Return the branches of a thing that are not seen yet."""
        links = [*find_links(self.store, thing, up=self.up)]
        all_fresh = [it for it in links if it[0] not in seen]
        fresh = all_fresh[: min(WIDEST, self.room)]
        self.left += len(all_fresh) - len(fresh)
        self.room -= len(fresh)
        seen.update(other for other, _, _ in fresh)
        return tuple(self.make(link, seen, depth, thing) for link in fresh)

    def make(self, link: tuple[str, str, bool], seen: set[str], depth: int, thing: str) -> Branch:
        """Return a branch with those that grow from it."""
        other, relation, leads = link
        ends = (thing, other) if leads else (other, thing)
        claim = name_claim((ends[0], str(KG[relation]), ends[1], ""))
        below = self.branch(other, seen, depth + 1) if depth < DEEPEST and self.room else ()
        more = any(it[0] != thing for it in find_links(self.store, other, up=self.up))
        return Branch(
            other,
            read_text(self.store, other, LABEL) or other,
            relation,
            claim,
            tuple(read_shares(self.store, claim)),
            below,
            cut=more and not below,
        )


def find_links(store: ox.Store, thing: str, *, up: bool) -> Iterator[tuple[str, str, bool]]:
    """Yield owners (up) or subsidiaries of a thing once each, sorted: IRI, relation, if it leads.

    A link leads where the thing is its subject.
    """
    node, found = ox.NamedNode(thing), dict[str, tuple[str, bool]]()
    for relation in (*OWNED, *OWNS):
        leads = (relation in OWNED) == up
        predicate = ox.NamedNode(str(KG[relation]))
        one, two = (node, None) if leads else (None, node)
        for quad in store.quads_for_pattern(one, predicate, two, DEFAULT):
            other = quad.object if leads else quad.subject
            if isinstance(other, ox.NamedNode) and other != node:
                found.setdefault(other.value, (relation, leads))
    yield from ((iri, *found[iri]) for iri in sorted(found))


def read_shares(store: ox.Store, claim: str) -> list[str]:
    """Return the shares that facts of a claim tell, or their deals."""
    found = set()
    facts = store.quads_for_pattern(ox.NamedNode(claim), STATED, None, DEFAULT)
    for _, quad in zip(range(FACTS), facts, strict=False):
        if isinstance(quad.object, ox.NamedNode):
            fact = quad.object.value
            share = read_text(store, fact, SHARE)
            if not share and (deal := read_text(store, fact, DEAL)):
                share = read_text(store, deal, SHARE)
            found |= {share.removesuffix(".0")} if share else set()
    return sorted(found, key=lambda it: (len(it), it))
