"""Terms mean what is below them: who asks for organizations finds companies, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

import pyoxigraph as ox

from kg import ontology

TYPE = ox.NamedNode(ontology.TYPE)
#: The two names of schema.org, which mean the same.
SECURE, PLAIN = "https://schema.org/", "http://schema.org/"
#: Classes; properties, and whether each holds the other way round.
Names = tuple[str, ...]
Ways = tuple[tuple[str, bool], ...]


def entail_terms(store: ox.Store, terms: Iterable[str]) -> list[ox.Quad]:
    """Let a store's things be of those classes, and have those properties, that are above theirs.

    It is said in the graphs that it follows from; what is new is returned.

    >>> store, organization = ox.Store(), "http://www.w3.org/ns/org#Organization"
    >>> store.add(ox.Quad(ox.NamedNode("urn:a"), TYPE, ox.NamedNode(ontology.KG + "Company")))
    >>> [str(quad.object) for quad in entail_terms(store, [organization])]
    ['<http://www.w3.org/ns/org#Organization>']
    """
    new = list({quad: None for term in terms for quad in follow(store, term) if quad not in store})
    if new:
        store.extend(new)
    return new


def follow(store: ox.Store, term: str) -> Iterator[ox.Quad]:
    """Yield what follows in a store of what is below a term."""
    node = ox.NamedNode(term)
    classes, properties = find_below(term)
    for kind in classes:
        for quad in store.quads_for_pattern(None, TYPE, ox.NamedNode(kind), None):
            yield ox.Quad(quad.subject, TYPE, node, quad.graph_name)
    for verb, inverse in properties:
        for quad in store.quads_for_pattern(None, ox.NamedNode(verb), None, None):
            if not inverse:
                yield ox.Quad(quad.subject, node, quad.object, quad.graph_name)
            elif isinstance(quad.object, ox.NamedNode | ox.BlankNode):
                yield ox.Quad(quad.object, node, quad.subject, quad.graph_name)


@cache
def find_below(term: str) -> tuple[Names, Ways]:
    """Return the classes and the properties below a term, by their IRIs.

    >>> ontology.KG + "Company" in find_below("http://schema.org/Organization")[0]
    True
    >>> find_below("http://www.w3.org/ns/org#subOrganizationOf")[1]
    (('https://w3id.org/pressgraph/ontology#subsidiaryOf', False),)
    """
    if not term.startswith((SECURE, PLAIN)):
        return align().get(term, ((), ()))
    name = term.removeprefix(SECURE).removeprefix(PLAIN)
    classes, properties = align().get(SECURE + name, ((), ()))
    twin = (PLAIN if term.startswith(SECURE) else SECURE) + name
    if name[:1].isupper():
        return (*classes, twin), properties
    return classes, (*properties, (twin, False))


def has_below(term: str) -> bool:
    """Tell whether something is below a term.

    >>> has_below(ontology.KG + "Organization"), has_below(ontology.KG + "Company")
    (True, False)
    """
    return any(find_below(term))


@cache
def align() -> Mapping[str, tuple[Names, Ways]]:
    """Return our classes and properties below each term, be that ours or of another ontology.

    >>> ontology.KG + "Company" in align()["https://schema.org/Organization"][0]
    True
    """
    from kg.graph.aligned import broader_classes, broader_properties

    classes: dict[str, set[str]] = {}
    for kind, above in broader_classes().items():
        for one in above:
            classes.setdefault(str(one), set()).add(str(kind))
    properties: dict[str, set[tuple[str, bool]]] = {}
    for verb, steps in broader_properties().items():
        for other, inverse in steps:
            properties.setdefault(str(other), set()).add((str(verb), inverse))
    return MappingProxyType(
        {
            term: (tuple(sorted(classes.get(term, ()))), tuple(sorted(properties.get(term, ()))))
            for term in classes.keys() | properties.keys()
        }
    )
