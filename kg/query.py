"""Questions to a graph: by name or as SPARQL text, with names bound, never pasted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from pyparsing import ParseException, ParseResults
from rdflib import RDFS, Graph, URIRef, Variable
from rdflib.namespace import SKOS
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.query import Result

from kg.engine import on_oxigraph
from kg.errors import QueryError
from kg.terms import GENERIC, slug

#: In these files a thing may have several labels, a fact several quotes: MIN takes one of each.
FOLDER = Path(__file__).parent / "queries"
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Question:
    """Hold a ready question: what it answers, an example of its use and its SPARQL."""

    name: str
    answers: str
    example: str
    text: str


@cache
def list_queries() -> tuple[Question, ...]:
    """Return the ready questions, sorted by name.

    >>> [question.name for question in list_queries()][:2]
    ['about', 'agreements']
    """
    return tuple(read_question(path) for path in sorted(FOLDER.glob("*.rq")))


def read_question(path: Path) -> Question:
    """Read a question's file; the first lines, comments, tell what it answers and an example."""
    text = path.read_text(encoding="utf-8")
    comments = [line[1:].strip() for line in text.splitlines() if line.startswith("#")]
    return Question(path.stem, " ".join(comments[:-1]), comments[-1], text)


def run_query(graph: Graph, query: str, **names: str | None) -> Result:
    """Answer a ready question or a SPARQL query that only reads (SELECT, ASK, CONSTRUCT, DESCRIBE).

    Each of `names` is what a variable of that name stands for: the things with this label or
    IRI (`of="Alibaba"` binds `?of`; an underscore at the end is dropped: `and_`); None leaves
    the variable open. The graph's prefixes need no declaring. Raises QueryError.

    >>> from kg.rdf import new_graph
    >>> run_query(new_graph(), "ASK { ?fact a kg:Fact }").askAnswer
    False
    """
    # Only \\n ends a comment for rdflib's parser; \\r does for Oxigraph too.
    text = re.sub(r"\r\n?", "\n", find_text(query))
    variables = check_query(text)
    held = on_oxigraph(graph)
    asked = {key.rstrip("_"): name for key, name in names.items() if name is not None}
    if wrong := asked.keys() - variables:
        raise QueryError(f"the query has no variable ?{min(wrong)} that a name could stand for")
    bound = {key: find_nodes(held, name) for key, name in sorted(asked.items())}
    try:
        return held.query(f"{text}\n{values_clause(bound)}")
    except SyntaxError as error:
        place = re.search(r"(\d+):(\d+)", str(error))
        where = "line {}, column {}".format(*place.groups()) if place else "its end"
        fault = "unknown prefix" if "Prefix not found" in str(error) else "malformed"
        raise QueryError(f"SPARQL, {where}: {fault}") from error


def find_text(query: str) -> str:
    """Return a ready question's SPARQL, or the query itself if it is no single word."""
    texts = {question.name: question.text for question in list_queries()}
    if query in texts:
        return texts[query]
    if re.fullmatch(r"\s*[\w.-]*\s*", query):
        near = nearest(query, {name: name for name in texts})
        raise QueryError(f"no question '{query}'; nearest: {near}; 'kg query GRAPH' lists all")
    return query


def check_query(text: str) -> set[str]:
    """Return a query's variables; raise QueryError if it is malformed, writes or goes elsewhere.

    >>> check_query("SELECT ?of { ?of a kg:Company }")
    {'of'}
    """
    try:
        tree = list(walk(parseQuery(text)))
    except ParseException as error:
        if is_update(text):
            raise QueryError("SPARQL: an update; only reading is allowed (SELECT, ASK…)") from error
        where = f"line {error.lineno}, column {error.column}"
        near = " ".join(text[error.loc :].split())[:30]
        raise QueryError(f"SPARQL, {where}: malformed near '{near}'") from error
    except RecursionError as error:
        raise QueryError("SPARQL: nested too deeply; make it simpler") from error
    if any(isinstance(node, CompValue) and node.name == "ServiceGraphPattern" for node in tree):
        raise QueryError("SPARQL: SERVICE asks another server; only this graph may be asked")
    return {str(node) for node in tree if isinstance(node, Variable)}


def is_update(text: str) -> bool:
    """Tell whether a text is a SPARQL update.

    >>> is_update("CLEAR ALL"), is_update("ASK {}")
    (True, False)
    """
    try:
        parseUpdate(text)
    except (ParseException, RecursionError):
        return False
    return True


def walk(node: object) -> Iterator[object]:
    """Yield a parse tree's nodes."""
    yield node
    if isinstance(node, CompValue):
        node = list(node.values())
    if isinstance(node, (ParseResults, list)):
        for child in node:
            yield from walk(child)


def values_clause(bound: Mapping[str, list[URIRef]]) -> str:
    """Return the VALUES clause that binds variables to nodes.

    >>> values_clause({"of": [URIRef("urn:a"), URIRef("urn:b")]})
    'VALUES (?of) { (<urn:a>) (<urn:b>) }'
    """
    if not bound:
        return ""
    rows = (f"({' '.join(node.n3() for node in row)})" for row in product(*bound.values()))
    return f"VALUES ({' '.join(f'?{key}' for key in bound)}) {{ {' '.join(rows)} }}"


def find_nodes(graph: Graph, name: str) -> list[URIRef]:
    """Return the nodes that have a name, or the one with this IRI; raise QueryError for none."""
    if IRI.fullmatch(name) and (URIRef(name), None, None) in graph:
        return [URIRef(name)]
    labels: dict[str, str] = {}
    found = set()
    for predicate in (RDFS.label, SKOS.altLabel):
        for subject, label in graph.subject_objects(predicate):
            labels.setdefault(fold(str(label)), str(label))
            if isinstance(subject, URIRef) and fold(str(label)) == fold(name):
                found.add(subject)
    if not found:
        near = nearest(fold(name), labels)
        raise QueryError(f"the graph names no '{name}'" + (f"; nearest: {near}" if near else ""))
    return sorted(found)


def fold(name: str) -> str:
    """Fold a name to what tells it apart: no case, accents, leading article or 'groupe'.

    >>> fold("Le Groupe Bolloré") == fold("BOLLORE")
    True
    """
    return GENERIC.sub("", slug(name))


def nearest(word: str, known: Mapping[str, str]) -> str:
    """Return the names whose keys look most like a word, three at most.

    >>> nearest("vasko", {"vasco": "Vasco", "nordil": "Nordil"})
    'Vasco'
    """
    from rapidfuzz import process

    hits = process.extract(word, sorted(known), limit=3, score_cutoff=60)
    return ", ".join(known[key] for key, _, _ in hits)
