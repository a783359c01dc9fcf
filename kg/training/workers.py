"""Several workers on the same weights: each learns from its share and none waits for another."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import torch
from torch import multiprocessing

from kg.training.loop import Step, Training, run_training
from kg.training.sampling import Sampler


def run_workers(
    training: Training,
    folder: Path,
    clock: Callable[[], float],
    *,
    count: int,
    tell: Callable[[int, Step], None],
) -> None:
    """Train with `count` processes of one thread each, until the minutes are over.

    A worker's step is made from weights that another may have changed meanwhile (Niu et al. 2011,
    Hogwild); on a machine that others use too, no core waits for a busy one. Only one worker
    alone goes on exactly where it stopped.
    """
    torch.set_num_threads(1)
    share_memory(training)
    context = multiprocessing.get_context("fork")
    training.lock = context.Lock()

    def follow(number: int) -> None:
        with suppress(KeyboardInterrupt):  # which the first worker tells
            work(number)

    def work(number: int) -> None:
        torch.manual_seed(training.settings.seed * count + number)
        if count > 1:
            seed, share = training.settings.seed + int(training.count), (number, count)
            training.sampler = Sampler(training.examples, seed, share=share)
        for step in run_training(training, folder if number == 0 else None, clock):
            tell(number, step)

    others = [
        context.Process(target=follow, args=(number,), daemon=True) for number in range(1, count)
    ]
    for process in others:
        process.start()
    work(0)
    for process in others:
        process.join()


def share_memory(training: Training) -> None:
    """Put weights, averages, their count and the optimizer's state where all workers see them."""
    training.network.share_memory()
    training.count.share_memory_()
    for tensor in training.average:
        tensor.share_memory_()
    for state in training.optimizer.state.values():
        for tensor in state.values():
            tensor.share_memory_()
