"""The network's heads: tags, mentions, references, facts of pairs, what else a fact has."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.reader.scheme import CLASSES, MODALITIES, NAMES, OTHERS, RELATIONS, SLOTS, SPANS
from kg.training.network.encoder import Dropout
from kg.training.settings import Shape

#: Borders of the classes of distances, in pieces; before and after are classes of their own.
STEPS = (0, 2, 4, 8, 16, 32, 64, 110, 200, 400)
FAR = 12
#: Pieces around two mentions that the context of a pair is drawn from.
MARGIN = 24


def classify_distance(distance: Tensor) -> Tensor:
    """Return the class of signed distances in pieces."""
    size = torch.bucketize(distance.abs(), torch.tensor(STEPS, device=distance.device))
    return torch.where(distance < 0, size + FAR, size)


class Tags(nn.Module):
    """Score each piece for the three layers of tags."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        sizes = [1 + 2 * len(kinds) for kinds in (NAMES, OTHERS, SPANS)]
        self.names, self.others, self.spans = (nn.Linear(shape.width, size) for size in sizes)

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return logits (pieces, tags) of names, other mentions and spans."""
        return self.names(states), self.others(states), self.spans(states)


class Mentions(nn.Module):
    """Turn spans of pieces into vectors; score whether a mention's thing is worth listing."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.ends = nn.Linear(2 * shape.width, shape.width)
        self.classes = nn.Linear(len(CLASSES), shape.width, bias=False)
        self.worth = nn.Sequential(
            nn.Linear(2 * shape.width, shape.small), nn.GELU(), nn.Linear(shape.small, 1)
        )

    def forward(self, states: Tensor, begins: Tensor, lasts: Tensor) -> Tensor:
        """Return vectors (mentions, width) of spans by their first and last pieces."""
        return torch.tanh(self.ends(torch.cat([states[begins], states[lasts]], -1)))

    def things(self, vectors: Tensor, of: Tensor, classes: Tensor) -> Tensor:
        """Return vectors (things, width): the mean of their mentions, and their classes."""
        sums = vectors.new_zeros(len(classes), vectors.shape[1]).index_add(0, of, vectors)
        counts = torch.bincount(of, minlength=len(classes)).clamp(min=1)[:, None]
        share = classes / classes.sum(1, keepdim=True).clamp(min=1)
        return sums / counts + self.classes(share)

    def listed(self, vectors: Tensor, heads: Tensor) -> Tensor:
        """Return a logit a mention: whether an annotator would list what it names."""
        return self.worth(torch.cat([vectors, heads], -1))[:, 0]


class References(nn.Module):
    """Score which things a noun phrase or a pronoun means."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.far = nn.Embedding(2 * FAR, shape.step)
        self.widen = nn.Linear(3 * shape.width + shape.step, shape.small)
        self.score = nn.Linear(shape.small, 1)

    def forward(self, mentions: Tensor, things: Tensor, distances: Tensor) -> Tensor:
        """Return logits of pairs (rows): the mention's vector, the thing's, how far it is named."""
        far = self.far(classify_distance(distances))
        both = torch.cat([mentions, things, mentions * things, far], -1)
        return self.score(functional.gelu(self.widen(both)))[:, 0]


class Pairs(nn.Module):
    """Score the relations of two mentions by themselves, their surroundings and what is between."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.width, self.block = width, shape.block
        self.keys = nn.Linear(width, width)
        self.left_query, self.right_query = nn.Linear(width, width), nn.Linear(width, width)
        self.left, self.right = nn.Linear(3 * width, width), nn.Linear(3 * width, width)
        self.around = nn.Linear(2 * width, 2 * width, bias=False)
        self.far = nn.Embedding(2 * FAR, shape.step)
        self.features = nn.Linear(width * shape.block + shape.step, shape.features)
        self.relations = nn.Linear(shape.features, len(RELATIONS) + 1)
        self.drop = Dropout(shape.head_dropout)
        nn.init.constant_(self.relations.bias[:-1], -3.0)

    def forward(
        self, states: Tensor, mentions: tuple[Tensor, ...], left: Tensor, right: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return features (pairs, features) and scores (pairs, relations) of pairs of mentions.

        `mentions` are vectors, the states of their windows' first pieces, begins and lasts; a
        score is a logit over that of 'none'.
        """
        vectors, heads, begins, _ = mentions
        before = states[(begins - 1).clamp(min=0)]
        own = self.drop(torch.cat([vectors, before, heads], -1))
        around = self.drop(self.context(states, mentions, left, right))
        ways = self.around(around)
        one = torch.tanh(self.left(own)[left] + ways[:, : self.width])
        two = torch.tanh(self.right(own)[right] + ways[:, self.width :])
        count, groups = left.shape[0], self.width // self.block
        one, two = (x.view(count, groups, self.block) for x in (one, two))
        product = (one[..., :, None] * two[..., None, :]).reshape(count, -1)
        far = self.far(classify_distance(begins[right] - begins[left])).to(product.dtype)
        found = functional.gelu(self.features(torch.cat([self.drop(product), far], -1)))
        scores = self.relations(self.drop(found))
        return found, scores[:, :-1] - scores[:, -1:]

    def context(
        self, states: Tensor, mentions: tuple[Tensor, ...], left: Tensor, right: Tensor
    ) -> Tensor:
        """Return what the words around two mentions and the words between them say."""
        vectors, _, begins, lasts = mentions
        places = torch.arange(states.shape[0], device=states.device)
        low = torch.minimum(begins[left], begins[right]) - MARGIN
        high = torch.maximum(lasts[left], lasts[right]) + 1 + MARGIN
        keys = self.keys(states).T
        weights = (self.left_query(vectors) @ keys)[left] + (self.right_query(vectors) @ keys)[
            right
        ]
        outside = (places < low[:, None]) | (places >= high[:, None])
        weights = (weights / math.sqrt(self.width)).masked_fill(outside, -1e4)
        around = torch.softmax(weights, -1).to(states.dtype) @ states
        first = torch.minimum(lasts[left], lasts[right]) + 1
        stop = torch.maximum(begins[left], begins[right])
        first = torch.minimum(first, places[-1])
        stop = torch.maximum(stop, first + 1)
        sums = functional.pad(states.float().cumsum(0), (0, 0, 1, 0))
        between = (sums[stop] - sums[first]) / (stop - first)[:, None]
        return torch.cat([around, between.to(around.dtype)], -1)


class Facts(nn.Module):
    """Say of a fact its modality, whether it is over, where it is said, what belongs to it."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        both = shape.features + shape.label
        self.relation = nn.Embedding(len(RELATIONS), shape.label)
        self.slot = nn.Embedding(len(SLOTS), shape.label)
        self.modality = nn.Linear(both, len(MODALITIES))
        self.ended = nn.Linear(both, 1)
        self.said = nn.Linear(both, 2 * shape.small)
        self.words = nn.Linear(shape.width, 2 * shape.small)
        self.said_far = nn.Embedding(2 * FAR, 4)
        self.asks = nn.Linear(both + shape.label, shape.small)
        self.values = nn.Linear(shape.width, shape.small)
        self.none = nn.Linear(both + shape.label, 1)
        self.value_far = nn.Embedding(2 * FAR, 2 * len(SLOTS))
        self.drop = Dropout(shape.head_dropout)
        self.small = shape.small
        for far in (self.said_far, self.value_far):
            nn.init.normal_(far.weight, std=0.02)

    def told(self, features: Tensor, relations: Tensor) -> Tensor:
        """Return features of facts with the relation that each is."""
        return torch.cat([self.drop(features), self.relation(relations).to(features.dtype)], -1)

    def forward(self, features: Tensor, relations: Tensor) -> tuple[Tensor, Tensor]:
        """Return logits of modalities (facts, 4) and of being over (facts,)."""
        told = self.told(features, relations)
        return self.modality(told), self.ended(told)[:, 0]

    def evidence(
        self, told: Tensor, states: Tensor, left: Tensor, right: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return logits (facts, pieces) of where the words that say a fact begin and end."""
        asked = self.said(told) / math.sqrt(self.small)
        words = self.words(states)
        places = torch.arange(states.shape[0], device=states.device)
        one = self.said_far(classify_distance(places - left[:, None]))
        two = self.said_far(classify_distance(places - right[:, None]))
        first = asked[:, : self.small] @ words[:, : self.small].T + one[..., 0] + two[..., 1]
        last = asked[:, self.small :] @ words[:, self.small :].T + one[..., 2] + two[..., 3]
        return first, last

    def ask(self, told: Tensor, slots: Tensor) -> tuple[Tensor, Tensor]:
        """Return questions (rows, small) for slots of facts, and logits that nothing answers."""
        both = torch.cat([told, self.slot(slots).to(told.dtype)], -1)
        return functional.gelu(self.asks(both)), self.none(both)[:, 0]

    def answer(self, asked: Tensor, values: Tensor, slots: Tensor, far: Tensor) -> Tensor:
        """Return logits of questions with values (rows); `far`: from either mention (rows, 2)."""
        score = (asked * self.values(values)).sum(-1) / math.sqrt(self.small)
        near = self.value_far(classify_distance(far))
        one = near[:, 0].gather(1, 2 * slots[:, None])[:, 0]
        two = near[:, 1].gather(1, 2 * slots[:, None] + 1)[:, 0]
        return score + one + two
