"""The text of a query: what it may hold, and where it is malformed."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Iterator
from functools import lru_cache

from pyparsing import ParseException, ParseResults
from rdflib import Variable
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from kg.ask.tokens import read_tokens
from kg.errors import QueryError
from kg.ontology import KG, terms

#: What Oxigraph could take for a SERVICE clause, whatever stands around it. It would ask another
#: server, cannot be told not to, and differs from rdflib's parser in escapes and where words end:
#: so its own text is looked at, too, and what only looks so in a quotation is refused as well.
#: Nothing in it is tried twice: a comment of many # would else take years.
GAP = r"(?:[ \t\r\n]|#[^\r\n]*+)*+"
NAMED = r"<[^>]*+>|[?$][^\s{}<#]++|[^\s{}<:#]*+:(?:[^\s{}<#\\]|\\.)*+"
SERVICE = re.compile(rf"service{GAP}(?:silent{GAP})?+(?:{NAMED}){GAP}\{{", re.IGNORECASE)
#: A character by its number, which SPARQL may have anywhere; some read it before all else.
ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
#: Words and signs that a query may have beside lists of values: Oxigraph works through what is
#: joined one inside the other, and some 20,000 of them overrun its stack, which ends the process.
LONGEST = 5_000
VALUE = r"""(?:<[^<>\s]*+>|"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|[^(){}<>"'?$|&+*])"""
LISTS = re.compile(
    rf"\bIN\s*\({VALUE}*+\)|\bVALUES\s*(?:[?$]\w+|\([^()]*\))\s*\{{(?:{VALUE}|[()])*+\}}",
    re.IGNORECASE | re.DOTALL,
)
#: Words that are no query, nor an update: none begins so, and a query has one of these signs.
WORDS = re.compile(
    r"(?!\s*(?:SELECT|ASK|CONSTRUCT|DESCRIBE|PREFIX|BASE|INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY"
    r"|MOVE|ADD|WITH)\b)[^{<:#\n]{0,80}",
    re.IGNORECASE,
)
ELSEWHERE = "SPARQL: SERVICE asks another server; only this graph may be asked"


@lru_cache(256)
def check_query(text: str) -> frozenset[str]:
    """Return a query's variables; raise QueryError if it is malformed, writes or goes elsewhere.

    >>> sorted(check_query("SELECT ?of { ?of a kg:Company }"))
    ['of']
    """
    if count_words(text) > LONGEST:
        told = "ask for less at once, or give values as a list: VALUES ?x { … }, ?x IN (…)"
        raise QueryError(f"SPARQL: more than {LONGEST:,} words and signs; {told}")
    try:
        tree = list(walk(parseQuery(text)))
    except ParseException as error:
        if is_update(text):
            raise QueryError("SPARQL: an update; only reading is allowed (SELECT, ASK…)") from error
        raise QueryError(f"SPARQL, {place_fault(text, error)}") from error
    except RecursionError as error:
        raise QueryError("SPARQL: nested too deeply; make it simpler") from error
    finally:
        gc.collect(1)  # what the parser tried stands in cycles that keep all callers' frames
    if any(isinstance(node, CompValue) and node.name == "ServiceGraphPattern" for node in tree):
        raise QueryError(ELSEWHERE)
    return frozenset(str(node) for node in tree if isinstance(node, Variable))


def count_words(text: str) -> int:
    """Count the words and signs of a query but for those of lists of values.

    >>> count_words("ASK { VALUES ?x { 1 2 3 } ?x a ?y FILTER(?y IN (<urn:a>, <urn:b>)) }")
    10
    """
    return len(read_tokens(LISTS.sub("", text)))


def check_service(text: str) -> None:
    """Raise QueryError for a text that may ask another server once Oxigraph has it.

    >>> check_service('ASK { ?service a ?x FILTER(?x != "service") } # a service')
    """
    if SERVICE.search(text) or SERVICE.search(ESCAPED.sub(unescape, text)):
        raise QueryError(ELSEWHERE)


def unescape(found: re.Match[str]) -> str:
    """Return the character that an escape stands for, or the escape where it is none."""
    code = int(found[1] or found[2], 16)
    return chr(code) if code <= sys.maxunicode else found[0]


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


def cannot(error: RuntimeError) -> QueryError:
    """Return the error for what is well-formed but asks for what there is not, a function say.

    >>> str(cannot(RuntimeError("The custom function <urn:f> is not supported")))
    'SPARQL: The custom function <urn:f> is not supported; ask without it'
    """
    return QueryError(f"SPARQL: {' '.join(str(error).split())}; ask without it")


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
