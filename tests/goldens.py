"""Graphs beside golden ones: exactly alike, but for what a machine's arithmetic may tip."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rdflib import Graph

from kg.graph.readings import read_readings
from kg.model import Entity, Fact
from kg.reader.types import Limits

#: How far a confidence may be from the golden one, or from its threshold for a fact to come or go.
NEAR = 0.02


def compare_graphs(golden: Graph, found: Graph, limits: Limits) -> Iterator[str]:
    """Yield what differs between the facts of two graphs of one article."""
    old, new = (tell_facts(graph) for graph in (golden, found))
    for key in sorted(old.keys() | new.keys(), key=repr):
        one, other = old.get(key), new.get(key)
        if one is None or other is None:
            there = one or other
            assert there
            if there.confidence - least(there, limits) > NEAR:
                yield f"{'+' if other else '-'} {key}"
        elif abs(one.confidence - other.confidence) > NEAR + 1e-9:
            yield f"{one.confidence} became {other.confidence}: {key}"


def tell_facts(graph: Graph) -> dict[tuple[Any, ...], Fact]:
    """Return the facts of a graph's one article by all that they say."""
    (reading,) = read_readings(graph)
    return {tell(fact): fact for fact in reading.facts}


def tell(fact: Fact) -> tuple[Any, ...]:
    """Return all that a fact says but how sure it is."""
    values = sorted((name, name_of(value)) for name, value in fact.qualifiers.items())
    ends = name_of(fact.subject), fact.property, name_of(fact.object)
    return (*ends, fact.modality, fact.ended, name_of(fact.attributed_to), *values, fact.evidence)


def name_of(value: object) -> str:
    """Return what a thing is called, or a value as text."""
    return f"{value.name} ({value.kind})" if isinstance(value, Entity) else str(value)


def least(fact: Fact, limits: Limits) -> float:
    """Return the probability from which on a fact is kept; those of deals hang on another's."""
    known = fact.property if fact.property in limits.thresholds else "acquired"
    return limits.chance(known, limits.thresholds[known])
