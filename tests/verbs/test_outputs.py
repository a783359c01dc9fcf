"""What a build leaves alone, reads again and leaves out, in a store and in a folder of files."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import TEXT

from kg.errors import DataError, KgError
from kg.graph.rdf import build_graph, write_turtle
from kg.graph.terms import digest
from kg.model import Article, Reader, Reading
from kg.store.engine import load_graph

Run = Callable[..., tuple[int, str, str]]
READER = importlib.import_module("kg.reader")
FIRST = Reader("learned", "0.2.0", "a" * 64)
KINDS = ("--store", "--each")


class StandIn:
    """Read as the hand-made article, count what is read, and fail where nothing may be."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.reader, self.names = reading, FIRST, list[str]()

    def read(self, article: Article) -> Reading:
        self.names.append(article.name)
        facts = tuple(
            replace(fact, confidence=0.4 if fact.property == "acquired" else 0.9)
            for fact in self.reading.facts
        )
        return replace(self.reading, article=article, facts=facts, reader=self.reader)

    def took(self) -> list[str]:
        """Return which articles have been read since the last time."""
        names, self.names = self.names, []
        return names


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, reading: Reading) -> StandIn:
    """Let a stand-in read; whoever loads the model fails."""

    def fail(*_: object) -> None:
        raise AssertionError("the model is loaded")

    found = StandIn(reading)
    monkeypatch.setattr(READER, "read", found.read)
    monkeypatch.setattr(READER, "name_reader", lambda *_: found.reader)
    monkeypatch.setattr("kg.reader.package.load_package", fail)
    return found


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Return the files of two articles."""
    paths = [tmp_path / f"{name}.fr.txt" for name in ("nordil", "vasco")]
    for path in paths:
        path.write_text(TEXT, encoding="utf-8")
    return paths


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_unchanged_is_not_read(
    run: Run, stand_in: StandIn, files: list[Path], tmp_path: Path, kind: str
) -> None:
    target = tmp_path / "out"
    assert run("build", *files, kind, target)[0] == 0
    assert stand_in.took() == ["nordil", "vasco"]
    before = {path: path.read_bytes() for path in target.glob("*.ttl")}
    lines = [f"{name}: 17 facts, 12 things: unchanged\n" for name in ("nordil", "vasco")]
    assert run("build", *files, kind, target) == (0, "".join(lines), "")
    assert stand_in.took() == []
    files[1].write_text(TEXT + "Fin.\n", encoding="utf-8")
    code, out, err = run("build", *files, kind, target)
    done = "vasco: 17 facts, 12 things" + (": replaced" if kind == "--store" else "")
    assert (code, out) == (0, f"{lines[0]}{done}\n")
    assert err == "kg: 1 article read, 1 unchanged\n"
    assert stand_in.took() == ["vasco"]
    assert all(path.read_bytes() == data for path, data in before.items() if "nordil" in path.name)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "options",
    [
        ["--date", "2024-03-12"], ["--publisher", "Le Soir"], ["--no-text"], ["--lang", "en"],
        ["--base", "https://news.example/"], ["--min-confidence", "0.5"],
    ],
)  # fmt: skip
def test_an_option_that_changes_the_graph_is_not_defeated(
    run: Run, stand_in: StandIn, tmp_path: Path, kind: str, options: list[str]
) -> None:
    path, target = tmp_path / "nordil.txt", tmp_path / "out"
    path.write_text(TEXT, encoding="utf-8")
    for given in (["--lang", "fr"], options):
        for keep in ([], ["--keep"]):
            assert run("build", path, kind, target, *given, *keep)[0] == 0
        assert stand_in.took() == ["nordil"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_another_reader_read_is_read_again_unless_kept(
    run: Run, stand_in: StandIn, files: list[Path], tmp_path: Path, kind: str
) -> None:
    target = tmp_path / "out"
    run("build", *files, kind, target)
    stand_in.took()
    stand_in.reader = replace(FIRST, weights="b" * 64)
    code, out, err = run("build", *files, kind, target, "--keep")
    assert (code, out.count(": unchanged"), stand_in.took()) == (0, 2, [])
    assert err == "kg: 2 articles that another reader had read were left so (--keep)\n"
    _, _, err = run("build", *files, kind, target)
    told = "2 articles that another reader had read were read again; --keep leaves such as they are"
    assert err == f"kg: {told}\n"
    assert stand_in.took() == ["nordil", "vasco"]
    assert run("build", *files, kind, target)[2] == ""
    assert stand_in.took() == []


def test_a_run_that_broke_off_with_other_options_is_begun_anew(
    run: Run, stand_in: StandIn, files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.journal.Journal.end", lambda self: None)
    store = tmp_path / "news"
    run("build", *files, "--store", store)
    stand_in.took()
    run("build", *files, "--store", store, "--min-confidence", "0.5")
    assert stand_in.took() == ["nordil", "vasco"]
    stand_in.reader = replace(FIRST, version="0.3.0")
    run("build", *files, "--store", store, "--min-confidence", "0.5")
    assert stand_in.took() == ["nordil", "vasco"]


def test_a_build_and_a_withdrawal_settle_who_is_who(
    run: Run, stand_in: StandIn, files: list[Path], tmp_path: Path
) -> None:
    store, lines = tmp_path / "news", tmp_path / "news.who.tsv"
    lines.write_text("left\tis\tright\nVasco\tsame\tHexo\n", encoding="utf-8")
    assert run("build", *files, "--store", store)[0] == 0
    once = run("claims", store, "--of", "Vasco", "--format", "csv")[1]
    assert ",2," in once  # articles; of one voice
    assert once == run("claims", store, "--of", "Hexo", "--format", "csv")[1]
    lines.write_text("left\tis\tright\nVasco\tsame\tDunord\n", encoding="utf-8")
    code, out, err = run("build", *files, "--store", store)
    assert (code, out.count(": unchanged")) == (0, 2)
    gone = "not in the file of decisions any more, and not followed: Vasco same Hexo"
    assert err == f"kg: matches nothing now: Vasco same Dunord\nkg: {gone}\n"
    assert run("claims", store, "--of", "Vasco", "--format", "csv")[1] != once
    assert run("forget", "vasco", "--store", store)[0] == 0
    assert ",2," not in run("claims", store, "--format", "csv")[1]
    lines.write_text("left\tis\nVasco\tsame\n", encoding="utf-8")
    code, _, err = run("build", *files, "--store", store)
    assert (code, err.count("\n"), "line" in err or "column" in err) == (1, 1, True)
    assert run("build", *files, "--each", tmp_path, "--decisions", lines)[0] == 2


@pytest.mark.parametrize("text", [[], ["--no-text"]])
def test_a_story_that_goes_on_replaces_or_stands_beside(
    run: Run, stand_in: StandIn, files: list[Path], tmp_path: Path, text: list[str]
) -> None:
    store, path = tmp_path / "news", files[0]
    count = ("query", store, "SELECT (COUNT(*) AS ?n) { ?a a kg:Article }", "--format", "csv")
    later, last = f"{TEXT}La suite.\n", f"{TEXT}La fin.\n"
    name = f"nordil-{digest(later, 8)}"
    for words, options, done, held in (
        (TEXT, [], "nordil: 17 facts, 12 things: added", "1"),
        (later, ["--beside"], f"{name}: 17 facts, 12 things: added", "2"),
        (later, ["--beside"], f"{name}: 17 facts, 12 things: unchanged", "2"),
        (TEXT, ["--beside"], "nordil: 17 facts, 12 things: unchanged", "2"),
        (last, [], "nordil: 17 facts, 12 things: replaced", "2"),
    ):
        path.write_text(words, encoding="utf-8")
        code, out, _ = run("build", path, "--store", store, *options, *text)
        assert (code, out) == (0, f"{done}\n")
        assert run(*count)[1].split() == ["n", held]
    told = json.loads(run("claims", store, "--format", "json")[1])
    (one,) = (it for it in told if it["relation"] == "subsidiaryOf")
    assert (one["articles"], one["voices"]) == (2, 2 if text else 1)
    assert run("build", path, "--each", tmp_path / "out", "--beside")[0] == 2


def test_what_broke_off_before_who_is_who_was_settled_is_settled_by_the_next_run(
    run: Run, stand_in: StandIn, files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, whole = tmp_path / "news", tmp_path / "whole"
    assert run("build", files[0], "--store", store)[0] == 0
    with monkeypatch.context() as broken:
        broken.setattr("kg.who.view.beside.follow_book", fail)
        assert run("build", *files, "--store", store)[0] == 1
    code, out, _ = run("build", *files, "--store", store)
    assert (code, ": added" in out) == (0, False)
    run("build", *files, "--store", whole)
    told = [run("claims", it, "--format", "csv")[1] for it in (store, whole)]
    assert told[0] == told[1]


def fail(*given: object) -> None:
    raise KgError("stopped here")


def test_a_damaged_file_is_written_anew(
    run: Run, stand_in: StandIn, files: list[Path], tmp_path: Path
) -> None:
    target = tmp_path / "out"
    run("build", *files, "--each", target)
    path = target / "nordil.ttl"
    whole = path.read_bytes()
    path.write_bytes(whole[:500])
    stand_in.took()
    run("build", *files, "--each", target)
    assert stand_in.took() == ["nordil"]
    assert path.read_bytes() == whole


def test_least_confidence_is_that_of_all_verbs(
    run: Run, stand_in: StandIn, files: list[Path], tmp_path: Path
) -> None:
    whole, less = tmp_path / "whole.ttl", tmp_path / "less.ttl"
    least = ("--min-confidence", "0.5")
    assert run("build", files[0], "-o", whole)[1].endswith("17 facts, 12 things\n")
    assert run("build", files[0], "-o", less, *least)[1].endswith("16 facts, 12 things\n")
    assert run("export", whole, "--to", "ttl", *least) == run("export", less, "--to", "ttl")
    assert len(run("facts", files[0])[1].splitlines()) == 17
    told = [json.loads(line) for line in run("facts", files[0], *least)[1].splitlines()]
    assert len(told) == 16 and {fact["confidence"] for fact in told} == {0.9}
    assert run("draw", whole, *least)[1] == run("draw", less)[1]
    possible = ("network", "path", "Vasco", "Orvane", "--modality", "possible")
    verb, *rest = possible
    assert run(verb, whole, *rest)[0] == 0
    assert run(verb, whole, *rest, *least)[2].startswith("kg: 'Vasco' and 'Orvane' are not linked")
    for wrong in ("1.5", "-0.1", "x"):
        assert run("build", files[0], "--min-confidence", wrong)[0] == 2
    assert run("build", files[0], "--keep")[0] == 2


def test_a_reader_that_is_not_whole_ends_the_run_in_one_line(
    run: Run, stand_in: StandIn, files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Reading:
        raise DataError("weights/pair.onnx: cut short or changed; reinstall pressgraph")

    told = "kg: weights/pair.onnx: cut short or changed; reinstall pressgraph\n"
    for name in ("read", "name_reader"):
        monkeypatch.setattr(READER, name, fail)
        for options in ([], ["--store", tmp_path / name], ["--each", tmp_path / f"{name}s"]):
            assert run("build", *files, *options) == (1, "", told)
    assert run("facts", *files) == (1, "", told)
    assert not list(tmp_path.glob("*/*.ttl"))


SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
import kg.reader
from kg.reader import package
from kg.cli import main
from folders import make_folder
folder = make_folder(Path({folder!r}))
reader = package.name_reader(folder)
kg.reader.name_reader = lambda *_: reader
if sys.argv[1] == "first":
    from kg.model import Reading
    kg.reader.read = lambda article: Reading(article, reader=reader)
try:
    main(["build", *sys.argv[2:]])
except SystemExit as done:
    assert not done.code, done.code
print(sorted({{"onnxruntime", "spacy", "torch"}} & sys.modules.keys()))
"""


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_heavy_is_imported_for_what_is_unchanged(
    files: list[Path], tmp_path: Path, kind: str
) -> None:
    tests = str(Path(__file__).parents[1] / "reader")
    script = SCRIPT.format(tests=tests, folder=str(tmp_path / "weights"))
    for times in ("first", "then"):
        done = subprocess.run(
            [sys.executable, "-c", script, times, *map(str, files), kind, str(tmp_path / "out")],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "[]"
    assert done.stdout.count(": unchanged") == 2


@pytest.mark.model
def test_the_reader_that_ships_names_itself_as_its_folder_does(tmp_path: Path) -> None:
    path, target = tmp_path / "nordil.fr.txt", tmp_path / "out.ttl"
    path.write_text("Nordil a racheté Vasco pour 12 millions d'euros en 2019.", encoding="utf-8")
    reading = READER.read(Article("nordil", path.read_text(encoding="utf-8")))
    assert reading.reader == READER.name_reader()
    target.write_text(write_turtle(build_graph([reading])), encoding="utf-8")
    assert READER.name_reader().weights in target.read_text(encoding="utf-8")
    assert len(load_graph(target)) > 10
