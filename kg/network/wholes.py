"""What is told of deals and agreements as a whole, beside the facts that follow from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from rdflib import Graph, Node

from kg import ontology
from kg.graph.triples import read_terms
from kg.graph.vocabularies import KG


def add_values(graph: Graph, found: Mapping[str, dict[str, Node]]) -> None:
    """Add to facts what is told of the deal or agreement as a whole from which they follow."""
    told: defaultdict[str, dict[str, Node]] = defaultdict(dict)
    for name in filter(ontology.is_value, ontology.properties()):
        for node, term in read_terms(graph, KG[name]):
            told[node][name] = term
    for qualifiers in found.values():
        for whole in (qualifiers.get("deal"), qualifiers.get("agreement")):
            for name, term in sorted(told.get(str(whole), {}).items()):
                qualifiers.setdefault(name, term)
