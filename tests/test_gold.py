"""The gate: graphs of articles of our own wording against their gold; no floor ever falls."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import EXAMPLES, GOLD
from rdflib import RDF

from kg.files.writing import write_text
from kg.graph.check import check_graph
from kg.graph.vocabularies import KG, NIF
from kg.score.gold import RELATIONS, fold, read_claims, read_gold, same_claim
from kg.score.scores import Score, check_floors, score_graphs
from kg.sources.articles import read_article
from kg.store.engine import load_graph

pytestmark = pytest.mark.model
FLOORS = GOLD / "floors.toml"
NAMES = sorted(path.stem for path in GOLD.glob("*.json"))
#: The examples keep their text among the examples, the others beside their gold.
ARTICLES = {
    path.name.removesuffix(".fr.txt"): path
    for folder in (EXAMPLES, GOLD)
    for path in sorted(folder.glob("*.fr.txt"))
}
#: Relations with fewer gold facts have no floor of their own.
ENOUGH = 4
#: Relations that the gold of these articles does not judge.
NOT_JUDGED = {"founded"}


@pytest.fixture(scope="module")
def graphs(gold_graphs: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the graphs of all articles."""
    folder = tmp_path_factory.mktemp("graphs")
    for name, turtle in gold_graphs.items():
        write_text(folder / f"{name}.ttl", turtle)
    return folder


@pytest.fixture(scope="module")
def score(graphs: Path) -> Score:
    return score_graphs(GOLD, graphs)


def relation_figures(score: Score) -> dict[str, float]:
    """Return the F1 of each relation that has enough gold facts."""
    counts = sorted(score.by_relation.items())
    return {name: one.f1 for name, one in counts if one.right + one.missed >= ENOUGH}


def raise_floors(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Return the lines of floors: 0.01 to 0.02 under the figures, never under the old ones."""
    fresh = {name: math.floor(figure * 100 - 1 + 1e-9) / 100 for name, figure in figures.items()}
    return [f"{name} = {max(fresh[name], floors.get(name, 0)):.2f}" for name in figures]


def write_floors(score: Score) -> None:
    old = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    lines = [
        "# Least scores of the 13 articles (tests/test_gold.py). They only rise: make golden;",
        "# with new weights they are begun anew. The rules of 0.1 were written with them in view",
        "# (F1 .765); the reader that learns has not seen them, no threshold was chosen on them.",
        *raise_floors(score.measures(), old),
        "",
        "[by_relation]",
        *raise_floors(relation_figures(score), old["by_relation"]),
    ]
    write_text(FLOORS, "\n".join(lines) + "\n")


def test_there_is_gold_of_each_article(score: Score, gold_graphs: dict[str, str]) -> None:
    assert len(NAMES) == 13
    assert list(score.articles) == NAMES == sorted(ARTICLES) == sorted(gold_graphs)


@pytest.mark.parametrize("name", NAMES)
def test_gold_names_what_its_article_says(name: str) -> None:
    text = f" {fold(ARTICLES[name].read_text(encoding='utf-8'))} "
    things = [one for one in read_gold(GOLD / f"{name}.json")[0] if not one.optional]
    assert len(things) >= 15
    assert [str(one) for one in things if not any(f" {form} " in text for form in one.forms)] == []


def test_score_keeps_its_floors(score: Score, write: bool) -> None:
    if write:
        write_floors(score)
    check_floors(score, FLOORS)


def test_each_measure_and_relation_has_a_floor(score: Score) -> None:
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    relations = floors.pop("by_relation")
    assert set(floors) == set(score.measures())
    assert set(relations) == set(relation_figures(score)) == set(RELATIONS) - NOT_JUDGED


def test_floors_rise_and_never_fall() -> None:
    figures = {"higher": 0.925, "lower": 0.4, "new": 1.0}
    lines = raise_floors(figures, {"higher": 0.5, "lower": 0.6})
    assert lines == ["higher = 0.91", "lower = 0.60", "new = 0.99"]


def test_surer_facts_are_right_more_often(graphs: Path) -> None:
    judged = []
    for name in NAMES:
        _, gold, _ = read_gold(GOLD / f"{name}.json")
        for claim in read_claims(load_graph(graphs / f"{name}.ttl")):
            hits = [one for one in gold if same_claim(one, claim)]
            if not hits or not all(one.optional for one in hits):
                judged.append((claim.confidence, str(claim), bool(hits)))
    judged.sort(key=lambda fact: (-fact[0], fact[1]))
    middle = len(judged) // 2
    top, bottom = judged[:middle], judged[middle:]
    share = [sum(right for _, _, right in half) / len(half) for half in (top, bottom)]
    assert share[0] >= 0.88, share
    assert share[0] >= share[1] + 0.2, share


@pytest.mark.parametrize("name", NAMES)
def test_graph_passes_the_check(name: str, graphs: Path) -> None:
    graph = load_graph(graphs / f"{name}.ttl")
    assert (None, RDF.type, KG.Fact) in graph
    assert (None, NIF.anchorOf, None) in graph
    assert check_graph(graph, articles=[read_article(ARTICLES[name])]) == []


def test_hash_seed_changes_nothing(graphs: Path, tmp_path: Path) -> None:
    build = [sys.executable, "-c", "from kg.cli import main; main()", "build"]
    runs = [
        subprocess.Popen(
            [*build, *map(str, ARTICLES.values()), "--each", str(tmp_path / seed)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            stdout=subprocess.DEVNULL,
        )
        for seed in ("0", "1")
    ]
    assert [run.wait(timeout=120) for run in runs] == [0, 0]
    for name in NAMES:
        expected = (graphs / f"{name}.ttl").read_bytes()
        assert (tmp_path / "0" / f"{name}.ttl").read_bytes() == expected
        assert (tmp_path / "1" / f"{name}.ttl").read_bytes() == expected
