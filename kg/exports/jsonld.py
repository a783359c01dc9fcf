"""A graph as JSON-LD that reads like JSON: short names, and a context that says what they mean."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

import pyoxigraph as ox
from rdflib import RDF, RDFS, XSD, Graph
from rdflib.namespace import DCTERMS, PROV, SKOS

from kg import ontology
from kg.exports.entail import find_prefixes
from kg.exports.syntaxes import TYPE, Term, read_quads
from kg.graph.terms import BASE
from kg.graph.vocabularies import ITSRDF, NIF, SCHEMA

#: Namespaces and their prefixes, the longest first.
Spaces = tuple[tuple[str, str], ...]
STRING, INTEGER, BOOLEAN, DECIMAL = map(str, (XSD.string, XSD.integer, XSD.boolean, XSD.decimal))
#: Kinds of what a short name stands for: texts in languages, things, terms. Any other is the
#: datatype of its values.
TEXT, ITEM, TERM, COUNT = "@language", "@id", "@vocab", str(XSD.nonNegativeInteger)
#: A whole number that every reader of JSON keeps exact.
WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")


class Name(NamedTuple):
    """Hold what a short name stands for, and of what kind its values are."""

    iri: str
    kind: str = ""


#: Short name → what it stands for, in other ontologies than ours.
NAMES = {
    "label": Name(RDFS.label, TEXT), "altLabel": Name(SKOS.altLabel, TEXT),
    "exactMatch": Name(SKOS.exactMatch, ITEM), "broader": Name(SKOS.broader, ITEM),
    "subject": Name(RDF.subject, ITEM), "predicate": Name(RDF.predicate, TERM),
    "object": Name(RDF.object, ITEM), "wasDerivedFrom": Name(PROV.wasDerivedFrom, ITEM),
    "identifier": Name(DCTERMS.identifier), "language": Name(DCTERMS.language),
    "title": Name(DCTERMS.title, TEXT), "publisher": Name(DCTERMS.publisher),
    "creator": Name(DCTERMS.creator),
    "datePublished": Name(SCHEMA.datePublished), "mentions": Name(SCHEMA.mentions, ITEM),
    "Context": Name(NIF.Context), "Phrase": Name(NIF.Phrase), "Sentence": Name(NIF.Sentence),
    "isString": Name(NIF.isString), "anchorOf": Name(NIF.anchorOf),
    "beginIndex": Name(NIF.beginIndex, COUNT), "endIndex": Name(NIF.endIndex, COUNT),
    "referenceContext": Name(NIF.referenceContext, ITEM), "sentence": Name(NIF.sentence, ITEM),
    "taIdentRef": Name(ITSRDF.taIdentRef, ITEM),
}  # fmt: skip


def write_jsonld(graph: Graph) -> str:
    """Write a graph as JSON-LD: an object for each thing, and all that its names mean.

    >>> from kg.graph.vocabularies import KG
    >>> said = Graph().add((RDF.type, KG.offers, RDFS.label))
    >>> json.loads(write_jsonld(said))["@graph"]
    [{'@id': 'rdf:type', 'offers': 'rdfs:label'}]
    """
    quads = read_quads(graph)
    spaces = find_spaces(graph, quads)
    things: dict[str, dict[str, Any]] = {}
    for quad in quads:
        one = show(quad.subject, ITEM, spaces)
        add_value(things.setdefault(one, {"@id": one}), quad, spaces)
    body = write_json([*map(unwrap, things.values())])
    head = write_json(make_context(body, spaces))
    return f'{{"@context": {head},\n"@graph": {body}}}\n'


def find_spaces(graph: Graph, quads: list[ox.Quad]) -> Spaces:
    """Return the namespaces that can be shortened, each with a prefix that is no short name."""
    # What an IRI of the data begins with would be read as the prefix of that name.
    terms = {term for quad in quads for term in quad}
    begun = {term.value.partition(":")[0] for term in terms if isinstance(term, ox.NamedNode)}
    spaces = {p + "s" * (p in names()): n for p, n in find_prefixes(graph).items()}
    spaces["areas"] = ontology.AREAS
    found = [(space, prefix) for prefix, space in spaces.items() if prefix not in begun]
    return tuple(sorted(found, key=lambda it: (-len(it[0]), it)))


@lru_cache(1 << 16)
def shorten(iri: str, spaces: Spaces) -> str:
    """Return an IRI with its prefix, or in full.

    >>> shorten("https://a.example/b#c", (("https://a.example/", "a"),))
    'a:b#c'
    """
    for space, prefix in spaces:
        if iri.startswith(space) and not iri.startswith("//", len(space)):
            return f"{prefix}:{iri[len(space) :]}"
    return iri


def shorten_term(iri: str, spaces: Spaces) -> str:
    """Return a term's short name, or its IRI."""
    return words().get(iri) or shorten(iri, spaces)


def add_value(thing: dict[str, Any], quad: ox.Quad, spaces: Spaces) -> None:
    """Add what a quad says to the object of its subject."""
    value, verb = quad.object, quad.predicate.value
    kind = names()[words()[verb]].kind if verb in words() else ""
    if quad.predicate == TYPE and not isinstance(value, ox.Literal):
        thing.setdefault("@type", []).append(show(value, TERM, spaces))
    elif kind != TEXT:
        thing.setdefault(shorten_term(verb, spaces), []).append(show(value, kind, spaces))
    elif isinstance(value, ox.Literal) and value.language:
        texts = thing.setdefault(words()[verb], {})
        texts.setdefault(value.language, []).append(value.value)
    else:
        thing.setdefault(shorten(verb, spaces), []).append(show(value, "", spaces))


def show(term: Term, kind: str, spaces: Spaces) -> Any:
    """Return a term as a value of JSON-LD, bare if it is of the kind that is expected."""
    if isinstance(term, ox.Literal):
        return show_literal(term, kind, spaces)
    if isinstance(term, ox.NamedNode):
        name = (shorten_term if kind == TERM else shorten)(term.value, spaces)
    else:
        name = str(term)
    return name if kind in (ITEM, TERM) else {"@id": name}


def show_literal(literal: ox.Literal, kind: str, spaces: Spaces) -> Any:
    """Return a literal as a value of JSON-LD, bare if it is of the kind that is expected."""
    text, datatype = literal.value, literal.datatype.value
    if literal.language:
        return {"@value": text, "@language": literal.language}
    if datatype == (kind or INTEGER) and datatype in (INTEGER, COUNT) and WHOLE.fullmatch(text):
        return int(text)
    if datatype == (kind or STRING):
        return text
    if datatype == (kind or BOOLEAN) and text in ("true", "false"):
        return text == "true"
    return {"@value": text, "@type": shorten(datatype, spaces)}


def unwrap(value: Any) -> Any:
    """Return lists of one value as that value.

    >>> unwrap({"label": {"fr": ["Maroc"]}, "basedIn": ["a", "b"]})
    {'label': {'fr': 'Maroc'}, 'basedIn': ['a', 'b']}
    """
    if isinstance(value, dict):
        return {name: unwrap(it) for name, it in value.items()}
    return unwrap(value[0]) if isinstance(value, list) and len(value) == 1 else value


def make_context(body: str, spaces: Spaces) -> dict[str, Any]:
    """Return what the prefixes and short names in a text stand for."""
    terms: dict[str, Any] = {}
    for word, (iri, kind) in sorted(names().items()):
        if f'"{word}"' in body:
            terms[word] = shorten(iri, spaces)
            if kind:
                key, value = ("@container", kind) if kind == TEXT else ("@type", kind)
                terms[word] = {"@id": terms[word], key: shorten(value, spaces)}
    used = body + write_json(terms)
    shown = {prefix: space for space, prefix in spaces if f'"{prefix}:' in used}
    return dict(sorted(shown.items())) | terms


def write_context() -> str:
    """Write the context of all short names; one in a graph's file is a part of it, with its data's.

    >>> json.loads(write_context())["@context"]["kg"]
    'https://w3id.org/pressgraph/ontology#'
    """
    spaces = find_spaces(Graph(bind_namespaces="none"), [])
    everything = write_json([*names(), *(f"{prefix}:" for _, prefix in spaces)])
    known = make_context(everything, tuple(it for it in spaces if not it[0].startswith(BASE)))
    return write_json({"@context": known}) + "\n"


def write_json(value: Any) -> str:
    """Write JSON, with two spaces for each level."""
    return json.dumps(value, ensure_ascii=False, indent=2)


@cache
def names() -> dict[str, Name]:
    """Return all short names: those of our ontology, and of others."""
    ours = {n: Name(ontology.KG + n, kind_of(term)) for n, term in ontology.terms().items()}
    return ours | NAMES


def kind_of(term: ontology.Term) -> str:
    """Return of what kind the values of a property are; of no kind where they differ.

    >>> kind_of(ontology.terms()["modality"]), kind_of(ontology.terms()["basedIn"])
    ('@vocab', '@id')
    """
    if ontology.OWL + "ObjectProperty" in term.types:
        return TERM if term.range == "Modality" else ITEM
    return {str(RDF.langString): TEXT, DECIMAL: DECIMAL}.get(term.range, "")


@cache
def words() -> dict[str, str]:
    """Return the short name of each IRI that has one."""
    return {str(name.iri): word for word, name in names().items()}
