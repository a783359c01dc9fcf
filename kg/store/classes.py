"""Classes mean their subclasses: who asks for organizations finds companies, too."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from types import MappingProxyType

import pyoxigraph as ox

from kg import ontology

TYPE = ox.NamedNode(ontology.TYPE)


def entail_types(store: ox.Store, classes: Collection[str]) -> None:
    """Let the things of a store be of those classes that are above theirs, too.

    >>> store, organization = ox.Store(), "http://www.w3.org/ns/org#Organization"
    >>> store.add(ox.Quad(ox.NamedNode("urn:a"), TYPE, ox.NamedNode(ontology.KG + "Company")))
    >>> entail_types(store, [organization])
    >>> bool(store.query(f"ASK {{ <urn:a> a <{organization}> }}"))
    True
    """
    below = find_below()
    for wanted in classes:
        for kind in below.get(wanted, ()):
            quads = list(store.quads_for_pattern(None, TYPE, ox.NamedNode(kind), None))
            node = ox.NamedNode(wanted)
            store.extend(ox.Quad(quad.subject, TYPE, node, quad.graph_name) for quad in quads)


@cache
def find_below() -> Mapping[str, tuple[str, ...]]:
    """Return the IRIs of our classes below each class, be that ours or of another ontology.

    >>> ontology.KG + "Company" in find_below()["https://schema.org/Organization"]
    True
    """
    found: dict[str, set[str]] = {}
    for name in ontology.classes():
        for above in climb(name):
            found.setdefault(above, set()).add(ontology.KG + name)
    return MappingProxyType({above: tuple(sorted(kinds)) for above, kinds in found.items()})


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
