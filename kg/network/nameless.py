"""Things of others that have no IRI: what they are and are called, under one that lasts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, Graph
from rdflib.namespace import DC, DCTERMS, FOAF, SH, SKOS

from kg.graph.blanks import PLACE as PLACE
from kg.graph.blanks import give_iris, name_blanks
from kg.graph.triples import text_of
from kg.graph.vocabularies import SCHEMA
from kg.network.others import has_news
from kg.store.engine import engine_of, hold

#: What things are called, the best first.
NAMES = tuple(
    str(it)
    for it in (
        SKOS.prefLabel, RDFS.label, DCTERMS.title, DC.title, FOAF.name, SCHEMA.name,
        "http://schema.org/name",
    )
)  # fmt: skip
#: Parts of definitions and lists, which are no things.
PARTS = tuple(map(str, (OWL, RDF, RDFS, SH)))
TYPE, LABEL = ox.NamedNode(str(RDF.type)), ox.NamedNode(str(RDFS.label))
#: Characters of a text, and texts, that tell a thing without a name from others.
LONGEST, MOST = 40, 2


def name_things(graph: Graph) -> Graph:
    """Return a graph whose blank nodes with a class or a name have IRIs, and what to call them.

    The IRIs are those of the graph's content: the same each time, and of no other graph. A graph of
    news has no such things, and is returned as it is.

    >>> from rdflib import BNode, Literal
    >>> named = name_things(Graph().add((BNode(), FOAF.name, Literal("Ada Roy"))))
    >>> [str(it).startswith(PLACE) for it in named.subjects()]
    [True]
    """
    if has_news(graph):
        return graph
    quads = list(engine_of(graph).quads_for_pattern(None, None, None, ox.DefaultGraph()))
    if not any(isinstance(quad.subject, ox.BlankNode) for quad in quads):
        return graph
    told = name_blanks(quads)
    things = find_things(told)
    if not things:
        return graph
    iris = give_iris(told, things)
    named = ox.Store()
    named.extend(
        ox.Quad(iris.get(one, one), verb, iris.get(two, two)) for one, verb, two, _ in told
    )
    for thing, label in call_things(told, things).items():
        named.add(ox.Quad(iris[thing], LABEL, ox.Literal(label)))
    return hold(named)


def find_things(quads: Iterable[ox.Quad]) -> set[ox.BlankNode]:
    """Find the blank nodes that are things: they have a class or a name."""
    found = set()
    for quad in quads:
        if isinstance(quad.subject, ox.BlankNode):
            is_kind = isinstance(quad.object, ox.NamedNode) and quad.predicate == TYPE
            if is_kind and not quad.object.value.startswith(PARTS):  # type: ignore[union-attr]
                found.add(quad.subject)
            elif is_name(quad):
                found.add(quad.subject)
    return found


def is_name(quad: ox.Quad) -> bool:
    """Tell whether a statement says what something is called."""
    told = isinstance(quad.object, ox.Literal) and quad.predicate.value in NAMES
    return told and bool(text_of(quad.object).strip())


def call_things(quads: Iterable[ox.Quad], things: set[ox.BlankNode]) -> dict[ox.BlankNode, str]:
    """Return what to call things without a name: their class, and what tells them from others."""
    names: dict[object, tuple[int, str]] = {}
    said: defaultdict[ox.BlankNode, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        if is_name(quad):
            rank = NAMES.index(quad.predicate.value), text_of(quad.object)
            names[quad.subject] = min(rank, names.get(quad.subject, rank))
        if isinstance(quad.subject, ox.BlankNode):
            said[quad.subject].append(quad)
    return {it: call_thing(said[it], names) for it in things if it not in names}


def call_thing(said: Sequence[ox.Quad], names: dict[object, tuple[int, str]]) -> str:
    """Return what to call a thing by its class, its texts and the names of what it leads to."""
    kinds, told = [], []
    for quad in said:
        if quad.predicate == TYPE and isinstance(quad.object, ox.NamedNode):
            kinds.append(quad.object.value.rstrip("/#").replace("#", "/").rpartition("/")[2])
        elif isinstance(quad.object, ox.Literal):
            told.append((quad.predicate.value, " ".join(quad.object.value.split())[:LONGEST]))
        elif quad.object in names:
            told.append((quad.predicate.value, names[quad.object][1][:LONGEST]))
    shown = ", ".join(list(dict.fromkeys(text for _, text in sorted(told) if text))[:MOST])
    return f"{min(kinds)} ({shown})" if shown else min(kinds)
