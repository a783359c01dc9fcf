"""What a name means in a graph: the things that are called so."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDFS, SKOS

from kg.errors import QueryError
from kg.names.areas import find_areas
from kg.names.key import name_key
from kg.store.engine import engine_of

REPLACED = ox.NamedNode(str(DCTERMS.isReplacedBy))
BROADER = ox.NamedNode(str(SKOS.broader))
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
LABELS = tuple(ox.NamedNode(str(predicate)) for predicate in (RDFS.label, SKOS.altLabel))


def find_nodes(graph: Graph | ox.Store, name: str) -> list[URIRef]:
    """Return the nodes that have a name, or the one with this IRI; raise QueryError for none.

    An IRI of 0.1 means what has taken its place.

    The name of an area of the ontology means that area too, and those below it, where the graph
    has what belongs to them.
    """
    store = graph if isinstance(graph, ox.Store) else engine_of(graph)
    if IRI.fullmatch(name) and is_subject(store, name):
        return find_successors(store, name) or [URIRef(name)]
    wanted = name_key(name)
    labels: dict[str, str] = {}
    found = {URIRef(area) for area in find_areas(name) if is_broader(store, area)}
    for predicate in LABELS:
        for quad in store.quads_for_pattern(None, predicate, None, ox.DefaultGraph()):
            if not isinstance(quad.object, ox.Literal):
                continue
            label = quad.object.value
            key = name_key(label)
            labels.setdefault(key, label)
            if key == wanted and isinstance(quad.subject, ox.NamedNode):
                found.add(URIRef(quad.subject.value))
    if not found:
        near = nearest(wanted, labels)
        raise QueryError(f"the graph names no '{name}'" + (f"; nearest: {near}" if near else ""))
    return sorted(found)


def find_successors(store: ox.Store, iri: str) -> list[URIRef]:
    """Return what has taken the place of an IRI that names nothing any more."""
    node = ox.NamedNode(iri)
    if next(iter(store.quads_for_pattern(node, LABELS[0], None, ox.DefaultGraph())), None):
        return []
    quads = store.quads_for_pattern(node, REPLACED, None, ox.DefaultGraph())
    return sorted(URIRef(q.object.value) for q in quads if isinstance(q.object, ox.NamedNode))


def is_broader(store: ox.Store, area: str) -> bool:
    """Tell whether something in a store belongs to an area of the ontology."""
    quads = store.quads_for_pattern(None, BROADER, ox.NamedNode(area), ox.DefaultGraph())
    return next(iter(quads), None) is not None


def is_subject(store: ox.Store, iri: str) -> bool:
    """Tell whether a store says something of an IRI."""
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return False
    quads = store.quads_for_pattern(node, None, None, ox.DefaultGraph())
    return next(iter(quads), None) is not None


def nearest(word: str, known: Mapping[str, str]) -> str:
    """Return the names whose keys look most like a word, three at most.

    >>> nearest("vasko", {"vasco": "Vasco", "nordil": "Nordil"})
    'Vasco'
    """
    from rapidfuzz import process

    hits = process.extract(word, sorted(known), limit=3, score_cutoff=60)
    return ", ".join(known[key] for key, _, _ in hits)
