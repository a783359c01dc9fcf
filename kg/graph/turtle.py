"""A graph as Turtle: pleasant to read, and the same bytes every time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from kg import ontology

#: A subject's predicates and objects, a graph's subjects: all as they stand in Turtle.
About = dict[str, set[str]]
#: What a subject's block begins with; other predicates follow in the order of their names.
FIRST = ("a", "rdfs:label", "skos:altLabel", "rdf:subject", "rdf:predicate", "rdf:object")
TYPE, STRING = str(RDF.type), str(XSD.string)
#: Datatype → the literals that need neither quotes nor datatype and that no reader changes.
SHORT = {
    str(XSD.boolean): re.compile(r"true|false"),
    str(XSD.integer): re.compile(r"0|-?[1-9][0-9]*"),
    str(XSD.decimal): re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+"),
}
#: Letters that Turtle allows in names (PN_CHARS_U, less the ASCII ones).
LETTERS = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
NAME = re.compile(rf"(.*[/#:])([\w{LETTERS}](?:[\w{LETTERS}.-]*[\w{LETTERS}-])?)", re.A | re.S)
NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
NOT_IN_LINE = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff"\\]')
NOT_IN_LINES = re.compile(r'[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\\]|"(?="|\Z)')
ESCAPES = {"\t": r"\t", "\n": r"\n", "\r": r"\r", '"': r"\"", "\\": r"\\"}


def write_turtle(graph: Graph) -> str:
    """Write a graph as Turtle: sorted, things first, the same bytes every time.

    >>> from rdflib import RDFS
    >>> print(write_turtle(Graph().add((RDFS.label, RDFS.label, Literal("nom", lang="fr")))))
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    <BLANKLINE>
    rdfs:label rdfs:label "nom"@fr .
    <BLANKLINE>
    """
    return write_triples(graph, dict(sorted(graph.namespaces())))


def write_triples(triples: Iterable[tuple[Node, Node, Node]], spaces: Mapping[str, str]) -> str:
    """Write triples as Turtle, in any order, with prefixes and the namespaces they stand for."""
    prefixes = {str(n): p for p, n in spaces.items() if PREFIX.fullmatch(p)}
    names: dict[str, str] = {}
    subjects: dict[str, About] = defaultdict(lambda: defaultdict(set))
    blank = []
    before, one = None, ""
    for s, p, o in triples:
        if s is not before:
            before, one = s, write_term(s, prefixes, names)
        other = write_term(o, prefixes, names)
        verb = "a" if str(p) == TYPE else write_term(p, prefixes, names)
        if one.startswith("_:") or other.startswith("_:"):
            blank.append((one, verb, other))
        else:
            subjects[one][verb].add(other)
    for one, verb, other in name_blanks(blank) if blank else ():
        subjects[one][verb].add(other)
    used = {name.partition(":")[0] for name in names.values()}
    shown = sorted((p, n) for n, p in prefixes.items() if p in used)
    head = "".join(f"@prefix {p}: {write_iri(n)} .\n" for p, n in shown)
    blocks = (write_block(one, subjects[one]) for one in sort_subjects(subjects, prefixes))
    return "\n".join((head, *blocks) if head else blocks)


def write_term(term: Node, prefixes: Mapping[str, str], names: dict[str, str]) -> str:
    """Return a term as it stands in Turtle; `names` keeps those of the IRIs."""
    text = str(term)
    if isinstance(term, URIRef):
        return names.get(text) or names.setdefault(text, write_name(text, prefixes))
    if not isinstance(term, Literal):
        return f"_:b{text.encode().hex()}"
    if term.language:
        return f"{quote(text)}@{term.language}"
    if term.datatype is None or (kind := str(term.datatype)) == STRING:
        return quote(text)
    if kind in SHORT and SHORT[kind].fullmatch(text):
        return text
    return f"{quote(text)}^^{write_term(term.datatype, prefixes, names)}"


def write_name(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return an IRI with its prefix, or in full where Turtle allows no prefix.

    >>> write_name("http://a.example/b", {"http://a.example/": "a"})
    'a:b'
    >>> write_name("http://a.example/b/c(d)", {"http://a.example/": "a"})
    '<http://a.example/b/c(d)>'
    """
    found = NAME.fullmatch(iri)
    if found and found[1] in prefixes:
        return f"{prefixes[found[1]]}:{found[2]}"
    return write_iri(iri)


def write_iri(iri: str) -> str:
    """Return an IRI in full; what it may not hold cannot end it either."""
    return f"<{NOT_IN_IRI.sub(number, iri)}>"


def quote(text: str) -> str:
    r"""Return a text in quotes: in three of them if it has several lines.

    >>> quote('Il a dit "oui".')
    '"Il a dit \\"oui\\"."'
    """
    if "\n" in text:
        return f'"""{NOT_IN_LINES.sub(escape, text)}"""'
    return f'"{NOT_IN_LINE.sub(escape, text)}"'


def escape(found: re.Match[str]) -> str:
    """Return the escape of a text's character."""
    return ESCAPES.get(found[0]) or number(found)


def number(found: re.Match[str]) -> str:
    """Return the escape of a character by its number, the only one that IRIs know."""
    return f"\\u{ord(found[0]):04X}"


def name_blanks(triples: Iterable[tuple[str, str, str]]) -> Iterable[tuple[str, str, str]]:
    """Yield triples whose blank nodes are named after what is said of them (RDFC-1.0)."""
    import pyoxigraph as ox

    from kg.graph import blanks

    def encode(text: str) -> ox.BlankNode | ox.NamedNode:
        if text.startswith("_:"):
            return ox.BlankNode(text.removeprefix("_:"))
        return ox.NamedNode(f"hex:{text.encode().hex()}")

    quads = (
        ox.Quad(encode(s), ox.NamedNode(f"hex:{p.encode().hex()}"), encode(o))
        for s, p, o in triples
    )
    for quad in blanks.name_blanks(quads):
        one, verb, other = (
            str(t) if isinstance(t, ox.BlankNode) else bytes.fromhex(str(t)[5:-1]).decode()
            for t in (quad.subject, quad.predicate, quad.object)
        )
        yield one, verb, other


def sort_subjects(subjects: Mapping[str, About], prefixes: Mapping[str, str]) -> list[str]:
    """Return articles, then things and facts in the order of the ontology's classes, then all."""
    classes = ("Article", *ontology.classes())
    ranks = {write_name(ontology.KG + c, prefixes): n for n, c in reversed([*enumerate(classes)])}

    def place(subject: str) -> tuple[int, str, str]:
        kinds = subjects[subject].get("a", ())
        rank = min((ranks.get(kind, len(classes)) for kind in kinds), default=len(classes))
        return rank, *order(subject)

    return sorted(subjects, key=place)


def order(text: str) -> tuple[str, str]:
    """Return what sorts a text by its letters and its numbers.

    >>> sorted(["a10", "a9", "a010"], key=order)
    ['a9', 'a010', 'a10']
    """
    return re.sub("[0-9]+", lambda found: found[0].zfill(12), text), text


def write_block(subject: str, about: About) -> str:
    """Return all that a graph says of a subject."""
    verbs = [verb for verb in FIRST if verb in about]
    verbs += sorted(about.keys() - verbs)
    said = (f"{verb} {write_objects(about[verb])}" for verb in verbs)
    return f"{subject} " + " ;\n    ".join(said) + " .\n"


def write_objects(objects: set[str]) -> str:
    """Return objects one below the other."""
    if len(objects) == 1:
        return next(iter(objects))
    return ",\n        ".join(sorted(objects, key=order))
