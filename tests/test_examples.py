"""The examples' graphs are the golden ones, and every example script runs."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from conftest import EXAMPLES, GOLDEN

from kg.files.writing import write_text

NAMES = sorted(path.name.removesuffix(".fr.txt") for path in EXAMPLES.glob("*.fr.txt"))
#: Script → its arguments and a line that it prints.
SCRIPTS = {
    "partners": ([], "Hallstedt Omnibus"),
    "shares": ([], "Galvénor,18,"),
    "path": (["graph.ttl", "Cyrille Bolloré", "Alibaba"], "Cyrille Bolloré – Groupe Bolloré: "),
}


def test_there_is_a_golden_graph_of_each_example() -> None:
    assert len(NAMES) == 4
    assert {path.stem for path in GOLDEN.iterdir()} == set(NAMES)


@pytest.mark.model
@pytest.mark.parametrize("name", NAMES)
def test_graph_is_the_golden_one(name: str, example_graphs: dict[str, str], write: bool) -> None:
    golden = GOLDEN / f"{name}.ttl"
    if write:
        write_text(golden, example_graphs[name])
    expected = golden.read_text(encoding="utf-8")
    assert example_graphs[name] == expected, "if this change is meant, run: make golden"


def test_every_script_is_tested() -> None:
    others = {"screenshot"}
    assert {path.stem for path in EXAMPLES.glob("*.py")} == set(SCRIPTS) | others


@pytest.mark.model
@pytest.mark.parametrize("script", SCRIPTS)
def test_script_runs(
    script: str,
    example_graphs: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_text(tmp_path / "graph.ttl", example_graphs["bollore-alibaba"])
    arguments, said = SCRIPTS[script]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", [script, *arguments])
    runpy.run_path(str(EXAMPLES / f"{script}.py"), run_name="__main__")
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("name", ["page", "page-dark", "ask"])
def test_there_is_a_picture_of_the_page(name: str) -> None:
    picture = (EXAMPLES / f"{name}.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 400_000
