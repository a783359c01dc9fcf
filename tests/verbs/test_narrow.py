"""A table on a narrow terminal breaks no word: what has no room stands below its row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.verbs.given.proofs import rest_lines
from kg.verbs.tables import keeps_words
from kg.verbs.terminal import show_table
from kg.verbs.world.claims import COLUMNS

ROW = (
    "Claire Ostrevent", "holdsPosition", "Orvelin Recyclage", "présidente", "share=34 (2)",
    "planned", "reported", "1", "1", "2022-11-08", "2024-09-30", "0.96", "",
)  # fmt: skip
WORDS = st.text("abcdé", min_size=1, max_size=13)
TEXTS = st.lists(WORDS, max_size=5).map(" ".join)


@pytest.mark.parametrize("width", ["60", "80", "100"])
def test_claims_are_whole_words(
    width: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    show_table(COLUMNS, [ROW])
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= int(width)
    for word in " ".join(ROW).split():
        assert word in out.split()
    told = " ".join(out.split())
    assert "articles 1 · first 2022-11-08 · last 2024-09-30 · confidence 0.96" in told
    assert "history" not in out


@given(st.integers(40, 200), st.lists(st.tuples(*[TEXTS] * 6), min_size=1, max_size=4))
def test_every_word_is_told_whole(width: int, rows: list[tuple[str, ...]]) -> None:
    columns = ["one", "two", "three", "four", "five", "six"]
    lines = [*rest_lines(columns, rows, width)]
    assert all(len(line) <= width for line in lines)
    told = " ".join(lines).split()
    for row in rows:
        for word in " ".join(row).split():
            assert word in told


def test_a_wide_terminal_has_a_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "180")
    assert keeps_words(COLUMNS, [ROW], 180)
    show_table(COLUMNS, [ROW])
    head, row = [line for line in capsys.readouterr().out.splitlines() if "─" not in line][1:3]
    assert head.split() == list(COLUMNS[:-1])
    assert row.split() == " ".join(ROW).split()


def test_no_row_is_no_answer(capsys: pytest.CaptureFixture[str]) -> None:
    show_table(COLUMNS, [])
    assert capsys.readouterr().out.strip() == "no answer"
