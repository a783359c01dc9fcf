"""The verbs `explain` and `diff`: what they print, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import luthiers
import pytest
import typer
from conftest import TEXT
from rdflib import Graph
from rdflib.namespace import SKOS
from typer.testing import CliRunner, Result

from kg.errors import KgError
from kg.graph.rdf import build_graph, write_turtle
from kg.model import Reading
from kg.verbs.explanations import FRAMES, diff, explain

Run = Callable[..., Result]
SENTENCE = TEXT.splitlines()[1]
PLACE = TEXT.index("Nordil, filiale de Hexo")


@pytest.fixture
def run() -> Run:
    """Return a function that runs both verbs."""
    app = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)
    for verb in (explain, diff):
        app.command()(verb)
    return lambda *arguments: CliRunner().invoke(app, [str(it) for it in arguments])


def save(path: Path, *readings: Reading) -> Path:
    path.write_text(write_turtle(build_graph(readings)), encoding="utf-8")
    return path


@pytest.fixture
def built(tmp_path: Path, reading: Reading) -> Path:
    article = replace(reading.article, published="2018-05-26", source="Le Fil")
    return save(tmp_path / "g.ttl", replace(reading, article=article))


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    path = tmp_path / "h.ttl"
    graph = luthiers.hostile_graph().remove((None, SKOS.exactMatch, None))
    path.write_text(write_turtle(graph), encoding="utf-8")
    return path


def printed(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_a_fact_is_told_in_plain_words(run: Run, built: Path) -> None:
    assert printed(run("explain", built, "Nordil", "Hexo")) == [
        "Nordil is a subsidiary of Hexo — actual, confidence 0.90",
        "  « Nordil, filiale de Hexo »",
        f"  in: {SENTENCE}",
        "  source: Nordil et Vasco signent un accord (Le Fil, 2018-05-26), "
        f"characters {PLACE}–{PLACE + 23}",
    ]


def test_it_speaks_french(run: Run, built: Path) -> None:
    assert printed(run("explain", built, "Vasco", "Hexo", "--lang", "fr"))[0] == (
        "Vasco fournit Hexo — démenti, selon Gartex, confiance 1.00"
    )
    lines = printed(run("explain", built, "Jeanne Ferrand", "Orvane", "--lang", "fr"))
    assert lines[0] == "Jeanne Ferrand occupe un poste chez Orvane — avéré, terminé, confiance 1.00"
    assert lines[2].startswith("  dans : ")
    assert lines[3].startswith("  source : ")


def test_facts_have_a_blank_line_between_them(run: Run, built: Path) -> None:
    lines = printed(run("explain", built, "Vasco"))
    assert lines.count("") == 5
    assert lines[-1]


def test_a_way_is_said_to_be_indirect(run: Run, built: Path) -> None:
    lines = printed(run("explain", built, "Chine", "Hexo"))
    assert lines[:3] == [
        "No fact links Chine and Hexo; the shortest way has 3 steps.",
        "",
        "1. Vasco is based in Chine — actual, confidence 1.00",
    ]
    french = printed(run("explain", built, "Chine", "Hexo", "--lang", "fr"))
    assert french[0] == "Aucun fait ne relie Chine et Hexo ; le chemin le plus court a 3 étapes."


def test_each_piece_of_evidence_is_told_and_its_sentence_once(
    run: Run, tmp_path: Path, reading: Reading
) -> None:
    fact = replace(reading.facts[8], evidence=((PLACE, PLACE + 6), (PLACE + 8, PLACE + 23)))
    path = save(tmp_path / "g.ttl", replace(reading, facts=(fact,)))
    lines = printed(run("explain", path, "Nordil", "Hexo"))
    assert [line.strip()[:9] for line in lines] == [
        "Nordil is", "« Nordil ", "in: Le gr", "source: N", "« filiale", "source: N",
    ]  # fmt: skip


def test_what_several_articles_say_is_told_so(run: Run, tmp_path: Path, reading: Reading) -> None:
    other = replace(reading, article=replace(reading.article, name="b", text=TEXT + "Fin."))
    path = save(tmp_path / "g.ttl", reading, other)
    lines = printed(run("explain", path, "Nordil", "Hexo"))
    told = "; 2 articles say so (copies of 1 voice)"
    assert [line for line in lines if line.endswith(told)] == [lines[-1]]
    assert len([line for line in lines if "source:" in line]) == 2


def test_a_fact_without_evidence_is_told_alone(run: Run, tmp_path: Path, reading: Reading) -> None:
    fact = replace(reading.facts[8], evidence=())
    path = save(tmp_path / "g.ttl", replace(reading, facts=(fact,)))
    assert printed(run("explain", path, "Nordil"))[1:] == []


def test_json_has_all_parts(run: Run, built: Path) -> None:
    [one] = json.loads(run("explain", built, "Nordil", "Hexo", "--format", "json").stdout)
    assert one["words"] == "Nordil is a subsidiary of Hexo"
    assert (one["modality"], one["ended"], one["step"]) == ("actual", False, 0)
    [proof] = one["evidence"]
    assert (proof["sentence"], proof["published"]) == (SENTENCE, "2018-05-26")


def test_nothing_to_explain_is_a_users_error(run: Run, built: Path) -> None:
    error = run("explain", built, "Gartex", "Hexo").exception
    assert isinstance(error, KgError)
    assert "'Gartex' and 'Hexo' are not linked by any fact" in str(error)
    assert run("explain", built, "Nordil", "--lang", "tlh").exit_code == 2
    assert run("explain", built).exit_code == 2


def test_every_language_has_the_same_words() -> None:
    assert len({frozenset(frame) for frame in FRAMES.values()}) == 1


def test_hostile_words_break_no_output(run: Run, hostile: Path) -> None:
    lines = printed(run("explain", hostile, luthiers.HOSTILE[1]))
    assert len(lines) == 6 * 3 + 5  # each thing has all of these names
    assert not {"\x07", "\u202e", "\u2066", "\x85", "\u2028"} & set("".join(lines))
    found = json.loads(run("explain", hostile, luthiers.HOSTILE[1], "--format", "json").stdout)
    assert luthiers.HOSTILE[1] in {one["subject"] for one in found}
    changes = printed(run("diff", hostile, hostile))
    assert changes == ["no difference"]


def test_changes_are_lines_and_a_count(run: Run, tmp_path: Path, reading: Reading) -> None:
    old = save(tmp_path / "old.ttl", reading)
    kept = [fact for fact in reading.facts if fact.property not in ("subsidiaryOf", "acquired")]
    bought = replace(
        next(it for it in reading.facts if it.property == "acquired"), modality="Actual"
    )
    sold = replace(reading.facts[8], property="supplierOf")
    article = replace(reading.article, name="b", title="Suite")
    new = save(tmp_path / "new.ttl", replace(reading, article=article, facts=(*kept, bought, sold)))
    quote = "« Nordil, filiale de Hexo »"
    bid = "« Vasco étudie le rachat d'Orvane pour 40 millions d'euros »"
    assert printed(run("diff", old, new)) == [
        f"- Nordil is a subsidiary of Hexo — actual {quote} (Nordil et Vasco signent un accord)",
        f"+ Nordil supplies Hexo — actual {quote} (Suite)",
        f"~ Vasco acquires Orvane — possible → actual {bid} (Suite)",
        "1 came, 1 went, 1 changed",
    ]
    found = json.loads(run("diff", old, new, "--format", "json").stdout)
    assert [one["change"] for one in found] == ["-", "+", "~"]
    assert (found[0]["after"], found[2]["before"]["modality"]) == (None, "possible")


def test_no_change_is_told_so(run: Run, built: Path, tmp_path: Path) -> None:
    assert printed(run("diff", built, built)) == ["no difference"]
    assert json.loads(run("diff", built, built, "--format", "json").stdout) == []
    empty = tmp_path / "empty.ttl"
    empty.write_text(write_turtle(Graph()) + "# nothing", encoding="utf-8")
    assert printed(run("diff", built, empty))[-1] == "0 came, 17 went, 0 changed"
