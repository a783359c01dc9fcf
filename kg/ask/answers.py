"""A query's answer as text: rows as CSV, TSV, JSON or XML (W3C), triples as Turtle and others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox
from pyoxigraph import QuerySolutions as QuerySolutions
from pyoxigraph import QueryTriples as QueryTriples
from rdflib import Graph

from kg.ask.query import Answer
from kg.errors import QueryError

#: Form of an answer's rows → its format.
RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}


def answer_text(answer: Answer, form: str) -> str:
    """Return an answer in a form; a table is for rows only, see `answer_rows`.

    As a table, ASK's answer is 'yes' or 'no'; raises QueryError for triples as
    rows and for rows as triples.
    """
    if isinstance(answer, ox.QueryTriples):
        return graph_text(answer, form)
    if isinstance(answer, ox.QueryBoolean) and form == "table":
        return "yes\n" if answer else "no\n"
    if form not in RESULTS:
        raise QueryError(f"no graph to write as {form}; take {', '.join(RESULTS)}")
    text = (answer.serialize(format=RESULTS[form]) or b"").decode()
    return text if text.endswith("\n") else f"{text}\n"


#: Datatypes of numbers that people read with their thousands set apart.
XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = frozenset(f"{XSD}{name}" for name in ("integer", "decimal", "double", "long", "int"))
#: Form of an answer's rows → how it is written where there are none.
NONE = {
    "csv": re.compile(r"[^\n]*\n?"),
    "tsv": re.compile(r"[^\n]*\n?"),
    "json": re.compile(r'.*"bindings"\s*:\s*\[\s*\].*', re.DOTALL),
    "xml": re.compile(r".*<results\s*(?:/>|>\s*</results>).*", re.DOTALL),
}


def has_no_row(text: str, form: str) -> bool:
    r"""Tell whether an answer to SELECT, as it is written, has no row.

    >>> has_no_row("name\r\n", "csv"), has_no_row("name\r\n\r\n", "csv")
    (True, False)
    """
    return bool(NONE[form].fullmatch(text))


def graph_text(triples: Iterable[ox.Triple], form: str) -> str:
    """Return triples as Turtle, JSON-LD or RDF/XML; raise QueryError for other forms."""
    from kg.exports.jsonld import write_jsonld
    from kg.exports.syntaxes import write_rdfxml, write_ttl
    from kg.store.engine import hold

    writers: dict[str, Callable[[Graph], str]] = {
        "table": write_ttl, "ttl": write_ttl, "json": write_jsonld, "xml": write_rdfxml,
    }  # fmt: skip
    if form not in writers:
        raise QueryError(f"a graph cannot be written as {form}; take ttl, json or xml")
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in triples)
    return writers[form](hold(store))


def answer_rows(
    answer: ox.QuerySolutions, write: Callable[[str], str] = str
) -> Iterator[list[str]]:
    """Yield the rows of a SELECT's answer as plain text, its numbers as they are to be written."""
    for solution in answer:
        yield [
            "" if term is None else write(plain(term)) if is_number(term) else plain(term)
            for term in solution
        ]


def is_number(term: object) -> bool:
    """Tell whether a term is a number.

    >>> is_number(ox.Literal(1)), is_number(ox.Literal("1"))
    (True, False)
    """
    return isinstance(term, ox.Literal) and term.datatype.value in NUMBERS


def plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """Return a term without what tells its kind.

    >>> plain(ox.Literal("présidente", language="fr"))
    'présidente'
    """
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value
