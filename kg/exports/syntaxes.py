"""A graph in the syntaxes of RDF: the same bytes whatever the order of its triples or its store."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import takewhile
from urllib.parse import quote

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import RDF, RDFS, XSD, BNode, Graph, Literal
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import SKOS
from rdflib.term import Node

from kg.errors import GraphError
from kg.exports.entail import find_prefixes
from kg.graph.blanks import name_blanks
from kg.graph.turtle import sort_subjects, write_triples
from kg.graph.vocabularies import KG
from kg.store.engine import PARTS, REIFIES, engine_of, has_claims, one_line

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
DEFAULT = ox.DefaultGraph()
TYPE, FACT = ox.NamedNode(RDF.type), ox.NamedNode(KG.Fact)
#: Predicates that a subject begins with; others follow in the order of their IRIs.
FIRST = [*map(str, (RDF.type, RDFS.label, SKOS.altLabel, RDF.subject, RDF.predicate, RDF.object))]
#: An IRI whose last part ends in a name of XML, as a predicate or class of RDF/XML must; of its
#: letters only those that expat knows, which rdflib reads with.
LETTERS = "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e"
NAMED = re.compile(
    rf"(?:.*[^A-Za-z0-9_.\x80-\U0010ffff-])?[0-9.-]*[{LETTERS}][{LETTERS}0-9.-]*", re.DOTALL
)
#: Names that RDF/XML keeps for itself.
KEPT = {str(RDF) + name for name in ("RDF", "Description", "li", "ID", "about", "resource")}
#: What XML 1.0 cannot hold, not even escaped.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_ttl(graph: Graph) -> str:
    """Write a graph as Turtle, with the prefixes that read well."""
    return write_triples(graph, find_prefixes(graph))


def write_nt(graph: Graph) -> str:
    """Write a graph as N-Triples, its lines sorted."""
    return sort_lines(serialize(read_quads(graph), ox.RdfFormat.N_TRIPLES))


def write_nq(graph: Graph) -> str:
    """Write a graph as N-Quads, its lines sorted; what named graphs say under their names."""
    return sort_lines(serialize(read_quads(graph, named=True), ox.RdfFormat.N_QUADS))


def write_trig(graph: Graph) -> str:
    """Write a graph as TriG: what is in no named graph, then each of these."""
    quads = read_quads(graph, named=True)
    return serialize(quads, ox.RdfFormat.TRIG, find_prefixes(graph))


def write_ttl12(graph: Graph) -> str:
    """Write a graph as Turtle of RDF 1.2, where a fact reifies the triple that it states."""
    quads = fold_triples(read_quads(graph))
    return serialize(quads, ox.RdfFormat.TURTLE, find_prefixes(graph))


def write_rdfxml(graph: Graph) -> str:
    """Write a graph as RDF/XML; a character that XML cannot hold becomes U+FFFD.

    Raises GraphError for a predicate or a class without a name that XML can hold.
    """
    quads = [ox.Quad(q.subject, q.predicate, hold_in_xml(q.object)) for q in read_quads(graph)]
    for quad in quads:
        for term in (quad.predicate, quad.object if quad.predicate == TYPE else TYPE):
            if isinstance(term, ox.NamedNode) and not is_named(term.value):
                raise GraphError(f"{term}: RDF/XML cannot name it; export another syntax")
    # Readers take a bare carriage return for a line feed.
    return serialize(quads, ox.RdfFormat.RDF_XML, find_prefixes(graph)).replace("\r", "&#13;")


def is_named(iri: str) -> bool:
    """Tell whether RDF/XML can name a predicate or a class.

    >>> is_named("https://a.example/offers"), is_named("https://a.example/2")
    (True, False)
    """
    return iri not in KEPT and bool(NAMED.fullmatch(iri))


def hold_in_xml(term: Term) -> Term:
    """Return a term that XML can hold."""
    if not isinstance(term, ox.Literal) or not NOT_IN_XML.search(term.value):
        return term
    text = NOT_IN_XML.sub("\ufffd", term.value)
    if term.language:
        return ox.Literal(text, language=term.language)
    return ox.Literal(text, datatype=term.datatype)


def read_quads(graph: Graph, *, named: bool = False) -> list[ox.Quad]:
    """Return a graph's quads in the order in which they read well.

    `named` gives those of a store's named graphs too, and of the default graph, which holds the
    union of them all, only what is in no other; all of it where it has claims, since it says who is
    who then. Raises GraphError for what is no IRI.
    """
    if isinstance(graph.store, OxigraphStore) and graph.identifier == DATASET_DEFAULT_GRAPH_ID:
        pattern = (None, None, None) if named else (None, None, None, DEFAULT)
        quads = list(engine_of(graph).quads_for_pattern(*pattern))
        known = {quad.triple for quad in quads if quad.graph_name != DEFAULT}
        known = set() if has_claims(engine_of(graph)) else known
        quads = [q for q in quads if q.graph_name != DEFAULT or q.triple not in known]
    else:
        quads = list({ox.Quad(*map(read_term, triple)) for triple in graph})  # type: ignore[arg-type]
    return sort_quads(name_blanks(quads))


def sort_quads(quads: list[ox.Quad]) -> list[ox.Quad]:
    """Sort quads by graph, then as Turtle does: by kind of subject, subject, predicate, object."""
    kinds: dict[str, dict[str, set[str]]] = {}
    for quad in quads:
        about = kinds.setdefault(str(quad.subject), {"a": set()})
        if quad.predicate == TYPE:
            about["a"].add(str(quad.object))
    places = {subject: place for place, subject in enumerate(sort_subjects(kinds, {}))}

    def place(quad: ox.Quad) -> tuple[str, int, int, str, bool, str]:
        verb, target = quad.predicate.value, str(quad.object)
        first = FIRST.index(verb) if verb in FIRST else len(FIRST)
        named = "" if quad.graph_name == DEFAULT else str(quad.graph_name)
        ours = target.startswith(f"<{KG}")
        return named, places[str(quad.subject)], first, verb, not ours, target

    return sorted(quads, key=place)


def read_term(term: Node) -> Term:
    """Return a term as Oxigraph has it; raise GraphError if it cannot."""
    if isinstance(term, BNode):
        return ox.BlankNode(f"b{term.encode().hex()}")
    if not isinstance(term, Literal):
        return read_iri(str(term))
    text = str(term).encode("utf-8", "replace").decode()  # half a pair of surrogates is no text
    if not term.language:
        return ox.Literal(text, datatype=read_iri(str(term.datatype or XSD.string)))
    try:
        return ox.Literal(text, language=term.language)
    except ValueError as error:
        raise GraphError(f"@{term.language}: no tag of a language: {error}") from error


@lru_cache(1 << 16)
def read_iri(iri: str) -> ox.NamedNode:
    """Return an IRI, with what it may not hold as its number; raise GraphError for a relative one.

    >>> read_iri("urn:a<b>")
    <NamedNode value=urn:a%3Cb%3E>
    """
    try:
        return ox.NamedNode(iri)
    except ValueError:
        try:
            return ox.NamedNode(quote(iri, safe="%:/?#@!$&'()*+,;=~"))
        except ValueError as error:
            raise GraphError(f"<{one_line(iri)}>: no IRI: {one_line(error)}") from error


def serialize(
    quads: list[ox.Quad], form: ox.RdfFormat, prefixes: Mapping[str, str] | None = None
) -> str:
    """Write quads in their order, with those prefixes that they use."""
    iris = "\n".join({str(term) for quad in quads for term in quad})
    used = {p: n for p, n in (prefixes or {}).items() if f"<{n}" in iris}
    terms = quads if form.supports_datasets else [quad.triple for quad in quads]
    lines = (ox.serialize(terms, format=form, prefixes=used) or b"").decode().split("\n")
    head = [*takewhile(lambda line: line.startswith("@prefix "), lines)]
    return "\n".join([*sorted(head), *[""] * bool(head), *lines[len(head) :]])


def sort_lines(text: str) -> str:
    """Sort a text's lines."""
    return "".join(f"{line}\n" for line in sorted(text.split("\n")) if line)


def fold_triples(quads: list[ox.Quad]) -> list[ox.Quad]:
    """Say with one triple term what a fact says with three triples; `load_graph` unfolds it."""
    parts: dict[Term, list[ox.Quad]] = {q.subject: [] for q in quads if q.object == FACT}
    for quad in quads:
        if quad.predicate in PARTS and quad.subject in parts:
            parts[quad.subject].append(quad)
    stated = {fact: state(said) for fact, said in parts.items()}
    folded = []
    for quad in quads:
        triple = stated.get(quad.subject)
        if triple is None or quad.predicate not in PARTS:
            folded.append(quad)
        elif quad.predicate == PARTS[0]:
            folded.append(ox.Quad(quad.subject, REIFIES, triple))
    return folded


def state(parts: list[ox.Quad]) -> ox.Triple | None:
    """Return the triple that a fact's parts are, if they are one."""
    if tuple(part.predicate for part in parts) != PARTS:
        return None
    subject, predicate, target = (part.object for part in parts)
    if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode):
        return None
    return ox.Triple(subject, predicate, target)
