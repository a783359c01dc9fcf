from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = [pytest.mark.train, pytest.mark.filterwarnings("ignore")]

import onnx  # noqa: E402
import torch  # noqa: E402
from onnx import numpy_helper  # noqa: E402
from tiny_network import ANN, SETTINGS, SHAPE, random_network, tiny_pieces  # noqa: E402

from kg.errors import DataError  # noqa: E402
from kg.reader.package import load_package  # noqa: E402
from kg.reader.types import Limits  # noqa: E402
from kg.training import export, run  # noqa: E402
from kg.training.marked.corpus import read_corpus  # noqa: E402
from kg.training.network import compare  # noqa: E402
from kg.training.network.backend import TorchModel  # noqa: E402
from kg.training.network.compare import check_score, list_changes  # noqa: E402
from kg.training.network.start import Base  # noqa: E402
from kg.training.run import Corpus, finish_reader  # noqa: E402

torch.set_num_threads(1)
TOLD = {
    "name": "tiny", "version": "1", "description": "Finds little.", "licence": "Apache-2.0",
    "commit": "abc", "seed": 1,
}  # fmt: skip


def finish(folder: Path) -> dict[str, Any]:
    """Finish a random network, with one article to learn from and to be held out."""
    (folder / "valid").mkdir(exist_ok=True)
    (folder / "valid" / "a.ann").write_text(ANN, encoding="utf-8")
    scored, _, vocabulary = tiny_pieces()
    base = Base(SHAPE.width, SHAPE.layers, SHAPE.heads, SHAPE.inner, 1e-12, vocabulary, scored, {})
    corpora = [Corpus("a", folder / "valid", "Apache-2.0", "one article")]
    network = random_network()
    return finish_reader(
        network, base, folder / "model", valid=folder / "valid", corpora=corpora, told=TOLD
    )


def shift(graph: str, name: str, by: float) -> Callable[[Path], None]:
    """Return what spoils a weight of a graph instead of making it small."""

    def spoil(path: Path) -> None:
        if path.stem != graph:
            return
        model = onnx.load(str(path))
        for tensor in model.graph.initializer:
            if tensor.name == f"network.{name}":
                array = numpy_helper.to_array(tensor).copy()
                array[:-1] += np.float32(by)  # the last one is that of 'none'
                tensor.CopyFrom(numpy_helper.from_array(array, tensor.name))
        onnx.save(model, str(path))

    return spoil


def test_a_finished_model_is_whole_and_tells_what_it_is(tmp_path: Path) -> None:
    meta = finish(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    package = load_package(tmp_path / "model")
    assert package.meta["scores"] == meta["scores"] and meta["shape"]["layers"] == SHAPE.layers
    assert meta["corpora"][0]["articles"] == 1
    card = (tmp_path / "model" / "README.md").read_text(encoding="utf-8")
    assert card.startswith("# tiny 1\n") and "one article" in card
    assert set(package.limits.thresholds) == set(Limits().thresholds)


def test_facts_that_differ_are_refused_and_nothing_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(tmp_path)
    before = (tmp_path / "model" / "meta.json").read_bytes()
    relations = Limits().thresholds
    thresholds = Limits(dict.fromkeys(relations, -3.5), dict.fromkeys(relations, (1.0, 3.5)))
    monkeypatch.setattr(
        run, "Limits", lambda *given, **more: thresholds if given else Limits(**more)
    )
    monkeypatch.setattr(export, "quantize_graph", shift("pair", "pairs.relations.bias", -9.0))
    told = r"facts whose chance is farther than 0\.1 from the least one.*; a: "
    with pytest.raises(DataError, match=told):
        finish(tmp_path)
    assert (tmp_path / "model" / "meta.json").read_bytes() == before
    load_package(tmp_path / "model")


def test_graphs_that_round_too_much_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare, "load_floats", lambda network, *_: spoiled(network))

    def spoiled(network: Any) -> TorchModel:
        other = random_network()
        with torch.no_grad():
            other.pairs.relations.bias[:-1] -= 9.0
        return TorchModel(other, tiny_pieces()[2])

    relations = Limits().thresholds
    low = Limits(dict.fromkeys(relations, -3.5), dict.fromkeys(relations, (1.0, 3.5)))
    (tmp_path / "a.ann").write_text(ANN, encoding="utf-8")
    articles = list(read_corpus([tmp_path]))
    network = random_network()
    exact = TorchModel(network, tiny_pieces()[2])
    assert not list(list_changes(exact, exact, articles[0], limits=low, margin=0.0))
    with pytest.raises(DataError, match="decided otherwise"):
        compare.check_export(network, tiny_pieces(), exact, articles, limits=low)


def test_a_score_may_fall_by_little() -> None:
    check_score(0.5, 0.504)
    with pytest.raises(DataError, match=r"F1 0\.500 .* the network 0\.506; no more than 0\.005"):
        check_score(0.5, 0.506)


def test_all_is_learned_anew_from_a_folder_of_which_a_tenth_judges(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(10):
        words = " ".join(f"{chr(97 + number)}{chr(97 + k)}" for k in range(12))
        text = f"lang: fr\n---\n[Brisol|o1] {words}\n---\no1 Organization Brisol\n---\n"
        (folder / f"a{number}.ann").write_text(text, encoding="utf-8")
    scored, _, vocabulary = tiny_pieces()
    base = Base(SHAPE.width, SHAPE.layers, SHAPE.heads, SHAPE.inner, 1e-12, vocabulary, scored, {})
    monkeypatch.setattr(run, "read_base", lambda path: base)
    monkeypatch.setattr(run, "load_base", lambda network, known: None)
    how = replace(SETTINGS, minutes=0.02)
    meta = run.train_anew(folder, tmp_path / "model", base=tmp_path, settings=how, workers=1)
    assert meta["scored on"] == "1 article, cross-fitted"
    assert [c["articles"] for c in meta["corpora"]] == [9]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "model"]
    load_package(tmp_path / "model")
