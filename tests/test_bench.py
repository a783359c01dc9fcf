"""The benches fail only over a limit, and what they compare is the same in both engines."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES
from rdflib import XSD, Literal, URIRef

from kg.graph.check import check_graph
from kg.graph.rdf import build_graph, write_readings
from kg.network.network import build_network

BENCH = Path(__file__).with_name("bench")


@pytest.fixture(autouse=True)
def in_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tests import the benches as these import each other."""
    monkeypatch.syspath_prepend(BENCH)


def test_every_bench_is_run() -> None:
    makefile = (BENCH.parents[1] / "Makefile").read_text(encoding="utf-8")
    benches = {path.name for path in BENCH.glob("*.py")} - {"made_up.py", "maps.py"}
    assert len(benches) == 8
    for bench in benches:
        assert f"$(PY) tests/bench/{bench}" in makefile


ARTICLE = str(EXAMPLES / "bollore-alibaba.fr.txt")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, 0),
        ({"times": [4.0, 5.0, 0.1, 0.2]}, 1),
        ({"times": [3.0, 5.0, 0.4, 0.2]}, 1),
        ({"times": [3.0, 5.0, 0.1, 0.4]}, 1),
        ({"reading_times": (1.0, 2.6)}, 1),
        ({"long_times": (1.0, 61.0)}, 1),
        ({"reading_memory": 701.0}, 1),
        ({"wheel_sizes": (61.0, 80.0)}, 1),
        ({"needed_size": 611.0}, 1),
    ],
)
def test_bench_of_steps_fails_only_over_a_limit(
    changed: dict[str, Any], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import steps

    figures = {
        "times": [3.0, 5.0, 0.1, 0.2],
        "reading_times": (1.0, 2.4),
        "long_times": (1.0, 59.0),
        "reading_memory": 699.0,
        "wheel_sizes": (59.0, 80.0),
        "needed_size": 609.0,
    } | changed
    seconds = iter(figures.pop("times"))
    monkeypatch.setattr(steps, "fastest", lambda *commands: [next(seconds) for _ in commands])
    monkeypatch.setattr(sys, "argv", ["steps.py", ARTICLE])
    for name, figure in figures.items():
        monkeypatch.setattr(steps, name, lambda *_, figure=figure: figure)
    assert steps.main() == code


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
    import page

    def write_pages(folder: Path, things: int, facts: int) -> tuple[Path, Path]:
        assert (things, facts) == (1000, 3000)
        (folder / "ours").write_bytes(b" " * int(size * 1e6))
        (folder / "pyvis").touch()
        return folder / "ours", folder / "pyvis"

    measured = {"ours": seconds, "pyvis": "not in 30 s"}
    monkeypatch.setattr(page, "CHROMIUM", __file__)
    monkeypatch.setattr(page, "SIZES", page.SIZES[:1])
    monkeypatch.setattr(page, "write_pages", write_pages)
    monkeypatch.setattr(page, "open_page", lambda path, kind: measured[path.name])
    assert page.main() == code
    assert said in capsys.readouterr().out


def test_bench_of_pages_without_chromium_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    import page

    monkeypatch.setattr(page, "CHROMIUM", str(tmp_path / "none"))
    assert page.main() == 0
    assert capsys.readouterr().out.startswith("pages not measured: no ")


@pytest.mark.browser
def test_bench_opens_a_page_of_each_kind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import page

    if not Path(page.CHROMIUM).exists() and not os.environ.get("CI"):
        pytest.skip("no Chromium")
    ours, theirs = page.write_pages(tmp_path, 20, 30)
    assert 0 < page.open_page(ours, page.OURS) < 30
    assert 0 < page.open_page(theirs, page.PYVIS) < 30
    monkeypatch.setattr(page, "PATIENCE", 2.0)
    assert page.open_page(theirs, page.OURS) == "not in 2 s"


#: Seconds, MB and answers of rdflib, beside which each bench of a store has ours.
THEIRS = {
    "triples": 10**6,
    "loading": 25.0,
    "memory": 1000.0,
    "seconds": {"star": 40.0, "top": 20.0},
}
ANSWERS = {"star": [["<a>", "<b>"]], "top": [["1"]]}


@pytest.mark.parametrize(
    ("changed", "code", "said"),
    [
        ({}, 0, " 60.00 ×  at least 50.00  ok"),
        ({"seconds": {"star": 0.3, "top": 1.0}}, 1, " 46.15 ×  at least 50.00  OVER"),
        ({"loading": 5.5}, 1, " 4.55 ×  at least 5.00  OVER"),
        ({"memory": 510.0}, 1, " 0.51 ×  at most 0.50  OVER"),
        ({"triples": 999_000}, 1, " 999.00 thousand  at least 1000.00  OVER"),
        ({"answers": ANSWERS | {"top": [["2"]]}}, 1, "not the same answers: top\n"),
    ],
)
def test_bench_of_the_store_fails_only_over_a_limit(
    changed: dict[str, Any],
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    import store

    theirs = store.Measured(**THEIRS, answers=ANSWERS)
    ours = theirs._replace(loading=4.0, memory=480.0, seconds={"star": 0.9, "top": 0.1})
    found = {
        "write_news": None,
        "measure_rdflib": theirs,
        "measure_ours": ours._replace(**changed),
        "measure_folder": ours._replace(loading=0.1),
        "measure_putting": 45.2,
    }
    assert set(found) == {work.__name__ for work in store.WORKS}
    monkeypatch.setattr(store, "QUERIES", ANSWERS)
    monkeypatch.setattr(store, "run_alone", lambda work, path: found[work.__name__])
    assert store.main() == code
    assert said in capsys.readouterr().out


def test_bench_of_the_store_asks_the_same_of_both_engines(tmp_path: Path) -> None:
    import store
    from made_up import made_up_readings

    assert len(store.QUERIES) == 8
    path = tmp_path / "news.ttl"
    path.write_text(write_readings(made_up_readings(40, 600)), encoding="utf-8")
    ours, theirs = store.measure_ours(path), store.measure_rdflib(path)
    assert ours.triples == theirs.triples > 20_000
    for name in store.QUERIES:
        assert ours.answers[name], name
        assert ours.answers[name] == theirs.answers[name], name
    folder = store.measure_folder(path)
    assert store.differing(ours, theirs, folder) == []


def test_bench_of_the_store_measures_each_in_a_process_of_its_own(tmp_path: Path) -> None:
    import store

    path = tmp_path / "news.ttl"
    path.write_text("<urn:a> <urn:b> 1 , 2 .", encoding="utf-8")
    measured = store.Measured(*store.run_alone(store.measure_ours, path))
    assert measured.triples == 2
    assert measured.memory > 20
    assert set(measured.answers) == set(measured.seconds) == set(store.QUERIES)


@pytest.mark.parametrize(("seconds", "code"), [(19.0, 0), (21.0, 1)])
def test_bench_of_networks_fails_only_over_a_limit(
    seconds: float, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import network

    monkeypatch.setattr(network, "write_news", lambda path: None)
    monkeypatch.setattr(
        network, "measure_verbs", lambda path: {"": 4.0, "kg network path": seconds}
    )
    assert network.main() == code
    assert f"kg network path / loading{seconds / 4:>34.2f} ×" in capsys.readouterr().out


def test_bench_of_networks_measures_every_verb(tmp_path: Path) -> None:
    import network

    from kg.verbs.networks import USES

    path = tmp_path / "news.ttl"
    network.write_news(path, 60, 300)
    found = network.measure_verbs(path)
    assert set(found) == {"", "kg explain", *(f"kg network {measure}" for measure in USES)}
    assert all(seconds > 0 for seconds in found.values())


@pytest.mark.parametrize(("slow", "code"), [(1.2, 0), (1.5, 1)])
def test_bench_of_meaning_fails_only_over_a_limit(
    slow: float, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import meaning

    monkeypatch.setattr(meaning, "THINGS", 60)
    monkeypatch.setattr(meaning, "FACTS", 200)
    monkeypatch.setattr(meaning, "in_turns", lambda letter, asked: [1.0, slow])
    assert meaning.main() == code
    told = capsys.readouterr().out
    assert told.count(f"{slow:.2f} ×") >= 2
    assert ("over 1.3 ×: none" in told) == (code == 0)


def test_answers_are_compared_by_value() -> None:
    import store

    one = [
        (URIRef("urn:a"), Literal(Decimal("2.50")), Literal("x")),
        (None, Literal(1), Literal("y", lang="fr")),
    ]
    other = [
        (None, Literal(Decimal(1)), Literal("y", lang="fr")),
        (URIRef("urn:a"), Literal(2.5), Literal("x", datatype=XSD.string)),
    ]
    assert store.write_rows("SELECT", one) == store.write_rows("SELECT", other)
    assert store.write_rows("SELECT", [*one, one[0]]) != store.write_rows("SELECT", one)
    assert store.write_rows("CONSTRUCT", [*one, one[0]]) == store.write_rows("CONSTRUCT", one)
    assert store.write_rows("ORDER BY", one) != store.write_rows("ORDER BY", other)
    assert store.write_term(Literal("1")) != store.write_term(Literal(1))


def test_made_up_news_is_sound_and_the_same_again() -> None:
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


def test_memory_is_a_process_s_own() -> None:
    ask = f"import sys; sys.path.insert(0, {str(BENCH)!r})\n"
    ask += "import steps; print(steps.peak_memory())"
    run = "import subprocess, sys; held = b'x' * 300_000_000\n"
    run += "subprocess.run([sys.executable, '-c', sys.argv[1]])"
    done = subprocess.run([sys.executable, "-c", run, ask], capture_output=True, check=True)
    assert float(done.stdout) < 250


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, 0),
        ({"same": (1.1, 100.0)}, 1),
        ({"undo": (1.1, 100.0)}, 1),
        ({"first": (31.0, 100.0)}, 1),
        ({"claims": (20.1, 100.0)}, 1),
        ({"resolve": (20.0, 1001.0)}, 1),
    ],
)
def test_bench_of_who_is_who_fails_only_over_a_limit(
    changed: dict[str, tuple[float, float]], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import world

    seconds = {"first": 29.0, "resolve": 20.0, "loading": 10.0, "same": 0.9, "undo": 0.9}
    found = {name: (one, 200.0) for name, one in {**seconds, "claims": 19.0}.items()} | changed
    spent = {name: world.Spent(*one) for name, one in found.items()}
    monkeypatch.setattr(world, "measure", lambda folder, count: spent)
    monkeypatch.setattr(sys, "argv", ["world.py", "10"])
    assert world.main() == code
