"""Classes mean their subclasses: who asks for organizations finds companies, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

import pyoxigraph as ox

from kg import ontology

TYPE = ox.NamedNode(ontology.TYPE)


def entail_types(store: ox.Store) -> None:
    """Add to a store the classes above those that things have, of other ontologies too.

    >>> store = ox.Store()
    >>> store.add(ox.Quad(ox.NamedNode("urn:a"), TYPE, ox.NamedNode(ontology.KG + "Company")))
    >>> entail_types(store)
    >>> asked = "ASK { <urn:a> a <http://www.w3.org/ns/org#Organization> }"
    >>> bool(store.query(asked))
    True
    """
    for kind, above in find_above().items():
        quads = list(store.quads_for_pattern(None, TYPE, ox.NamedNode(kind), None))
        store.extend(
            ox.Quad(quad.subject, TYPE, ox.NamedNode(other), quad.graph_name)
            for quad in quads
            for other in above
        )


@cache
def find_above() -> Mapping[str, tuple[str, ...]]:
    """Return the IRIs of the classes above each class of the ontology."""
    return MappingProxyType(
        {ontology.KG + name: tuple(sorted(set(climb(name)))) for name in ontology.classes()}
    )


def climb(name: str) -> Iterator[str]:
    """Yield the IRIs of the classes above one.

    >>> "https://schema.org/Organization" in set(climb("Company"))
    True
    """
    for parent in ontology.classes()[name].parents:
        if parent in ontology.classes():
            yield ontology.KG + parent
            yield from climb(parent)
        else:
            yield parent
