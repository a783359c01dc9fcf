"""`kg score` in its two uses: its table, its JSON, and what it says of wrong input."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_network import ANN
from tiny_reader import OpenModel

from kg import cli
from kg.graph.rdf import build_graph, write_turtle
from kg.model import Article, Entity, Fact, Reading
from kg.reader import package
from kg.reader.package import Package
from kg.reader.types import Limits
from kg.score.scores import Counts
from kg.verbs.reports import budget_lines

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs `kg score` with a reader made up by hand."""
    monkeypatch.setattr(package, "load_package", lambda folder: Package(OpenModel(), Limits(), {}))  # type: ignore[arg-type]

    def invoke(*arguments: object) -> tuple[int, str, str]:
        code = 0
        try:
            cli.main(["score", *map(str, arguments)])
        except SystemExit as done:
            code = int(done.code or 0)
        return code, *capsys.readouterr()

    return invoke


@pytest.fixture
def case(tmp_path: Path) -> tuple[Path, Path]:
    """Return gold with two facts, and a graph with one of them and a wrong one, less sure."""
    nordil, vasco, lyon = (
        Entity("Nordil", "Company"), Entity("Vasco", "Company"), Entity("Lyon", "Place"),
    )  # fmt: skip
    facts = (
        Fact(nordil, "acquired", vasco, confidence=0.9),
        Fact(vasco, "basedIn", lyon, confidence=0.4),
    )
    graph = build_graph([Reading(Article("a", "Texte."), (nordil, vasco, lyon), facts)])
    (tmp_path / "a.ttl").write_text(write_turtle(graph), encoding="utf-8")
    names = {"n": "Nordil", "v": "Vasco", "l": "Lyon"}
    gold = {
        "entities": [
            {"id": key, "type": "Place" if key == "l" else "Organization", "name": name}
            for key, name in names.items()
        ],
        "relations": [
            {"type": "acquired", "subject": "n", "object": "v"},
            {"type": "basedIn", "subject": "n", "object": "l"},
        ],
    }
    (tmp_path / "a.json").write_text(json.dumps(gold), encoding="utf-8")
    return tmp_path / "a.json", tmp_path / "a.ttl"


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """Return a folder with two marked articles."""
    folder = tmp_path / "marked"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.ann").write_text(ANN, encoding="utf-8")
    return folder


def test_graphs_are_told_with_support_and_calibration(run: Run, case: tuple[Path, Path]) -> None:
    code, out, err = run(*case)
    assert (code, err) == (0, "")
    assert out.splitlines()[:4] == [
        "relation       support  found  right       P       R      F1",
        "acquired             1      1      1   1.000   1.000   1.000",
        "basedIn              1      1      0   0.000   0.000   0.000",
        "ALL                  2      2      1   0.500   0.500   0.500",
    ]
    assert out.splitlines()[-1] == ("calibration   error 0.250 of 2 facts; told 0.650, right 0.500")


def test_json_takes_the_place_of_the_table_or_goes_to_a_file(
    run: Run, case: tuple[Path, Path], tmp_path: Path
) -> None:
    code, out, _ = run(*case, "--json", "-")
    told = json.loads(out)
    assert code == 0
    assert told["relations"] == {
        "precision": 0.5, "recall": 0.5, "f1": 0.5, "support": 2, "found": 2, "right": 1,
    }  # fmt: skip
    assert [*told["by relation"]] == ["acquired", "basedIn"]
    assert told["details"]["modality"] == {"right": 1, "support": 1, "share": 1.0}
    assert (told["calibration"]["error"], len(told["calibration"]["bins"])) == (0.25, 2)
    assert told["articles"] == {"a": 0.5} and "errors" not in told
    code, out, _ = run(*case, "--json", tmp_path / "told.json", "--errors")
    assert code == 0 and out.startswith("relation ")
    written = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert written.pop("errors") == {"a": ["+ Vasco basedIn Lyon", "- Nordil basedIn Lyon"]}
    assert written == told


def test_the_budget_is_a_table_and_json(run: Run, marked: Path, tmp_path: Path) -> None:
    code, out, err = run(marked, "--budget", "--json", tmp_path / "told.json")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert [line[:20].strip() for line in lines[:5]] == [
        "facts", "nothing given", "names given", "+ references given", "+ areas given",
    ]  # fmt: skip
    assert [line[:20].strip() for line in lines[6:10]] == [
        "one stage alone", "things", "references: found", "references: given",
    ]  # fmt: skip
    assert lines[-2].startswith("calibration         error ")
    assert lines[-1] == "articles            2"
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert told["articles"] == 2
    assert [*told] == [
        "articles", "budget", "by relation", "things", "references", "details", "calibration",
    ]  # fmt: skip
    assert json.loads(run(marked, "--budget", "--json", "-")[1]) == told
    assert json.loads(run(marked / "a.ann", "--budget", "--json", "-")[1])["articles"] == 1


def test_what_each_line_gains_is_told() -> None:
    from kg.training.budget import Budget
    from kg.training.evaluate import STAGES

    counts = [Counts(right, 0, 4 - right) for right in (1, 2, 2, 4)]
    budget = Budget(1, {s: {"offers": c} for s, c in zip(STAGES, counts, strict=True)})
    lines = list(budget_lines(budget))
    assert [line[66:].strip() for line in lines[:5]] == ["gain", "", "+0.267", "+0.000", "+0.333"]
    assert lines[-2].endswith("no fact to judge")


@pytest.mark.parametrize("more", [[], ["graphs", "--budget"], ["--budget", "--errors"]])
def test_wrong_usage_is_told(run: Run, more: list[str]) -> None:
    code, out, err = run("gold", *more)
    assert (code, out) == (2, "")
    assert err.startswith("Usage: kg score")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("folder/a.txt", b"Texte.", "no article ends in .ann; give a folder of marked articles"),
        ("folder/a.ann", b"Texte.", "0 lines '---' between its parts; write three"),
        ("folder/a.ann", "Société".encode("latin-1"), "not in UTF-8; save it in that encoding"),
    ],
)
def test_bad_input_is_one_line(
    run: Run, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / name).write_bytes(content)
    code, out, err = run(tmp_path / "folder", "--budget")
    assert (code, out) == (1, "")
    assert err.startswith(f"kg: {tmp_path}") and err.endswith(f": {said}\n")


def test_a_place_where_json_cannot_be_written_is_told_first(run: Run, marked: Path) -> None:
    code, out, err = run(marked, "--budget", "--json", marked)
    assert (code, out, err) == (1, "", f"kg: {marked}: a folder; name a file in it\n")
    code, out, err = run(marked / "nowhere", "--budget")
    assert (code, err.count("\n")) == (1, 1)
