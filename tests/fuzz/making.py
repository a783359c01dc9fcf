"""How fuzzed inputs are made: each kind from its seeds, and from a number that makes it again."""

from __future__ import annotations

import random
from collections.abc import Callable

from fuzz_graphs import make_graph
from fuzz_picks import DATES, NAMES, clean, make_bytes, name_file, pick
from fuzz_queries import make_query
from fuzz_requests import make_request
from fuzzed import TOKENS, Fuzzed, mutate
from seeds import Seeds

ENDINGS = (
    ".txt", ".fr.txt", ".en.txt", ".html", ".xhtml", ".mhtml", ".md", ".pdf", ".docx", ".odt",
    ".eml", ".mbox", ".srt", ".vtt", ".rss", ".xml", ".json", ".jsonl", ".csv", ".tsv", ".gz",
    ".zip", "",
)  # fmt: skip


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


#: Kind → how one is made.
MAKERS: dict[str, Callable[[random.Random, Seeds], Fuzzed]] = {
    "article": make_article, "graph": make_graph, "query": make_query, "decision": make_decision,
    "request": make_request, "marked": make_marked,
}  # fmt: skip


def make_input(kind: str, seed: int, number: int, seeds: Seeds) -> Fuzzed:
    """Return the input that a kind, a seed and a number make, the same each time."""
    return MAKERS[kind](random.Random(f"{kind} {seed} {number}"), seeds)
