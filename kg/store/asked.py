"""A graph that is asked: what follows for a question stays there until anything else is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import Graph

from kg.store.entailed import entail_terms


class Asked(OxigraphStore):
    """Hold Oxigraph's store for rdflib, which finds in it what is said and nothing that follows.

    What follows for a question takes longer to write than most answers: it stays for the next
    question with the same terms, and goes before the store is read or written otherwise.
    """

    _store: ox.Store

    def __init__(self, store: ox.Store) -> None:
        self.terms: tuple[str, ...] = ()
        self.followed: list[ox.Quad] = []
        self.lock = RLock()
        super().__init__(store=store)

    @property
    def _inner(self) -> ox.Store:
        """Return the store without what follows: all that rdflib does goes through here."""
        with self.lock:
            self.forget()
            return super()._inner

    @contextmanager
    def mean(self, terms: tuple[str, ...]) -> Iterator[ox.Store]:
        """Let terms mean what is below them as long as a question is answered."""
        with self.lock:
            if terms != self.terms:
                self.forget()
                try:
                    self.followed = entail_terms(self._store, terms)
                except (OSError, RuntimeError, ValueError):  # it may only be read
                    copy = ox.Store()
                    copy.bulk_extend(self._store)
                    self._store = copy
                    self.followed = entail_terms(copy, terms)
                self.terms = terms
            yield self._store

    def forget(self) -> None:
        """Take out what follows."""
        while self.followed:
            self._store.remove(self.followed.pop())
        self.terms = ()


@contextmanager
def mean(graph: Graph, terms: tuple[str, ...]) -> Iterator[ox.Store]:
    """Let terms mean what is below them in a graph that Oxigraph holds, while it is asked.

    >>> from kg.store.engine import hold
    >>> graph, organization = hold(ox.Store()), "http://www.w3.org/ns/org#Organization"
    >>> company = ox.NamedNode("https://w3id.org/pressgraph/ontology#Company")
    >>> type_ = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    >>> graph.store._inner.add(ox.Quad(ox.NamedNode("urn:a"), type_, company))
    >>> with mean(graph, (organization,)) as store:
    ...     len(store), len(graph)
    (2, 1)
    """
    if isinstance(graph.store, Asked):
        with graph.store.mean(terms) as store:
            yield store
        return
    other = Asked(graph.store._inner)  # type: ignore[attr-defined]
    try:
        with other.mean(terms) as store:
            yield store
    finally:
        other.forget()
