"""Canonical things in a store's default graph: what is said of each, under whatever local IRI."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, SKOS

from kg import ontology
from kg.graph.labels import Name, choose_label
from kg.graph.vocabularies import ITSRDF, KG, SCHEMA, VOCABULARIES
from kg.names.identifiers import TOLD
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
#: A local IRI and the graph of an article that has it.
Local = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Moves:
    """Hold where things go: the local ones of each canonical IRI, and the homes of each local one.

    Only IRIs are in it that some article's graph has for another thing than it is, those that such
    things go to, and those of which articles tell numbers; all others stand in the default graph as
    they are.
    """

    locals: Mapping[str, tuple[Local, ...]] = field(default_factory=dict)
    homes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def find_moves(things: Iterable[Thing], clusters: Clusters, before: Collection[str]) -> Moves:
    """Return where things go; IRIs that went somewhere `before` are in it, too."""
    homes: defaultdict[str, set[str]] = defaultdict(set)
    where: defaultdict[str, set[Local]] = defaultdict(set)
    moved = {*before, *clusters.labels, *clusters.kinds, *clusters.sectors, *clusters.numbers}
    moved |= clusters.dropped
    for thing in things:
        for graph in thing.articles:
            home = clusters.canonical(thing.iri, graph)
            homes[thing.iri].add(home)
            where[home].add((thing.iri, graph))
            if home != thing.iri or thing.identifiers:
                moved |= {home, thing.iri}
    return Moves(
        {
            iri: () if iri in clusters.dropped else tuple(sorted(where.get(iri, ())))
            for iri in sorted(moved)
        },
        {iri: tuple(sorted(homes[iri] - clusters.dropped)) for iri in sorted(moved & homes.keys())},
    )


def describe_things(
    store: ox.Store, moves: Moves, clusters: Clusters
) -> Iterator[tuple[set[ox.Triple], set[ox.Triple]]]:
    """Yield what the default graph has of each thing that moves, and what it is to have."""
    for iri, those in moves.locals.items():
        node = ox.NamedNode(iri)
        wanted = describe_thing(store, node, those, clusters)
        for local, graph in those:
            for way in LEADS:
                for quad in store.quads_for_pattern(
                    None, way, ox.NamedNode(local), ox.NamedNode(graph)
                ):
                    wanted.add(ox.Triple(quad.subject, way, node))
        # Other local IRIs lead here.
        for local in {local for local, _ in those} - {iri}:
            if local not in moves.homes.get(local, ()):
                wanted.add(ox.Triple(ox.NamedNode(local), REPLACED, node))
        has = {
            quad.triple
            for quad in store.quads_for_pattern(node, None, None, DEFAULT)
            if quad.predicate not in direct_terms() and quad.predicate != REPLACED
        }
        for way in LEADS:
            has |= {quad.triple for quad in store.quads_for_pattern(None, way, node, DEFAULT)}
        yield has, wanted


def describe_thing(
    store: ox.Store, node: ox.NamedNode, those: Iterable[Local], clusters: Clusters
) -> set[ox.Triple]:
    """Return what articles say that a thing is and is called, with what is decided of it."""
    found: set[ox.Triple] = set()
    counts, names = Counter[Name](), dict[Name, ox.Literal]()
    for local, graph in those:
        for quad in store.quads_for_pattern(ox.NamedNode(local), None, None, ox.NamedNode(graph)):
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
