"""The loop: steps until the clock ends it, averaged weights, a state from which it goes on."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from kg.reader.pieces import Vocabulary
from kg.training.augment import Names, crop_article, lead_names, raise_letters, swap_names
from kg.training.examples import Example, make_examples
from kg.training.marked.corpus import MarkedArticle
from kg.training.network.losses import Sum
from kg.training.network.objective import WEIGHTS, ask_network
from kg.training.network.whole import Network, Rows, lay_rows
from kg.training.sampling import Sampler, weigh_relations
from kg.training.settings import Settings, tell_settings


@dataclass(frozen=True, slots=True)
class Step:
    """Hold what one step was: its number, how far the clock is (0 to 1), its losses."""

    number: int
    done: float
    losses: Mapping[str, float]


class Training:
    """Hold all that goes on from step to step: weights, averages, optimizer, what comes next."""

    def __init__(
        self,
        network: Network,
        articles: Sequence[MarkedArticle],
        vocabulary: Vocabulary,
        settings: Settings,
    ) -> None:
        torch.manual_seed(settings.seed)
        self.network, self.settings = network, settings
        self.articles, self.vocabulary = articles, vocabulary
        made = [(a, k, e) for a in articles for k, e in enumerate(make_examples(a, vocabulary))]
        self.sources = [(article, part) for article, part, _ in made]
        self.examples = [example for *_, example in made]
        self.names = Names(articles)
        network.weights = torch.tensor(weigh_relations(self.examples))
        self.sampler = Sampler(self.examples, settings.seed)
        self.lock: AbstractContextManager[object] = nullcontext()
        self.kept: dict[int, Tensor] = {}
        low, heads = network.learned()
        self.learned = [*low, *heads]
        groups = [{"params": low, "lr": settings.rate}, {"params": heads, "lr": settings.head_rate}]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=settings.decay, fused=True)
        self.average = [p.detach().clone() for p in self.learned]
        self.count = torch.zeros((), dtype=torch.int64)
        self.spent = 0.0
        for parameter in self.learned:
            zeros = torch.zeros_like(parameter)
            self.optimizer.state[parameter] = {
                "step": torch.zeros(()),
                "exp_avg": zeros,
                "exp_avg_sq": zeros.clone(),
            }

    def take(self, index: int) -> tuple[Example, Rows, Tensor]:
        """Return an example, its windows, and what the frozen half of the encoder makes of them."""
        draw = self.sampler.draw
        example, chance = self.examples[index], draw.random()
        swapped = chance < self.settings.swapped
        raised = not swapped and chance < self.settings.swapped + self.settings.raised
        cropped = draw.random() < self.settings.cropped
        led = draw.random() < self.settings.led
        changed = swapped or raised or cropped or led
        if changed:
            other, part = self.sources[index]
            other = crop_article(other, draw) if cropped else other
            other = lead_names(other, draw) if led else other
            other = swap_names(other, self.names, draw) if swapped else other
            other = raise_letters(other) if raised else other
            parts = list(make_examples(other, self.vocabulary))
            example = parts[min(part, len(parts) - 1)]
        rows = lay_rows(example, self.vocabulary.first, self.vocabulary.last)
        if not changed and index in self.kept:
            return example, rows, self.kept[index]
        low = self.run_lower(rows)
        if not changed:
            self.kept[index] = low
        return example, rows, low

    def run_lower(self, rows: Rows) -> Tensor:
        """Run the frozen half of the encoder, without dropout."""
        self.network.eval()
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            ids, layout = torch.from_numpy(rows.ids), torch.from_numpy(rows.layout)
            low = self.network.encoder.lower(ids, layout, rows.sizes)
        self.network.train()
        return low.to(torch.bfloat16)

    def step(self, done: float) -> Step:
        """Learn from some examples; `done` is how much of the time has gone."""
        batch: list[tuple[Example, Rows, Tensor]] = []
        while sum(len(rows.ids) for _, rows, _ in batch) < self.settings.pieces_a_step:
            batch.append(self.take(self.sampler.take()))
        self.network.train()
        found = self.ask(batch)
        sums = {kind: add_sums(several) for kind, several in found.items()}
        total = torch.stack([WEIGHTS[kind] * loss for kind, loss in sums.items()]).sum()
        total.backward()
        with self.lock:
            self.update(done)
        return Step(int(self.count), done, {kind: loss.item() for kind, loss in sums.items()})

    def ask(self, batch: Sequence[tuple[Example, Rows, Tensor]]) -> dict[str, list[Sum]]:
        """Return all losses of a batch, by kind."""
        found: defaultdict[str, list[Sum]] = defaultdict(list)
        sizes = [size for _, rows, _ in batch for size in rows.sizes]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            layout = torch.cat([torch.from_numpy(rows.layout) for _, rows, _ in batch])
            x = torch.cat([low for *_, low in batch]).float()
            x = self.network.encoder.upper(x, layout, sizes)
            parts = x.split([len(rows.ids) for _, rows, _ in batch])
            for (example, rows, _), part in zip(batch, parts, strict=True):
                states, heads = part[torch.from_numpy(rows.own)], part[rows.heads[rows.of]]
                how, draw = self.settings, self.sampler.draw
                answers = ask_network(self.network, example, states, heads, how=how, draw=draw)
                for kind, loss in answers.items():
                    found[kind].append(loss)
        return found

    def update(self, done: float) -> None:
        """Change the weights, and now and then their averages."""
        self.count += 1
        steps = int(self.count)
        factor = min(1.0, steps / self.settings.warm) * cosine(done, self.settings.low)
        rates = (self.settings.rate, self.settings.head_rate)
        for group, rate in zip(self.optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * factor
        torch.nn.utils.clip_grad_norm_(self.learned, 1.0, foreach=True)
        self.optimizer.step()
        self.optimizer.zero_grad()
        if steps % self.settings.every == 0:
            count = steps / self.settings.every
            keep = min(self.settings.averaged, (1 + count) / (10 + count))
            with torch.no_grad():
                torch._foreach_lerp_(self.average, [p.detach() for p in self.learned], 1 - keep)

    def state(self) -> dict[str, Any]:
        """Return all that another training needs to go on from here."""
        return {
            "settings": tell_settings(self.settings),
            "weights": learned_weights(self.network),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "sampler": self.sampler.state(),
            "torch": torch.get_rng_state(),
            "steps": int(self.count),
            "spent": self.spent,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on where another training stopped."""
        self.network.load_state_dict(state["weights"], strict=False)
        for own, other in zip(self.average, state["average"], strict=True):
            own.copy_(other)
        self.optimizer.load_state_dict(state["optimizer"])
        self.sampler.restore(state["sampler"])
        torch.set_rng_state(state["torch"])
        self.count.fill_(state["steps"])
        self.spent = state["spent"]

    def settle(self) -> None:
        """Put the averages into the network, once all is learned."""
        with torch.no_grad():
            for own, mean in zip(self.learned, self.average, strict=True):
                own.copy_(mean)

    def averaged(self) -> dict[str, Tensor]:
        """Return the averaged weights in half the size, without the frozen table of pieces."""
        names = {id(p): name for name, p in self.network.named_parameters()}
        found = learned_weights(self.network)
        for own, mean in zip(self.learned, self.average, strict=True):
            found[names[id(own)]] = mean
        return {k: v.to(torch.bfloat16) if v.dim() > 1 else v.clone() for k, v in found.items()}


def learned_weights(network: Network) -> dict[str, Tensor]:
    """Return all weights but the table of pieces, which the base encoder has."""
    return {k: v for k, v in network.state_dict().items() if k != "encoder.words.weight"}


def add_sums(several: Sequence[Sum]) -> Tensor:
    """Return the mean over all that some sums are of."""
    return torch.stack([loss for loss, _ in several]).sum() / max(1.0, sum(n for _, n in several))


def cosine(done: float, low: float) -> float:
    """Return what is left of the rate when a part of the time has gone.

    >>> cosine(0, 0.1), round(cosine(1, 0.1), 6)
    (1.0, 0.1)
    """
    return low + (1 - low) * (1 + math.cos(math.pi * min(1.0, done))) / 2


def run_training(
    training: Training, folder: Path | None, clock: Callable[[], float]
) -> Iterator[Step]:
    """Train until the minutes are over; save state and averages now and then and at the end."""
    start, before = clock(), training.spent
    saved = start
    minutes = training.settings.minutes
    while training.spent < 60 * minutes:
        yield training.step(training.spent / (60 * minutes))
        now = clock()
        training.spent = before + now - start
        if folder and now - saved > 60 * training.settings.save_minutes:
            save_training(training, folder)
            saved = now
    if folder:
        save_training(training, folder)


def save_training(training: Training, folder: Path) -> None:
    """Save the state and the averaged weights, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    with training.lock:
        parts = {"state.pt": training.state(), "average.pt": training.averaged()}
    for name, what in parts.items():
        part = folder / f"{name}.part"
        torch.save(what, part)
        part.replace(folder / name)
