"""A part of somebody's vocabulary: what is at most so many steps away from one of its words."""

from __future__ import annotations

from rdflib import RDF, BNode, Graph, Node, URIRef
from rdflib.namespace import RDFS

from kg.errors import QueryError
from kg.graph.vocabularies import KG, new_graph
from kg.names.key import fold
from kg.network.schemes import Scheme
from kg.store.labels import find_nodes

#: A fact's ends and its relation.
Line = tuple[Node, Node, Node]


def focus_scheme(graph: Graph, scheme: Scheme, name: str, *, depth: int = 1) -> Graph:
    """Return what a vocabulary says of what is at most `depth` steps away from a name.

    No step leads through the vocabulary itself, of which all is a part. Raises QueryError.
    """
    lines = list_lines(scheme.graph)
    homes: set[Node] = {URIRef(it) for it, kind in scheme.kinds.items() if kind == "Scheme"}
    reached: set[Node] = find_words(scheme, name)
    if not reached:
        raise QueryError(f"the vocabulary has no '{name}'; focus on another word of it")
    for _ in range(depth):
        inner = reached - homes
        reached |= {it for one, _, two in lines for it in (one, two) if inner & {one, two}}
    relations = {relation for one, relation, two in lines if {one, two} <= reached}
    known = {it for one, _, two in lines for it in (one, two) if isinstance(it, URIRef)}
    left_out = (known | {URIRef(it) for it in scheme.kinds}) - reached - relations - homes
    part = new_graph()
    for triple in graph:
        if not left_out & {triple[0], triple[2]}:
            part.add(triple)
    return part


def list_lines(told: Graph) -> list[Line]:
    """List what a vocabulary's facts say: subject, relation, object."""
    found = []
    for fact in told.subjects(RDF.type, KG.Fact):
        parts = [told.value(fact, part) for part in (RDF.subject, RDF.predicate, RDF.object)]
        one, relation, two = parts
        if one and relation and two and not isinstance(one, BNode):
            found.append((one, relation, two))
    return found


def find_words(scheme: Scheme, name: str) -> set[Node]:
    """Find what a vocabulary calls so, or what alone it calls by a name that begins so."""
    try:
        return {*find_nodes(scheme.graph, name)}
    except QueryError:
        begun = {
            node
            for node, label in scheme.graph.subject_objects(RDFS.label)
            if fold(name) and fold(str(label)).startswith(fold(name))
        }
        if len(begun) != 1:
            raise
        return begun
