"""What the network is asked about an example, and how wrong its answers are."""

from __future__ import annotations

from random import Random

import torch
from torch import Tensor

from kg.reader.scheme import SPANS
from kg.training.examples import Example
from kg.training.network import losses
from kg.training.network.facts import ask_facts
from kg.training.network.losses import Sum
from kg.training.network.scene import ask_references, ask_worth, make_scene
from kg.training.network.whole import Network
from kg.training.settings import Settings

#: What each loss weighs; those of the prototype, where it had them.
WEIGHTS = {
    "names": 2.0,
    "others": 1.0,
    "spans": 1.5,
    "worth": 0.2,
    "references": 1.0,
    "relations": 1.5,
    "nearest": 0.3,
    "modality": 1.0,
    "ended": 0.5,
    "evidence": 0.1,
    "values": 0.8,
}

#: What a tag of each span weighs: markets are rare, and never found otherwise.
SPAN_WEIGHTS = {"Area": 2.0, "Market": 4.0}


def weigh_tags() -> Tensor:
    """Return what each tag of spans weighs: outside, then first and further pieces of each.

    >>> weigh_tags().tolist()
    [1.0, 2.0, 2.0, 1.0, 1.0, 4.0, 4.0]
    """
    return torch.tensor([1.0, *(SPAN_WEIGHTS.get(kind, 1.0) for kind in SPANS for _ in "BI")])


def ask_network(
    network: Network,
    example: Example,
    states: Tensor,
    heads: Tensor,
    *,
    how: Settings,
    draw: Random,
) -> dict[str, Sum]:
    """Return the losses of an example; `heads` holds the window's state for each piece."""
    tags = network.tags(states)
    weights = {"spans": weigh_tags()}
    found = {
        kind: losses.tag_loss(logits.float(), torch.from_numpy(row), weights.get(kind))
        for kind, logits, row in zip(("names", "others", "spans"), tags, example.tags, strict=True)
    }
    if not len(example.begins):
        return found
    scene = make_scene(network, example, states, heads=heads, tags=tags[0])
    found["worth"] = ask_worth(network, example, scene)
    found |= ask_references(network, example, scene)
    found |= ask_facts(network, example, scene, how=how, draw=draw)
    return found
