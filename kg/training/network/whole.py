"""The network: one encoder and the heads that read its states, for parts of articles at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from kg.reader.pieces import Ints
from kg.reader.scheme import RELATIONS
from kg.training.examples import Example
from kg.training.network.encoder import Encoder
from kg.training.network.heads import Facts, Mentions, Pairs, References, Tags
from kg.training.network.start import Base
from kg.training.settings import Shape


class Network(nn.Module):
    """Hold the encoder and all heads."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        #: What a fact of each relation weighs while learning.
        self.weights = torch.ones(len(RELATIONS))
        self.encoder = Encoder(shape)
        self.tags = Tags(shape)
        self.window = nn.Linear(shape.width, shape.width)
        self.mentions = Mentions(shape)
        self.references = References(shape)
        self.pairs = Pairs(shape)
        self.facts = Facts(shape)

    def learned(self) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
        """Return the parameters of the encoder that are learned, and those of the heads."""
        frozen = set(self.encoder.words.parameters()) | set(self.encoder.places.parameters())
        frozen |= set(self.encoder.first_norm.parameters())
        frozen |= {p for x in self.encoder.layers[: self.shape.frozen] for p in x.parameters()}
        if self.encoder.joined < self.shape.frozen:
            frozen |= set(self.encoder.layout.parameters())
        for parameter in frozen:
            parameter.requires_grad_(False)
        low = [p for p in self.encoder.parameters() if p not in frozen]
        inside = set(self.encoder.parameters())
        return low, [p for p in self.parameters() if p not in inside]


@dataclass(frozen=True, slots=True)
class Rows:
    """Hold an example's windows as the encoder takes them, with the two special pieces of each.

    `own` are the rows of the pieces, in order, `heads` the row of each window's first, special
    piece, and `of` the window that owns each piece.
    """

    ids: Ints
    layout: Ints
    sizes: tuple[int, ...]
    own: Ints
    heads: Ints
    of: Ints


def lay_rows(example: Example, first: int, last: int) -> Rows:
    """Lay an example's windows one after another between the special pieces `first`, `last`."""
    ids, layout, own, heads, of, at = [], [], [], [], [], 0
    for number, window in enumerate(example.windows):
        inside = slice(window.first, window.last)
        ids.append(np.concatenate([[first], example.ids[inside], [last]]))
        layout.append(np.concatenate([[0], example.layout[inside], [0]]))
        owned = np.arange(window.own_first, window.own_last)
        own.append(at + 1 + owned - window.first)
        of.append(np.full(len(owned), number))
        heads.append(at)
        at += window.last - window.first + 2
    sizes = tuple(len(part) for part in ids)
    parts = [np.concatenate(part) for part in (ids, layout, own, of)]
    return Rows(parts[0], parts[1], sizes, parts[2], np.array(heads, int), parts[3])


def load_base(network: Network, base: Base) -> None:
    """Give a network the base encoder's weights."""
    told = base.weights
    encoder, width = network.encoder, base.width

    def put(target: Tensor, *names: str) -> None:
        parts = [torch.from_numpy(told[name]).view(-1, *target.shape[1:]) for name in names]
        target.data.copy_(torch.cat(parts)[: len(target)])

    put(encoder.words.weight, "emb.word")
    put(encoder.places.weight, "emb.pos")
    encoder.places.weight.data += torch.from_numpy(told["emb.type"]).view(-1, width)[0]
    put(encoder.first_norm.weight, "emb.ln.w")
    put(encoder.first_norm.bias, "emb.ln.b")
    for number, layer in enumerate(encoder.layers):
        names = {"mix": "ao", "norm": "aln", "widen": "fi", "narrow": "fo", "last_norm": "oln"}
        for ours, theirs in names.items():
            put(layer.get_parameter(f"{ours}.weight"), f"l{number}.{theirs}.w")
            put(layer.get_parameter(f"{ours}.bias"), f"l{number}.{theirs}.b")
        for end in ("w", "b"):
            target = layer.get_parameter("attend.weight" if end == "w" else "attend.bias")
            put(target, *(f"l{number}.{x}.{end}" for x in "qkv"))


def load_weights(network: Network, weights: Mapping[str, Tensor], spared: Sequence[str]) -> None:
    """Load weights; raise ValueError for one that is missing and not among those spared."""
    own = network.state_dict()
    if missing := sorted(set(own) - set(weights) - set(spared)):
        raise ValueError(f"the weights lack {', '.join(missing)}")
    network.load_state_dict({k: v.float() for k, v in weights.items()}, strict=False)
