"""The text of a query: what it may hold, and where it is malformed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pyparsing import ParseException, ParseResults
from rdflib import Variable
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import QueryError
from kg.ontology import KG, terms

#: What Oxigraph could take for a SERVICE clause, whatever stands around it. It would ask another
#: server, cannot be told not to, and differs from rdflib's parser in escapes and where words end:
#: so its own text is looked at, too, and what only looks so in a quotation is refused as well.
GAP = r"(?:[ \t\r\n]|#[^\r\n]*)*"
SERVICE = re.compile(
    rf"service{GAP}(?:silent{GAP})?(?:<[^>]*>|[?$][^\s{{}}<]+|[^\s{{}}<:]*:[^\s{{}}<]*){GAP}\{{",
    re.IGNORECASE,
)
ELSEWHERE = "SPARQL: SERVICE asks another server; only this graph may be asked"


@lru_cache(256)
def check_query(text: str) -> frozenset[str]:
    """Return a query's variables; raise QueryError if it is malformed, writes or goes elsewhere.

    >>> sorted(check_query("SELECT ?of { ?of a kg:Company }"))
    ['of']
    """
    try:
        tree = list(walk(parseQuery(text)))
    except ParseException as error:
        if is_update(text):
            raise QueryError("SPARQL: an update; only reading is allowed (SELECT, ASK…)") from error
        raise QueryError(f"SPARQL, {place_fault(text, error)}") from error
    except RecursionError as error:
        raise QueryError("SPARQL: nested too deeply; make it simpler") from error
    if any(isinstance(node, CompValue) and node.name == "ServiceGraphPattern" for node in tree):
        raise QueryError(ELSEWHERE)
    return frozenset(str(node) for node in tree if isinstance(node, Variable))


def check_service(text: str) -> None:
    """Raise QueryError for a text that may ask another server once Oxigraph has it.

    >>> check_service('ASK { ?service a ?x FILTER(?x != "service") } # a service')
    """
    if SERVICE.search(text):
        raise QueryError(ELSEWHERE)


def place_fault(text: str, error: ParseException) -> str:
    """Return where a query is malformed: where the part begins that cannot be read.

    >>> place_fault("ASK { ?a ?b", ParseException("ASK { ?a ?b", 6))
    "line 1, column 7: malformed near '?a ?b'; a { is not closed"
    """
    near = " ".join(text[error.loc :].split())[:30]
    open_ = "; a { is not closed" if text.count("{") > text.count("}") else ""
    return f"line {error.lineno}, column {error.column}: malformed near '{near}'{open_}"


def malformed(error: SyntaxError, text: str) -> QueryError:
    """Return the error for what Oxigraph's parser, the stricter one, refuses."""
    said = " ".join(str(error).split())
    place = re.search(r"(\d+):(\d+)", said)
    lines = text.split("\n")
    if place is None or int(place[1]) > len(lines):
        reason = said if len(said) < 120 else "malformed"
        return QueryError(f"SPARQL: {reason}")
    where = "line {}, column {}".format(*place.groups())
    if lines[int(place[1]) - 1].startswith("VALUES ("):  # which `values_clause` has written
        told = "write the line 'VALUES ?of { UNDEF }' into it"
        return QueryError(f"SPARQL: the query cannot take a name at its end; {told}")
    if "Prefix not found" in said:
        row, column = map(int, place.groups())
        name = last_prefix("\n".join([*lines[: row - 1], lines[row - 1][:column]]))
        told = f"unknown prefix '{name}'; declare it: PREFIX {name}: <…>"
        return QueryError(f"SPARQL, {where}: {told}")
    return QueryError(f"SPARQL, {where}: malformed")


def last_prefix(text: str) -> str:
    """Return the last prefix that a text uses.

    >>> last_prefix("SELECT ?name { ?x foaf:name")
    'foaf'
    """
    found = re.findall(r"(?<![\w.<-])([A-Za-z][\w.-]*)?:(?!//)", text)
    return str(found[-1]) if found else ""


def unknown_names(text: str) -> list[str]:
    """Return the names after `kg:` in a query that the ontology has not.

    >>> unknown_names("SELECT ?x { ?x a kg:Compny ; kg:partnerOf ?y }")
    ['Compny']
    """
    named = r"(?<![\w.-])kg:([A-Za-z]\w*)|<" + re.escape(KG) + r"([A-Za-z]\w*)>"
    names = re.findall(named, bare(text))
    return sorted({one or other for one, other in names} - set(terms()))


def bare(text: str) -> str:
    """Return a query without comments and quotations.

    >>> bare('ASK { ?x ?y "kg:A" } # kg:B')
    'ASK { ?x ?y  } '
    """
    return re.sub(r"#[^\n<>]*$|\"[^\"\n]*\"|'[^'\n]*'", "", text, flags=re.MULTILINE)


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
