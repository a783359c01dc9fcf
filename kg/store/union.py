"""What a store's default graph says: all that its named graphs say, with one label a thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

import pyoxigraph as ox
from rdflib.namespace import RDFS, SKOS

from kg.graph.labels import MOST, choose_label

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
DEFAULT = ox.DefaultGraph()
LABEL, OTHER = ox.NamedNode(str(RDFS.label)), ox.NamedNode(str(SKOS.altLabel))


def change_union(
    store: ox.Store, name: ox.NamedNode, gone: set[ox.Triple], new: set[ox.Triple]
) -> tuple[set[ox.Triple], set[ox.Triple]]:
    """Return what the default graph loses and wins when a named graph changes so.

    It keeps what another named graph says, too. Of a thing's labels it has the one that most
    graphs give it; the others are alternative ones there.
    """
    lost = {triple for triple in gone if not is_name(triple) and not is_said(store, triple, name)}
    won = {triple for triple in new if not is_name(triple)}
    before, after = (group(filter(is_name, triples)) for triples in (gone, new))
    for thing in {**before, **after}:
        has = {quad.triple for p in (LABEL, OTHER) for quad in find(store, thing, p, DEFAULT)}
        added = after.get(thing, set())
        if thing in before or not is_settled(has, added):
            own = {q.triple for p in (LABEL, OTHER) for q in find(store, thing, p, name)}
            wanted = settle(store, name, thing, own - before.get(thing, set()) | added)
        else:
            known = {triple.object for triple in has}
            wanted = has | {triple for triple in added if triple.object not in known}
        lost |= has - wanted
        won |= wanted - has
    return lost, won


def is_name(triple: ox.Triple) -> bool:
    """Tell whether a triple says what something is called."""
    return triple.predicate in (LABEL, OTHER)


def is_said(store: ox.Store, triple: ox.Triple, name: ox.NamedNode) -> bool:
    """Tell whether a named graph other than this one has a triple."""
    quads = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return any(quad.graph_name not in (name, DEFAULT) for quad in quads)


def is_settled(has: set[ox.Triple], added: set[ox.Triple]) -> bool:
    """Tell whether added names leave a thing the label that it has."""
    labels = {triple.object for triple in has if triple.predicate == LABEL}
    return bool(labels) and all(t.object in labels for t in added if t.predicate == LABEL)


def group(triples: Iterable[ox.Triple]) -> dict[Subject, set[ox.Triple]]:
    """Group triples by their subjects."""
    found: defaultdict[Subject, set[ox.Triple]] = defaultdict(set)
    for triple in triples:
        found[triple.subject].add(triple)
    return dict(found)


def find(
    store: ox.Store,
    thing: Subject,
    predicate: ox.NamedNode,
    graph: ox.NamedNode | ox.DefaultGraph | None,
) -> list[ox.Quad]:
    """Find what a graph, or each one (None), says of a thing with a predicate."""
    return list(store.quads_for_pattern(thing, predicate, None, graph))


def settle(
    store: ox.Store, name: ox.NamedNode, thing: Subject, own: set[ox.Triple]
) -> set[ox.Triple]:
    """Return all names of a thing, of which one is its label, if a named graph has its own ones."""
    here = (name, DEFAULT)
    known = {quad.object for p in (LABEL, OTHER) for quad in find(store, thing, p, DEFAULT)}
    counts: dict[tuple[str, str], int] = {}
    names: dict[tuple[str, str], ox.Literal] = {}
    for text in known | {triple.object for triple in own}:
        if not isinstance(text, ox.Literal):
            continue
        key = (text.value, text.language or "")
        mine = ox.Triple(thing, LABEL, text) in own
        others = (
            q for q in store.quads_for_pattern(thing, LABEL, text) if q.graph_name not in here
        )
        if times := mine + sum(1 for _ in islice(others, MOST - mine)):
            counts[key] = times
        if times or ox.Triple(thing, OTHER, text) in own or is_other(store, thing, text, here):
            names[key] = text
    label = choose_label(counts) if counts else None
    return {ox.Triple(thing, LABEL if key == label else OTHER, it) for key, it in names.items()}


def is_other(store: ox.Store, thing: Subject, text: ox.Literal, here: tuple[object, ...]) -> bool:
    """Tell whether a named graph elsewhere calls a thing so as well."""
    quads = store.quads_for_pattern(thing, OTHER, text)
    return any(quad.graph_name not in here for quad in quads)


def settle_all(store: ox.Store) -> None:
    """Leave each thing in a store's default graph one label, by what its named graphs call it."""
    nobody = ox.NamedNode("urn:kg:none")
    seen: set[Subject] = set()
    twice: dict[Subject, None] = {}
    for quad in store.quads_for_pattern(None, LABEL, None, DEFAULT):
        if quad.subject in seen:
            twice[quad.subject] = None
        seen.add(quad.subject)
    for thing in twice:
        wanted = settle(store, nobody, thing, set())
        has = {triple for p in (LABEL, OTHER) for triple in find_triples(store, thing, p)}
        if any(triple.predicate == LABEL for triple in wanted):
            for triple in has - wanted:
                store.remove(ox.Quad(triple.subject, triple.predicate, triple.object))
            store.extend(ox.Quad(it.subject, it.predicate, it.object) for it in wanted - has)


def find_triples(store: ox.Store, thing: Subject, predicate: ox.NamedNode) -> list[ox.Triple]:
    """Find what the default graph says of a thing with a predicate."""
    return [quad.triple for quad in find(store, thing, predicate, DEFAULT)]


def write_data(triples: Iterable[ox.Triple]) -> str:
    """Write triples as an update holds them."""
    data: bytes = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return data.decode()
