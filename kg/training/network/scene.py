"""What the network is asked about the mentions of an example: names, things, references."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kg.reader.names import decode_tags, overlaps
from kg.reader.pairs import Bools
from kg.reader.pieces import Ints
from kg.reader.references import ACTING, measure_names
from kg.reader.scheme import CLASSES, NAMES
from kg.training.examples import Example
from kg.training.network import losses
from kg.training.network.losses import Sum
from kg.training.network.whole import Network

#: Names that only the network sees, added to an example at most.
EXTRA = 6


@dataclass(frozen=True, slots=True)
class Scene:
    """Hold the mentions of an example with their vectors, those added by the network last."""

    begins: Ints
    lasts: Ints
    of: Ints
    classes: Bools
    states: Tensor
    heads: Tensor
    vectors: Tensor

    def arguments(self, network: Network) -> tuple[Tensor, ...]:
        """Return what the head of pairs takes of the mentions."""
        of = torch.from_numpy(self.of)
        classes = torch.from_numpy(self.classes).to(self.vectors.dtype)
        things = network.mentions.things(self.vectors, of, classes)
        begins, lasts = torch.from_numpy(self.begins), torch.from_numpy(self.lasts)
        return self.vectors + things[of], self.heads, begins, lasts


def make_scene(
    network: Network, example: Example, states: Tensor, *, heads: Tensor, tags: Tensor
) -> Scene:
    """Set the scene: marked mentions, and some that the network alone takes for names."""
    taken = [(int(b), int(e) + 1) for b, e in zip(example.begins, example.lasts, strict=True)]
    spans = [s for s in decode_tags(tags.argmax(-1).tolist()) if not overlaps(s[:2], taken)]
    spans = [s for s in spans if NAMES[s[2]] in CLASSES][:EXTRA]
    count = len(example.classes)
    begins = np.concatenate([example.begins, np.array([s[0] for s in spans], int)])
    lasts = np.concatenate([example.lasts, np.array([s[1] - 1 for s in spans], int)])
    of = np.concatenate([example.of, count + np.arange(len(spans))])
    kinds = np.array([[NAMES[s[2]] == c for c in CLASSES] for s in spans], bool)
    classes = np.concatenate([example.classes, kinds.reshape(-1, len(CLASSES))])
    first, last = torch.from_numpy(begins), torch.from_numpy(lasts)
    vectors = network.mentions(states, first, last)
    windows = torch.tanh(network.window(heads))[first]
    return Scene(begins, lasts, of, classes, states, windows, vectors)


def ask_worth(network: Network, example: Example, scene: Scene) -> Sum:
    """Ask which names are worth listing; optional things and those of no class do not count."""
    count = len(example.begins)
    known = example.named & example.worth[example.of]
    rows = np.concatenate([np.flatnonzero(known), np.arange(count, len(scene.begins))])
    right = torch.from_numpy((rows < count).astype(np.float32))
    logits = network.mentions.listed(scene.vectors[rows], scene.heads[rows])
    return losses.binary_loss(logits.float(), right)


def ask_references(network: Network, example: Example, scene: Scene) -> dict[str, Sum]:
    """Ask which of the named things each noun phrase and pronoun means."""
    columns = [CLASSES.index(label) for label in ACTING]
    acting = np.any(example.classes[:, columns], axis=1)
    names = np.flatnonzero(example.named & acting[example.of])
    others = np.flatnonzero(~example.named & acting[example.of])
    things = np.unique(example.of[names])
    if not len(others) or not len(things):
        return {}
    spans = sorted(
        {(int(example.begins[k]), int(example.lasts[k])): int(k) for k in others}.items()
    )
    rows = np.array([row for _, row in spans])
    meant = {(int(example.begins[k]), int(example.lasts[k]), int(example.of[k])) for k in others}
    right = [[(*span, int(t)) in meant for t in things] for span, _ in spans]
    places, asked = np.repeat(example.begins[rows], len(things)), np.tile(things, len(rows))
    far = measure_names(places, asked, example.begins[names], example.of[names])
    vectors = scene.vectors[names]
    position = torch.from_numpy(np.searchsorted(things, example.of[names]))
    classes = torch.from_numpy(example.classes[things]).to(vectors.dtype)
    table = network.mentions.things(vectors, position, classes)
    one = torch.from_numpy(rows).repeat_interleave(len(things))
    two = torch.arange(len(things)).repeat(len(rows))
    logits = network.references(scene.vectors[one], table[two], torch.from_numpy(far))
    return {"references": losses.binary_loss(logits.float(), torch.tensor(right).float().view(-1))}
