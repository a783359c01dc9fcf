"""The verb `network`: each measure as a table and as JSON, and what is wrong usage."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import luthiers
import pytest
import typer
from rdflib import Graph
from rdflib.namespace import SKOS
from typer.testing import CliRunner, Result

from kg.errors import KgError
from kg.graph.rdf import write_turtle
from kg.verbs.networks import USES, network, show_cell

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the verb on a wide terminal."""
    monkeypatch.setenv("COLUMNS", "250")
    app = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)
    app.command()(network)
    return lambda *arguments: CliRunner().invoke(app, [str(it) for it in arguments])


@pytest.fixture
def built(tmp_path: Path, graph: Graph) -> Path:
    path = tmp_path / "g.ttl"
    path.write_text(write_turtle(graph), encoding="utf-8")
    return path


def table(result: Result) -> list[list[str]]:
    """Return a table's lines as cells, the heads first."""
    assert result.exit_code == 0, result.output
    lines = [line for line in result.stdout.splitlines() if line.strip(" ─")]
    return [re.split(r"\s{2,}", line.strip()) for line in lines]


def records(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_alone_it_lists_the_measures_with_examples(run: Run, built: Path) -> None:
    heads, *rows = table(run(built))
    assert heads == ["measure", "answers", "example"]
    assert [row[0] for row in rows] == [measure.value for measure in USES]
    for measure, use in USES.items():
        words = use.example.split()
        assert words[:4] == ["kg", "network", "graph.ttl", measure.value]
        assert len([it for it in words[4:] if it[0].isupper()]) == use.names


def test_central_is_a_table_of_the_first(run: Run, built: Path) -> None:
    heads, first, *others = table(run(built, "central"))
    assert heads[:6] == ["name", "class", "links", "pagerank", "betweenness", "cut"]
    assert heads[6:] == ["confidence", "voices", "sources"]
    assert first[:3] == ["Nordil", "Company", "5"]
    assert first[5:] == ["yes", "0.98", "1", "1"]
    assert not {"Chine", "cloud"} & {row[0] for row in others}
    whole = table(run(built, "central", "--through", "Place", "--through", "CooperationArea"))
    assert {"Chine", "cloud"} <= {row[0] for row in whole}
    assert len(table(run(built, "central", "--top", "3"))) == 4


def test_central_is_cut_at_twenty_unless_told_otherwise(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "large.ttl"
    path.write_text(write_turtle(luthiers.large_graph(30)), encoding="utf-8")
    assert len(records(run(path, "central", "--format", "json"))) == 20
    assert len(records(run(path, "central", "--format", "json", "--top", "25"))) == 25


def test_path_is_told_with_relations_in_a_language(run: Run, built: Path) -> None:
    rows = table(run(built, "path", "Chine", "jeanne ferrand"))
    assert [row[:5] for row in rows[1:]] == [
        ["1", "Chine", "←", "based in", "Vasco"],
        ["2", "Vasco", "↔", "partner of", "Nordil"],
        ["3", "Nordil", "←", "directrice générale", "Jeanne Ferrand"],
    ]
    [one] = records(run(built, "path", "Nordil", "Hexo", "--lang", "fr", "--format", "json"))
    assert one["relation"] == "filiale de"
    assert one["sentence"].startswith("Le groupe Nordil, filiale de Hexo")
    assert one["article"] == "Nordil et Vasco signent un accord"


def test_communities_tell_members_and_areas(run: Run, built: Path) -> None:
    found = records(run(built, "communities", "--format", "json"))
    assert [(one["community"], one["name"], one["things"]) for one in found] == [(0, "others", 6)]
    assert {area for one in found for area in one["areas"]} == {"cloud", "stockage d'énergie"}
    heads = table(run(built, "communities"))[0]
    assert heads[:5] == ["community", "name", "things", "members", "areas"]


def test_neighbours_follow_the_modalities_asked_for(run: Run, built: Path) -> None:
    def names(*options: str) -> set[str]:
        found = records(run(built, "neighbours", "Vasco", *options, "--format", "json"))
        return {one["name"] for one in found}

    assert names() == {"Nordil", "accord Nordil – Vasco"}
    assert names("--through", "City") == {"Nordil", "accord Nordil – Vasco"}
    assert names("--through", "Place") == {"Nordil", "accord Nordil – Vasco", "Chine"}
    assert "--through Place" in run(built, "neighbours", "Vasco").stderr
    [home] = records(run(built, "neighbours", "Chine", "--format", "json"))
    assert home["name"] == "Vasco"
    assert names("--modality", "denied") == {"Hexo"}
    assert names("--modality", "denied", "--modality", "possible") == {"Hexo", "Orvane"}
    assert run(built, "neighbours", "Gartex").stdout == ""
    assert names("--modality", "over") == set()


def test_bridges_tell_their_sides(run: Run, built: Path) -> None:
    found = records(run(built, "bridges", "--format", "json", "--top", "2"))
    assert [(one["one"], one["other"], one["one_side"], one["other_side"]) for one in found] == [
        ("Jeanne Ferrand", "Nordil", 1, 5),
        ("Nordil", "Orvane", 5, 1),
    ]
    assert found[0]["sentence"].startswith("Jeanne Ferrand, directrice")
    assert "one side" in table(run(built, "bridges"))[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["central", "Nordil"], "central takes no name"),
        (["path"], "path takes two names"),
        (["path", "Nordil"], "path takes two names; example: kg network graph.ttl path"),
        (["neighbours"], "neighbours takes one name"),
        (["neighbours", "Nordil", "Hexo"], "neighbours takes one name"),
        (["centre"], "centre"),
        (["central", "--lang", "tlh"], "--lang tlh: unknown; give one of en, fr"),
        (
            ["central", "--modality", "ended"],
            "'--modality': 'ended' is unknown; give actual, planned, possible, denied or over",
        ),
        (["central", "--top", "0"], "--top"),
        (["central", "--format", "csv"], "csv"),
    ],
)
def test_wrong_usage_exits_with_2(run: Run, built: Path, arguments: list[str], said: str) -> None:
    result = run(built, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in " ".join(result.stderr.split())


def test_what_is_not_linked_or_named_is_a_users_error(run: Run, built: Path) -> None:
    for arguments, said in (
        (["path", "Gartex", "Hexo"], "'Gartex' and 'Hexo' are not linked by what is actual"),
        (["neighbours", "Nordyl"], "the graph names no 'Nordyl'; nearest: Nordil"),
        (["central", "--through", "Plaec"], "'Plaec' is no class of the ontology; write 'Place'?"),
    ):
        error = run(built, *arguments).exception
        assert isinstance(error, KgError)
        assert said in str(error)


def test_a_beginning_of_one_name_is_enough_and_told(run: Run, built: Path) -> None:
    result = run(built, "path", "Jeanne", "vasc", "--format", "json")
    assert [row["to"] for row in records(result)] == ["Nordil", "Vasco"]
    assert "'Jeanne' is taken for 'Jeanne Ferrand'" in result.stderr
    assert "'vasc' is taken for 'Vasco'" in result.stderr
    assert not run(built, "path", "Jeanne Ferrand", "Vasco").stderr


@pytest.mark.parametrize("form", ["table", "json"])
@pytest.mark.parametrize("measure", ["central", "communities", "bridges"])
def test_hostile_names_break_no_output(run: Run, tmp_path: Path, measure: str, form: str) -> None:
    path = tmp_path / "h.ttl"
    graph = luthiers.hostile_graph().remove((None, SKOS.exactMatch, None))
    path.write_text(write_turtle(graph), encoding="utf-8")
    result = run(path, measure, "--format", form)
    assert result.exit_code == 0
    if form == "json":
        assert luthiers.HOSTILE[1] in json.dumps(records(result), ensure_ascii=False)
    else:
        assert not {"\x07", "\u202e", "\u2066", "\x85"} & set(result.stdout)
    assert run(path, measure, "--format", form).stdout == result.stdout


def test_json_keeps_letters(run: Run, built: Path) -> None:
    assert "stockage d'énergie" in run(built, "communities", "--format", "json").stdout


def test_a_cell_of_many_texts_is_cut_short() -> None:
    assert show_cell(tuple("abcdefghij")) == "a, b, c, d, e, f, g, h and 2 more"
    assert show_cell(tuple("abcdefgh")) == "a, b, c, d, e, f, g, h"
    assert (show_cell(3), show_cell(0.0), show_cell(1200.0)) == ("3", "0", "1200")


def test_a_table_is_in_one_language(run: Run, built: Path) -> None:
    table = run(built, "central", "--lang", "fr").stdout
    assert "entreprise" in table
    assert "classe" in table
    assert "Company" not in table


def test_nothing_is_said_twice_of_an_empty_answer(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "e.nt"
    path.write_text('<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "x" .\n', "utf-8")
    result = run(path, "central")
    assert (result.stdout, result.stderr.count("no answer")) == ("", 1)
