from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = [pytest.mark.train, pytest.mark.filterwarnings("ignore")]

import torch  # noqa: E402
from tiny_network import random_network, tiny_articles, tiny_pieces  # noqa: E402

from kg.errors import DataError  # noqa: E402
from kg.reader.package import load_package  # noqa: E402
from kg.reader.reading import find_all  # noqa: E402
from kg.reader.types import Limits  # noqa: E402
from kg.training.export import save_package  # noqa: E402
from kg.training.network import quantize  # noqa: E402
from kg.training.network.backend import TorchModel  # noqa: E402
from kg.training.network.restore import restore_network  # noqa: E402
from kg.training.network.whole import Network  # noqa: E402

torch.set_num_threads(1)
LOW = Limits(thresholds=dict.fromkeys(Limits().thresholds, -99.0))


def test_what_was_not_in_int8_is_restored_as_it_was(tmp_path: Path) -> None:
    network = random_network(frozen=1)
    save_package(network, tmp_path / "a", pieces=tiny_pieces(), small=False)
    found, (scored, kept, _) = restore_network(tmp_path / "a")
    assert scored == tiny_pieces()[0] and list(kept) == list(tiny_pieces()[1])
    assert found.encoder.joined == network.encoder.joined == 1
    for (name, own), other in zip(
        network.state_dict().items(), found.state_dict().values(), strict=True
    ):
        assert torch.equal(own, other), name


def test_int8_is_restored_to_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quantize, "LEAST", 1)
    save_package(random_network(), tmp_path / "a", pieces=tiny_pieces())
    network, pieces = restore_network(tmp_path / "a")
    package = load_package(tmp_path / "a").model
    ids, layout = np.arange(30), np.arange(30) % 3
    exact = TorchModel(network, pieces[2])
    want, found = exact.encode(ids, layout), package.encode(ids, layout)
    assert np.abs(want[0] - found[0]).mean() < 0.02
    for one, two in zip(want[1], found[1], strict=True):
        assert np.abs(one - two).mean() < 0.02
    text = tiny_articles(tmp_path)[0].text
    facts, others = (
        {(f.relation, f.subject, f.object): f.logit for f in find_all(m, text, LOW).facts}
        for m in (exact, package)
    )
    shared = set(facts) & set(others)
    assert len(shared) > 0.8 * len(facts) > 0
    assert max(abs(facts[key] - others[key]) for key in shared) < 0.5
    save_package(network, tmp_path / "b", pieces=pieces)
    again = load_package(tmp_path / "b").model.encode(ids, layout)
    assert np.allclose(again[0], found[0], atol=1e-5)


def test_less_is_learned_without_a_change_of_what_is_found() -> None:
    network = random_network(frozen=1)
    later = Network(replace(network.shape, frozen=2, joined=1))
    later.load_state_dict(network.state_dict())
    ids, layout = torch.randint(0, network.shape.pieces, (20,)), torch.arange(20) % 3
    assert torch.equal(network.eval().encoder(ids, layout), later.eval().encoder(ids, layout))
    low, _ = later.learned()
    assert low == []


def test_a_folder_that_lacks_something_says_so(tmp_path: Path) -> None:
    save_package(random_network(), tmp_path, pieces=tiny_pieces())
    path = tmp_path / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    shape = meta.pop("shape")
    path.write_text(json.dumps(meta), encoding="utf-8")
    with pytest.raises(DataError, match="export it again"):
        restore_network(tmp_path)
    path.write_text(json.dumps(meta | {"shape": shape | {"layers": 3}}), encoding="utf-8")
    with pytest.raises(DataError, match=r"no weights for encoder\.layers\.2"):
        restore_network(tmp_path)
