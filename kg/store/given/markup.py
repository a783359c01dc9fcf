"""Texts with markup in RDF/XML: written as the book has them, so that equal ones are equal."""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.store.given.source import Source

XML = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral")
#: How a text with markup is announced, where it is given as it stands and not as a literal.
ANNOUNCED = re.compile(rb"parseType\s*=\s*[\"']Literal")


def settle_markup(store: ox.Store, source: Source) -> None:
    """Write a store's texts with markup as Exclusive XML Canonicalization says.

    Oxigraph declares in each all the namespaces of its document.
    """
    if not ANNOUNCED.search(source.read()):
        return
    for quad in list(store):
        term = quad.object
        if isinstance(term, ox.Literal) and term.datatype == XML:
            settled = ox.Literal(canonicalize(term.value), datatype=XML)
            if settled != term:
                store.remove(quad)
                store.add(ox.Quad(quad.subject, quad.predicate, settled, quad.graph_name))


def canonicalize(text: str) -> str:
    """Return a text with markup in its canonical form; one that is none as it is.

    >>> canonicalize('a <b xmlns:unused="urn:x" z="1" y="2"/>')
    'a <b y="2" z="1"></b>'
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(f"<x>{text}</x>".encode(), parser)
    except etree.XMLSyntaxError:
        return text
    settled: bytes = etree.tostring(root, method="c14n", exclusive=True)
    return settled.decode().removeprefix("<x>").removesuffix("</x>")
