"""What our ontology is aligned with: which terms of others follow from ours."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from rdflib import OWL, RDFS, Graph, URIRef
from rdflib.term import Node

from kg.graph.check import read_graph
from kg.graph.vocabularies import KG

T = TypeVar("T")
#: A property, and whether it holds from object to subject.
Step = tuple[Node, bool]


@cache
def broader_classes() -> Mapping[Node, frozenset[Node]]:
    """Return each of our classes with all that are above it."""
    above: dict[Node, set[Node]] = {}
    for kind, other in read_ontology().subject_objects(RDFS.subClassOf):
        if isinstance(other, URIRef):
            above.setdefault(kind, set()).add(other)
    return MappingProxyType({kind: reach(kind, above) for kind in above if is_ours(kind)})


@cache
def broader_properties() -> Mapping[Node, frozenset[Step]]:
    """Return each of our properties with all that follow from it."""
    graph = read_ontology()
    above: dict[Step, set[Step]] = {}
    said = [*graph.subject_objects(RDFS.subPropertyOf)]
    for one, other in graph.subject_objects(OWL.equivalentProperty):
        said += [(one, other), (other, one)]
    for one, other in said:
        inverses = [*graph.objects(other, OWL.inverseOf)]
        steps = [(it, True) for it in inverses] or [(other, False)]
        for turned in (False, True):
            found = {(it, turned != inverse) for it, inverse in steps if isinstance(it, URIRef)}
            above.setdefault((one, turned), set()).update(found)
    return MappingProxyType({p: reach((p, False), above) for p, _ in above if is_ours(p)})


def reach(start: T, above: Mapping[T, set[T]]) -> frozenset[T]:
    """Return all that is above a thing, step by step."""
    found: set[T] = set()
    rest = [start]
    while rest:
        fresh = above.get(rest.pop(), set()) - found
        found |= fresh
        rest += fresh
    return frozenset(found - {start})


def is_ours(term: Node) -> bool:
    """Tell whether a term is of our own ontology."""
    return str(term).startswith(KG)


@cache
def read_ontology() -> Graph:
    """Read the ontology, once; raise DataError."""
    return read_graph("pressgraph.ttl")
