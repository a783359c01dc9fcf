"""The table of facts: of several articles what they say alike stands in it once."""

from __future__ import annotations

import pytest
from press import press_readings
from test_story import STORY, say

from kg.verbs.articles import show_facts


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
