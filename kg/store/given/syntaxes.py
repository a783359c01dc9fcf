"""Syntaxes of RDF: told by how a file's name ends and by how its content begins."""

from __future__ import annotations

import re
from pathlib import PurePath

import pyoxigraph as ox

from kg.errors import GraphError

#: Syntax → its format in Oxigraph; those without one are read by rdflib.
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "n3": ox.RdfFormat.N3,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "hext": None,
    "trix": None,
}
#: Syntax → what rdflib calls it.
IN_RDFLIB = {
    "ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "n3": "n3", "jsonld": "json-ld",
    "rdfxml": "xml", "trix": "trix",
}  # fmt: skip
#: How a file's name ends → its syntax, where several begin alike; the others' content tells them.
ENDINGS = {
    ".ttl": "ttl", ".turtle": "ttl", ".nt": "nt", ".ntriples": "nt", ".nq": "nq",
    ".nquads": "nq", ".trig": "trig", ".n3": "n3", ".hext": "hext",
}  # fmt: skip
PACKED = (".gz", ".gzip", ".bz2", ".xz", ".zip")
#: What begins like a syntax: the first that fits tells it.
OPENINGS = (
    ("web page", re.compile(r"(?:<\?xml[^>]*>)?\s*(?:<!--.*?-->\s*)*<(?:!doctype )?html\b", re.I)),
    ("trix", re.compile(r"(?:<\?xml[^>]*>)?\s*(?:<!--.*?-->\s*)*<(?:\w+:)?TriX\b", re.S)),
    (
        "OWL/XML",
        re.compile(r"(?:<\?xml[^>]*>)?\s*(?:<!.*?>\s*)*<(?:owl:)?Ontology\s[^>]*xmlns", re.S),
    ),
    (
        "rdfxml",
        re.compile(r"<\?xml\b|<!DOCTYPE\b|<!--|<(?:\w+:)?RDF[\s>]|<[\w.-]+:[\w.-]+\s+xmlns"),
    ),
    ("OWL in functional style", re.compile(r"(?:Prefix|Ontology)\s*\(")),
    (
        "hext",
        re.compile(
            r"\[\s*(?:\"(?:[^\"\\\n]|\\.)*\"\s*,\s*){5}\"(?:[^\"\\\n]|\\.)*\"\s*\]\s*(?:\n|\Z)"
        ),
    ),
    ("jsonld", re.compile(r"\{\s*[\"}]|\[\s*[{\"]|\[\s*\]\s*\Z")),
    ("PDF", re.compile(r"%PDF-")),
)
#: A line of N-Quads that names a graph.
NAMED = re.compile(
    r"^\s*(?:<[^>]*>|_:\S+)\s*<[^>]*>\s*(?:<[^>]*>|_:\S+|\"(?:[^\"\\]|\\.)*\"(?:@[\w-]+|\^\^<[^>]*>)?)"
    r"\s*(?:<[^>]*>|_:[^\s.]+)\s*\.\s*$",
    re.MULTILINE,
)


def tell_syntaxes(name: str, head: str) -> tuple[str, ...]:
    """Return the syntaxes that a file may have, the likeliest first; raise GraphError for no RDF.

    >>> tell_syntaxes("a.rdf", "<urn:a> <urn:b> 1 .")
    ('trig', 'nq')
    >>> tell_syntaxes("a.ttl", '{"@id": "urn:a"}')
    ('jsonld',)
    """
    ending = end_of(name)
    text = head.lstrip("\ufeff \t\r\n")
    for syntax, opening in OPENINGS:
        if opening.match(text):
            if syntax not in FORMATS:
                told = "make a graph of it with: kg build" if "OWL" not in syntax else TOLD
                raise GraphError(f"{name}: {syntax}, not RDF; {told}")
            return (syntax if ENDINGS.get(ending) != "hext" else "hext",)
    first = ENDINGS.get(ending) or ("nq" if NAMED.search(head) else "trig")
    return tuple(dict.fromkeys((first, "trig", "nq")))


#: What can be done with other ways to write an ontology.
TOLD = "save it as Turtle or RDF/XML"


def end_of(name: str) -> str:
    """Return how a file's name ends, whatever it is packed with.

    >>> end_of("a/b.TTL.gz")
    '.ttl'
    """
    path = PurePath(name.lower())
    return PurePath(path.stem).suffix if path.suffix in PACKED else path.suffix
