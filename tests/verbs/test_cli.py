"""Each verb does what it says; what a user gets wrong ends in one line and spoils nothing."""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
import pty
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from conftest import TEXT
from rdflib import Graph

import kg
from kg.graph.rdf import build_graph, write_turtle
from kg.graph.vocabularies import KG
from kg.model import Reading
from kg.store.engine import load_graph
from kg.wordings import tell_count

Run = Callable[..., tuple[int, str, str]]
READER = importlib.import_module("kg.reader")
KG_COMMAND = [sys.executable, "-c", "from kg.cli import main; main()"]


pytestmark = pytest.mark.usefixtures("hand_made")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "nordil.fr.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def built(tmp_path: Path, graph: Graph) -> Path:
    path = tmp_path / "built.ttl"
    path.write_text(write_turtle(graph), encoding="utf-8")
    return path


def test_build_writes_a_graph_and_tells_its_facts(run: Run, article: Path, tmp_path: Path) -> None:
    code, out, err = run("build", article, "-o", tmp_path / "g.ttl")
    assert (code, err) == (0, "")
    assert out.splitlines()[0].startswith("Nordil  partnerOf  Vasco  (actual)  « a signé avec")
    assert out.splitlines()[-1] == "nordil: 17 facts, 12 things"
    assert (None, None, KG.Fact) in load_graph(tmp_path / "g.ttl")


def test_build_to_stdout_keeps_the_summary_out_of_it(run: Run, article: Path) -> None:
    code, out, err = run("build", article)
    assert code == 0
    assert out.startswith("@prefix")
    assert len(Graph().parse(data=out, format="turtle")) > 200
    assert err.splitlines()[-1] == "nordil: 17 facts, 12 things"


def test_build_puts_several_articles_in_one_graph(run: Run, article: Path, tmp_path: Path) -> None:
    other = tmp_path / "copie.fr.txt"
    other.write_text(TEXT, encoding="utf-8")
    code, out, _ = run("build", article, other, "-o", tmp_path / "g.ttl")
    assert code == 0
    assert out.splitlines() == ["nordil: 17 facts, 12 things", "copie: 17 facts, 12 things"]
    assert len(list(load_graph(tmp_path / "g.ttl").subjects(None, KG.Article))) == 2


def test_build_each_writes_a_graph_an_article(run: Run, article: Path, tmp_path: Path) -> None:
    other = tmp_path / "copie.fr.txt"
    other.write_text(TEXT, encoding="utf-8")
    assert run("build", article, other, "--each", tmp_path / "graphs")[0] == 0
    assert sorted(path.name for path in (tmp_path / "graphs").iterdir()) == [
        "copie.ttl",
        "nordil.ttl",
    ]


def test_build_takes_a_base_and_leaves_the_text_out(run: Run, article: Path) -> None:
    _, out, _ = run("build", article, "--base", "https://news.example/", "--no-text")
    assert "https://news.example/org/" in out
    assert "https://pressgraph.example/" not in out
    assert "nif:isString" not in out
    assert "nif:anchorOf" in out


def test_facts_are_json_lines_in_a_pipe(run: Run, article: Path) -> None:
    code, out, _ = run("facts", article)
    records = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert len(records) == 17
    share = next(one for one in records if one["relation"] == "marketShare")
    assert (share["subject"], share["object"], share["object_class"]) == ("Nordil", 12.5, None)
    assert share["qualifiers"] == {"asOf": "2018", "market": "batteries", "rank": 1}
    for record in records:
        for part in record["evidence"]:
            assert TEXT[part["begin"] : part["end"]] == part["quote"]


def test_query_prints_a_table(run: Run, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = run("query", built, "partners-of", "--of", "nordil")
    lines = [line.split() for line in out.splitlines() if line.strip()]
    assert code == 0
    assert lines[0] == "organization partner modality confidence voices".split()
    assert lines[2][:3] == ["Nordil", "Vasco", "actual"]


def test_query_prints_the_forms_of_sparql(run: Run, built: Path) -> None:
    asked = ("query", built, "subsidiaries-of", "--of", "Hexo", "--format")
    title, words = "Nordil et Vasco signent un accord", "Nordil, filiale de Hexo"
    row = ["Hexo", "Nordil", "actual", "0.9", "1", title, "", words]
    assert list(csv.reader(run(*asked, "csv")[1].splitlines()))[1:] == [row]
    typed = ['"Hexo"@fr', '"Nordil"@fr', '"actual"', "0.9", "1", f'"{title}"', '""', f'"{words}"']
    assert run(*asked, "tsv")[1].splitlines()[1].split("\t") == typed
    (binding,) = json.loads(run(*asked, "json")[1])["results"]["bindings"]
    assert binding["subsidiary"] == {"type": "literal", "value": "Nordil", "xml:lang": "fr"}
    (literal,) = ElementTree.fromstring(run(*asked, "xml")[1]).findall(
        ".//{*}binding[@name='subsidiary']/{*}literal"
    )
    assert literal.text == "Nordil"
    assert run(*asked, "ttl")[0] == 1


def test_query_answers_ask_and_construct(run: Run, built: Path) -> None:
    assert run("query", built, "ASK { ?a kg:partnerOf ?b }")[1] == "yes\n"
    assert run("query", built, "ASK { ?a kg:mergedWith ?b }")[1] == "no\n"
    assert json.loads(run("query", built, "ASK {}", "--format", "json")[1])["boolean"] is True
    construct = ("query", built, "CONSTRUCT WHERE { ?a kg:partnerOf ?b }")
    triple = "o:nordil kg:partnerOf o:vasco ."
    assert triple in run(*construct)[1]
    assert triple in run(*construct, "--format", "ttl")[1]
    for form, syntax in (("json", ox.RdfFormat.JSON_LD), ("xml", ox.RdfFormat.RDF_XML)):
        out = run(*construct, "--format", form)[1]
        assert len(list(ox.parse(out.encode(), format=syntax))) == 1
    code, out, err = run(*construct, "--format", "csv")
    assert (code, out) == (1, "")
    assert err == "kg: a graph cannot be written as csv; take ttl, json or xml\n"


def test_query_is_read_from_a_file_and_from_stdin(
    run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "q.rq").write_text("ASK { ?a kg:partnerOf ?b }", encoding="utf-8")
    assert run("query", built, tmp_path / "q.rq") == (0, "yes\n", "")
    stream = io.TextIOWrapper(io.BytesIO(b"ASK { ?a kg:mergedWith ?b }"))
    monkeypatch.setattr(sys, "stdin", stream)
    assert run("query", built, "-") == (0, "no\n", "")
    assert run("query", "-", "-")[0] == 2


def test_query_takes_parameters(run: Run, built: Path) -> None:
    asked = ("query", built, "plans", "--format", "csv")
    assert len(run(*asked)[1].splitlines()) == 3
    assert len(run(*asked, "--modality", "possible")[1].splitlines()) == 2
    assert len(run(*asked, "--min-confidence", "1", "--since", "2099")[1].splitlines()) == 1
    assert run(*asked, "--in", "Maroc")[2] == (
        "kg: the question 'plans' takes no --in; it takes --of, --since, --min-confidence, "
        "--modality\n"
    )


def test_query_that_runs_away_is_stopped(built: Path) -> None:
    runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    command = [*KG_COMMAND, "query", str(built), runaway, "--timeout", "0.5"]
    begin = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "kg: the query ran for 0.5 s and was stopped; ask for less, or allow more with --timeout\n"
    )
    assert time.monotonic() - begin < 20


def test_query_without_answer_says_so(run: Run, built: Path) -> None:
    assert run("query", built, "partners-of", "--of", "Orvane")[:2] == (0, "no answer\n")


def test_query_alone_lists_the_questions(
    run: Run, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    code, out, _ = run("query", built)
    assert code == 0
    assert "partners-of" in out
    assert "kg query graph.ttl evidence --of Alibaba --and Bolloré" in out


def test_draw_writes_a_page(run: Run, built: Path, tmp_path: Path) -> None:
    assert run("draw", built, "-o", tmp_path / "p.html", "--title", "Nordil")[::2] == (0, "")
    assert "Nordil" in (tmp_path / "p.html").read_text(encoding="utf-8")


def drawn(path: Path) -> str:
    """Return what a page holds, as JSON."""
    page = path.read_text(encoding="utf-8")
    return page.partition('<script type="application/json" id="data">')[2].partition("</script>")[0]


PARTNERS = "CONSTRUCT WHERE { ?a kg:partnerOf ?b }"


@pytest.mark.parametrize(
    ("options", "there", "not_there"),
    [
        (["--focus", "chine"], ["Vasco", "Chine"], ["Hexo", "Maroc"]),
        (["--focus", "chine", "--depth", "2"], ["Chine", "Hexo", "Orvane"], ["Maroc", "batteries"]),
        (["--query", PARTNERS], ["Nordil", "Vasco"], ["Hexo", "Chine", "Maroc"]),
        (["--query", "q.rq"], ["Nordil", "Vasco"], ["Hexo", "Chine", "Maroc"]),
        (["--query", "DESCRIBE o:nordil o:vasco", "--focus", "Chine"], ["Vasco"], ["Hexo"]),
    ],
)
def test_draw_takes_a_part(
    run: Run,
    built: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    there: list[str],
    not_there: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("q.rq").write_text(PARTNERS, encoding="utf-8")
    query = [option.replace("org:", "https://pressgraph.example/id/org/") for option in options]
    query = [re.sub(r"https:\S+", r"<\g<0>>", option) for option in query]
    assert run("draw", built, "-o", "p.html", *query) == (0, "", "")
    names = {node["label"] for node in json.loads(drawn(Path("p.html")))["nodes"]}
    assert names >= set(there)
    assert not names & set(not_there)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--focus", "Nordill"], "the graph names no 'Nordill'; nearest: Nordil"),
        (["--focus", ""], "the graph names no ''"),
        (["--query", PARTNERS, "--focus", "Maroc"], "the graph names no 'Maroc'"),
        (["--query", "no.rq"], "no.rq: cannot be read: No such file or directory"),
        (["--query", ""], "the query is empty"),
        (["--query", "SELECT * { ?s ?p ?o }"], "says CONSTRUCT or DESCRIBE"),
        (["--query", "CLEAR ALL"], "an update"),
        (["--query", PARTNERS.replace("partner", "rival")], "finds no fact"),
        (["--lang", "tlh"], "page language 'tlh'"),
    ],
)
def test_wrong_part_ends_in_one_line(
    run: Run, built: Path, tmp_path: Path, options: list[str], said: str
) -> None:
    output = tmp_path / "old.html"
    output.write_text("ancien", encoding="utf-8")
    code, out, err = run("draw", built, "-o", output, *options)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert said in err
    assert output.read_text(encoding="utf-8") == "ancien"


@pytest.mark.parametrize("named", [True, False])
def test_draw_opens_the_browser(
    run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open_new_tab", lambda address: opened.append(address) or True)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    output = ["-o", tmp_path / "une page.html"] if named else []
    code, out, err = run("draw", built, *output, "--open")
    assert (code, out) == (0, "")
    [page] = list(tmp_path.rglob("*.html"))
    assert opened == [page.as_uri()]
    assert err == ("" if named else f"kg: the page is {page}\n")
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_draw_without_a_browser_says_where_the_page_is(
    run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webbrowser.open_new_tab", lambda address: False)
    page = tmp_path / "p.html"
    said = f"kg: {page}: no browser was found to open it; open it yourself\n"
    assert run("draw", built, "-o", page, "--open") == (1, "", said)
    assert page.exists()


@pytest.mark.parametrize(("option", "lang"), [(["--lang", "fr"], "fr"), (["--lang", "en"], "en")])
def test_draw_speaks_a_language(run: Run, built: Path, option: list[str], lang: str) -> None:
    code, out, _ = run("draw", built, *option)
    assert code == 0
    assert f'<html lang="{lang}">' in out


def test_check_tells_the_facts_or_the_violations(run: Run, built: Path, article: Path) -> None:
    code, out, err = run("check", built, "--article", article)
    assert (code, err) == (0, ""), out
    assert out.startswith("ok: 17 facts, ")
    turtle = built.read_text(encoding="utf-8")
    assert "promet une usine" in turtle
    built.write_text(
        turtle.replace('nif:anchorOf "promet une usine', 'nif:anchorOf "promet deux usines'),
        encoding="utf-8",
    )
    code, out, err = run("check", built)
    assert code == 1
    assert out
    told = tell_count(len(out.splitlines()), "violation")
    assert err == f"kg: {built}: {told}; {err.partition('; ')[2]}"


def test_score_prints_a_report_and_holds_floors(run: Run, built: Path, tmp_path: Path) -> None:
    gold = tmp_path / "built.json"
    entity = {"id": "n", "type": "Organization", "name": "Nordil"}
    gold.write_text(json.dumps({"entities": [entity], "relations": []}), encoding="utf-8")
    floors = tmp_path / "floors.toml"
    floors.write_text("precision = 0.5", encoding="utf-8")
    code, out, err = run("score", gold, built, "--floors", floors, "--errors")
    assert code == 1
    assert "ALL" in out
    assert "  + Nordil partnerOf Vasco" in out
    assert err == f"kg: under the floors of {floors}: precision 0.000 < 0.500\n"
    floors.write_text("precision = 0", encoding="utf-8")
    assert run("score", gold, built, "--floors", floors)[0] == 0


FAULTS: list[tuple[str, bytes | None, str]] = [
    ("empty.fr.txt", b"", "empty"),
    ("binary.fr.txt", b"\x7fELF\0\0", "binary"),
    ("mac.fr.txt", "Société générale".encode("mac-roman"), "neither UTF-8"),
    ("long.fr.txt", b"mot " * 1_250_000, "over 1,000,000 characters"),
    ("missing.fr.txt", None, "no such file"),
    ("werk.de.txt", b"Der Konzern hat das Werk gekauft und wird es umbauen.", "in German"),
]


@pytest.mark.parametrize(("name", "content", "said"), FAULTS)
def test_wrong_article_ends_in_one_line_and_spoils_nothing(
    run: Run, article: Path, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    wrong, output = tmp_path / name, tmp_path / "old.ttl"
    if content is not None:
        wrong.write_bytes(content)
    output.write_text("ancien", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    folders = ["--each", tmp_path / "graphs"], ["--store", tmp_path / "news"]
    for target in (["-o", output], *folders, []):
        for articles in ([wrong], [wrong, article, "--strict"]):
            code, out, err = run("build", *articles, *target)
            assert (code, out, err.count("\n")) == (1, "", 1)
            assert err.startswith("kg: ")
            assert said in err
    assert output.read_text(encoding="utf-8") == "ancien"
    assert sorted(tmp_path.iterdir()) == before
    assert run("facts", wrong)[0] == 1


@pytest.mark.parametrize(("name", "content", "said"), FAULTS)
def test_wrong_article_is_skipped_and_the_others_are_read(
    run: Run, article: Path, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    wrong = tmp_path / name
    if content is not None:
        wrong.write_bytes(content)
    for option, expected in (([], 4), (["--skip"], 0)):
        code, _, err = run("build", wrong, article, "-o", tmp_path / "g.ttl", *option)
        first, last = err.splitlines()
        assert code == expected
        assert first.startswith(f"kg: skipped: {wrong}") and said in first
        assert last.startswith("kg: 1 article read, 1 skipped (1 ")
    assert (None, None, KG.Fact) in load_graph(tmp_path / "g.ttl")


@pytest.mark.parametrize("verb", ["query", "draw", "check"])
def test_malformed_turtle_ends_in_one_line(run: Run, tmp_path: Path, verb: str) -> None:
    wrong, output = tmp_path / "wrong.ttl", tmp_path / "old.html"
    wrong.write_text("@prefix a: <http://a/> .\na:b a:c", encoding="utf-8")
    output.write_text("ancien", encoding="utf-8")
    more = {"query": ["about"], "draw": ["-o", output], "check": []}[verb]
    code, out, err = run(verb, wrong, *more)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"kg: {wrong}:2:")
    assert output.read_text(encoding="utf-8") == "ancien"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT ?x\nWHERE {", "SPARQL, line 2"),
        ("DELETE WHERE { ?s ?p ?o }", "an update"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("partnersof", "nearest: partners-of"),
    ],
)
def test_wrong_query_ends_in_one_line(run: Run, built: Path, query: str, said: str) -> None:
    before = built.read_bytes()
    code, out, err = run("query", built, query)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert said in err
    assert built.read_bytes() == before


def test_place_that_cannot_be_written_is_told_before_the_work(
    run: Run, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(READER, "read", lambda article: pytest.fail("too late"))
    for target in (tmp_path, tmp_path / "no" / "g.ttl"):
        code, out, err = run("build", article, "-o", target)
        assert (code, out, err.count("\n")) == (1, "", 1)


def test_a_text_is_not_overwritten_by_a_graph(
    run: Run, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = article.read_bytes()
    assert run("build", article, "-o", tmp_path / "graph")[0] == 0
    assert run("build", article, "-o", tmp_path / "graph")[0] == 0  # which is a graph
    monkeypatch.setattr(READER, "read", lambda article: pytest.fail("too late"))
    code, out, err = run("build", "-o", article, article)
    assert (code, out) == (1, "")
    assert err == f"kg: {article}: stands there and is no graph; name another file after -o\n"
    assert article.read_bytes() == before


def test_no_graph_is_written_into_a_store_s_folder(run: Run, article: Path, tmp_path: Path) -> None:
    assert run("build", article, "--store", tmp_path / "news")[0] == 0
    code, _, err = run("build", article, "--each", tmp_path / "news")
    assert code == 2 and "a store; name another folder, or give --store" in " ".join(err.split())
    assert not list((tmp_path / "news").glob("*.ttl"))


def test_articles_of_one_name_are_told_apart_by_their_folders(
    run: Run, article: Path, tmp_path: Path
) -> None:
    other = tmp_path / "fil" / article.name
    other.parent.mkdir()
    other.write_text(TEXT + "Fin.", encoding="utf-8")
    code, _, err = run("build", article, other, article, "--each", tmp_path / "graphs")
    assert (code, err) == (0, "")
    names = sorted(path.name for path in (tmp_path / "graphs").iterdir())
    assert names == sorted(["fil-nordil.ttl", f"{tmp_path.name}-nordil.ttl"])
    assert run("check", tmp_path / "graphs" / "fil-nordil.ttl", "--article", other)[0] == 0


def test_build_puts_articles_into_a_store(run: Run, article: Path, tmp_path: Path) -> None:
    store = tmp_path / "news"
    assert run("build", article, "--store", store) == (
        0,
        "nordil: 17 facts, 12 things: added\n",
        "",
    )
    assert run("build", article, "--store", store)[1].endswith(": unchanged\n")
    article.write_text(TEXT + "Rien de plus.\n", encoding="utf-8")
    assert run("build", article, "--store", store)[1].endswith(": replaced\n")
    assert run("check", store)[1] == "ok: 17 facts, 11 spans exact\n"
    assert run("query", store, "ASK { GRAPH ?g { ?f a kg:Fact } }")[1] == "yes\n"
    assert run("forget", "nordil.fr.txt", "--store", store) == (
        0, "nordil.fr.txt: forgotten (https://pressgraph.example/id/graph/nordil)\n", "",
    )  # fmt: skip
    assert run("query", store, "ASK { ?s ?p ?o }")[1] == "no\n"
    assert run("forget", "nordil", "--store", store)[2].startswith("kg: the store has no article")


@pytest.mark.parametrize(
    "verb",
    [
        ["query", "about", "--of", "Nordil"],
        ["draw", "--focus", "Nordil"],
        ["network", "central"],
        ["explain", "Nordil", "Vasco"],
        ["export", "--to", "nt"],
        ["check"],
    ],
)
def test_every_verb_takes_a_store(
    run: Run, article: Path, built: Path, tmp_path: Path, verb: list[str]
) -> None:
    store = tmp_path / "news"
    run("build", article, "--store", store)
    name, *options = verb
    code, out, err = run(name, store, *options)
    assert (code, err) == (0, "")
    assert "Nordil" in out or "ok: 17 facts" in out
    assert run("diff", store, built)[:2] == (0, "no difference\n")


@pytest.mark.parametrize("form", ["ttl", "trig", "nq", "nt", "jsonld", "ttl12"])
def test_export_reads_back_as_the_same_graph(
    run: Run, built: Path, tmp_path: Path, form: str
) -> None:
    suffix = {"ttl12": "ttl"}.get(form, form)
    path = tmp_path / f"out.{suffix}"
    assert run("export", built, "--to", form, "-o", path) == (0, "", "")
    assert set(load_graph(path)) == set(load_graph(built))


def test_export_of_two_files_is_a_folder(run: Run, built: Path, tmp_path: Path) -> None:
    assert run("export", built, "--to", "csv", "-o", tmp_path / "csv") == (0, "", "")
    assert sorted(path.name for path in (tmp_path / "csv").iterdir()) == ["edges.csv", "nodes.csv"]


def test_export_entails_what_other_ontologies_say(run: Run, built: Path) -> None:
    asked = ("export", built, "--to", "nt")
    parent = "<http://www.w3.org/ns/org#subOrganizationOf>"
    assert parent not in run(*asked)[1]
    assert parent in run(*asked, "--entail")[1]
    assert run("export", built, "--to", "html", "--entail")[0] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["build"],
        ["nothing"],
        ["build", "a.txt", "--unknown"],
        ["build", "a.txt", "-o", "b.ttl", "--each", "c"],
        ["build", "a.txt", "--base", "no iri"],
        ["build", "a.txt", "--base", "https://news.example/id"],
        ["query", "g.ttl", "about", "--format", "yaml"],
        ["query", "g.ttl", "about", "--timeout", "-1"],
        ["build", "a.txt", "-o", "b.ttl", "--store", "c"],
        ["forget", "a"],
        ["export", "g.ttl"],
        ["export", "g.ttl", "--to", "csv"],
        ["score", "gold"],
        ["draw", "g.ttl", "--depth", "2"],
        ["draw", "g.ttl", "--focus", "Nordil", "--depth", "0"],
    ],
)
def test_wrong_usage_exits_with_2(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("Usage: kg")


def test_version_is_told(run: Run) -> None:
    assert run("--version")[:2] == (0, f"kg {kg.__version__}\n")


def test_bug_keeps_its_traceback(run: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(article: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(READER, "read", fail)
    with pytest.raises(RuntimeError, match="a bug"):
        run("build", article)


def test_fault_is_one_line_whatever_the_name(run: Run) -> None:
    code, _, err = run("build", "a\nb\x1b[31m.txt")
    assert (code, err) == (1, "kg: a b[31m.txt: no such file; check the name\n")


def test_a_graph_on_a_terminal_is_said_not_to_be_kept(
    run: Run, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "kg: that was shown, not kept; -o graph.ttl or --store NAME keeps it\n"
    assert told not in run("build", article)[2]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run("build", article)[2].endswith(told)


def on_terminal(arguments: list[str]) -> str:
    """Run the command on a terminal of its own and return what it shows."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([*KG_COMMAND, *arguments], stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # how Linux says that the other end is closed
                break
            if not part:
                break
            shown += part
    os.close(ours)
    assert process.returncode == 0, shown.decode()
    return shown.decode()


@pytest.mark.parametrize("form", ["table", "json", "csv", "tsv"])
def test_terminal_is_not_obeyed(tmp_path: Path, say: Callable[..., Graph], form: str) -> None:
    path = tmp_path / "g.ttl"
    graph = say("Vasco\x1b]0;titre\x07\x9b31m[red]", "partnerOf", "Nordil")
    path.write_text(write_turtle(graph), encoding="utf-8")
    shown = on_terminal(["query", str(path), "partners-of", "--format", form])
    assert "\x1b]0;" not in shown
    assert "\x07" not in shown
    assert "\x9b" not in shown
    assert "[red]" in shown


def test_closed_pipe_is_quiet(tmp_path: Path, reading: Reading) -> None:
    path = tmp_path / "g.ttl"
    path.write_text(write_turtle(build_graph([reading])), encoding="utf-8")
    command = [*KG_COMMAND, "query", str(path), "SELECT * { ?a ?b ?c . ?d ?e ?f }"]
    with subprocess.Popen(
        [*command, "--format", "csv"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.parametrize("command", [["--help"], ["build", "--help"]])
def test_help_imports_nothing_heavy(command: list[str]) -> None:
    code = (
        "import sys\nfrom kg.cli import main\n"
        f"try: main({command!r})\nexcept SystemExit: pass\n"
        "heavy = {'spacy', 'rdflib', 'pyvis', 'pyshacl', 'trafilatura', 'networkx', 'numpy'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.model
def test_real_article_goes_the_whole_way(tmp_path: Path) -> None:
    article, graph = tmp_path / "a.fr.txt", tmp_path / "g.ttl"
    article.write_text("Nordil rachète Vasco, le fabricant de piles.\r\n", encoding="utf-8")
    for command in (
        ["build", str(article), "-o", str(graph)],
        ["check", str(graph), "--article", str(article)],
    ):
        done = subprocess.run([*KG_COMMAND, *command], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert done.stdout.startswith("ok: ")
