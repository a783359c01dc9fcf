"""Owners of an organization and what it owns as trees, by what is so today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import pyoxigraph as ox

from kg.graph.vocabularies import KG
from kg.store.union import DEFAULT
from kg.who.said.some import LABEL, read_text
from kg.who.view.claims import name_claim
from kg.who.view.describe import STATED
from kg.who.view.statements import DEAL

#: Relations by which one owns another: those told of the owned one, and those of the owner.
OWNED, OWNS = ("subsidiaryOf",), ("holdsStakeIn", "acquired")
#: What a stake below a majority is, whatever an article calls it.
MINOR = "holdsStakeIn"
#: The share, in per cent, from which on what is owned is a subsidiary.
MAJORITY = 50
SHARE = ox.NamedNode(str(KG.share))
#: Steps from the thing, branches of one thing, and branches in all.
DEEPEST, WIDEST, MOST = 4, 20, 120
#: Facts of a claim in which a share is looked for.
FACTS = 20
#: Relation by which one thing owns another → the claim that says so.
Links = dict[str, str]


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
        links = find_links(self.store, thing, up=self.up)
        all_fresh = [other for other in links if other not in seen]
        fresh = all_fresh[: min(WIDEST, self.room)]
        self.left += len(all_fresh) - len(fresh)
        self.room -= len(fresh)
        seen.update(fresh)
        return tuple(self.make(other, links[other], seen, depth) for other in fresh)

    def make(self, other: str, links: Links, seen: set[str], depth: int) -> Branch:
        """Return a branch with those that grow from it; none do from a stake below a majority."""
        told = {claim: read_shares(self.store, claim) for claim in links.values()}
        shares = sorted({it for those in told.values() for it in those}, key=order_share)
        small = is_minority(shares)
        first, *_ = links
        relation = MINOR if small and MINOR in links else first
        grows = depth < DEEPEST and self.room and not small
        below = self.branch(other, seen, depth + 1) if grows else ()
        more = bool(find_links(self.store, other, up=self.up).keys() - seen)
        return Branch(
            other,
            read_text(self.store, other, LABEL) or other,
            MINOR if small else relation,
            links[relation],
            tuple(shares),
            below,
            cut=more and not below,
        )


def is_minority(shares: Sequence[str]) -> bool:
    """Tell whether all shares that are told are below a majority.

    >>> is_minority(["30"]), is_minority(["30", "51"]), is_minority([])
    (True, False, False)
    """
    return bool(shares) and all(order_share(it) < (MAJORITY, "") for it in shares)


def order_share(share: str) -> tuple[float, str]:
    """Return what shares are sorted by: what is no number comes last.

    >>> sorted(["51", "9", "60.5"], key=order_share)
    ['9', '51', '60.5']
    """
    try:
        return float(share), share
    except ValueError:
        return inf, share


def find_links(store: ox.Store, thing: str, *, up: bool) -> dict[str, Links]:
    """Return owners (up) or what a thing owns, sorted, each with relations and their claims."""
    node, found = ox.NamedNode(thing), dict[str, dict[str, str]]()
    for relation in (*OWNED, *OWNS):
        leads = (relation in OWNED) == up
        predicate = ox.NamedNode(str(KG[relation]))
        one, two = (node, None) if leads else (None, node)
        for quad in store.quads_for_pattern(one, predicate, two, DEFAULT):
            other = quad.object if leads else quad.subject
            if isinstance(other, ox.NamedNode) and other != node:
                ends = (thing, other.value) if leads else (other.value, thing)
                claim = name_claim((ends[0], predicate.value, ends[1], ""))
                found.setdefault(other.value, {})[relation] = claim
    return dict(sorted(found.items()))


def read_shares(store: ox.Store, claim: str) -> set[str]:
    """Return the shares that facts of a claim tell, or their deals."""
    found: set[str] = set()
    facts = store.quads_for_pattern(ox.NamedNode(claim), STATED, None, DEFAULT)
    for _, quad in zip(range(FACTS), facts, strict=False):
        if isinstance(quad.object, ox.NamedNode):
            fact = quad.object.value
            share = read_text(store, fact, SHARE)
            if not share and (deal := read_text(store, fact, DEAL)):
                share = read_text(store, deal, SHARE)
            found |= {share.removesuffix(".0")} if share else set()
    return found
