"""What a store's default graph has and is to have, as triples that go and come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from kg.store.store import write_data
from kg.store.union import DEFAULT
from kg.who.view.claims import Claim
from kg.who.view.describe import (
    ALTERNATE,
    CLAIM,
    VOICE,
)
from kg.who.view.statements import (
    SUBJECT,
    TYPE,
)
from kg.who.view.things import direct_terms

#: Triples that are changed in one transaction.
CHUNK = 50_000
#: What goes and what comes.
Change = tuple[set[ox.Triple], set[ox.Triple]]


def is_fact(store: ox.Store, iri: str) -> bool:
    """Tell whether an IRI is a fact of some article."""
    quads = store.quads_for_pattern(ox.NamedNode(iri), SUBJECT, None, None)
    return next(iter(quads), None) is not None


def describe_excluded(
    store: ox.Store, excluded: Collection[str], before: Collection[str]
) -> Iterator[Change]:
    """Yield what the default graph has of facts that do not count, or did not, and is to have."""
    for iri in sorted({*excluded, *before}):
        node = ox.NamedNode(iri)
        quads = list(store.quads_for_pattern(node, None, None, None))
        has = {quad.triple for quad in quads if quad.graph_name == DEFAULT}
        said = {quad.triple for quad in quads if quad.graph_name != DEFAULT}
        yield has, set() if iri in excluded else said


def read_claim(store: ox.Store, iri: str) -> set[ox.Triple]:
    """Read what the default graph has of a claim."""
    quads = store.quads_for_pattern(ox.NamedNode(iri), None, None, DEFAULT)
    return {quad.triple for quad in quads}


def forget_claims(store: ox.Store, kept: Collection[str]) -> Iterator[Change]:
    """Yield the claims that nobody makes any more."""
    for quad in list(store.quads_for_pattern(None, TYPE, CLAIM, DEFAULT)):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value not in kept:
            yield read_claim(store, quad.subject.value), set()


def change_direct(store: ox.Store, wanted: set[ox.Triple]) -> Iterator[Change]:
    """Yield the direct triples that there are and that are to be."""
    has = {
        quad.triple
        for term in direct_terms()
        for quad in store.quads_for_pattern(None, term, None, DEFAULT)
    }
    yield has, wanted


def direct_triples(claims: Iterable[Claim]) -> set[ox.Triple]:
    """Return the direct triples of the claims that are so today."""
    return {
        ox.Triple(ox.NamedNode(claim.subject), ox.NamedNode(claim.relation), claim.object)
        for claim in claims
        if claim.holds
    }


def change_voices(store: ox.Store, wanted: set[ox.Triple]) -> Iterator[Change]:
    """Yield which articles were told to be copies, and which are."""
    has = {
        quad.triple
        for term in (VOICE, ALTERNATE)
        for quad in store.quads_for_pattern(None, term, None, DEFAULT)
    }
    yield has, wanted


def read_graph(store: ox.Store, name: ox.NamedNode) -> set[ox.Triple]:
    """Read a named graph."""
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, name)}


def apply(
    store: ox.Store, changes: Iterable[Change], name: ox.NamedNode | ox.DefaultGraph = DEFAULT
) -> int:
    """Take out of a graph what is not wanted any more, put in what is new, and count both."""
    count = 0
    gone: set[ox.Triple] = set()
    new: set[ox.Triple] = set()
    for has, wanted in changes:
        gone |= has - wanted
        new |= wanted - has
        if len(gone) + len(new) >= CHUNK:
            count += write_change(store, gone, new, name)
            gone, new = set(), set()
    return count + write_change(store, gone, new, name)


def write_change(
    store: ox.Store,
    gone: set[ox.Triple],
    new: set[ox.Triple],
    name: ox.NamedNode | ox.DefaultGraph,
) -> int:
    """Change a graph in one transaction, and count the triples that went and came."""
    if gone or new:
        data = (write_data(gone), write_data(new))
        if isinstance(name, ox.NamedNode):
            data = (f"GRAPH {name} {{ {data[0]} }}", f"GRAPH {name} {{ {data[1]} }}")
        store.update(f"DELETE DATA {{ {data[0]} }} ; INSERT DATA {{ {data[1]} }}")
    return len(gone) + len(new)
