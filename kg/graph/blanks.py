"""Blank nodes, named after what is said of them, so that the same graph is the same file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from math import lgamma
from urllib.parse import urljoin

import pyoxigraph as ox

from kg.graph.terms import BASE, digest

#: Blank nodes that hang together and are alike, and the logarithm of how many orders of them there
#: are to try: with more, naming them may take minutes, or years (a ring of 300 takes 4 s).
MOST, ORDERS = 300, 11.5
#: Where IRIs stand that take the place of blank nodes (RDF 1.1, 3.5).
PLACE = urljoin(BASE, "/.well-known/genid/")
#: What links a blank node to another: a predicate, in a direction.
Link = tuple[str, bool]


def name_blanks(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return quads with blank nodes named after what is said of them (RDFC-1.0).

    Where very many of them are alike, they keep the names that they have.

    >>> one = ox.Quad(ox.BlankNode("x"), ox.NamedNode("urn:p"), ox.Literal("1"))
    >>> str(name_blanks([one])[0].subject)
    '_:c14n0'
    """
    told = list(quads)
    blank = any(isinstance(term, ox.BlankNode) for quad in told for term in quad)
    if not blank or is_tangled(told):
        return told
    data = ox.Dataset(told)
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return list(data)


def give_iris(
    quads: Collection[ox.Quad], blanks: Iterable[ox.BlankNode]
) -> dict[object, ox.NamedNode]:
    """Return IRIs for blank nodes of quads that `name_blanks` named, which no other graph has.

    >>> one = ox.Quad(ox.BlankNode("c14n0"), ox.NamedNode("urn:p"), ox.Literal("1"))
    >>> give_iris([one], [one.subject])[one.subject].value.removeprefix(PLACE)
    '5439620fbbb97629-0'
    """
    mark = digest("\n".join(sorted(map(str, quads))), 16)
    return {it: ox.NamedNode(f"{PLACE}{mark}-{it.value.removeprefix('c14n')}") for it in blanks}


def is_tangled(quads: list[ox.Quad]) -> bool:
    """Tell whether so many blank nodes are alike that nobody can tell in which order they come."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    links: defaultdict[str, list[tuple[Link, str]]] = defaultdict(list)
    for quad in quads:
        blanks = [term.value for term in quad if isinstance(term, ox.BlankNode)]
        for name in blanks:
            terms = (mask(term, name) for term in quad)
            said[name].append(" ".join(terms))
            links[name] += (
                ((quad.predicate.value, name == blanks[0]), other)
                for other in blanks
                if other != name
            )
    signs = {name: tuple(sorted(lines)) for name, lines in said.items()}
    times = Counter(signs.values())
    alike = {name for name, sign in signs.items() if times[sign] > 1}
    for group in find_groups(alike, links):
        orders = 0.0
        for name in group:
            near = Counter((link, signs[other]) for link, other in links[name] if other in alike)
            orders += sum(lgamma(count + 1) for count in near.values())
        if len(group) > MOST or orders > ORDERS:
            return True
    return False


def mask(term: object, name: str) -> str:
    """Return a term as it tells something of a blank node, which has no name yet."""
    if isinstance(term, ox.BlankNode):
        return "_:it" if term.value == name else "_:other"
    return str(term)


def find_groups(alike: set[str], links: dict[str, list[tuple[Link, str]]]) -> Iterator[list[str]]:
    """Yield the groups of names that are linked with each other."""
    left = {*alike}
    while left:
        group = [left.pop()]
        for name in group:
            for _, other in links[name]:
                if other in left:
                    left.discard(other)
                    group.append(other)
        yield group
