from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytestmark = pytest.mark.train

import torch  # noqa: E402
from tiny_network import SETTINGS, SHAPE, tiny_articles  # noqa: E402
from tiny_reader import tiny_vocabulary  # noqa: E402

from kg.reader.reading import find_all  # noqa: E402
from kg.reader.types import Limits  # noqa: E402
from kg.training.loop import Training, run_training  # noqa: E402
from kg.training.network import losses  # noqa: E402
from kg.training.network.backend import TorchModel  # noqa: E402
from kg.training.network.whole import Network, load_weights  # noqa: E402

torch.set_num_threads(1)


def make_training(folder: Path, minutes: float = 1.0, **more: object) -> Training:
    from dataclasses import replace

    torch.manual_seed(1)
    how = replace(SETTINGS, minutes=minutes, **more)  # type: ignore[arg-type]
    return Training(Network(SHAPE), tiny_articles(folder), tiny_vocabulary(), how)


class Steps:
    """A clock that goes on by a minute each time that it is asked."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 60.0
        return self.now


def test_it_learns_four_sentences_by_heart(tmp_path: Path) -> None:
    training = make_training(tmp_path, minutes=150, cropped=0.0)
    first, *_, last = run_training(training, None, Steps())
    assert last.losses["names"] < 0.05 < first.losses["names"]
    assert last.losses["relations"] < 0.1 < first.losses["relations"]
    for kind in ("others", "spans", "references", "modality", "evidence", "values", "worth"):
        assert last.losses[kind] < 0.5 * first.losses[kind] + 0.02, kind
    article = training.articles[0]
    found = find_all(TorchModel(training.network, training.vocabulary), article.text, Limits())
    told = {
        (article.text[slice(*fact.evidence)], fact.relation, fact.modality) for fact in found.facts
    }
    assert ("va racheter Brisol", "acquired", "planned") in told
    bought = next(f for f in found.facts if f.relation == "acquired")
    amount = bought.values["amount"]
    assert not isinstance(amount, int)
    assert article.text[slice(*amount)] == "12 millions d'euros"
    assert found.things[bought.values["by"]].label == "Person"  # type: ignore[index]


def test_every_parameter_gets_a_gradient_and_belongs_to_one_group(tmp_path: Path) -> None:
    training = make_training(tmp_path)
    groups = [p for group in training.optimizer.param_groups for p in group["params"]]
    assert len({id(p) for p in groups}) == len(groups)
    free = {id(p) for p in training.network.parameters() if p.requires_grad}
    assert free == {id(p) for p in groups}
    found = training.ask([training.take(0), training.take(1)])
    torch.stack([loss for several in found.values() for loss, _ in several]).sum().backward()
    named = training.network.named_parameters()
    lacking = [name for name, p in named if p.requires_grad and p.grad is None]
    assert lacking == []


def test_the_same_seed_gives_the_same_weights(tmp_path: Path) -> None:
    one, two = (make_training(tmp_path, swapped=0.5) for _ in range(2))
    for training in (one, two):
        list(islice(run_training(training, None, Steps()), 12))
    for a, b in zip(one.average, two.average, strict=True):
        assert torch.equal(a, b)


def test_stopped_and_resumed_is_not_stopped(tmp_path: Path) -> None:
    whole = make_training(tmp_path, minutes=16, swapped=0.5, save_minutes=3.0)
    list(run_training(whole, tmp_path / "whole", Steps()))
    half = make_training(tmp_path, minutes=16, swapped=0.5, save_minutes=3.0)
    list(islice(run_training(half, tmp_path / "half", Steps()), 10))
    again = make_training(tmp_path, minutes=16, swapped=0.5, save_minutes=3.0)
    again.restore(torch.load(tmp_path / "half" / "state.pt", weights_only=False))
    assert 0 < int(again.count) < 10
    list(run_training(again, tmp_path / "half", Steps()))
    assert int(again.count) == int(whole.count)
    for a, b in zip(whole.average, again.average, strict=True):
        assert torch.equal(a, b)
    weights = torch.load(tmp_path / "whole" / "average.pt")
    load_weights(Network(SHAPE), weights, spared=["encoder.words.weight"])
    with pytest.raises(ValueError, match=r"lack encoder\.words\.weight"):
        load_weights(Network(SHAPE), weights, spared=[])


def test_windows_side_by_side_change_nothing(tmp_path: Path) -> None:
    network = Network(SHAPE).eval()
    ids, layout = torch.randint(0, SHAPE.pieces, (30,)), torch.zeros(30, dtype=torch.long)
    both = network.encoder.upper(network.encoder.lower(ids, layout, [18, 12]), layout, [18, 12])
    for part, rows in ((slice(0, 18), 18), (slice(18, 30), 12)):
        alone = network.encoder(ids[part], layout[part])
        assert torch.allclose(alone, both[part], atol=1e-5) and len(alone) == rows


def test_pooling_and_choices_are_what_they_say() -> None:
    scores = torch.tensor([0.0, 2.0, 5.0])
    pooled = losses.pool_pairs(scores[:, None], torch.tensor([0, 0, 1]), 2)[:, 0]
    assert np.allclose(pooled, [np.log((1 + np.e**2) / 2), 5.0], atol=1e-6)
    right = torch.tensor([False, True, False])
    loss, count = losses.choice_loss(scores, torch.tensor([0, 0, 1]), right, torch.zeros(2))
    want = np.log(1 + 1 + np.e**2) - 2 + np.log(1 + np.e**5)
    assert count == 2 and np.isclose(float(loss), want, atol=1e-5)


def test_a_missed_label_costs_no_more_than_a_bound() -> None:
    sure, none = torch.tensor([[30.0]]), torch.zeros(1, 1)
    loss, _ = losses.relation_loss(sure, none, torch.ones(1, 1), torch.ones(1), missed=0.04)
    assert np.isclose(float(loss), -np.log(0.04), atol=1e-4)
