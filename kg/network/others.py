"""Whether a graph is one of news, or what others say of things in words of their own."""

from __future__ import annotations

from rdflib import RDF, Graph, URIRef
from rdflib.namespace import PROV

from kg.graph.vocabularies import KG


def has_news(graph: Graph) -> bool:
    """Tell whether a graph has articles, claims or evidence, and so is no vocabulary."""
    news = any((None, RDF.type, kind) in graph for kind in (KG.Article, KG.Claim))
    return news or (None, PROV.wasDerivedFrom, None) in graph


def has_data(graph: Graph) -> bool:
    """Tell whether a graph says of things what they are, in the words of others alone.

    >>> from rdflib import FOAF
    >>> has_data(Graph().add((KG.a, RDF.type, FOAF.Person)))
    True
    """
    if has_news(graph):
        return False  # which is soon told, even of a large one
    kinds = {
        str(kind)
        for thing, kind in graph.subject_objects(RDF.type)
        if isinstance(thing, URIRef) and isinstance(kind, URIRef)
    }
    return bool(kinds) and not any(it.startswith(KG) for it in kinds)
