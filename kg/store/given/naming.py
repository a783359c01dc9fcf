"""Blank nodes of a file, named after what is said of them: the same each time it is read."""

from __future__ import annotations

import pyoxigraph as ox

from kg import ontology
from kg.graph.blanks import name_blanks

TYPE = ox.NamedNode(ontology.TYPE)
#: Whether there is one at all: soon told, even of a graph of millions.
ANY = """ASK {
  { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } FILTER(isBlank(?s) || isBlank(?o) || isBlank(?g))
}"""
#: Statements about blank nodes that are looked at: of more, nodes keep the names that they have.
MOST = 200_000
BLANK = """SELECT DISTINCT ?b {
  { ?b ?p ?o } UNION { ?s ?p ?b } UNION { GRAPH ?b { ?s ?p ?o } }
  UNION { GRAPH ?g { { ?b ?p ?o } UNION { ?s ?p ?b } } } FILTER(isBlank(?b))
}"""
#: A statement about a statement, in which blank nodes may be, too.
NESTED = "ASK { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } FILTER(isTriple(?o)) }"


def settle_blanks(store: ox.Store) -> None:
    """Name the blank nodes of a store after what is said of them.

    >>> store = ox.Store()
    >>> store.add(ox.Quad(ox.BlankNode("x"), TYPE, ox.NamedNode("urn:a")))
    >>> settle_blanks(store)
    >>> [str(quad.subject) for quad in store]
    ['_:c14n0']
    """
    if not store.query(ANY) or store.query(NESTED):
        return
    blanks = [row[0] for row in store.query(BLANK)]  # type: ignore[union-attr]
    quads: dict[ox.Quad, None] = {}
    for node in blanks:
        for at in (0, 2, 3):
            pattern = [node if it == at else None for it in range(4)]
            quads |= dict.fromkeys(store.quads_for_pattern(*pattern))
        if len(quads) > MOST:
            return
    named = name_blanks(quads)
    if set(named) != quads.keys():
        for quad in quads:
            store.remove(quad)
        store.extend(named)
