"""Claims to a network that has no more than links and groups need: of a large graph, in seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Graph

from kg.graph.numbers import read_chance, read_count, read_modality
from kg.graph.triples import read_texts
from kg.graph.vocabularies import KG
from kg.network.network import find_kinds
from kg.network.passages import local_name, read_names

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def sketch_network(graph: Graph, lang: str = "fr") -> MultiDiGraph:
    """Build the network of a graph's claims between things that have a class, without proofs.

    Of a thing it has name and kind, of a claim relation, modality, whether it is over, confidence
    and voices: what `project_network` and `group_things` look at.

    >>> from kg.graph.vocabularies import new_graph
    >>> len(sketch_network(new_graph()))
    0
    """
    import networkx as nx

    names = read_names(graph, lang)
    network = nx.MultiDiGraph()
    for thing, kind in sorted(find_kinds(graph).items()):
        network.add_node(thing, name=names.get(thing) or local_name(thing), kind=kind)
    relation, target, modality, ended, confidence, voices = (
        dict(read_texts(graph, part))
        for part in (
            KG.claimRelation, KG.claimObject, KG.modalityNow, KG.over, KG.surest, KG.voices,
        )
    )  # fmt: skip
    for claim, subject in sorted(read_texts(graph, KG.claimSubject)):
        if subject in network and (end := target.get(claim)) in network:
            network.add_edge(
                subject, end, key=claim, relation=local_name(relation.get(claim)),
                modality=read_modality(modality.get(claim, "")), ended=claim in ended,
                confidence=read_chance(confidence.get(claim)), voices=read_count(voices.get(claim)),
            )  # fmt: skip
    return network
