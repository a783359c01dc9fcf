"""How fuzzed inputs are made: each kind from its seeds, and from a number that makes it again."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import PurePath
from urllib.parse import quote

from fuzzed import TOKENS, Fuzzed, mutate, mutate_words
from seeds import Seeds

ENDINGS = (
    ".txt", ".fr.txt", ".en.txt", ".html", ".xhtml", ".mhtml", ".md", ".pdf", ".docx", ".odt",
    ".eml", ".mbox", ".srt", ".vtt", ".rss", ".xml", ".json", ".jsonl", ".csv", ".tsv", ".gz",
    ".zip", "",
)  # fmt: skip
GRAPH_ENDINGS = (
    ".ttl", ".trig", ".nt", ".nq", ".n3", ".jsonld", ".json", ".rdf", ".owl", ".xml", ".hext",
    ".trix", ".ttl.gz", ".ttl.bz2", ".ttl.xz", ".zip", "",
)  # fmt: skip
SYNTAXES = ("ttl", "nt", "nq", "trig", "n3", "jsonld", "rdfxml", "hext", "trix")
FORMATS = (
    "ttl", "trig", "nq", "nt", "jsonld", "rdfxml", "ttl12", "graphml", "gexf", "cypher", "html",
    "claims", "facts", "ftm", "ftm-statements",
)  # fmt: skip
#: What graphs are mutated with besides: a term or a value that programs stumble over.
TERMS = (
    *TOKENS, b"<>", b"<#>", b"<a b>", b"<http://[>", b"<http://x/%>", b"_:b", b"[]", b"( 1 2 )",
    b'""@x-', b'"x"@fr', b'"2019-02-30"^^xsd:date', b'"1e999"^^xsd:double', b'"x"^^<>',
    b"@base <http://x/> .", b"@prefix kg: <urn:x#> .", b"BASE <x>", b"GRAPH <urn:g> { }",
    b"<< <urn:a> <urn:b> <urn:c> >>", b"a kg:Fact ;", b"rdf:subject", b"owl:sameAs",
    b'{"@context": "https://schema.org/"}', b'"@id": 7', b'"@graph": {}', b"rdf:nodeID='x'",
    b"kg:confidence 9", b'kg:confidence "x"', b"kg:Actual", b"prov:wasDerivedFrom <#char=9,1>",
)  # fmt: skip
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
NAMES = (
    "Nordil", "Vasco", "Hexo", "Orvane", "nordi", "Jeanne Ferrand", "", " ", "\t", "*", "?", "'",
    '"', "\\", "} . ?x ?y ?z . {", "<urn:a>", "https://pressgraph.example/id/o/nordil", "o:nordil",
    "é" * 400, "\u202e", "\x1b[31m", "=1+1", "org:Nordil", "person: Jeanne Ferrand", "siren:1",
    "siren:552120222", "lei:X", "wikidata:Q1", "#", "article:projets", "%s{0}", "\ud83c", "\x00",
    "kg:Company", "a\nb", "\u2028", "-x", "--", "Nordil\u0301", "ſ", "İ",
)  # fmt: skip
QUESTIONS = (
    "about", "partners-of", "plans", "deals", "evidence", "said-by", "sources", "positions",
    "market-shares", "ownership-chains", "disagreements", "denials", "news", "board-links",
    "companies-by-area", "partner-of", "x",
)  # fmt: skip
DATES = ("2019", "2019-06", "2019-06-11", "2019-13", "hier", "", "-1", "2019-06-11T00:00:00Z")


def clean(argument: str) -> str:
    """Return an argument as a shell can give one."""
    return argument.replace("\0", "").encode("utf-8", "surrogateescape").decode() \
        if not any("\ud800" <= char < "\udc80" for char in argument) else argument.replace(
            "\ud83c", "\udcff").replace("\0", "")  # fmt: skip


def pick(rng: random.Random, *options: list[str], chance: float = 0.3) -> list[str]:
    """Return some of some options."""
    return [clean(part) for option in options if rng.random() < chance for part in option]


def make_bytes(rng: random.Random, seeds: dict[str, bytes], tokens: tuple[bytes, ...]) -> bytes:
    """Return a seed with faults, two seeds in one, or what no seed has."""
    match rng.randrange(12):
        case 0:
            return b"".join(rng.choices(tokens, k=rng.randrange(40)))
        case 1:
            return rng.randbytes(rng.randrange(300))
        case 2:
            one, two = rng.choice([*seeds.values()]), rng.choice([*seeds.values()])
            cut, end = rng.randint(0, len(one)), rng.randint(0, len(two))
            return one[:cut] + two[end:]
        case _:
            return mutate(rng, rng.choice([*seeds.values()]), tokens)


def name_file(rng: random.Random, name: str, endings: tuple[str, ...]) -> str:
    """Return a name with a seed's ending or another one."""
    ending = "".join(PurePath(name).suffixes) if rng.random() < 0.7 else rng.choice(endings)
    return rng.choice(("x", "x", "x", "d\u00e9p\u00eache 1", "x=y;z", "a.b")) + ending


def make_article(rng: random.Random, seeds: Seeds) -> Fuzzed:
    """Return a file of articles with faults, and a verb that reads it."""
    source = rng.choice([*seeds.articles])
    few = {source: seeds.articles[source]} if rng.random() < 0.7 else seeds.articles
    name, data = name_file(rng, source, ENDINGS), make_bytes(rng, few, TOKENS)
    files = {name: data}
    given, stdin = [name], b""
    if rng.random() < 0.2:
        files["y.fr.txt"] = b"Valcorne ach\xc3\xa8te Brisol en mai.\n"
        given.append("y.fr.txt")
    if rng.random() < 0.15:
        given, stdin = ["-"], data
    options = pick(
        rng, ["--split"], ["--skip"], ["--lang", rng.choice(("fr", "en", "de"))],
        ["--text-field", rng.choice(("text", "b", ""))], ["--min-confidence", "0.9"],
        ["--encoding", rng.choice(("utf-8", "cp850", "utf-16", "latin-1", "x"))], chance=0.12,
    )  # fmt: skip
    told = pick(rng, ["--date", rng.choice(DATES)], ["--publisher", rng.choice(NAMES)],
                ["--no-text"], chance=0.1)  # fmt: skip
    if rng.random() < 0.1:
        files["meta.csv"] = mutate(rng, b"file,date,title,lang\nx.txt,2024-03-12,T,fr\n")
        told += ["--meta", "meta.csv"]
    match rng.randrange(8):
        case 0:
            commands = [["facts", *given, *options]]
        case 1:
            commands = [["build", *given, "--each", "graphs", *options, *told, "--workers", "1"]]
        case 2:
            build = ["build", *given, "--store", "made", *options, *told, "--workers", "1"]
            commands = [build, build] if rng.random() < 0.3 else [build]
        case _:
            commands = [["build", *given, "-o", "out.ttl", *options, *told, "--workers", "1"]]
            if rng.random() < 0.1:
                commands.append(["check", "out.ttl"])
    return Fuzzed("article", files, commands, stdin=stdin)


#: Terms that are right, and that no graph of ours would have where they are put.
ODD = (
    "<urn:a>", "_:b", '""', '"x"@fr', '"x\\ny"', '"abc"^^<http://www.w3.org/2001/XMLSchema#date>',
    '"2019-02-30"^^<http://www.w3.org/2001/XMLSchema#date>', '"-0"', '"9e99"', '"NaN"', '"=1+1"',
    '"-1"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"\\u0007\\u202E"', '"7"^^<urn:x>',
    '"1e999"^^<http://www.w3.org/2001/XMLSchema#double>', "<urn:a#char=9,1>", "<urn:a#char=,>",
    '"12"^^<http://www.w3.org/2001/XMLSchema#integer>', '"true"', f'"{"é" * 3_000}"',
    "<https://w3id.org/pressgraph/ontology#Actual>", "<https://w3id.org/pressgraph/ontology#Fact>",
    "<https://w3id.org/pressgraph/ontology#Claim>", "<https://w3id.org/pressgraph/ontology#x>",
    "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>", "<javascript:alert(1)>", "<file:///etc>",
    "<https://w3id.org/pressgraph/ontology#partnerOf>", "<https://pressgraph.example/id/o/nordil>",
)  # fmt: skip
TERM = re.compile(r'<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?')


def mix_terms(rng: random.Random, text: str) -> bytes:
    """Return N-Triples or N-Quads that are by the book, and say what no graph of ours would."""
    rows = [TERM.findall(line) for line in text.splitlines()]
    kept = [row for row in rows if len(row) >= 3 and rng.random() < rng.choice((0.6, 0.97, 1.0))]
    for _ in range(rng.choice((1, 2, 4, 12, 60))):
        if not kept:
            break
        row, other = rng.choice(kept), rng.choice(kept)
        at = rng.choice((0, 1, 2, 2, len(row) - 1))
        told = rng.choice((other[at if at < len(other) else 2], rng.choice(other), rng.choice(ODD)))
        if (told.startswith('"') and at != 2) or (told.startswith("_") and at == 1):
            continue
        if rng.random() < 0.3:
            row = [*row]
            kept.append(row)
        row[at] = told
    return "".join(f"{' '.join(row)} .\n" for row in kept).encode()


def make_graph(rng: random.Random, seeds: Seeds) -> Fuzzed:
    """Return a graph with faults, and a verb that asks, draws, checks or exports it."""
    source = rng.choice([*seeds.graphs])
    few = {source: seeds.graphs[source]} if rng.random() < 0.75 else seeds.graphs
    name, data = name_file(rng, source, GRAPH_ENDINGS), make_bytes(rng, few, TERMS)
    if rng.random() < 0.45:
        name, form = rng.choice(
            (("x.nt", "nordil-nt.nt"), ("x.nq", "nordil-nq.nq"), ("x.nt", "press.nt"))
        )
        data = mix_terms(rng, seeds.graphs[form].decode())
    files, stdin, graph = {name: data}, b"", name
    if rng.random() < 0.15:
        stdin, graph = data, "-"
    options = pick(rng, ["--strict"], ["--from", rng.choice((*SYNTAXES, "x"))],
                   ["--base-in", rng.choice(("http://b.example/", "x", "urn:a"))],
                   chance=0.12)  # fmt: skip
    match rng.randrange(10):
        case 0 | 1:
            form = rng.choice(("csv", "json", "xml", "table", "tsv"))
            command = ["query", graph, "SELECT * { ?s ?p ?o } LIMIT 20", "--format", form]
        case 2:
            command = ["query", graph, rng.choice(QUESTIONS), "--format", "csv"]
        case 3 | 4 | 5:
            form = rng.choice(FORMATS)
            command = ["export", graph, "--to", form, "-o", f"out.{form}"]
            command += pick(rng, ["--entail"], ["--excel"], ["--min-confidence", "0.5"], chance=0.1)
        case 6:
            command = ["draw", graph, "-o", "out.html", *pick(rng, ["--focus", "Nordil"])]
        case 7:
            command = ["check", graph]
        case 8:
            files["other.ttl"] = seeds.graphs["nordil.ttl"]
            command = ["diff", graph, "other.ttl"]
        case _:
            verb = rng.choice((["central"], ["path", "Nordil", "Vasco"], ["communities"]))
            command = rng.choice((["network", graph, *verb], ["explain", graph, "Nordil", "Vasco"],
                                  ["claims", graph]))  # fmt: skip
    return Fuzzed("graph", files, [[*command, *options]], stdin=stdin)


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


ROW = b"left\tis\tright\tin\trelation\tvalue\twhy\tby\ton\n"
LINES = (
    b"Nordil\tsame\tVasco", b"Nordil\tdifferent\tVasco", b"Nordil\tunsure\tHexo",
    b"Hexo\tcall\tHexo SA", b"Hexo\tclass\tPublicBody", b"Orvane\tdrop\t", b"# remarque", b"",
    b"Nordil\twrong\tOrvane\t\tacquired\t", b"Nordil\twrong\t\t\tmarketShare\t12",
    b"article:projets\tsame\tarticle:postes", b"siren:552120222\tsame\tNordil", b"lei:X\tsame\ta",
    b"person:Jeanne Ferrand\tdifferent\tperson:Jeanne Ferrand\tpostes",
    b"Vasco\tsector\tNAFRev2:27.20Z", b"Belmar\tsame\tOrvane\tprojets-*",
    b"https://pressgraph.example/id/o/nordil\tsame\tHexo",
)  # fmt: skip
CELLS = (
    *TOKENS, b"\t", b"\t\t", b"same", b"different", b"call", b"class", b"wrong", b"*", b"[a-", b"?",
    b"Nordil", b"Vasco", b"org:", b"2026-13-01", b"person:Nordil", b"article:", b"urn:x", b"http://",
)  # fmt: skip


def make_decision(rng: random.Random, seeds: Seeds) -> Fuzzed:
    """Return a file of decisions with faults beside a store, or a judgement of odd names."""
    rows = b"\n".join(rng.choices(LINES, k=rng.randint(0, 6)))
    book = ROW + rows + (b"\n" if rng.random() < 0.8 else b"")
    if rng.random() < 0.8:
        book = mutate(rng, book, CELLS)
    files, store = {"news.who.tsv": book}, ["--store", "news"]
    one, two = clean(rng.choice(NAMES)), clean(rng.choice(NAMES))
    options = pick(rng, ["--force"], ["--why", rng.choice(NAMES)], ["--by", rng.choice(NAMES)],
                   chance=0.2)  # fmt: skip
    scope = pick(rng, ["--in", rng.choice(("postes", "pr*", "[", ""))], chance=0.3)
    match rng.randrange(9):
        case 0 | 1 | 2:
            commands = [["resolve", "news", *pick(rng, ["--force"], chance=0.2)]]
        case 3:
            verb = rng.choice(("same", "different", "unsure"))
            commands = [[verb, one, two, *store, *scope, *options]]
        case 4:
            commands = [[rng.choice(("call", "class")), one, rng.choice((two, "Company")), *store]]
        case 5:
            commands = [["drop", one, *store, *scope, *options], ["undo", *store]]
        case 6:
            relation = rng.choice(("acquired", "partnerOf", "holdsPosition", "x"))
            wrong = ["wrong", one, relation, two, *store, *scope]
            commands = [wrong + pick(rng, ["--value", rng.choice(NAMES)])]
        case 7:
            files["table.csv"] = mutate(rng, b"subject_id,predicate_id,object_id\na,b,c\n", CELLS)
            commands = [["resolve", "news", "--add", "table.csv"]]
        case _:
            commands = [["who", "news", one], ["suspects", "news"], ["claims", "news", "--of", two]]
    return Fuzzed("decision", files, commands, store=True)


def make_marked(rng: random.Random, seeds: Seeds) -> Fuzzed:
    """Return a marked article with faults, or a text that is to be marked."""
    if rng.random() < 0.25:
        source = rng.choice([name for name in seeds.articles if name.endswith(".txt")])
        data = mutate(rng, seeds.articles[source])
        return Fuzzed("marked", {"x.txt": data}, [["mark", "x.txt", "-o", "marked"]])
    tokens = (*TOKENS, b"---\n", b"\n---\n", b"|o1]", b"[", b"|o1+o2*]", b"o1 ", b" actual ",
              b"\\.", b"share=", b"role=\"", b"by=o9",
              b"Organization", b"ended=true", b"?")  # fmt: skip
    return Fuzzed("marked", {"x.ann": mutate(rng, rng.choice(seeds.marked), tokens)})


PATHS = (
    "/", "/ask", "/sparql", "/questions", "/questions/plans", "/questions/about", "/explore",
    "/ontology", "/ontology.ttl", "/ontology.jsonld", "/shapes.ttl", "/areas.ttl", "/names",
    "/search", "/thing", "/claims", "/claim", "/news", "/alike", "/decide", "/reconcile",
    "/reconcile/", "/reconcile/preview", "/reconcile/properties", "/reconcile/suggest/entity",
    "/reconcile/suggest/type", "/reconcile/suggest/property", "/..%2f", "//x", "/%ff", "/x", "*",
)  # fmt: skip
KEYS = (
    "query", "q", "of", "iri", "id", "name", "focus", "depth", "format", "output", "queries",
    "extend", "type", "prefix", "cursor", "limit", "since", "page", "sort", "default-graph-uri",
    "named-graph-uri", "update", "key", "is", "left", "right", "in", "relation", "value", "lang",
    "voices", "modality", "area", "from", "to", "offset", "callback",
)  # fmt: skip
VALUES = (
    "SELECT ?s { ?s a kg:Company }", "ASK {}", "DESCRIBE o:vasco", "SELECT * { SERVICE <x> {} }",
    "plans", "json", "csv", "ttl", "xml", "x", "-1", "0", "99999999999999999999", "1e9", "NaN", "٣",
    "same", "wrong", "undo", "acquired", "fr", "en", "2019-06-11", "Company", "\x00", "%", "%ff",
    '{"q0": {"query": "Nordil"}}', '{"q0": {"query": 7, "limit": "x"}}', '{"q0": []}', "[]", "null",
    '{"ids": ["o:nordil"], "properties": [{"id": "acquired"}]}', '{"ids": 7}', "{", "\ud800"[:0],
    '{"q0": {"query": "a", "type": [], "properties": [{"pid": 1, "v": {"id": []}}]}}',
    '{"ids": [[]], "properties": [{"id": {}, "settings": {"limit": -1}}]}',
)  # fmt: skip
HEADERS = (
    "Accept: text/turtle", "Accept: text/html", "Accept: */*;q=x", "Accept: text/csv;q=0",
    "Accept: " + ",".join(["a/b"] * 500), "Accept-Encoding: gzip", "Accept-Language: fr",
    "Origin: https://a.example", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate",
    "Content-Type: application/x-www-form-urlencoded", "Content-Type: application/sparql-query",
    "Content-Type: application/json", "Content-Type: multipart/form-data; boundary=x",
    "Content-Type: \xff", "Cookie: kg-80=x; ;=; a", "Range: bytes=0-1", "Expect: 100-continue",
    "Transfer-Encoding: chunked", "Content-Length: 9999", "Content-Length: -1",
    "Host: evil.example",
    "Host: ", "Host: 127.0.0.1:x", "Host: [", "If-None-Match: *", "X-Forwarded-Host: a",
    "Upgrade: h2c",
    "Connection: upgrade", "X: " + "y" * 9000, ": x", "no colon",
)  # fmt: skip


def make_request(rng: random.Random, seeds: Seeds) -> Fuzzed:
    """Return some raw requests to a server of the store, most of them nearly right."""
    return Fuzzed("request", requests=[make_raw(rng, seeds) for _ in range(3)])


def make_raw(rng: random.Random, seeds: Seeds) -> bytes:
    """Return the bytes of a request."""
    values = (*VALUES, *NAMES, *(clean(text) for text in seeds.queries[:4]))
    given = "&".join(
        f"{rng.choice(KEYS)}={quote(rng.choice(values), errors='replace')}"
        for _ in range(rng.choice((0, 1, 1, 2, 3, 250)) if rng.random() < 0.9 else 1)
    )
    post = rng.random() < 0.35
    method = "POST" if post else rng.choice(("GET",) * 8 + ("HEAD", "OPTIONS", "PUT", "get", "X"))
    path = rng.choice(PATHS)
    target = path if post and rng.random() < 0.6 else f"{path}?{given}"
    body = given.encode() if post else b""
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost"]
    lines += rng.choices(HEADERS, k=rng.choice((0, 1, 2)))
    if post:
        lines += ["Content-Type: application/x-www-form-urlencoded"] if rng.random() < 0.8 else []
        lines.append(f"Content-Length: {len(body)}")
        if rng.random() < 0.5:
            lines += ["Sec-Fetch-Site: same-origin", "Cookie: COOKIE"]
            body += b"&key=KEY" if rng.random() < 0.8 else b""
            lines[-3] = (
                f"Content-Length: {len(body) - 3 + 64 if body.endswith(b'KEY') else len(body)}"
            )
    raw = "\r\n".join([*lines, "", ""]).encode("utf-8", "replace") + body
    return mutate(rng, raw) if rng.random() < 0.25 else raw


#: Kind → how one is made.
MAKERS: dict[str, Callable[[random.Random, Seeds], Fuzzed]] = {
    "article": make_article, "graph": make_graph, "query": make_query, "decision": make_decision,
    "request": make_request, "marked": make_marked,
}  # fmt: skip


def make_input(kind: str, seed: int, number: int, seeds: Seeds) -> Fuzzed:
    """Return the input that a kind, a seed and a number make, the same each time."""
    return MAKERS[kind](random.Random(f"{kind} {seed} {number}"), seeds)
