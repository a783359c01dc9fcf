from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = [pytest.mark.train, pytest.mark.filterwarnings("ignore")]

import onnx  # noqa: E402
import torch  # noqa: E402
from hypothesis import given  # noqa: E402
from hypothesis import strategies as st  # noqa: E402
from hypothesis.extra.numpy import arrays  # noqa: E402
from onnxruntime import InferenceSession  # noqa: E402
from tiny_network import random_network, tiny_articles, tiny_pieces  # noqa: E402
from tiny_reader import tiny_vocabulary  # noqa: E402

from kg.errors import DataError  # noqa: E402
from kg.reader.package import load_package, read_meta  # noqa: E402
from kg.reader.pieces import make_vocabulary  # noqa: E402
from kg.reader.reading import find_all  # noqa: E402
from kg.reader.types import Limits  # noqa: E402
from kg.training.export import (  # noqa: E402
    choose_pieces,
    export_graphs,
    pack_table,
    save_package,
    write_graph,
)
from kg.training.network import quantize  # noqa: E402
from kg.training.network.backend import TorchModel  # noqa: E402
from kg.training.network.whole import Network  # noqa: E402

torch.set_num_threads(1)
LOW = Limits(thresholds=dict.fromkeys(Limits().thresholds, -99.0))


@pytest.fixture(scope="module")
def network() -> Network:
    return random_network()


def test_a_package_reads_as_the_network_does(
    network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vocabulary = tiny_vocabulary()
    kept = list(range(len(tiny_pieces()[0])))
    save_package(
        network, tmp_path / "exact", pieces=(tiny_pieces()[0], kept, vocabulary), small=False
    )
    package = load_package(tmp_path / "exact")
    text = tiny_articles(tmp_path)[0].text
    want = find_all(TorchModel(network, vocabulary), text, LOW)
    found = find_all(package.model, text, LOW)
    assert [t.label for t in found.things] == [t.label for t in want.things]
    assert len(found.facts) == len(want.facts) > 0
    monkeypatch.setattr(quantize, "LEAST", 1)
    save_package(
        network, tmp_path / "small", pieces=(tiny_pieces()[0], kept, vocabulary), small=True
    )
    small = load_package(tmp_path / "small").model
    ids, layout = np.arange(30), np.zeros(30, int)
    exact = package.model.encode(ids, layout)[0]
    assert np.abs(small.encode(ids, layout)[0] - exact).mean() < 0.02
    sizes = [
        sum(p.stat().st_size for p in (tmp_path / n).glob("encode.onnx"))
        for n in ("exact", "small")
    ]
    assert sizes[1] < sizes[0]


def test_a_window_is_the_same_whatever_stands_after_it(network: Network, tmp_path: Path) -> None:
    kept = list(range(len(tiny_pieces()[0])))
    save_package(network, tmp_path, pieces=(tiny_pieces()[0], kept, tiny_vocabulary()), small=True)
    one, two = (load_package(tmp_path, threads=threads).model for threads in (1, 2))
    ids, layout = np.arange(20), np.zeros(20, int)
    assert np.array_equal(one.encode(ids, layout)[0], two.encode(ids, layout)[0])


def test_a_row_is_multiplied_as_if_it_stood_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quantize, "LEAST", 1)
    module = torch.nn.Linear(64, 48)
    rows = torch.randn(9, 64) * torch.logspace(-4, 4, 9)[:, None]
    write_graph(module, [rows], tmp_path / "step.onnx", outputs=1)
    quantize.quantize_graph(tmp_path / "step.onnx")
    session = InferenceSession(str(tmp_path / "step.onnx"), providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"in0": rows.numpy()})
    want = module(rows).detach().numpy()
    assert (np.abs(found - want) < 0.03 * np.abs(want).max(1, keepdims=True)).all()
    for number in range(9):
        (alone,) = session.run(None, {"in0": rows[number : number + 1].numpy()})
        assert np.array_equal(alone[0], found[number])
    (nothing,) = session.run(None, {"in0": np.zeros((2, 64), np.float32)})
    assert np.allclose(nothing, module.bias.detach().numpy())


def test_the_encoder_is_exported_in_few_steps(network: Network, tmp_path: Path) -> None:
    export_graphs(network, tmp_path)
    steps = [node.op_type for node in onnx.load(str(tmp_path / "encode.onnx")).graph.node]
    assert steps.count("MultiHeadAttention") == len(network.encoder.layers)
    assert "Softmax" not in steps


def test_a_folder_that_is_not_whole_says_what_to_do(network: Network, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no model here.*reinstall"):
        read_meta(tmp_path)
    kept = list(range(len(tiny_pieces()[0])))
    save_package(network, tmp_path, pieces=(tiny_pieces()[0], kept, tiny_vocabulary()), small=False)
    meta = tmp_path / "meta.json"
    whole = meta.read_text(encoding="utf-8")
    meta.write_text(whole[:50], encoding="utf-8")
    with pytest.raises(DataError, match="cut short"):
        load_package(tmp_path)
    meta.write_text(whole.replace('"scheme": "', '"scheme": "x'), encoding="utf-8")
    with pytest.raises(DataError, match="another scheme"):
        load_package(tmp_path)
    meta.write_text(whole, encoding="utf-8")
    (tmp_path / "pair.onnx").write_bytes(b"")
    with pytest.raises(DataError, match=r"pair\.onnx: cut short"):
        load_package(tmp_path)
    (tmp_path / "pair.onnx").unlink()
    with pytest.raises(DataError, match=r"pair\.onnx: missing"):
        load_package(tmp_path)


def test_pieces_that_texts_use_are_kept_and_all_latin_ones() -> None:
    scored = [("<unk>", -20.0), ("<s>", 0.0), ("</s>", 0.0), ("▁год", -2.0), ("▁дом", -2.0)]
    scored += [("▁Lyon", -2.0), ("▁Turin", -2.0)]
    vocabulary = make_vocabulary(scored, {}, special=(0, 1, 2))
    kept = choose_pieces(vocabulary, ["Lyon дом"])
    names = [vocabulary.tokenizer.id_to_token(number) for number in kept]
    assert names == ["<unk>", "<s>", "</s>", "▁дом", "▁Lyon", "▁Turin"]


@given(arrays(np.float32, (3, 64), elements=st.floats(-9, 9, width=32)))
def test_a_table_of_four_bits_is_packed_as_it_is(table: np.ndarray) -> None:
    ids = np.array([2, 0, 1])
    once = pack_table(table)[np.arange(3)]
    again = pack_table(once)[ids]
    assert np.array_equal(again, once[ids])
    farthest = np.abs(table.reshape(3, 2, 32)).max(-1).repeat(32, -1)
    assert (np.abs(once - table) <= farthest / 8 + 1e-3).all()
