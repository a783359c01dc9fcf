"""The table of facts: of several articles what they say alike stands in it once."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from conftest import read_nordil
from press import press_readings
from schemas import Schema
from test_story import STORY, say

from kg.ontology import ontology_folder
from kg.verbs.articles import show_facts
from kg.verbs.tables import fact_json

SCHEMA = Schema(ontology_folder() / "facts.schema.json")


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "250")


def rows(capsys: pytest.CaptureFixture[str], name: str) -> list[str]:
    """Return the lines of a table that name a thing."""
    return [line for line in capsys.readouterr().out.splitlines() if name in line]


def test_several_articles_are_a_row_a_claim(capsys: pytest.CaptureFixture[str]) -> None:
    show_facts([say(*row) for row in STORY], each=False)
    (row,) = rows(capsys, "acquired")
    assert "2024-05-02 denied" in row
    show_facts([say(*row) for row in STORY], each=True)
    assert len(rows(capsys, "acquired")) == len(STORY)


def test_one_article_is_a_row_a_fact(capsys: pytest.CaptureFixture[str]) -> None:
    show_facts(press_readings()[:1], each=False)
    (row,) = rows(capsys, "acquired")
    assert "Nordil veut racheter Orvane" in row


def test_every_line_fits_the_schema_and_has_all_keys() -> None:
    lines = [
        json.loads(fact_json(fact, one.article))
        for one in (read_nordil(), *press_readings(), *(say(*row) for row in STORY))
        for fact in one.facts
    ]
    assert len(lines) > 30
    for line in lines:
        assert SCHEMA.faults(line) == []
        assert [*line] == SCHEMA.whole["required"] == [*SCHEMA.whole["properties"]]
    assert SCHEMA.faults(lines[0] | {"confidence": 1.2}) == ["$.confidence: above 1"]
    assert SCHEMA.faults(lines[0] | {"new": 1}) == ["$: new is no word"]


def test_schema_is_printed(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = run("facts", "--schema")
    assert (code, err) == (0, "")
    assert json.loads(out) == SCHEMA.whole
