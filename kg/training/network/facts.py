"""What the network is asked about the facts of an example: relations and what is beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from torch import Tensor

from kg.reader.pairs import Bools, Pairs, allow_relations, pair_mentions
from kg.reader.pieces import Ints
from kg.reader.scheme import CLASSES, RELATIONS, SLOTS, list_slots
from kg.training.examples import CANDIDATES, Example, Target, fits
from kg.training.network import losses
from kg.training.network.losses import Sum
from kg.training.network.scene import Scene
from kg.training.network.whole import Network
from kg.training.sampling import choose_pairs
from kg.training.settings import Settings

#: Pieces around the two mentions of a fact within which its values stand.
AROUND = 200
#: What facts weigh by their modality: those denied or only possible are rare, and told as actual.
MODALITY_WEIGHTS = torch.tensor([1.0, 1.2, 1.5, 1.5])
#: What a slot that is filled, and a fact that is over, weigh against those that are not.
RARE_YES = 3.0
_FITS = np.array([[fits(slot, kind) for kind in CANDIDATES] for slot in SLOTS])


def ask_facts(
    network: Network, example: Example, scene: Scene, *, how: Settings, draw: Random
) -> dict[str, Sum]:
    """Ask which relations join which things, and all that a fact has beside them."""
    pairs = pair_mentions(scene.begins, scene.of, scene.classes, most=how.mention_pairs)
    ends = zip(pairs.subjects.tolist(), pairs.objects.tolist(), strict=True)
    number = {pair: k for k, pair in enumerate(ends)}
    joined = [(t.subject, t.object) for t in example.targets]
    turned = [(right, left) for left, right in joined]
    facts = {k for pair in joined + turned if (k := number.get(pair)) is not None}
    chosen = choose_pairs(pairs, scene.begins, facts, most=how.negatives, draw=draw)
    if not len(chosen):
        return {}
    pairs = pairs.keep(chosen)
    left, right, of = (torch.from_numpy(a) for a in (pairs.left, pairs.right, pairs.of))
    features, scores = network.pairs(scene.states, scene.arguments(network), left, right)
    scores = scores.float()
    pooled = losses.pool_pairs(scores, of, len(pairs))
    told = _Told(pairs, scene, {k: i for i, k in enumerate(chosen.tolist())}, number)
    targets, mask = told.table(example.targets)
    loss = losses.relation_loss(pooled, targets, mask, network.weights, missed=how.missed)
    found = {"relations": loss}
    kept = [(t, told.best(t)) for t in example.targets if t.evidence and told.has(t)]
    if kept:
        found |= told.nearest(kept, scores)
        found |= ask_more(network, example, scene, kept=kept, pairs=pairs, features=features)
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """Find the pairs that facts join among those chosen."""

    pairs: Pairs
    scene: Scene
    chosen: dict[int, int]
    number: dict[tuple[int, int], int]

    def has(self, target: Target) -> bool:
        return (target.subject, target.object) in self.number

    def pair(self, target: Target) -> int:
        return self.chosen[self.number[target.subject, target.object]]

    def table(self, targets: Sequence[Target]) -> tuple[Tensor, Tensor]:
        """Return which relations hold (pairs, relations), and which are to be judged."""
        mask = allow_relations(self.scene.classes, self.pairs.subjects, self.pairs.objects)
        holds = np.zeros((len(self.pairs), len(RELATIONS)), np.float32)
        for target in filter(self.has, targets):
            if target.masked:
                mask[self.pair(target), target.relation] = False
        for target in filter(self.has, targets):
            if not target.masked:
                mask[self.pair(target), target.relation] = True
                holds[self.pair(target), target.relation] = 1
        return torch.from_numpy(holds), torch.from_numpy(mask.astype(np.float32))

    def rows(self, target: Target) -> Ints:
        return np.flatnonzero(self.pairs.of == self.pair(target))

    def best(self, target: Target) -> int:
        """Return the pair of mentions that stands nearest to the words that say a fact."""
        rows = self.rows(target)
        begin, end = target.evidence or (0, 0)
        far = np.zeros(len(rows), np.int64)
        for side in (self.pairs.left[rows], self.pairs.right[rows]):
            far += np.maximum(0, begin - self.scene.begins[side])
            far += np.maximum(0, self.scene.lasts[side] + 1 - end)
        return int(rows[far.argmin()])

    def nearest(self, kept: list[tuple[Target, int]], scores: Tensor) -> dict[str, Sum]:
        """Return the loss of taking the right pair of mentions among several of a fact."""
        told = [(t, best, self.rows(t)) for t, best in kept if not t.masked]
        told = [(t, best, rows) for t, best, rows in told if len(rows) > 1]
        if not told:
            return {}
        of = np.concatenate([np.full(len(rows), k) for k, (_, _, rows) in enumerate(told)])
        every = np.concatenate([rows for _, _, rows in told])
        relations = np.concatenate([np.full(len(rows), t.relation) for t, _, rows in told])
        starts = np.cumsum([0, *(len(rows) for _, _, rows in told[:-1])])
        where = [int(np.flatnonzero(rows == best)[0]) for _, best, rows in told]
        best = torch.from_numpy(starts + np.array(where))
        picked = scores[torch.from_numpy(every), torch.from_numpy(relations)]
        return {"nearest": losses.nearest_loss(picked, torch.from_numpy(of), best)}


def ask_more(
    network: Network,
    example: Example,
    scene: Scene,
    *,
    kept: list[tuple[Target, int]],
    pairs: Pairs,
    features: Tensor,
) -> dict[str, Sum]:
    """Ask of facts their modality, whether they are over, their words and their values."""
    rows = torch.tensor([best for _, best in kept])
    relations = torch.tensor([t.relation for t, _ in kept])
    told = network.facts.told(features[rows], relations)
    modality = network.facts.modality(told).float()
    ended = network.facts.ended(told)[:, 0].float()
    left, right = (torch.from_numpy(scene.begins[a])[rows] for a in (pairs.left, pairs.right))
    first, last = network.facts.evidence(told, scene.states, left, right)
    spans = torch.tensor([t.evidence for t, _ in kept])
    begins = losses.tag_loss(first.float(), spans[:, 0])
    ends = losses.tag_loss(last.float(), spans[:, 1] - 1)
    over = torch.tensor([float(t.ended) for t, _ in kept])
    found = {
        "modality": losses.tag_loss(
            modality, torch.tensor([t.modality for t, _ in kept]), MODALITY_WEIGHTS
        ),
        "ended": losses.binary_loss(ended, over, yes_weight=RARE_YES),
        "evidence": (begins[0] + ends[0], begins[1]),
    }
    return found | ask_values(network, example, scene, told=told, places=(left, right), kept=kept)


def ask_values(
    network: Network,
    example: Example,
    scene: Scene,
    *,
    told: Tensor,
    places: tuple[Tensor, Tensor],
    kept: list[tuple[Target, int]],
) -> dict[str, Sum]:
    """Ask which figure, role, market or speaker each fact has, or that it has none."""
    sheet = _list_questions(example, scene, places, kept)
    if not len(sheet.of):
        return {}
    asking, slots, of, begins, right = (torch.from_numpy(a) for a in sheet.arrays())
    asked, none = network.facts.ask(told[asking], slots)
    spans = np.unique(np.stack([sheet.begins, sheet.lasts], 1), axis=0, return_inverse=True)
    first, last = torch.from_numpy(spans[0][:, 0]), torch.from_numpy(spans[0][:, 1])
    values = network.mentions(scene.states, first, last)[torch.from_numpy(spans[1].reshape(-1))]
    far = torch.stack([begins - place[asking[of]] for place in places], 1)
    scores = network.facts.answer(asked[of], values, slots[of], far)
    loss = losses.choice_loss(scores.float(), of, right, none.float(), answered_weight=RARE_YES)
    return {"values": loss}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Hold questions (fact, slot) and their candidates as rows."""

    asking: Ints
    slots: Ints
    of: Ints
    begins: Ints
    lasts: Ints
    right: Bools

    def arrays(self) -> tuple[Ints, Ints, Ints, Ints, Bools]:
        return self.asking, self.slots, self.of, self.begins, self.right


def _list_questions(
    example: Example,
    scene: Scene,
    places: tuple[Tensor, Tensor],
    kept: list[tuple[Target, int]],
) -> _Sheet:
    columns = [CLASSES.index("Organization"), CLASSES.index("Person")]
    speakers = np.flatnonzero(scene.classes[scene.of][:, columns].any(1))
    ends = np.stack([place.numpy() for place in places], 1)
    asking: list[int] = []
    slots: list[int] = []
    rows: list[tuple[Ints, Ints, Ints, Bools]] = []
    for number, (target, _) in enumerate(kept):
        for name in list_slots(RELATIONS[target.relation].name):
            slot = SLOTS.index(name)
            if name == "by":
                begins, lasts = scene.begins[speakers], scene.lasts[speakers]
                right = scene.of[speakers] == target.by
            else:
                can = np.flatnonzero(_FITS[slot][example.kinds])
                begins, lasts = example.places[can, 0], example.places[can, 1] - 1
                right = can == target.values.get(slot, -1)
            far = np.abs(begins[:, None] - ends[number]).min(1)
            near = (far <= AROUND) | right
            if near.any():
                rows.append(
                    (np.full(near.sum(), len(asking)), begins[near], lasts[near], right[near])
                )
                asking.append(number)
                slots.append(slot)
    of, begins, lasts, right = (
        (np.concatenate(part) for part in zip(*rows, strict=True))
        if rows
        else (np.zeros(0, int), np.zeros(0, int), np.zeros(0, int), np.zeros(0, bool))
    )
    return _Sheet(np.array(asking, int), np.array(slots, int), of, begins, lasts, right)
