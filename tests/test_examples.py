"""The examples' graphs are the golden ones, and every example script runs."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from conftest import EXAMPLES, GOLDEN
from goldens import compare_graphs
from rdflib import PROV, RDF, XSD, Graph, Literal

from kg.files.writing import write_text
from kg.graph.vocabularies import KG
from kg.reader.package import SHIPPED, read_meta
from kg.reader.types import Limits

NAMES = sorted(path.name.removesuffix(".fr.txt") for path in EXAMPLES.glob("*.fr.txt"))
#: Script → its arguments and a line that it prints.
SCRIPTS = {
    "partners": ([], "Alibaba + Bolloré (Actual)"),
    "shares": ([], "Galvénor,18.0,"),
    "path": (["graph.ttl", "Cyrille Bolloré", "Alibaba"], "Cyrille Bolloré – Bolloré: "),
}


def test_there_is_a_golden_graph_of_each_example() -> None:
    assert len(NAMES) == 4
    assert {path.stem for path in GOLDEN.glob("*.ttl")} == set(NAMES)


@pytest.mark.model
@pytest.mark.parametrize("name", NAMES)
def test_graph_is_the_golden_one(name: str, example_graphs: dict[str, str], write: bool) -> None:
    golden = GOLDEN / f"{name}.ttl"
    if write:
        write_text(golden, example_graphs[name])
    expected, found = (
        Graph().parse(data=turtle, format="ox-turtle")
        for turtle in (golden.read_text(encoding="utf-8"), example_graphs[name])
    )
    limits = Limits(**read_meta(SHIPPED)["limits"])
    differences = list(compare_graphs(expected, found, limits))
    assert not differences, "if this change is meant, run: make golden"
    assert (None, RDF.type, KG.Fact) in found


def test_a_difference_is_told_but_near_a_threshold(graph: Graph) -> None:
    (sure,) = graph.subjects(KG.confidence, Literal("0.90", datatype=XSD.decimal))
    limits = Limits(thresholds={"subsidiaryOf": 2.1, "acquired": 0.0})

    def change(confidence: str) -> Graph:
        other = Graph() + graph
        other.set((sure, KG.confidence, Literal(confidence, datatype=XSD.decimal)))
        return other

    assert not list(compare_graphs(graph, graph, limits))
    assert not list(compare_graphs(graph, change("0.89"), limits))
    assert len(list(compare_graphs(graph, change("0.87"), limits))) == 1
    without = Graph() + graph
    without.remove((sure, PROV.wasDerivedFrom, None))
    assert not list(compare_graphs(graph, without, limits))
    low = Limits(thresholds={"subsidiaryOf": 1.0, "acquired": 0.0})
    assert len(list(compare_graphs(graph, without, low))) == 1


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
