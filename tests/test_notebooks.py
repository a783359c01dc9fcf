"""Notebooks of the examples say what they show, run from their own folder, and ask for nothing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import EXAMPLES, TESTS
from notebooks import read_notebook, run_cell, run_notebook, told, write_notebook

from kg.files.writing import write_text

NAMES = sorted(path.name for path in EXAMPLES.glob("*.ipynb"))


def test_there_are_three_and_the_list_names_them() -> None:
    listed = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert len(NAMES) == 3
    assert sorted(re.findall(r"`([\w-]+\.ipynb)`", listed)) == NAMES


@pytest.mark.model
@pytest.mark.parametrize("name", NAMES)
def test_cells_say_what_is_stored(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: bool
) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    shutil.copytree(TESTS / "gold", tmp_path / "tests" / "gold")
    monkeypatch.chdir(tmp_path / "examples")
    monkeypatch.setenv("COLUMNS", "100")  # of tables as text
    before = {*tmp_path.rglob("*")}
    stored = read_notebook(EXAMPLES / name)
    now = run_notebook(stored)
    assert {*tmp_path.rglob("*")} == before, "a notebook leaves its folder as it was"
    if write:
        write_text(EXAMPLES / name, write_notebook(now))
    else:
        assert told(now) == told(stored), "if this change is meant, run: make golden"


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_one_as_jupyter_has_it(name: str) -> None:
    notebook = read_notebook(EXAMPLES / name)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len({*ids}) == len(ids)
    assert notebook["cells"][0]["cell_type"] == "markdown"
    assert "".join(notebook["cells"][0]["source"]).startswith("# ")
    for cell in notebook["cells"]:
        keys = {"cell_type", "id", "metadata", "source"}
        keys |= {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        assert {*cell} == keys
    assert (EXAMPLES / name).read_text(encoding="utf-8") == write_notebook(notebook)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_stored_is_small_and_asks_for_nothing(name: str) -> None:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    assert len(text) < 150_000
    assert not re.search(r"<script|<iframe|<link|@import|src=|/home/|/tmp/", text)


def test_a_cell_gives_what_it_prints_and_its_last_value() -> None:
    space: dict[str, object] = {}
    printed, shown = run_cell("x = 2\nprint('a')\nx + 1", space, 4)
    assert (printed["text"], shown["data"]["text/plain"]) == (["a\n"], ["3"])
    assert run_cell("x = 3", space, 5) == run_cell("None", space, 6) == []
    assert space["x"] == 3
