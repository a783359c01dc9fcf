"""What a store's default graph has and is to have, as triples that go and come."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.store.held import Held
from kg.store.union import DEFAULT, write_data
from kg.who.view.claims import Claim, make_claims
from kg.who.view.describe import ALTERNATE, CLAIM, VOICE, describe_claim, describe_copy
from kg.who.view.statements import ARTICLE, SUBJECT, TYPE, Statement
from kg.who.view.things import direct_terms
from kg.who.view.world import Said, World, name_part

#: Triples that are changed in one transaction: more would take more memory, and no less time.
CHUNK = 4_000
#: What the IRIs of our claims end with.
NUMBERED = re.compile(r"[0-9a-f]{16}")
#: What goes and what comes.
Change = tuple[set[ox.Triple], set[ox.Triple]]


def is_fact(store: ox.Store, iri: str) -> bool:
    """Tell whether an IRI is a fact of some article."""
    quads = store.quads_for_pattern(ox.NamedNode(iri), SUBJECT, None, None)
    return next(iter(quads), None) is not None


def describe_excluded(
    held: Held, excluded: Collection[str], before: Collection[str]
) -> Iterator[Change]:
    """Yield what the default graph has of facts that do not count, or did not, and is to have."""
    for iri in held.pass_on(sorted({*excluded, *before})):
        quads = [*held.store.quads_for_pattern(ox.NamedNode(iri), None, None, None)]
        has = {quad.triple for quad in quads if quad.graph_name == DEFAULT}
        said = {quad.triple for quad in quads if quad.graph_name != DEFAULT}
        yield has, set() if iri in excluded else said


def read_claim(store: ox.Store, iri: str) -> set[ox.Triple]:
    """Read what the default graph has of a claim."""
    quads = store.quads_for_pattern(ox.NamedNode(iri), None, None, DEFAULT)
    return {quad.triple for quad in quads}


def change_claims(held: Held, said: Said, world: World, made: set[int]) -> Iterator[Change]:
    """Yield the claims that there are and that are to be, and direct triples; note those `made`.

    One part of what is said at a time is in memory.
    """
    add_direct(held.store, said)
    for part in said.read_parts():
        has = {one for one in part if isinstance(one, ox.Triple)}
        statements = (one for one in part if isinstance(one, Statement))
        claims = make_claims(statements, world.home, world.voices)
        yield has, direct_triples(claims)
        for claim in held.pass_on(claims):
            made.add(number_claim(claim.iri))
            yield read_claim(held.store, claim.iri), describe_claim(claim)
    for iri in held.pass_on(find_others(held.store, made)):
        yield read_claim(held.store, iri), set()


def add_direct(store: ox.Store, said: Said) -> None:
    """Add the direct triples that there are to what is said."""
    for term in direct_terms():
        for quad in store.quads_for_pattern(None, term, None, DEFAULT):
            if isinstance(quad.subject, ox.NamedNode):
                if isinstance(quad.object, ox.NamedNode | ox.Literal):
                    ends = quad.subject.value, quad.object.value
                    said.add(name_part(term.value, *ends), quad.triple)


def find_others(store: ox.Store, made: Collection[int]) -> list[str]:
    """Return the claims of the default graph that nobody makes any more."""
    return [
        quad.subject.value
        for quad in store.quads_for_pattern(None, TYPE, CLAIM, DEFAULT)
        if isinstance(quad.subject, ox.NamedNode) and number_claim(quad.subject.value) not in made
    ]


def number_claim(iri: str) -> int:
    """Return the number that a claim's IRI ends with, all of it that is not in others, too.

    >>> number_claim("https://pressgraph.example/id/claim/c00000000000000ff")
    255
    >>> number_claim("urn:claim")  # which others call a claim
    -1
    """
    return int(iri[-16:], 16) if NUMBERED.fullmatch(iri[-16:]) else -1


def direct_triples(claims: Iterable[Claim]) -> set[ox.Triple]:
    """Return the direct triples of the claims that are so today."""
    return {
        ox.Triple(ox.NamedNode(claim.subject), ox.NamedNode(claim.relation), claim.object)
        for claim in claims
        if claim.holds
    }


def change_voices(held: Held, voices: Mapping[str, str], base: str) -> Iterator[Change]:
    """Yield which articles were told to be copies, and which are."""
    families: defaultdict[str, list[str]] = defaultdict(list)
    for graph, voice in voices.items():
        families[voice].append(graph)
    copies: set[str] = set()
    for voice, graphs in families.items():
        if len(graphs) > 1:
            family = held.pass_on(graphs)
            articles = [iri for graph in family for iri in find_articles(held.store, graph)]
            first = min(articles)
            copies.update(articles)
            for iri in held.pass_on(articles):
                yield read_copy(held.store, iri), describe_copy(iri, voice, first, base)
    for iri in [*read_copies(held.store)]:
        if iri not in copies:
            yield read_copy(held.store, iri), set()


def read_copies(store: ox.Store) -> Iterator[str]:
    """Yield the articles that the default graph has as copies."""
    for quad in store.quads_for_pattern(None, VOICE, None, DEFAULT):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value


def find_articles(store: ox.Store, graph: str) -> Iterator[str]:
    """Yield the IRI of the article that a graph is of."""
    for quad in store.quads_for_pattern(None, TYPE, ARTICLE, ox.NamedNode(graph)):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value


def read_copy(store: ox.Store, article: str) -> set[ox.Triple]:
    """Read what the default graph has of the family of an article."""
    return {
        quad.triple
        for term in (VOICE, ALTERNATE)
        for quad in store.quads_for_pattern(ox.NamedNode(article), term, None, DEFAULT)
    }


def read_graph(store: ox.Store, name: ox.NamedNode) -> set[ox.Triple]:
    """Read a named graph."""
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, name)}


def apply(
    held: Held, changes: Iterable[Change], name: ox.NamedNode | ox.DefaultGraph = DEFAULT
) -> int:
    """Take out of a graph what is not wanted any more, put in what is new, and count both."""
    count = 0
    gone: set[ox.Triple] = set()
    new: set[ox.Triple] = set()
    for has, wanted in changes:
        gone |= has - wanted
        new |= wanted - has
        if len(gone) + len(new) >= CHUNK:
            count += write_change(held.store, gone, new, name)
            gone, new = set(), set()
    return count + write_change(held.store, gone, new, name)


def write_change(
    store: ox.Store,
    gone: set[ox.Triple],
    new: set[ox.Triple],
    name: ox.NamedNode | ox.DefaultGraph,
) -> int:
    """Change a graph in one transaction, and count the triples that went and came."""
    if new and not gone:
        # Twice as fast in memory as an update, whose text is read as SPARQL.
        store.load(write_data(new).encode(), format=ox.RdfFormat.N_TRIPLES, to_graph=name)
    elif gone:
        data = (write_data(gone), write_data(new))
        if isinstance(name, ox.NamedNode):
            data = (f"GRAPH {name} {{ {data[0]} }}", f"GRAPH {name} {{ {data[1]} }}")
        store.update(f"DELETE DATA {{ {data[0]} }} ; INSERT DATA {{ {data[1]} }}")
    return len(gone) + len(new)
