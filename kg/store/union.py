"""What a store's default graph says: all that its named graphs say, with one label a thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import pyoxigraph as ox
from rdflib.namespace import RDFS, SKOS

from kg.graph.labels import choose_label

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
    said = [(triple.predicate, triple.object) for triple in own]
    for predicate in (LABEL, OTHER):
        quads = find(store, thing, predicate, None)
        said += [(predicate, q.object) for q in quads if q.graph_name not in (name, DEFAULT)]
    names = {text for _, text in said if isinstance(text, ox.Literal)}
    counts = Counter(t for p, t in said if p == LABEL and isinstance(t, ox.Literal))
    told = {(text.value, text.language or ""): text for text in counts}
    label = told[choose_label({key: counts[text] for key, text in told.items()})] if told else None
    return {ox.Triple(thing, LABEL if text == label else OTHER, text) for text in names}
