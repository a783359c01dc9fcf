"""A graph's triples a predicate at a time: look-ups one by one are slow in large graphs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TypeVar

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import RDF, BNode, Graph, Literal, Node, URIRef, Variable
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result
from rdflib.term import Identifier

#: Terms of Oxigraph.
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value = TypeVar("Value")
DEFAULT, TYPE = ox.DefaultGraph(), ox.NamedNode(str(RDF.type))


def store_of(graph: Graph) -> ox.Store | None:
    """Return the Oxigraph store whose default graph a graph is, or None.

    >>> store_of(Graph())
    """
    if isinstance(graph.store, OxigraphStore) and graph.identifier == DATASET_DEFAULT_GRAPH_ID:
        store: ox.Store = graph.store._inner
        return store
    return None


def as_result(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Result:
    """Return an answer of Oxigraph as rdflib's; each term is made once, however often it comes.

    >>> as_result(ox.Store().query("ASK {}")).askAnswer
    True
    """
    node = cache(as_node)
    if isinstance(answer, ox.QuerySolutions):
        found = Result("SELECT")
        found.vars = [Variable(it.value) for it in answer.variables]
        found.bindings = [
            {var: node(it) for var, it in zip(found.vars, row, strict=True) if it is not None}
            for row in answer
        ]
    elif isinstance(answer, ox.QueryTriples):
        found = Result("CONSTRUCT")
        found.graph = Graph()
        found.graph += ((node(it.subject), node(it.predicate), node(it.object)) for it in answer)
    else:
        found = Result("ASK")
        found.askAnswer = bool(answer)
    return found


def read_texts(graph: Graph, predicate: URIRef) -> Iterator[tuple[str, str]]:
    """Yield the subjects and the objects of a predicate as plain text.

    >>> from kg.graph.vocabularies import KG
    >>> list(read_texts(Graph().add((KG.a, KG.role, Literal("présidente", lang="fr"))), KG.role))
    [('https://w3id.org/pressgraph/ontology#a', 'présidente')]
    """
    store = store_of(graph)
    if store is None:
        return ((str(s), str(o)) for s, o in graph.subject_objects(predicate))
    quads = store.quads_for_pattern(None, ox.NamedNode(predicate), None, DEFAULT)
    return ((text_of(quad.subject), text_of(quad.object)) for quad in quads)


def read_terms(graph: Graph, predicate: URIRef) -> Iterator[tuple[str, Node]]:
    """Yield the subjects of a predicate as plain text, and its objects as rdflib's terms."""
    store = store_of(graph)
    if store is None:
        return ((str(s), o) for s, o in graph.subject_objects(predicate))
    quads = store.quads_for_pattern(None, ox.NamedNode(predicate), None, DEFAULT)
    return ((text_of(quad.subject), as_node(quad.object)) for quad in quads)


def read_members(graph: Graph, kind: URIRef) -> Iterator[str]:
    """Yield the nodes of a class as plain text.

    >>> from kg.graph.vocabularies import KG
    >>> list(read_members(Graph().add((KG.a, RDF.type, KG.City)), KG.City))
    ['https://w3id.org/pressgraph/ontology#a']
    """
    store = store_of(graph)
    if store is None:
        return map(str, graph.subjects(RDF.type, kind))
    quads = store.quads_for_pattern(None, TYPE, ox.NamedNode(kind), DEFAULT)
    return (text_of(quad.subject) for quad in quads)


def read_predicates(graph: Graph, kind: URIRef) -> set[str]:
    """Return the predicates of all nodes of a class, and perhaps others.

    >>> from kg.graph.vocabularies import KG
    >>> read_predicates(Graph().add((KG.a, KG.role, Literal("présidente"))), KG.Fact)
    {'https://w3id.org/pressgraph/ontology#role'}
    """
    store = store_of(graph)
    if store is None:
        return {str(predicate) for predicate in graph.predicates(unique=True)}
    found = store.query(f"SELECT DISTINCT ?p {{ ?node a <{kind}> ; ?p ?o }}")
    assert isinstance(found, ox.QuerySolutions)
    return {text_of(solution["p"]) for solution in found}


def group(pairs: Iterable[tuple[str, Value]]) -> dict[str, list[Value]]:
    """Group the objects of each subject.

    >>> group([("a", 1), ("b", 2), ("a", 3)])
    {'a': [1, 3], 'b': [2]}
    """
    found: defaultdict[str, list[Value]] = defaultdict(list)
    for subject, value in pairs:
        found[subject].append(value)
    return dict(found)


def text_of(term: Term) -> str:
    """Return a term of Oxigraph as plain text.

    >>> text_of(ox.Literal("présidente", language="fr"))
    'présidente'
    """
    return str(term) if isinstance(term, ox.Triple) else term.value


def as_node(term: Term) -> Identifier:
    """Return a term of Oxigraph as rdflib's.

    >>> as_node(ox.NamedNode("urn:a"))
    rdflib.term.URIRef('urn:a')
    """
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if not isinstance(term, ox.Literal):
        return BNode(text_of(term))
    if term.language:
        return Literal(term.value, lang=term.language)
    return Literal(term.value, datatype=URIRef(term.datatype.value))
