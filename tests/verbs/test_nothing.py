"""Success over nothing is told: what the graph holds instead, and exit 3 if that is to fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from kg.cli import main
from kg.files.writing import write_text
from kg.graph.rdf import write_turtle
from kg.model import Entity, Fact
from kg.verbs.tables import details

OTHERS = (
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
    '<urn:a> a skos:Concept ; skos:prefLabel "Bois"@fr . <urn:b> a skos:Concept .'
)
NAMED = (
    "@prefix kg: <https://w3id.org/pressgraph/ontology#> . @prefix s: <https://schema.org/> ."
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
    "<urn:one> a kg:Article ; s:mentions <urn:x> . <urn:two> a kg:Article ; s:mentions <urn:x> ."
    '<urn:x> a kg:Company ; rdfs:label "Lum\u00e9o"@fr .'
)
HELD = "it holds 3 triples: 2 skos:Concept"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run the command; return its exit code, what it prints and what it says."""
    with pytest.raises(SystemExit) as done:
        main(words)
    printed = capsys.readouterr()
    return int(done.value.code or 0), printed.out, printed.err


@pytest.fixture
def others(tmp_path: Path) -> Path:
    """Return somebody else's graph, without a fact."""
    write_text(tmp_path / "others.ttl", OTHERS)
    return tmp_path / "others.ttl"


@pytest.mark.parametrize(
    "words",
    [
        ["draw", "{}", "-o", "{}.html"],
        ["check", "{}"],
        ["diff", "{}", "{}"],
        ["claims", "{}"],
        ["claims", "{}", "--format", "json"],
        ["network", "{}", "central"],
        ["query", "{}", "partners-of"],
        ["query", "{}", "partners-of", "--format", "csv"],
        *(
            ["export", "{}", "--to", form, "-o", "{}.out"]
            for form in ("csv", "graphml", "gexf", "cypher", "html", "claims", "facts", "ftm")
        ),
    ],
    ids=" ".join,
)
def test_a_graph_without_facts_is_told(
    capsys: pytest.CaptureFixture[str], others: Path, words: list[str]
) -> None:
    given = [word.format(others) for word in words]
    for switch, code in (([], 0), (["--fail-empty"], 3)):
        ended, _, said = run(capsys, *given, *switch)
        assert ended == code
        assert "no fact (kg:Fact)" in said
        assert HELD in said
        assert len(said.splitlines()) == 1


def test_what_others_define_is_said_to_be_drawn(
    capsys: pytest.CaptureFixture[str], others: Path, tmp_path: Path
) -> None:
    page = str(tmp_path / "page.html")
    assert "what these say is drawn" in run(capsys, "draw", str(others), "-o", page)[2]
    write_text(others, "<urn:a> <urn:b> <urn:c> .")
    assert "is drawn" not in run(capsys, "draw", str(others), "-o", page)[2]


@pytest.mark.parametrize("verb", [["facts"], ["build", "-o", "-"]])
def test_a_graph_is_no_article(
    capsys: pytest.CaptureFixture[str], others: Path, verb: list[str]
) -> None:
    ended, printed, said = run(capsys, *verb, str(others))
    assert (ended, printed) == (1, "")
    assert "a graph, and no article; ask it with: kg query" in said


@pytest.mark.parametrize("name", ["foaf:name", "schema:name", "skos:prefLabel", "rdfs:label"])
def test_things_of_others_are_found_by_their_names(
    capsys: pytest.CaptureFixture[str], others: Path, name: str
) -> None:
    terms = (
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix schema: <https://schema.org/> ."
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
    )
    write_text(others, f'{terms} <urn:x> a <urn:C> ; {name} "Lum\u00e9o" .')
    ended, _, said = run(capsys, "claims", str(others), "--of", "lumeo")
    assert ended == 0
    assert "no fact (kg:Fact)" in said


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
def test_a_query_tells_what_the_graph_lacks(
    capsys: pytest.CaptureFixture[str], others: Path, form: str
) -> None:
    query = "SELECT ?x { ?x a skos:Concept ; foaf:name ?name }"
    ended, _, said = run(capsys, "query", str(others), query, "--format", form, "--fail-empty")
    assert ended == 3
    assert f"has no foaf:name; {HELD}" in said
    query = "SELECT ?x ?none { ?x a skos:Concept }"
    ended, _, said = run(capsys, "query", str(others), query, "--format", form, "--fail-empty")
    assert (ended, said) == (0, "")


def test_triples_and_yes_or_no(capsys: pytest.CaptureFixture[str], others: Path) -> None:
    for query, code in (
        ("CONSTRUCT WHERE { ?x a foaf:Person }", 3),
        ("CONSTRUCT WHERE { ?x a skos:Concept }", 0),
        ("DESCRIBE <urn:nobody>", 3),
        ("ASK { ?x a foaf:Person }", 0),  # no is an answer
    ):
        assert run(capsys, "query", str(others), query, "--fail-empty")[0] == code


@pytest.mark.parametrize(
    "words",
    [
        ["explain", "{}", "Luméo"],
        ["claims", "{}", "--of", "Luméo"],
        ["query", "{}", "about", "--of", "Luméo"],
        ["network", "{}", "neighbours", "Luméo"],
    ],
    ids=" ".join,
)
def test_what_is_named_without_a_fact_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str]
) -> None:
    write_text(tmp_path / "named.ttl", NAMED)
    given = [word.format(tmp_path / "named.ttl") for word in words]
    ended, _, said = run(capsys, *given, "--fail-empty")
    assert ended == 3
    assert "'Luméo': named in 2 articles, no fact" in said


def test_what_is_found_is_not_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, graph: Graph
) -> None:
    path = str(tmp_path / "g.ttl")
    write_text(path, write_turtle(graph))
    for words in (
        ["check", path],
        ["diff", path, path],
        ["claims", path],
        ["query", path, "about"],
        ["export", path, "--to", "gexf"],
        ["export", path, "-o", f"{path}.nt"],
    ):
        ended, _, said = run(capsys, *words, "--fail-empty")
        assert (ended, said) == (0, ""), words


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.graphml", "<?xml"),
        ("a.rdf", "<?xml"),
        ("a.jsonld", "{"),
        ("a.nq", "<"),
        ("a.cypher", ""),
    ],
)
def test_the_output_s_ending_tells_the_format(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, graph: Graph, name: str, begins: str
) -> None:
    write_text(tmp_path / "g.ttl", write_turtle(graph))
    target = tmp_path / name
    assert run(capsys, "export", str(tmp_path / "g.ttl"), "-o", str(target))[0] == 0
    assert target.read_text(encoding="utf-8").startswith(begins)
    ended, _, said = run(capsys, "export", str(tmp_path / "g.ttl"), "-o", "what.ever")
    assert ended == 2
    assert "give --to" in " ".join(said.split())


def test_graphs_are_read_as_they_are_said_to_be(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write_text(tmp_path / "a", "<> a <#A> .")
    write_text(tmp_path / "b.ttl", "<urn:b> a <urn:B> , <http://b.example/[]> .")
    ask = "SELECT ?c { ?x a ?c } ORDER BY ?c"
    words = ["query", str(tmp_path / "a"), ask, "--format", "csv", "--from", "ttl"]
    words += ["--base-in", "http://a.example/x", "--with", str(tmp_path / "b.ttl")]
    ended, out, said = run(capsys, *words)
    assert (ended, out.split()) == (0, ["c", "http://a.example/x#A", "urn:B"])
    assert "<http://b.example/[]>" in said
    ended, _, said = run(capsys, *words, "--strict")
    assert ended == 1
    assert "b.ttl:1:" in said


def test_details_are_what_qualifies_a_fact() -> None:
    one, other = Entity("Luméo", "Company"), Entity("Vasta", "Company")
    known: dict[str, str | int] = {"role": "présidente", "date": "2019"}
    fact = Fact(one, "holdsPosition", other, qualifiers=known, attributed_to=other)
    assert details(fact) == "date 2019; présidente; according to Vasta"
