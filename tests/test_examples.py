"""The examples' graphs are the golden ones, and every example script runs."""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

import pytest
from conftest import EXAMPLES

from kg.check import check_graph
from kg.files import write_text
from kg.network import build_network
from kg.rdf import build_graph

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
    others = {"bench", "bench_page", "made_up", "screenshot", "train_names"}
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


@pytest.mark.parametrize("name", ["page", "page-dark"])
def test_there_is_a_picture_of_the_page(name: str) -> None:
    picture = (EXAMPLES / f"{name}.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 400_000


@pytest.mark.parametrize(
    ("seconds", "size", "code", "said"),
    [
        (1.5, 2.9, 0, "plain pyvis, physics as it comes: not in 30 s"),
        (3.5, 2.9, 1, "OVER"),
        (1.5, 3.1, 1, "OVER"),
        ("not in 30 s", 2.9, 1, "inf"),
    ],
)
def test_bench_of_pages_fails_only_over_a_limit(
    seconds: float | str,
    size: float,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.syspath_prepend(EXAMPLES)
    import bench_page

    def write_pages(folder: Path, things: int, facts: int) -> tuple[Path, Path]:
        assert (things, facts) == (1000, 3000)
        (folder / "ours").write_bytes(b" " * int(size * 1e6))
        (folder / "pyvis").touch()
        return folder / "ours", folder / "pyvis"

    measured = {"ours": seconds, "pyvis": "not in 30 s"}
    monkeypatch.setattr(bench_page, "CHROMIUM", __file__)
    monkeypatch.setattr(bench_page, "SIZES", bench_page.SIZES[:1])
    monkeypatch.setattr(bench_page, "write_pages", write_pages)
    monkeypatch.setattr(bench_page, "open_page", lambda path, kind: measured[path.name])
    assert bench_page.main() == code
    assert said in capsys.readouterr().out


def test_bench_of_pages_without_chromium_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(EXAMPLES)
    import bench_page

    monkeypatch.setattr(bench_page, "CHROMIUM", str(tmp_path / "none"))
    assert bench_page.main() == 0
    assert capsys.readouterr().out.startswith("pages not measured: no ")


@pytest.mark.browser
def test_bench_opens_a_page_of_each_kind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.syspath_prepend(EXAMPLES)
    import bench_page

    if not Path(bench_page.CHROMIUM).exists() and not os.environ.get("CI"):
        pytest.skip("no Chromium")
    ours, theirs = bench_page.write_pages(tmp_path, 20, 30)
    assert 0 < bench_page.open_page(ours, bench_page.OURS) < 30
    assert 0 < bench_page.open_page(theirs, bench_page.PYVIS) < 30
    monkeypatch.setattr(bench_page, "PATIENCE", 2.0)
    assert bench_page.open_page(theirs, bench_page.OURS) == "not in 2 s"


def test_made_up_news_is_sound_and_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(EXAMPLES)
    from made_up import made_up_readings

    readings = list(made_up_readings(100, 260))
    assert readings == list(made_up_readings(100, 260))
    assert [len(reading.facts) for reading in readings] == [25] * 10 + [10]
    graph = build_graph(readings)
    assert check_graph(graph) == []
    network = build_network(graph)
    assert (network.number_of_nodes(), network.number_of_edges()) == (100, 260)
    names = {name for _, name in network.nodes(data="name")}
    assert len(names) == 100
    for reading in readings:
        text = reading.article.text
        for fact in reading.facts:
            [said] = [text[slice(*span)] for span in fact.evidence]
            assert said.count(fact.subject.name) == said.count(fact.object.name) == 1
        for entity in reading.entities:
            assert {text[slice(*span)] for span in entity.mentions} == {entity.name}
