"""Reasons and faults are told in French where a page is French: none that is known is left out."""

from __future__ import annotations

import ast
import csv
import itertools
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from kg.endpoint.lines import JOINT, read_lines, tell_line, translate
from kg.who.alike.comparison import compare_names

#: What a browser may be told: by the modules that check what it asks for and decides.
MODULES = (
    *(ROOT / "kg/endpoint").glob("*.py"), *(ROOT / "kg/endpoint/explorer").rglob("*.py"),
    ROOT / "kg/ask/questions.py", ROOT / "kg/ask/sparql.py", ROOT / "kg/store/labels.py",
    ROOT / "kg/who/decisions.py", ROOT / "kg/who/judging.py", ROOT / "kg/names/identifiers.py",
)  # fmt: skip
RAISED = ("HTTPException", "QueryError", "DataError", "UnmatchedError", "refuse")
#: Lines of `kg serve` itself as it starts, which a terminal shows, and parts of lines.
STARTS = ("kg serve", "cannot listen at")


def list_told() -> list[str]:
    """Return the lines that the modules raise, with something in their gaps."""
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISED:
                for argument in node.args:
                    if line := fill(argument):
                        found.append(line)
    return sorted(it for it in {*found} if not it.startswith(STARTS))


def fill(node: ast.expr) -> str:
    """Return a text of the code with something in its gaps, '' for what is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = [str(it.value) if isinstance(it, ast.Constant) else "x" for it in node.values]
        return "".join(parts)
    return ""


@pytest.mark.parametrize("line", list_told())
def test_what_a_browser_may_be_told_is_told_in_french(line: str) -> None:
    known = (" ", "x", "SPARQL, x: x", "SPARQL, x", "SPARQL: x", "'x' is no x: x")
    assert line.startswith(known[2:]) or tell_line(line, "fr") != line


def test_all_lines_are_seen() -> None:
    assert len(list_told()) > 40


def test_why_names_are_alike_is_told_in_french() -> None:
    seen = set()
    with Path(__file__).parents[1].joinpath("who/name_bench.csv").open(encoding="utf-8") as lines:
        rows = [[*it] for it in csv.reader(lines)]
    heads = rows[0]
    one, two = heads.index("name1"), heads.index("name2")
    for row, folder in itertools.product(rows[1:], ("org", "person", "place")):
        for reason in compare_names(row[one], row[two], folder).reasons:
            assert translate(reason, "fr"), reason
            seen.add(translate(reason, "fr")[:8])
    assert len(seen) > 8


def test_several_reasons_are_told_together_or_not_at_all() -> None:
    told = tell_line("the same letters; also Ava, Bo; 2 articles", "fr").replace("\xa0", " ")
    assert told == "les mêmes lettres ; aussi Ava, Bo ; 2 articles"
    assert tell_line("the same letters; who knows", "fr") == "the same letters; who knows"


@given(st.text(max_size=80))
def test_english_stays_and_what_is_unknown_too(line: str) -> None:
    assert tell_line(line, "en") == line
    if not any(pattern.fullmatch(part) for pattern, _ in read_lines()["fr"]
               for part in (line, *line.split(JOINT))):  # fmt: skip
        assert tell_line(line, "fr") == line


def test_long_lines_take_no_time() -> None:
    line = "'" + "' and '" * 20_000
    assert tell_line(line, "fr") == line


def test_names_are_put_in_as_they_are() -> None:
    told = tell_line("the graph names no '{name} <b>'", "fr")
    assert "{name} <b>" in told
