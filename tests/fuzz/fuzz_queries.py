"""Queries with faults, or by the grammar and odd, and ready questions about odd names."""

from __future__ import annotations

import random

from fuzz_picks import DATES, NAMES, QUESTIONS, clean, pick
from fuzzed import Fuzzed, mutate, mutate_words
from seeds import Seeds

WORDS = (
    "SELECT", "DISTINCT", "*", "?x", "?s", "WHERE", "{", "}", "(", ")", ".", ";", ",", "[", "]",
    "a", "kg:Company", "kg:Fact", "rdfs:label", "kg:acquired+", "(kg:acquired|^kg:partnerOf)*",
    "!kg:acquired", "FILTER(?x = ?s)", "FILTER(REGEX(?x, '(a+)+$'))", "OPTIONAL", "UNION",
    "MINUS", "GRAPH ?g", "SERVICE <http://127.0.0.1:9/>", "SERVICE SILENT ?x", "BIND(1/0 AS ?e)",
    "BIND(IRI('x y') AS ?i)", "VALUES ?x { UNDEF }", "GROUP BY ?x", "ORDER BY DESC(?x)", "LIMIT 9",
    "OFFSET 99999999999999999999", "LIMIT -1", "COUNT(*)", "(SUM(?x) AS ?n)", "HAVING(?x > 1)",
    "CONSTRUCT", "DESCRIBE o:vasco", "ASK", "FROM <file:///etc/passwd>", "FROM NAMED <urn:g>",
    "PREFIX x: <urn:x>", "BASE <http://x/>", "LOAD <http://127.0.0.1:9/>", "INSERT DATA",
    "DROP ALL", "DELETE WHERE",
    "#", "'''", '"', "\\u0000", "\\uD800", "\x00", "<", ">", "<urn:a b>", "@fr",
    "^^xsd:date", "NOW()", "UUID()", "STRDT('x', xsd:date)", "'2019'^^xsd:gYear", "1e999", "é",
    "GROUP_CONCAT(?x; separator='\n')", "EXISTS { ?x ?y ?z }", "kg:Compny", "zz:x", "$of", "?of",
)  # fmt: skip
VALUES_OF = (
    "?s", "?o", "?x", "1", "0", "-1.5", "1e400", "'x'", "'é'@fr", "kg:Company", "o:nordil", "true",
    "'2019'^^xsd:gYear", "'2019-06'^^xsd:gYearMonth", "'x'^^xsd:date", "'2019-06-11'^^xsd:date",
)  # fmt: skip
CALLS = (
    "STR({})", "LANG({})", "DATATYPE({})", "IRI({})", "UCASE({})", "STRLEN({})", "ABS({})",
    "YEAR({})", "xsd:date({})", "xsd:decimal({})", "BOUND(?s)", "ISIRI({})", "ENCODE_FOR_URI({})",
    "({} + {})", "({} / {})", "({} = {})", "({} < {})", "({} && {})", "!({})", "({} IN ({}, {}))",
    "CONCAT({}, {})", "REPLACE({}, '(', 'x')", "REGEX({}, {}, 'i')", "SUBSTR({}, -1, 99)", "-({})",
    "STRAFTER({}, {})", "IF({}, {}, {})", "COALESCE({}, {})", "STRDT({}, {})", "STRLANG({}, {})",
    "SAMETERM({}, {})", "LANGMATCHES({}, '*')", "STRBEFORE({}, '')", "SHA256({})", "ROUND({})",
)  # fmt: skip
STEPS = (
    "a", "rdfs:label", "kg:partnerOf", "^kg:acquired", "kg:acquired+",
    "(kg:partnerOf|kg:acquired)*",
    "!(rdf:type|^kg:acquired)", "kg:statedBy/kg:confidence", "?p", "rdf:subject", "kg:confidence?",
    "schema:name", "org:subOrganizationOf", "dcterms:date", "kg:date",
)  # fmt: skip
ENDS = ("?s", "?o", "?x", "kg:Company", "kg:Organization", "org:Organization", "schema:Person",
        "o:vasco", "'Nordil'", "'Nordil'@fr", "1", "[]", "<urn:a>")  # fmt: skip


def write_value(rng: random.Random, deep: int = 0) -> str:
    """Return an expression that is by the grammar."""
    if deep > 3 or rng.random() < 0.4:
        return rng.choice(VALUES_OF)
    call = rng.choice(CALLS)
    return call.format(*(write_value(rng, deep + 1) for _ in range(call.count("{}"))))


def write_group(rng: random.Random, deep: int = 0) -> str:
    """Return a pattern of a query that is by the grammar, and small enough to be answered."""
    parts = [f"?s {rng.choice(STEPS)} {rng.choice(ENDS)} ."]
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        inner = write_group(rng, deep + 1) if deep < 2 else "?s ?p ?o"
        value = write_value(rng)
        parts.append(
            rng.choice((
                f"?s {rng.choice(STEPS)} {rng.choice(ENDS)} .", f"FILTER({value})",
                f"OPTIONAL {{ {inner} }}", f"MINUS {{ {inner} }}",
                f"{{ {inner} }} UNION {{ {inner} }}",
                f"BIND({value} AS ?b{deep}{len(parts)})", f"GRAPH ?g {{ {inner} }}",
                f"FILTER NOT EXISTS {{ {inner} }}", "VALUES (?s ?o) { (UNDEF 1) (o:nordil UNDEF) }",
                f"{{ SELECT ?s (COUNT(*) AS ?n{deep}{len(parts)}) {{ {inner} }} GROUP BY ?s }}",
            ))
        )  # fmt: skip
    return " ".join(parts)


def write_query(rng: random.Random) -> str:
    """Return a query that is by the grammar."""
    group, value = write_group(rng), write_value(rng)
    last = rng.choice(
        ("", "", f"ORDER BY DESC({value})", "LIMIT 5", "OFFSET 3", f"HAVING({value})")
    )
    if last.startswith("HAVING"):
        return f"SELECT ?s (MAX(?o) AS ?m) {{ {group} }} GROUP BY ?s {last}"
    return rng.choice((
        f"SELECT * {{ {group} }} {last}",
        f"SELECT DISTINCT ?s ({value} AS ?v) {{ {group} }} {last}",
        f"ASK {{ {group} }}", f"CONSTRUCT {{ ?s ?p ?o . ?s kg:partnerOf ?x }} {{ {group} }} {last}",
        f"DESCRIBE ?s {{ {group} }} {last}", f"SELECT (COUNT(DISTINCT ?o) AS ?n) {{ {group} }}",
        f"SELECT (GROUP_CONCAT(?o; separator=',') AS ?all) (AVG(?o) AS ?a) {{ {group} }}",
    ))  # fmt: skip


def make_query(rng: random.Random, seeds: Seeds) -> Fuzzed:
    """Return a query with faults, or a ready question about odd names, on a small graph."""
    form = rng.choice(("csv", "json", "xml", "table", "tsv"))
    options = pick(
        rng, ["--of", rng.choice(NAMES)], ["--and", rng.choice(NAMES)], ["--in", rng.choice(NAMES)],
        ["--since", rng.choice(DATES)], ["--min-confidence", rng.choice(("0.5", "2", "x"))],
        ["--modality", rng.choice(("Actual", "planned", "x"))], ["--no-entail"], ["--excel"],
        chance=0.2,
    )  # fmt: skip
    match rng.randrange(9):
        case 6 | 7 | 8:
            text = write_query(rng)
        case 0:
            text = rng.choice(QUESTIONS)
            options += pick(rng, ["--of", rng.choice(NAMES)], chance=0.7)
        case 1:
            text = "SELECT * WHERE { " + " ".join(rng.choices(WORDS, k=rng.randint(0, 12))) + " }"
        case 2:
            text = " ".join(rng.choices(WORDS, k=rng.randint(1, 25)))
        case 3:
            deep = rng.choice(("{", "(", "[", "FILTER(!(", "OPTIONAL {", "<<", "^", "'"))
            text = f"SELECT * {{ ?s ?p ?o . {deep * rng.choice((5, 100, 5_000))} }}"
        case 4:
            text = mutate(rng, rng.choice(seeds.queries).encode()).decode("utf-8", "replace")
        case _:
            text = mutate_words(rng, rng.choice(seeds.queries), WORDS)
    graph = rng.choice(("press.ttl", "nordil.ttl", "quads.trig", "wood.ttl"))
    files = {graph: seeds.graphs[graph], "q.rq": text.encode("utf-8", "replace")}
    asked = "q.rq" if rng.random() < 0.5 else clean(text)
    command = ["query", graph, asked, "--format", form, "--timeout", "3", *options]
    return Fuzzed("query", files, [command])
