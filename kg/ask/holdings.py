"""What a graph holds, told where nothing of the kind that was asked for is in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox
from rdflib import RDF, BNode, URIRef

from kg.graph.vocabularies import KG, SCHEMA, prefixes
from kg.store.labels import term_of

TYPE = ox.NamedNode(str(RDF.type))
FACT, MENTIONS = ox.NamedNode(str(KG.Fact)), ox.NamedNode(str(SCHEMA.mentions))
#: What leads from a fact or a claim to what it is about.
ENDS = tuple(
    ox.NamedNode(it)
    for it in (str(RDF.subject), str(RDF.object), str(KG.claimSubject), str(KG.claimObject))
)
#: Classes and terms that are named; of more, the number is told.
SHOWN = 3
#: Counted by Oxigraph itself, as a graph may have millions of triples.
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
CLASSES = """
SELECT ?class (COUNT(?thing) AS ?n) { ?thing a ?class FILTER(isIRI(?class)) }
GROUP BY ?class ORDER BY DESC(?n) ?class
"""


def has_facts(store: ox.Store) -> bool:
    """Tell whether a graph has facts.

    >>> has_facts(ox.Store())
    False
    """
    return next(iter(store.quads_for_pattern(None, TYPE, FACT, None)), None) is not None


def tell_holdings(store: ox.Store) -> str:
    """Return what a graph holds, by the classes that most things are of.

    >>> store = ox.Store()
    >>> tell_holdings(store)
    'it holds no triple'
    >>> store.load(b"<urn:a> a <http://xmlns.com/foaf/0.1/Person> .", ox.RdfFormat.TURTLE)
    >>> tell_holdings(store)
    'it holds 1 triple: 1 foaf:Person'
    """
    triples = int(next(iter(select(store, COUNT)))[0].value)
    if not triples:
        return "it holds no triple"
    held = f"it holds {triples:,} triple{'s' if triples > 1 else ''}"
    most = [(row[0].value, int(row[1].value)) for row in select(store, CLASSES)]
    if not most:
        return f"{held}, none of which says what class a thing is of"
    shown = ", ".join(f"{count:,} {shorten(iri)}" for iri, count in most[:SHOWN])
    left = len(most) - SHOWN
    more = f" and {left} more class{'es' if left > 1 else ''}" if left > 0 else ""
    return f"{held}: {shown}{more}"


def select(store: ox.Store, query: str) -> Any:
    """Return the rows of a query that selects."""
    return store.query(query)


def shorten(iri: str) -> str:
    """Return an IRI with the prefix of a known vocabulary, else as it is.

    >>> shorten("http://xmlns.com/foaf/0.1/name"), shorten("urn:a")
    ('foaf:name', '<urn:a>')
    """
    for prefix, space in prefixes().items():
        if iri.startswith(space) and re.fullmatch(r"[\w.-]+", iri[len(space) :]):
            return f"{prefix}:{iri[len(space) :]}"
    return f"<{iri}>"


def find_missing(store: ox.Store, iris: Iterable[str]) -> list[str]:
    """Return the IRIs, with prefixes, of which a graph says nothing.

    >>> find_missing(ox.Store(), ["urn:a"])
    ['<urn:a>']
    """
    return [shorten(iri) for iri in iris if not is_used(store, iri)]


def is_used(store: ox.Store, iri: str) -> bool:
    """Tell whether a triple has an IRI, or a graph is called so."""
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return False
    patterns = (
        (node, None, None, None), (None, node, None, None), (None, None, node, None),
        (None, None, None, node),
    )  # fmt: skip
    return any(next(iter(store.quads_for_pattern(*it)), None) is not None for it in patterns)


def tell_named(store: ox.Store, name: str, nodes: Iterable[URIRef | BNode]) -> str:
    """Return in how many articles something is named that no fact is about; '' where one is.

    >>> store, article = ox.Store(), ox.NamedNode("urn:article")
    >>> store.add(ox.Quad(article, MENTIONS, ox.NamedNode("urn:a")))
    >>> tell_named(store, "Nordil", [URIRef("urn:a")])
    "'Nordil': named in 1 article, no fact"
    """
    found = [*map(term_of, nodes)]
    for node in found:
        for part in ENDS:
            if next(iter(store.quads_for_pattern(None, part, node, None)), None) is not None:
                return ""
    articles = {q.subject for n in found for q in store.quads_for_pattern(None, MENTIONS, n, None)}
    count = len(articles)
    return f"'{name}': named in {count} article{'s' if count > 1 else ''}, no fact" if count else ""
