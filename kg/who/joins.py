"""Joins of things, and which of them give way where two things are known to be different."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations

from kg.names.identifiers import SCHEMES

#: Two nodes, the lesser first.
Pair = tuple[str, str]


class Level(IntEnum):
    """Say what joins two things, the surest first; of a chain, the weakest give way."""

    hand = 0
    identifier = 1
    key = 2
    spelling = 3
    record = 4
    stated = 5


@dataclass(frozen=True, slots=True, order=True)
class Join:
    """Hold what joins two nodes and why, in words."""

    level: Level
    one: str
    two: str
    why: str


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """Hold two nodes that are known to be different, why, and the chain of what joins them.

    `by_hand` tells that only hand-made joins make up the chain: then somebody has to mend them.
    """

    one: str
    two: str
    why: str
    chain: tuple[str, ...]
    by_hand: bool


def find_roots(joins: Iterable[Join]) -> dict[str, str]:
    """Return for each node the least node that joins lead to, in whatever order they come.

    >>> find_roots([Join(Level.hand, "c", "b", ""), Join(Level.hand, "b", "a", "")])
    {'c': 'a', 'b': 'a', 'a': 'a'}
    """
    parents: dict[str, str] = {}
    for join in joins:
        one, two = (find_root(parents, node) for node in (join.one, join.two))
        parents[max(one, two)] = min(one, two)
    return {node: find_root(parents, node) for node in parents}


def find_root(parents: dict[str, str], node: str) -> str:
    """Return the first of a node's group, and shorten the way to it."""
    root = node
    while (above := parents.setdefault(root, root)) != root:
        root = above
    while node != root:
        parents[node], node = root, parents[node]
    return root


def keep_apart(
    joins: Iterable[Join], apart: Mapping[Pair, str], aside: Collection[Pair] = ()
) -> tuple[list[Join], list[Conflict]]:
    """Return the joins that hold, and where others gave way to what is known to be different.

    `apart` tells of two nodes why they are different; identifiers of one register always are. Of
    each chain between such nodes its weakest joins give way, all of them, whatever the order; pairs
    set `aside` may meet.

    >>> keep_apart([Join(Level.hand, "a", "b", "x")], {("a", "b"): "no"})[1][0].chain
    ('x',)
    """
    kept = sorted(dict.fromkeys(joins), key=order)
    if not apart and not any(is_number(join.two) or is_number(join.one) for join in kept):
        return kept, []
    found: list[Conflict] = []
    while met := find_met(find_roots(kept), apart, aside):
        web = weave(kept)
        for (one, two), why in sorted(met.items()):
            while chain := find_chain(web, one, two):
                weakest = max(join.level for join in chain)
                gone = {join for join in chain if join.level == weakest}
                for join in gone:
                    web[join.one].remove(join)
                    web[join.two].remove(join)
                told = tuple(dict.fromkeys(join.why for join in chain))
                found.append(Conflict(one, two, why, told, weakest == Level.hand))
        kept = sorted({join for near in web.values() for join in near}, key=order)
    return kept, found


def order(join: Join) -> tuple[int, str, str, str]:
    """Return what sorts joins, as they compare: tuples do so much faster."""
    return join.level, join.one, join.two, join.why


def is_number(node: str) -> bool:
    """Tell whether a node is a number in a register.

    >>> is_number("siren:552120222"), is_number("org:ava")
    (True, False)
    """
    return node.partition(":")[0] in SCHEMES


def find_met(
    roots: Mapping[str, str], apart: Mapping[Pair, str], aside: Collection[Pair]
) -> dict[Pair, str]:
    """Return those pairs of different nodes that joins bring together."""
    met = {
        pair: why
        for pair, why in apart.items()
        if pair[0] in roots and roots[pair[0]] == roots.get(pair[1])
    }
    held: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for node, root in roots.items():
        scheme = node.partition(":")[0]
        if scheme in SCHEMES:
            held[root, scheme].append(node)
    for (_, scheme), nodes in held.items():
        for one, two in combinations(sorted(nodes), 2):
            met[one, two] = f"two numbers of {scheme.upper()}"
    return {pair: why for pair, why in met.items() if pair not in aside}


def weave(joins: Sequence[Join]) -> defaultdict[str, list[Join]]:
    """Return the joins at each node, in the order given."""
    web: defaultdict[str, list[Join]] = defaultdict(list)
    for join in joins:
        web[join.one].append(join)
        web[join.two].append(join)
    return web


def find_chain(web: Mapping[str, Sequence[Join]], one: str, two: str) -> list[Join]:
    """Return the shortest chain of joins between two nodes; none if nothing joins them."""
    came: dict[str, tuple[str, Join] | None] = {one: None}
    queue = deque([one])
    while queue and two not in came:
        node = queue.popleft()
        for join in web.get(node, ()):
            near = join.two if join.one == node else join.one
            if near not in came:
                came[near] = (node, join)
                queue.append(near)
    chain: list[Join] = []
    step = came.get(two)
    while step:
        chain.append(step[1])
        step = came[step[0]]
    return chain[::-1]
