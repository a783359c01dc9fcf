"""Questions to a graph: by name or as SPARQL text, with names bound, never pasted."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import Graph
from rdflib.query import Result

from kg.ask.claimed import ask_claims
from kg.ask.meant import settle_query
from kg.ask.questions import FUNCTIONS, LINE, PARAMETERS, bind_loose, fill_lines, list_queries
from kg.ask.sparql import WORDS, bare, cannot, check_query, check_service, malformed
from kg.errors import QueryError
from kg.graph.rdf import BASE
from kg.graph.triples import as_result
from kg.graph.vocabularies import prefixes
from kg.store.asked import mean
from kg.store.engine import has_claims, on_oxigraph
from kg.store.entailed import has_below
from kg.store.labels import find_nodes as find_nodes
from kg.store.labels import nearest

#: What looks like a file's name, not like SPARQL.
FILE_NAME = re.compile(r"[^\n{]+\.(?:rq|sparql)|[^\s{<]*[/.][^\s{<]*")
#: How a query begins that describes things.
DESCRIBES = re.compile(r"(?:\s|#[^\n]*\n|(?:PREFIX|BASE)[^>]*>)*DESCRIBE\b", re.IGNORECASE)
#: A declared prefix, a name with a prefix, an IRI in full: as they stand in a query.
PREFIX = re.compile(r"\bPREFIX\s+([\w.-]*):\s*<([^>\s]*)>", re.IGNORECASE)
NAME = re.compile(r"(?<![\w<?$@:./-])([\w.-]*):([A-Za-z]\w*)")
IRI = re.compile(r"<([^<>\s]+)>")
#: What Oxigraph answers: rows, triples, or yes or no.
Answer = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean


def run_query(graph: Graph, query: str, *, entail: bool = True, **parameters: object) -> Result:
    """Answer a ready question or a SPARQL query that only reads (SELECT, ASK, CONSTRUCT, DESCRIBE).

    `of`, `and_` and `in_` are names of things (labels, aliases or IRIs), `since` is a date,
    `min_confidence` a number, `modality` one or more of actual, planned, possible, denied and
    over; None leaves a parameter open. They fill the query's lines `VALUES ?of { UNDEF }`; in a
    query without that line, a name binds the variable `?of`. The graph's prefixes need no
    declaring. With `entail`, terms of one's own SPARQL mean what is below them, too: organizations
    are companies, as well. Raises QueryError.

    >>> from kg.graph.vocabularies import new_graph
    >>> run_query(new_graph(), "ASK { ?fact a kg:Fact }").askAnswer
    False
    """
    held = on_oxigraph(graph)
    with mean(held, find_entailed(query) if entail else ()) as store:
        text = prepare_query(store, query, parameters, claimed=has_claims(store))
        try:
            text = settle(store, query, text) if entail else text
            known = {name: str(it) for name, it in held.namespaces()}
            return as_result(store.query(text, prefixes=known, custom_functions=FUNCTIONS))
        except SyntaxError as error:
            raise malformed(error, text) from error
        except RuntimeError as error:
            raise cannot(error) from error


def ask_store(
    store: ox.Store,
    query: str,
    parameters: Mapping[str, object],
    *,
    graphs: tuple[Sequence[str], Sequence[str]] | None = None,
    entail: bool = True,
) -> Answer:
    """Answer as `run_query` does, but in Oxigraph's own terms; raise QueryError.

    `graphs` are the names of those that make up the default graph, and of those that can be named.
    Without `entail`, dates, names and columns are what they are by the letter.
    """
    text = prepare_query(store, query, parameters, claimed=graphs is None and has_claims(store))
    default, named = map(name_graphs, graphs) if graphs else (None, None)
    try:
        text = settle(store, query, text) if entail else text
        return store.query(
            text,
            prefixes=known_prefixes(),
            default_graph=default,
            named_graphs=named,
            custom_functions=FUNCTIONS,
        )
    except SyntaxError as error:
        raise malformed(error, text) from error
    except RuntimeError as error:
        raise cannot(error) from error


def settle(store: ox.Store, query: str, text: str) -> str:
    """Return what a query of one's own means, where its words are stricter; raises SyntaxError."""
    if is_ready(query):
        return text
    return settle_query(store, text, known_prefixes() | dict(PREFIX.findall(text)))


def name_graphs(names: Sequence[str]) -> list[Any]:
    """Return graphs' names as terms; raise QueryError for what is no IRI."""
    try:
        return [ox.NamedNode(name) for name in names]
    except ValueError as error:
        raise QueryError(
            f"a graph's name is no IRI: {error}; give one in full, such as https://…"
        ) from error


@cache
def known_prefixes() -> dict[str, str]:
    """Return the prefixes that a query need not declare.

    >>> known_prefixes()["kg"]
    'https://w3id.org/pressgraph/ontology#'
    """
    return prefixes(BASE)


def prepare_query(
    store: ox.Store, query: str, parameters: Mapping[str, object], *, claimed: bool = False
) -> str:
    """Return the SPARQL of a question with its parameters in it; raise QueryError.

    A ready question is put to the claims of a graph that has some (`claimed`), not to its facts.
    """
    # Only \\n ends a comment for rdflib's parser; \\r does for Oxigraph too.
    text = re.sub(r"\r\n?", "\n", find_text(query)).removeprefix("\ufeff")
    if claimed and is_ready(query):
        text = ask_claims(text, query)
    variables = check_query(text)
    lines = {found[1] for found in LINE.finditer(text)}
    values: dict[str, list[str]] = {}
    loose: dict[str, list[str]] = {}
    for name, value in sorted(parameters.items()):
        if value is None:
            continue
        option = name.rstrip("_")
        variable = PARAMETERS[option].variable if option in PARAMETERS else option
        if variable in lines:
            values[variable] = PARAMETERS[option].terms(store, str(value))
        elif option in ("of", "and", "in") and variable in variables:
            loose[variable] = PARAMETERS[option].terms(store, str(value))
        else:
            raise wrong_parameter(query, option, lines)
    filled = bind_loose(fill_lines(text, values), loose)
    check_service(filled)
    return filled


def wrong_parameter(query: str, option: str, lines: set[str]) -> QueryError:
    """Return the error for a parameter that a query does not take."""
    taken = [name for name, one in PARAMETERS.items() if one.variable in lines]
    told = ", ".join(f"--{name.replace('_', '-')}" for name in taken)
    if re.fullmatch(r"[\w.-]+", query):
        return QueryError(f"the question '{query}' takes no --{option}; it takes {told}")
    return QueryError(
        f"--{option} fills nothing; write 'VALUES ?{option} {{ UNDEF }}' into the query"
    )


def find_text(query: str) -> str:
    """Return a ready question's SPARQL, or the query itself if it can be one."""
    texts = {question.name: question.text for question in list_queries()}
    if query in texts:
        return texts[query]
    if WORDS.fullmatch(query):
        near = nearest(query.lower(), {name: name for name in texts})
        told = f"nearest: {near}; " if near else ""
        raise QueryError(f"no question '{query}'; {told}'kg query GRAPH' lists all")
    return query


def is_ready(query: str) -> bool:
    """Tell whether a query is the name of a ready question.

    >>> is_ready("partners-of"), is_ready("ASK {}")
    (True, False)
    """
    return query in {question.name for question in list_queries()}


@lru_cache(256)
def find_entailed(query: str) -> tuple[str, ...]:
    """Return the terms with others below them that a query names, by their IRIs.

    None in a ready question, which asks for what it means, nor in a query that describes things
    as they are.

    >>> find_entailed("SELECT * { ?x a schema:Organization }")
    ('https://schema.org/Organization',)
    >>> find_entailed("DESCRIBE ?x { ?x a schema:Organization }")
    ()
    """
    if is_ready(query) or DESCRIBES.match(query):
        return ()
    return tuple(sorted(filter(has_below, name_iris(query))))


def name_iris(query: str) -> list[str]:
    """Return the IRIs that a query names, with a prefix or in full, in their order.

    >>> name_iris("PREFIX a: <urn:a:> ASK { ?x a:b <urn:c> } # a:d")
    ['urn:a:b', 'urn:c']
    """
    spaces = known_prefixes() | dict(PREFIX.findall(query))
    body = PREFIX.sub("", bare(query))
    found = {it.start(): f"{spaces[it[1]]}{it[2]}" for it in NAME.finditer(body) if it[1] in spaces}
    found |= {it.start(): it[1] for it in IRI.finditer(body)}
    return list(dict.fromkeys(found[at] for at in sorted(found)))


def read_query(source: str) -> str:
    """Return a question's name or a query's text, given as it is, by its file or on stdin (`-`).

    A ready question's name is never a file. Raises QueryError.

    >>> read_query("DESCRIBE ?a { ?a a kg:Company }"), read_query("partners-of")
    ('DESCRIBE ?a { ?a a kg:Company }', 'partners-of')
    """
    if is_ready(source):
        return source
    try:
        if source == "-":
            text = sys.stdin.buffer.read().decode("utf-8-sig")
        elif FILE_NAME.fullmatch(source) or is_file(source):
            text = Path(source).read_text(encoding="utf-8-sig")
        else:
            text = source
    except UnicodeDecodeError as error:
        raise QueryError(f"{source}: not UTF-8; save the query as UTF-8") from error
    except OSError as error:
        said = f"{source}: cannot be read: {error.strerror}"
        raise QueryError(f"{said}; give a query's file or its text") from error
    if not text.strip():
        raise QueryError("the query is empty; give a query's file or its text")
    return text


def is_file(name: str) -> bool:
    """Tell whether a text, however long, is the name of a file."""
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False
