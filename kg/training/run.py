"""A whole training: corpora read and checked, a network begun or gone on with, steps told."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import torch

from kg.errors import DataError
from kg.training.checks import refuse_copies
from kg.training.corpus import read_corpus
from kg.training.loop import Step, Training
from kg.training.network.start import read_base
from kg.training.network.whole import Network, load_base, load_weights
from kg.training.settings import Settings
from kg.training.workers import run_workers

#: What saved weights lack, since the base encoder's file has it.
TABLE = "encoder.words.weight"


def train_reader(
    folders: Sequence[Path],
    folder: Path,
    *,
    base: Path,
    settings: Settings,
    held_out: Sequence[Path] = (),
    start: Path | None = None,
    workers: int = 2,
    tell: Callable[[int, Step], None] = lambda worker, step: None,
) -> Training:
    """Learn from the articles of some folders; the state is kept in `folder` and gone on with.

    `start` are averaged weights to begin with instead of the base encoder's alone.
    """
    torch.set_num_threads(1)
    articles = list(read_corpus(folders))
    refuse_copies(articles, read_corpus(held_out))
    known = read_base(base)
    settings = replace(settings, shape=replace(settings.shape, pieces=len(known.scored)))
    network = Network(settings.shape)
    load_base(network, known)
    if start:
        load_weights(network, read_weights(start), spared=[TABLE])
    training = Training(network, articles, known.vocabulary, settings)
    state = folder / "state.pt"
    if state.exists():
        training.restore(torch.load(state, weights_only=False))
    run_workers(training, folder, time.monotonic, count=workers, tell=tell)
    return training


def read_weights(path: Path) -> dict[str, torch.Tensor]:
    """Read saved weights; raise DataError for a file that holds none."""
    try:
        weights: dict[str, torch.Tensor] = torch.load(path, weights_only=True)
    except (OSError, RuntimeError, ValueError, EOFError) as error:
        raise DataError(
            f"{path}: no weights ({error}); give the average.pt of a training"
        ) from error
    return weights
