"""What the guides for who comes back or builds on it say: each recipe works as it is written."""

from __future__ import annotations

import io
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from conftest import ROOT, TEXT
from rdflib import Graph
from test_layers import FILES, ROOMS
from test_names import FUNCTION_LINES, LINES, PARAMETERS

import kg.ask.questions as questions
from kg.ask.query import run_query
from kg.errors import ArticleError
from kg.graph.vocabularies import FORMER, KG
from kg.network.network import build_network
from kg.sources.source import Options, make_source
from kg.training.marked.checks import refuse_faults
from kg.training.marked.corpus import read_article

GUIDES = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("CONTRIBUTING.md", "UPGRADING.md", "SECURITY.md")
}
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
Run = Callable[..., tuple[int, str, str]]


def block(guide: str, language: str, words: str) -> str:
    """Return the one block of a guide in a language that has some words."""
    found = [text for it, text in BLOCK.findall(GUIDES[guide]) if it == language and words in text]
    assert len(found) == 1, (guide, language, words)
    return found[0]


def run_module(words: str) -> dict[str, Any]:
    """Run a module as the guide has it, and return its names."""
    names: dict[str, Any] = {}
    exec(compile(block("CONTRIBUTING.md", "python", words), words, "exec"), names)
    return names


pytestmark = pytest.mark.usefixtures("hand_made")


@pytest.mark.parametrize("guide", GUIDES)
def test_links_and_paths_of_a_guide_lead_somewhere(guide: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", GUIDES[guide])
    paths = re.findall(r"`((?:kg|tests|examples|ontologies)/[\w./-]*\w)/?`", GUIDES[guide])
    assert len({*links, *paths}) + (guide == "SECURITY.md") >= 1
    for path in {*links, *paths} - {"kg/ask/queries/founders-of.rq"}:
        assert (ROOT / path).exists(), path


def test_the_house_is_told_as_it_is_tested() -> None:
    text = GUIDES["CONTRIBUTING.md"]
    rows = re.findall(r"^\| ((?:`\w+` ?)+)\|", text, re.MULTILINE)
    assert tuple(name for row in rows for name in re.findall(r"\w+", row)) == ROOMS
    told = f"up to {LINES} lines, functions up to {FUNCTION_LINES}, {'four'} positional"
    assert told in text and PARAMETERS == 4
    assert f"a room has {FILES} files at most" in text


def test_targets_of_a_guide_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    rules = {*re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)}
    named = re.findall(r"(?:`|^)make ([a-z-]+)", GUIDES["CONTRIBUTING.md"], re.MULTILINE)
    assert {"all", "lint", "golden"} <= {*named} <= rules


def test_a_question_is_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, say: Callable[..., Graph]
) -> None:
    graph = say("Jeanne", "founded", "Nordil", "Denied")
    text = block("CONTRIBUTING.md", "sparql", "kg:founded")
    (row,) = run_query(graph, text)
    assert [str(it) for it in row][:3] == ["Nordil", "Jeanne", "denied"]
    folder = tmp_path / "queries"
    shutil.copytree(questions.FOLDER, folder)
    (folder / "founders-of.rq").write_text(text, encoding="utf-8")
    monkeypatch.setattr(questions, "FOLDER", folder)
    questions.list_queries.cache_clear()
    try:
        asked = run_query(graph, "founders-of", of="Nordil", modality="denied")
        last = ["modality", "confidence", "voices", "article", "date", "quote"]
        assert [str(it) for it in asked.vars or ()][-6:] == last
        assert len(asked.bindings) == 1
        assert not run_query(graph, "founders-of", of="Nordil", modality="actual").bindings
        (question,) = [it for it in questions.list_queries() if it.name == "founders-of"]
        assert question.answers.startswith("Who founded")
        assert question.example == "kg query graph.ttl founders-of --of Alibaba"
    finally:
        monkeypatch.undo()
        questions.list_queries.cache_clear()


def test_a_form_is_one_module() -> None:
    form = run_module("CARDS = Form(")["CARDS"]
    data = b"%%\nAccord\nNordil signe.\n%%\nRien\n%%\nFusion\nVasco aussi.\n"
    assert form.fits(data)
    source = make_source("a.cards", ("a", "fr", ".cards"), io.BytesIO(data), Options())
    first, second, third = form.read(source)
    assert (first.title, first.text, first.key) == ("Accord", "Nordil signe.\n", "1")
    assert isinstance(second, ArticleError)
    assert str(second) == "a.cards: card 2 has no text; add one or drop it"
    assert (third.title, third.key) == ("Fusion", "3")


def test_an_export_is_one_function(say: Callable[..., Graph]) -> None:
    write = run_module("def write_edges(")["write_edges"]
    graph = say("=1+1", "partnerOf", "Nordil", "Planned")
    assert write(build_network(graph)) == (
        "subject,relation,object,modality\r\n'=1+1,partnerOf,Nordil,Planned\r\n"
    )


def test_an_annotated_article_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "t9-99-tarnwick.ann"
    path.write_text(block("CONTRIBUTING.md", "text", "Tarnwick"), encoding="utf-8")
    article = read_article(path)
    refuse_faults([article])
    assert [fact.relation for fact in article.facts] == ["acquired", "basedIn", "holdsPosition"]


def test_a_store_of_0_1_is_told_in_one_line(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "old"
    store = ox.Store(str(folder))
    fact, rule = (ox.NamedNode(it) for it in ("urn:f", str(KG[FORMER])))
    store.add(ox.Quad(fact, rule, ox.Literal("verb"), ox.NamedNode("urn:g")))
    store.flush()
    del store
    for verb in (["query", folder, "plans"], ["claims", folder], ["draw", folder]):
        code, out, err = run(*verb)
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert "a store of PressGraph 0.1, which this version cannot use; build" in err
        assert err.endswith("kg build ARTICLE --store NEW (UPGRADING.md)\n")


def test_articles_come_out_of_a_store_and_into_another(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("nordil.fr.txt").write_text(TEXT, encoding="utf-8")
    told = {"title": "Vu d'ici", "url": "https://gazette.example/a", "date": "2024-03-12"}
    head, cells = ",".join(told), ",".join(told.values())
    Path("b.csv").write_text(f'{head},text,lang\n{cells},"{TEXT}",fr\n', encoding="utf-8")
    assert run("build", "nordil.fr.txt", "b.csv", "--store", "news")[0] == 0
    Path("texts.rq").write_text(block("UPGRADING.md", "sparql", "?text"), encoding="utf-8")
    code, out, err = run("query", "news", "texts.rq", "--format", "csv")
    assert (code, err) == (0, "")
    Path("articles.csv").write_text(out, encoding="utf-8")
    assert run("build", "articles.csv", "--store", "newer")[::2] == (0, "")
    assert run("diff", "news", "newer")[1] == "no difference\n"
    assert (
        run("query", "newer", "texts.rq", "--format", "csv")[1].splitlines()[2:]
        == (out.splitlines()[2:])
    )
    assert run("query", "newer", "ASK { <https://gazette.example/a> a kg:Article }")[1] == "yes\n"


def test_the_citation_is_that_of_this_version() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    fields = dict(re.findall(r"^([a-z-]+): *(.*)$", text, re.MULTILINE))
    assert fields["version"] == project["version"]
    assert fields["license"] == project["license"]
    assert {"cff-version", "title", "message", "authors"} <= {*fields}
