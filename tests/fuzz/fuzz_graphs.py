"""Graphs with faults: of their syntax, or by the book and of what no graph of ours says."""

from __future__ import annotations

import random
import re

from fuzz_picks import QUESTIONS, make_bytes, name_file, pick
from fuzzed import TOKENS, Fuzzed
from seeds import Seeds

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
