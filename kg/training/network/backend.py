"""The network as a model that the reader can run, before it is exported."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from kg.reader.pieces import Ints, Vocabulary
from kg.reader.types import Floats
from kg.training.network.whole import Network


def _array(tensor: Tensor) -> Floats:
    return tensor.float().numpy()


def _tensor(array: Floats | Ints) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(array))


class TorchModel:
    """Run a network on arrays, as `kg.reader.types.Model` says; the encoder in bf16 if `half`.

    `kept` are the network's own numbers for the pieces of a vocabulary that was cut.
    """

    def __init__(
        self,
        network: Network,
        vocabulary: Vocabulary,
        *,
        half: bool = False,
        kept: Ints | None = None,
    ) -> None:
        self.network, self.vocabulary, self.half = network.eval(), vocabulary, half
        self.kept = kept

    def _run(self, ask: Callable[[], tuple[Tensor, ...]]) -> tuple[Floats, ...]:
        with torch.no_grad():
            return tuple(_array(tensor) for tensor in ask())

    def encode(self, ids: Ints, layout: Ints) -> tuple[Floats, tuple[Floats, Floats, Floats]]:
        """Return states of one window and logits of its tags."""
        ids = ids if self.kept is None else self.kept[ids]
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.half):
            states = self.network.encoder(_tensor(ids), _tensor(layout)).float()
        names, others, spans = self._run(lambda: self.network.tags(states))
        return _array(states), (names, others, spans)

    def mark(self, states: Floats, begins: Ints, lasts: Ints) -> Floats:
        """Return vectors of spans of pieces."""
        args = _tensor(states), _tensor(begins), _tensor(lasts)
        return self._run(lambda: (self.network.mentions(*args),))[0]

    def rate(self, vectors: Floats, windows: Floats) -> Floats:
        """Return logits of names' things being worth listing."""
        network = self.network

        def ask() -> tuple[Tensor, ...]:
            heads = torch.tanh(network.window(_tensor(windows)))
            return (network.mentions.listed(_tensor(vectors), heads),)

        return self._run(ask)[0]

    def refer(self, mentions: Floats, things: Floats, far: Ints) -> Floats:
        """Return logits of noun phrases meaning things."""
        args = _tensor(mentions), _tensor(things), _tensor(far)
        return self._run(lambda: (self.network.references(*args),))[0]

    def gather(self, vectors: Floats, of: Ints, classes: Floats) -> Floats:
        """Return vectors of things from those of their mentions."""
        args = _tensor(vectors), _tensor(of), _tensor(classes)
        return self._run(lambda: (self.network.mentions.things(*args),))[0]

    def pair(
        self, states: Floats, mentions: tuple[Floats, Floats, Ints, Ints], left: Ints, right: Ints
    ) -> tuple[Floats, Floats]:
        """Return features and scores of pairs of mentions."""
        network = self.network
        vectors, windows, begins, lasts = (_tensor(part) for part in mentions)

        def ask() -> tuple[Tensor, ...]:
            heads = torch.tanh(network.window(windows))
            inside = (vectors, heads, begins, lasts)
            found: tuple[Tensor, ...] = network.pairs(
                _tensor(states), inside, _tensor(left), _tensor(right)
            )
            return found

        features, scores = self._run(ask)
        return features, scores

    def tell(self, features: Floats, relations: Ints) -> tuple[Floats, Floats]:
        """Return logits of modalities and of being over."""
        args = _tensor(features), _tensor(relations)
        modality, ended = self._run(lambda: self.network.facts(*args))
        return modality, ended

    def quote(
        self, facts: tuple[Floats, Ints], states: Floats, left: Ints, right: Ints
    ) -> tuple[Floats, Floats]:
        """Return logits of where the words that say facts begin and end."""
        head = self.network.facts

        def ask() -> tuple[Tensor, ...]:
            told = head.told(_tensor(facts[0]), _tensor(facts[1]))
            return head.evidence(told, _tensor(states), _tensor(left), _tensor(right))

        begins, ends = self._run(ask)
        return begins, ends

    def fill(
        self, facts: tuple[Floats, Ints, Ints], of: Ints, values: Floats, far: Ints
    ) -> tuple[Floats, Floats]:
        """Return logits of values for questions, and that nothing answers."""
        head = self.network.facts
        features, relations, slots = (_tensor(part) for part in facts)

        def ask() -> tuple[Tensor, ...]:
            asked, none = head.ask(head.told(features, relations), slots)
            rows = _tensor(of)
            answers = head.answer(asked[rows], _tensor(values), slots[rows], _tensor(far))
            return answers, none

        logits, none = self._run(ask)
        return logits, none
