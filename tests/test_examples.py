"""The examples' graphs are the golden ones, and every example script runs."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest
from conftest import EXAMPLES

from kg.store import write_text

GOLDEN = Path(__file__).parent / "golden"
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
    others = {"bench", "screenshot", "train_names"}
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


ARTICLE = str(EXAMPLES / "bollore-alibaba.fr.txt")


@pytest.mark.parametrize(
    ("times", "steps", "memory", "given", "code"),
    [
        ([7.0, 5.0, 0.1, 0.2], 0.2, 800, [ARTICLE], 0),
        ([8.5, 5.0, 0.1, 0.2], 0.2, 800, [ARTICLE], 1),
        ([7.0, 5.0, 0.4, 0.2], 0.2, 800, [ARTICLE], 1),
        ([7.0, 5.0, 0.1, 0.4], 0.2, 800, [ARTICLE], 1),
        ([7.0, 5.0, 0.1, 0.2], 0.3, 800, [ARTICLE], 1),
        ([7.0, 5.0, 0.1, 0.2], 0.3, 800, [], 0),
        ([7.0, 5.0, 0.1, 0.2], 0.8, 800, [], 1),
        ([7.0, 5.0, 0.1, 0.2], 0.2, 950, [], 1),
    ],
)
def test_bench_fails_only_over_a_limit(
    times: list[float],
    steps: float,
    memory: float,
    given: list[str],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(EXAMPLES)
    import bench

    seconds = iter(times)
    monkeypatch.setattr(bench, "fastest", lambda *commands: [next(seconds) for _ in commands])
    monkeypatch.setattr(sys, "argv", ["bench.py", *given])
    monkeypatch.setattr(bench, "step_times", lambda articles: (1.0, steps))
    monkeypatch.setattr(bench, "peak_memory", lambda: memory)
    assert bench.main() == code
