"""What a query means where its words are stricter: dates, names without a language, columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

import pyoxigraph as ox
from rdflib.namespace import DC, DCTERMS, FOAF, RDFS, SKOS

from kg.ask.questions import FUNCTIONS
from kg.ask.tokens import Token, put, read_tokens, value_of

XSD = "http://www.w3.org/2001/XMLSchema#"
#: Types of dates, and how many characters of a date each has.
DATES = {"gYear": 4, "gYearMonth": 7, "date": 10, "dateTime": 10}
DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T.*)?)?)?", re.DOTALL)
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "="}
#: What neither stands before nor after a comparison that can be put otherwise.
REACHES = frozenset("+-*/!")
#: Properties by which things are called.
NAMES = frozenset(
    str(it)
    for it in (
        RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, FOAF.name, DCTERMS.title,
        DC.title, "https://schema.org/name", "http://schema.org/name",
    )
)  # fmt: skip
#: The variable that stands for a name in several languages.
ANY = "kgName"
NAMED = "SELECT DISTINCT ?name {{ ?thing <{}> ?name FILTER(STR(?name) = {}) }} ORDER BY ?name"

TAGGED = """
SELECT DISTINCT ?text {{ ?s ?p ?text FILTER(STR(?text) = {} && LANG(?text) != "{}") }}
ORDER BY ?text LIMIT 3
"""


def settle_query(store: ox.Store, query: str, prefixes: Mapping[str, str]) -> str:
    """Return a query with its dates, names and columns as they are meant."""
    return order_columns(store, find_names(store, compare(query, prefixes), prefixes), prefixes)


def compare(query: str, prefixes: Mapping[str, str]) -> str:
    """Return a query whose comparisons see dates of other precision, and texts with a language.

    A year is compared with a day as a year: 2019 is both since and until any day of 2019.

    >>> "SUBSTR" in compare('ASK { ?f kg:date ?d FILTER(?d > "2019-05-31"^^xsd:date) }', {})
    True
    >>> compare('ASK { ?x rdfs:label ?n FILTER("Hexo" = ?n) }', {})
    'ASK { ?x rdfs:label ?n FILTER((?n = "Hexo" || (LANG(?n) != "" && STR(?n) = "Hexo"))) }'
    """
    tokens = read_tokens(query)
    changes = []
    for at, token in enumerate(tokens):
        if token.kind != "variable":
            continue
        for found in (read_after(tokens, at), read_before(tokens, at)):
            if found is None:
                continue
            sign, first, last = found
            whole = tokens[min(at, first) : max(at, last) + 1]
            edges = (
                tokens[max(0, min(at, first) - 1)],
                tokens[min(len(tokens) - 1, max(at, last) + 1)],
            )
            if REACHES & {edge.text for edge in edges}:
                continue
            told = widen(token.text, sign, tokens[first : last + 1], prefixes)
            if told:
                changes.append((whole[0].begin, whole[-1].end, told))
    return put(query, changes)


def read_after(tokens: Sequence[Token], at: int) -> tuple[str, int, int] | None:
    """Return the sign and the literal that a variable is compared with, if they follow it."""
    if at + 2 < len(tokens) and tokens[at + 1].text in TURNED and tokens[at + 2].kind == "text":
        return tokens[at + 1].text, at + 2, end_of_literal(tokens, at + 2)
    return None


def read_before(tokens: Sequence[Token], at: int) -> tuple[str, int, int] | None:
    """Return the sign, turned, and the literal that a variable is compared with before it."""
    if at < 2 or tokens[at - 1].text not in TURNED:
        return None
    first = at - 4 if at >= 4 and tokens[at - 3].text == "^^" else at - 2
    if tokens[first].kind == "text" and end_of_literal(tokens, first) == at - 2:
        return TURNED[tokens[at - 1].text], first, at - 2
    return None


def end_of_literal(tokens: Sequence[Token], at: int) -> int:
    """Return where the literal ends that begins with a quotation."""
    if at + 1 < len(tokens) and tokens[at + 1].kind == "tag":
        return at + 1
    return at + 2 if at + 2 < len(tokens) and tokens[at + 1].text == "^^" else at


def widen(variable: str, sign: str, literal: Sequence[Token], prefixes: Mapping[str, str]) -> str:
    """Return a comparison that holds for what is meant, too; '' where it is meant as it stands."""
    written = "".join(token.text for token in literal)
    if len(literal) == 1 and sign == "=":
        there = f'LANG({variable}) != "" && STR({variable}) = {written}'
        return f"({variable} = {written} || ({there}))"
    kind = expand(literal[2], prefixes).removeprefix(XSD) if len(literal) == 3 else ""
    if kind not in DATES or sign == "=" or not DAY.fullmatch(text := value_of(literal[0].text)):
        return ""
    length = DATES[kind]
    said, day = f"STR({variable})", f'"{text[:length]}"'
    edge = f'"{find_edge(text, sign)}"'
    shorter = [name for name, other in DATES.items() if other < length]
    longer = [name for name, other in DATES.items() if other >= length and name != kind]
    parts = [f"{variable} {sign} {written}"]
    for names, told in (
        (shorter, f"{said} {sign.rstrip('=')}= SUBSTR({edge}, 1, STRLEN({said}))"),
        (longer, f"SUBSTR({said}, 1, {length}) {sign} {day}"),
    ):
        if names:
            types = ", ".join(f"<{XSD}{name}>" for name in names)
            parts.append(f"(DATATYPE({variable}) IN ({types}) && {told})")
    return f"({' || '.join(parts)})"


def find_edge(text: str, sign: str) -> str:
    """Return the day, or the month, that is the first or the last to compare so with another.

    >>> find_edge("2019-01-01", "<"), find_edge("2019-12", ">"), find_edge("2019-02-28", ">=")
    ('2018-12-31', '2020-01', '2019-02-28')
    """
    if sign.endswith("=") or len(text) > 10:  # a day has moments before and after one
        return text[:10]
    try:
        day = date.fromisoformat(f"{text}-01"[:10])
        days = -1 if sign == "<" else 1 if len(text) == 10 else 31
        return (day + timedelta(days)).isoformat()[: len(text)]
    except (ValueError, OverflowError):  # no day of the calendar
        return text


def expand(token: Token, prefixes: Mapping[str, str]) -> str:
    """Return the IRI that a token stands for, '' for none."""
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, "") + local if token.kind == "name" else ""


def find_names(store: ox.Store, query: str, prefixes: Mapping[str, str]) -> str:
    """Return a query that finds what is called so in a language where it names none.

    >>> store = ox.Store()
    >>> label = '<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "Hexo"@fr .'
    >>> store.load(label, ox.RdfFormat.TURTLE)
    >>> find_names(store, 'ASK { ?x rdfs:label "Hexo" }', {"rdfs": str(RDFS)})
    'ASK { ?x rdfs:label "Hexo"@fr }'
    """
    tokens = read_tokens(query)
    words = [token.text.upper() for token in tokens]
    short = ("CONSTRUCT", "WHERE") in pairwise(words)  # which takes triples alone
    changes: list[tuple[int, int, str]] = []
    for at in patterns_of(tokens):
        verb = expand(tokens[at], prefixes)
        if verb not in NAMES or tokens[at + 1].kind != "text":
            continue
        text = tokens[at + 1]
        if end_of_literal(tokens, at + 1) != at + 1:
            continue
        found = call(store, verb, text.text)
        if len(found) == 1:
            changes.append((text.begin, text.end, str(found[0])))
        elif found and not short and not any(it.language is None for it in found):
            opened = open_group(tokens, at)
            variable = f"?{ANY}{len(changes)}"
            changes.append((text.begin, text.end, variable))
            values = " ".join(map(str, found))
            changes.append((opened, opened, f" VALUES {variable} {{ {values} }} "))
    return put(query, changes)


def patterns_of(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield where names and IRIs stand that may be predicates of patterns, not of a template."""
    depth, template = 0, False
    for at, token in enumerate(tokens[:-1]):
        if token.text == "{":
            before = tokens[at - 1].text.upper() if at else ""
            template = template or (not depth and before == "CONSTRUCT")
            depth += 1
        elif token.text == "}":
            depth -= 1
            template = template and depth > 0
        elif token.kind in ("name", "iri") and not template:
            yield at


def call(store: ox.Store, verb: str, text: str) -> list[ox.Literal]:
    """Return the literals of a text that things are called by, those in a language too."""
    return read_column(store, NAMED.format(verb, text))


def read_column(store: ox.Store, query: str) -> list[ox.Literal]:
    """Return the literals that a query selects."""
    return [row[0] for row in store.query(query)]  # type: ignore[union-attr]


def find_tagged(store: ox.Store, query: str) -> dict[str, list[str]]:
    """Return the texts of a query that a graph has in another language, with how it has them.

    >>> store = ox.Store()
    >>> store.load('<urn:a> <urn:b> "Hexo"@fr .', ox.RdfFormat.TURTLE)
    >>> find_tagged(store, 'ASK { ?x ?y "Hexo" }')
    {'"Hexo"': ['"Hexo"@fr']}
    """
    tokens = read_tokens(query)
    texts = {
        (token.text, "" if end == at else tokens[end].text)
        for at, token in enumerate(tokens)
        if token.kind == "text" and (end := end_of_literal(tokens, at)) < at + 2
    }
    found = {
        text + tag: list(map(str, read_column(store, TAGGED.format(text, tag[1:].lower()))))
        for text, tag in texts
        if not store.query(f"ASK {{ ?s ?p {text + tag} }}")
    }
    return {text: those for text, those in sorted(found.items()) if those}


def open_group(tokens: Sequence[Token], at: int) -> int:
    """Return where the group begins that a token stands in."""
    depth = 0
    for token in reversed(tokens[:at]):
        depth += {"}": 1, "{": -1}.get(token.text, 0)
        if depth < 0:
            return token.end
    return 0


def order_columns(store: ox.Store, query: str, prefixes: Mapping[str, str]) -> str:
    """Return a query with the columns that a `*` stands for in the order in which it names them.

    >>> order_columns(ox.Store(), "SELECT * { ?s ?p ?o }", {})
    'SELECT ?s ?p ?o { ?s ?p ?o }'
    """
    tokens = read_tokens(query)
    words = [token.text.upper() for token in tokens]
    at = words.index("SELECT") + 1 if "SELECT" in words else len(words)
    at += words[at : at + 1] in (["DISTINCT"], ["REDUCED"])
    if words[at : at + 1] != ["*"]:
        return query
    answer = store.query(query, prefixes=dict(prefixes), custom_functions=FUNCTIONS)
    shown = (
        {it.value for it in answer.variables} if isinstance(answer, ox.QuerySolutions) else set()
    )
    named = dict.fromkeys(token.text[1:] for token in tokens if token.kind == "variable")
    kept = " ".join(f"?{name}" for name in named if name in shown and not name.startswith(ANY))
    return put(query, [(tokens[at].begin, tokens[at].end, kept)]) if kept else query
