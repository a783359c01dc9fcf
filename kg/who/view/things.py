"""Canonical things in a store's default graph: what is said of each, under whatever local IRI."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, SKOS

from kg import ontology
from kg.graph.labels import Name, choose_label
from kg.graph.vocabularies import ITSRDF, KG, SCHEMA, VOCABULARIES
from kg.names.identifiers import TOLD
from kg.store.held import Held
from kg.store.union import DEFAULT, LABEL, OTHER
from kg.who.clusters import Clusters
from kg.who.things import Thing
from kg.who.view.statements import TYPE, Term

REPLACED, MENTIONS, MEANS, MATCH, SECTOR = (
    ox.NamedNode(str(term))
    for term in (
        DCTERMS.isReplacedBy, SCHEMA.mentions, ITSRDF.taIdentRef, SKOS.exactMatch, KG.sector,
    )
)  # fmt: skip
#: What leads to a thing and is no fact of it: former IRIs, articles, and words of articles.
LEADS = (REPLACED, MENTIONS, MEANS)
#: What is no matter of one article: what gives way to what, and numbers, which others may deny.
SETTLED = (REPLACED, *(ox.NamedNode(str(KG[name])) for name in TOLD))
#: A local IRI and the graphs of the articles that have it for the same thing.
Local = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Moves:
    """Hold where things go: the local ones of each canonical IRI, and the homes of each local one.

    Only IRIs are in it that some article's graph has for another thing than it is, those that such
    things go to, and those of which articles tell numbers; all others stand in the default graph as
    they are.
    """

    locals: Mapping[str, tuple[Local, ...]] = field(default_factory=dict)
    homes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def find_moves(things: Sequence[Thing], clusters: Clusters, before: Collection[str]) -> Moves:
    """Return where things go; IRIs that went somewhere `before` are in it, too."""
    moved = {*before, *clusters.labels, *clusters.kinds, *clusters.sectors, *clusters.numbers}
    moved |= clusters.dropped
    for thing, home, _ in find_homes(things, clusters):
        if home != thing.iri or thing.identifiers:
            moved |= {home, thing.iri}
    homes: defaultdict[str, set[str]] = defaultdict(set)
    where: defaultdict[str, list[Local]] = defaultdict(list)
    for thing, home, graphs in find_homes(things, clusters):
        if thing.iri in moved:
            homes[thing.iri].add(home)
        if home in moved:
            where[home].append((thing.iri, graphs))
    return Moves(
        {
            iri: () if iri in clusters.dropped else tuple(sorted(where.get(iri, ())))
            for iri in sorted(moved)
        },
        {iri: tuple(sorted(those - clusters.dropped)) for iri, those in sorted(homes.items())},
    )


def find_homes(
    things: Iterable[Thing], clusters: Clusters
) -> Iterator[tuple[Thing, str, tuple[str, ...]]]:
    """Yield each thing with its canonical IRI and the articles in which it has that one."""
    parted = {iri for iri, _ in clusters.parts}
    for thing in things:
        if thing.iri not in parted:
            yield thing, clusters.canonical(thing.iri), thing.articles
            continue
        homes: defaultdict[str, list[str]] = defaultdict(list)
        for graph in thing.articles:
            homes[clusters.canonical(thing.iri, graph)].append(graph)
        for home, graphs in sorted(homes.items()):
            yield thing, home, tuple(graphs)


def list_locals(those: Iterable[Local]) -> Iterator[tuple[ox.NamedNode, ox.NamedNode]]:
    """Yield local things, each with the graph of an article that has it."""
    for local, graphs in those:
        for graph in graphs:
            yield ox.NamedNode(local), ox.NamedNode(graph)


def describe_things(
    held: Held, moves: Moves, clusters: Clusters
) -> Iterator[tuple[set[ox.Triple], set[ox.Triple]]]:
    """Yield what the default graph has of each thing that moves, and what it is to have."""
    for iri, those in held.pass_on(moves.locals.items()):
        node = ox.NamedNode(iri)
        wanted = describe_thing(held.store, node, those, clusters)
        wanted |= find_leads(held.store, node, those)
        # Other local IRIs lead here.
        for other in {other for other, _ in those} - {iri}:
            if other not in moves.homes.get(other, ()):
                wanted.add(ox.Triple(ox.NamedNode(other), REPLACED, node))
        yield read_thing(held.store, node), wanted


def find_leads(store: ox.Store, node: ox.NamedNode, those: Iterable[Local]) -> set[ox.Triple]:
    """Return what leads to some local things, as leading to their canonical one."""
    return {
        ox.Triple(quad.subject, way, node)
        for local, graph in list_locals(those)
        for way in LEADS
        for quad in store.quads_for_pattern(None, way, local, graph)
    }


def read_thing(store: ox.Store, node: ox.NamedNode) -> set[ox.Triple]:
    """Read what the default graph has of a thing, but for facts, and what leads to it."""
    has = {
        quad.triple
        for quad in store.quads_for_pattern(node, None, None, DEFAULT)
        if quad.predicate not in direct_terms() and quad.predicate != REPLACED
    }
    for way in LEADS:
        has |= {quad.triple for quad in store.quads_for_pattern(None, way, node, DEFAULT)}
    return has


def describe_thing(
    store: ox.Store, node: ox.NamedNode, those: Iterable[Local], clusters: Clusters
) -> set[ox.Triple]:
    """Return what articles say that a thing is and is called, with what is decided of it."""
    found: set[ox.Triple] = set()
    counts, names = Counter[Name](), dict[Name, ox.Literal]()
    for local, graph in list_locals(those):
        for quad in store.quads_for_pattern(local, None, None, graph):
            target = quad.object
            if quad.predicate in (LABEL, OTHER) and isinstance(target, ox.Literal):
                name = (target.value, target.language or "")
                names[name] = target
                counts[name] += quad.predicate == LABEL
            elif quad.predicate not in direct_terms() and quad.predicate not in SETTLED:
                found.add(ox.Triple(node, quad.predicate, target))
    if counts:
        label = choose_label({name: times for name, times in counts.items() if times})
        if told := clusters.labels.get(node.value):
            names[told, label[1]] = ox.Literal(told, language=label[1])
            label = (told, label[1])
        found |= {
            ox.Triple(node, LABEL if name == label else OTHER, text) for name, text in names.items()
        }
        found |= {ox.Triple(node, *it) for it in number_terms(clusters.numbers.get(node.value, ()))}
    if found and (sector := clusters.sectors.get(node.value)):
        found.add(ox.Triple(node, SECTOR, ox.Literal(sector)))
    if found and (kind := clusters.kinds.get(node.value)):
        found = {triple for triple in found if triple.predicate != TYPE}
        found.add(ox.Triple(node, TYPE, ox.NamedNode(str(KG[kind]))))
    return found


def number_terms(numbers: Iterable[str]) -> Iterator[tuple[ox.NamedNode, Term]]:
    """Yield the properties that tell a thing's numbers in registers, and these.

    >>> [str(term) for _, term in number_terms(["siren:552120222", "wikidata:Q167511"])]
    ['"552120222"', '<http://www.wikidata.org/entity/Q167511>']
    """
    for told in numbers:
        scheme, _, value = told.partition(":")
        if scheme == "wikidata":
            yield MATCH, ox.NamedNode(f"{VOCABULARIES['wd']}{value}")
        else:
            yield ox.NamedNode(str(KG[scheme])), ox.Literal(value)


@cache
def direct_terms() -> frozenset[ox.NamedNode]:
    """Return the relations: the predicates of direct triples."""
    return frozenset(ox.NamedNode(ontology.KG + name) for name in ontology.relations())
