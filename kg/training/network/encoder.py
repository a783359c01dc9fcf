"""The encoder: pieces of windows to states; windows stand one after another, without padding."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.training.settings import Shape

#: Numbers a pool of dropout masks holds; drawing new ones each time takes a sixth of a step.
POOL = 1 << 23


class Dropout(nn.Module):
    """Drop numbers by masks that are cut from one long random row, at a random place."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.pool: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """Return `x` with a share of its numbers set to 0 and the others scaled up."""
        if not self.training or not self.share:
            return x
        if self.pool is None:
            self.pool = make_pool(self.share)
        if x.numel() > len(self.pool) // 2:
            return functional.dropout(x, self.share, True)
        start = int(torch.randint(len(self.pool) - x.numel(), ()))
        return x * self.pool[start : start + x.numel()].view(x.shape)


@cache
def make_pool(share: float) -> Tensor:
    """Return a long row of 0 and 1 / (1 - share), drawn once for all."""
    draw = torch.Generator().manual_seed(1)
    kept = torch.rand(POOL, generator=draw) >= share
    return kept.to(torch.bfloat16) / (1 - share)


class Attention(torch.autograd.Function):
    """Attend within one window; exported as one step, which keeps no weights of all pairs."""

    @staticmethod
    def forward(_: Any, part: Tensor, heads: int) -> Tensor:
        """Return one window's values, weighted by attention."""
        return attend(part, heads)

    @staticmethod
    def symbolic(graph: Any, part: Any, heads: int) -> Any:
        """Return the step in a graph."""
        first = graph.op("Constant", value_t=torch.tensor([0]))
        three = graph.op("Unsqueeze", part, first)
        parts = graph.op("Split", three, axis_i=2, num_outputs_i=3, outputs=3)
        found = graph.op("com.microsoft::MultiHeadAttention", *parts, num_heads_i=heads)
        return graph.op("Squeeze", found, first)


def attend(part: Tensor, heads: int) -> Tensor:
    """Return one window's values, weighted by attention (written out: twice as fast here)."""
    count, width = part.shape[0], part.shape[1] // 3
    size = width // heads
    queries, keys, values = part.view(count, 3, heads, size).permute(1, 2, 0, 3)
    weights = torch.softmax(torch.bmm(queries / math.sqrt(size), keys.transpose(1, 2)), -1)
    found = torch.bmm(weights.to(values.dtype), values)
    return found.transpose(0, 1).reshape(count, width)


class Layer(nn.Module):
    """Attend within each window, then transform each piece; normalise after either (BERT)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.attend = nn.Linear(shape.width, 3 * shape.width)
        self.mix = nn.Linear(shape.width, shape.width)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.last_norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.drop = Dropout(shape.dropout)

    def forward(self, x: Tensor, sizes: Sequence[int]) -> Tensor:
        """Return new states (pieces, width); `sizes` are the numbers of pieces of the windows."""
        both = self.attend(x)
        parts = both.split(list(sizes)) if len(sizes) > 1 else (both,)
        mixed = [self.mixed(part) for part in parts]
        x = self.norm(x + self.drop(self.mix(torch.cat(mixed) if len(mixed) > 1 else mixed[0])))
        return self.last_norm(x + self.drop(self.narrow(functional.gelu(self.widen(x)))))

    def mixed(self, part: Tensor) -> Tensor:
        """Return one window's values, weighted by attention."""
        if torch.onnx.is_in_onnx_export():
            return Attention.apply(part, self.heads)
        return attend(part, self.heads)


class Encoder(nn.Module):
    """Turn pieces into states in two halves: the lower one can be kept while it is frozen.

    Where a piece stands (headline, first of a paragraph) is added between the halves, so that it
    can be learned without running the lower one again; or, if less is to be learned later, where
    it was added when it was learned.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.pieces, shape.width)
        self.places = nn.Embedding(shape.places, shape.width)
        self.first_norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.layout = nn.Embedding(3, shape.width)
        self.frozen = shape.frozen
        self.joined = shape.joined if shape.joined >= 0 else shape.frozen
        nn.init.zeros_(self.layout.weight)

    def lower(self, ids: Tensor, layout: Tensor, sizes: Sequence[int]) -> Tensor:
        """Return what the frozen half makes of pieces (pieces,)."""
        return self.lower_words(self.words(ids), layout, sizes)

    def lower_words(self, words: Tensor, layout: Tensor, sizes: Sequence[int]) -> Tensor:
        """Return what the frozen half makes of the table's rows for pieces (pieces, width)."""
        places = [self.places.weight[:size] for size in sizes]
        x = self.first_norm(words + (torch.cat(places) if len(places) > 1 else places[0]))
        return self.run_layers(x, layout, sizes, range(self.frozen))

    def upper(self, x: Tensor, layout: Tensor, sizes: Sequence[int]) -> Tensor:
        """Return the states (pieces, width) from what the lower half made."""
        return self.run_layers(x, layout, sizes, range(self.frozen, len(self.layers)))

    def run_layers(self, x: Tensor, layout: Tensor, sizes: Sequence[int], numbers: range) -> Tensor:
        """Run some layers, and add where pieces stand before the one where that is joined."""
        for number in numbers:
            if number == self.joined:
                x = x + self.layout(layout)
            x = self.layers[number](x, sizes)
        return x

    def forward(self, ids: Tensor, layout: Tensor) -> Tensor:
        """Return the states of one window."""
        sizes = [ids.shape[0]]
        return self.upper(self.lower(ids, layout, sizes), layout, sizes)
