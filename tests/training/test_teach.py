from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = [pytest.mark.train, pytest.mark.filterwarnings("ignore")]

import torch  # noqa: E402
from tiny_network import ANN, SETTINGS, random_network, tiny_pieces  # noqa: E402

from kg import cli  # noqa: E402
from kg.errors import DataError  # noqa: E402
from kg.reader.package import load_package  # noqa: E402
from kg.training import teach  # noqa: E402
from kg.training.export import save_package  # noqa: E402
from kg.training.loop import Step  # noqa: E402
from kg.training.marked.corpus import read_corpus  # noqa: E402
from kg.training.teach import Lesson, Standing, plan_lesson, teach_reader  # noqa: E402

torch.set_num_threads(1)
OTHER = """lang: fr
source: own
---
[Brisol|o1] attend

{text} [Brisol|o1] {number}.
---
o1 Organization Brisol
---
"""


def fill(folder: Path, count: int) -> Path:
    """Write articles that have nothing in common."""
    folder.mkdir()
    for number in range(count):
        words = " ".join(f"{chr(97 + number)}{chr(97 + k)}" for k in range(12))
        text = OTHER.format(text=words, number=number)
        (folder / f"{folder.name}{number}.ann").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a tiny model, which is the one to go on from; its corpus is tiny."""
    corpus = fill(tmp_path / "corpus", 8)
    monkeypatch.setattr(teach, "corpus_folder", lambda: corpus)
    monkeypatch.setattr(teach, "SETTINGS", replace(SETTINGS, minutes=0.15))
    told = {"version": "1", "name": "tiny", "description": "Finds little."}
    told |= {"licence": "Apache-2.0", "commit": "abc", "seed": 1}  # type: ignore[dict-item]
    save_package(random_network(), tmp_path / "start", pieces=tiny_pieces(), told=told)
    monkeypatch.setenv("KG_MODEL", str(tmp_path / "start"))
    return tmp_path / "start"


def make_lesson(folder: Path) -> Lesson:
    """Return a lesson that is held out by what is learned, so that it is sure to be learned."""
    (folder / "own").mkdir()
    (folder / "own" / "a.ann").write_text(ANN, encoding="utf-8")
    own, corpus = list(read_corpus([folder / "own"])), list(read_corpus([folder / "corpus"]))
    return Lesson(own, own, corpus[:6], corpus[6:])


def test_a_lesson_holds_articles_out_and_takes_nothing_twice(start: Path, tmp_path: Path) -> None:
    own = fill(tmp_path / "own", 6)
    (tmp_path / "corpus" / "copy.ann").write_text(
        (own / "own0.ann").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "corpus" / "other.ann").write_text(ANN, encoding="utf-8")
    for number in range(1, 8):
        (tmp_path / "corpus" / f"corpus{number}.ann").unlink()
    lesson = plan_lesson(own, "0.5")
    assert (len(lesson.own), len(lesson.own_held)) == (3, 3)
    assert {a.name for a in [*lesson.own, *lesson.own_held]} == {f"own{k}" for k in range(6)}
    assert [a.name for a in [*lesson.corpus, *lesson.corpus_held]] == ["other"]
    held = fill(tmp_path / "held", 2)
    with pytest.raises(DataError, match=r"own0: shares .* with held0, which is held out"):
        plan_lesson(own, str(held))
    for wrong, words in (("0.01", "too few"), ("2", "neither a folder nor"), ("x", "neither")):
        with pytest.raises(DataError, match=words):
            plan_lesson(own, wrong)


def test_the_users_articles_are_a_part_of_each_round() -> None:
    one, other = (list(range(n)) for n in (20, 400))
    lesson = Lesson(one, [], other, [])  # type: ignore[arg-type]
    assert len(lesson.articles()) == 400 + 20 * 9


def test_a_lesson_is_learned_and_goes_on_where_it_broke_off(start: Path, tmp_path: Path) -> None:
    lesson, side, steps = make_lesson(tmp_path), tmp_path / "side", []
    how = replace(SETTINGS, minutes=0.1, save_minutes=0.01)

    def tell(_: int, step: Step) -> None:
        steps.append(step.number)
        if step.done > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        teach_reader(lesson, start, side, settings=how, workers=1, tell=tell)
    assert {path.name for path in side.iterdir()} == {"lesson.json", "state.pt", "average.pt"}
    again: list[int] = []
    teach_reader(
        lesson, start, side, settings=how, workers=1, tell=lambda _, step: again.append(step.number)
    )
    package = load_package(side / "model")
    assert steps[0] == 1 < again[0] <= steps[-1] + 1
    assert package.meta["version"].startswith("1+") and package.limits.worth == 0.5
    assert [c["name"] for c in package.meta["corpora"]] == ["user"]
    other = replace(lesson, corpus=lesson.corpus[1:])
    again.clear()
    how = replace(how, minutes=0.01)
    teach_reader(
        other, start, side, settings=how, workers=1, tell=lambda _, step: again.append(step.number)
    )
    assert again[0] == 1
    (side / "lesson.json").unlink()
    with pytest.raises(DataError, match="in its way"):
        teach_reader(lesson, start, side, settings=how, workers=1)


def run_train(*arguments: object) -> int:
    with pytest.raises(SystemExit) as done:
        cli.main(["train", *map(str, arguments)])
    return int(str(done.value.code))


def test_only_what_reads_better_is_kept(
    start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(tmp_path / "own", 4)
    given = (tmp_path / "own", "-o", tmp_path / "model", "--minutes", 0.05, "--workers", 1)
    assert run_train(*given) == 1
    told = capsys.readouterr()
    assert "not better: nothing is replaced" in told.err and "F1 on 1 held-out" in told.out
    assert not (tmp_path / "model").exists()
    load_package(tmp_path / "model.learning" / "model")
    monkeypatch.setattr(Standing, "beats", lambda new, old: True)
    assert run_train(*given) == 0
    assert "read with it by: kg build --model" in capsys.readouterr().out
    first = load_package(tmp_path / "model").meta["version"]
    assert first.startswith("1+") and not (tmp_path / "model.learning").exists()
    assert run_train(*given) == 0
    assert load_package(tmp_path / "model").meta["version"].startswith(f"{first}+")
    (tmp_path / "model" / "meta.json").unlink()
    capsys.readouterr()
    assert run_train(*given) == 1 and "there already, and no model" in capsys.readouterr().err


def test_without_pytorch_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert run_train(tmp_path) == 1
    assert "pip install 'pressgraph[train]'" in capsys.readouterr().err


def test_the_model_tells_what_it_was_taught(start: Path, tmp_path: Path) -> None:
    standing = teach_reader(
        make_lesson(tmp_path),
        start,
        tmp_path / "side",
        settings=replace(SETTINGS, minutes=0.02),
        workers=2,
    )
    card = (tmp_path / "side" / "model" / "README.md").read_text(encoding="utf-8")
    assert "articles of the user's that were held out" in card
    assert 0 <= standing.own <= 1 and standing.corpus == 0


def test_what_it_is_taught_is_read_and_the_rest_as_before(
    start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teach, "time", SimpleNamespace(monotonic=count(0.0, 60.0).__next__))
    lesson = make_lesson(tmp_path)
    before = teach.rate_crossed(teach.score_articles(load_package(start), lesson.own))
    standing = teach_reader(
        lesson, start, tmp_path / "side", settings=replace(SETTINGS, minutes=150), workers=1
    )
    assert standing.own > 0.5 > before
    found = teach.score_articles(load_package(tmp_path / "side" / "model"), lesson.corpus_held)
    assert found.counts == {}
