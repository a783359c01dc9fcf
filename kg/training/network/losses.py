"""One pure function a loss: the sum over what there is to learn, and how much that is."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

#: A sum of losses, and how many things it is a sum over.
Sum = tuple[Tensor, float]


def pool_pairs(scores: Tensor, of: Tensor, count: int) -> Tensor:
    """Return the log of the mean of exponentials of the scores (rows) of each of `count` groups.

    >>> pool_pairs(torch.zeros(3, 1), torch.tensor([0, 0, 1]), 2).tolist()
    [[0.0], [0.0]]
    """
    sizes = torch.bincount(of, minlength=count).clamp(min=1).to(scores.dtype)
    return sum_scores(scores, of, count) - sizes.log().view(-1, *[1] * (scores.dim() - 1))


def sum_scores(scores: Tensor, of: Tensor, count: int) -> Tensor:
    """Return the log of the sum of exponentials of the scores (rows) of each of `count` groups."""
    shape = (count, *scores.shape[1:])
    index = of.view(-1, *[1] * (scores.dim() - 1)).expand_as(scores)
    top = scores.new_full(shape, -1e4).scatter_reduce(0, index, scores.detach(), "amax")
    total = scores.new_zeros(shape).index_add(0, of, torch.exp(scores - top[of]))
    return top + total.clamp(min=1e-9).log()


def tag_loss(logits: Tensor, tags: Tensor, weights: Tensor | None = None) -> Sum:
    """Return the cross-entropy of tags, each by what its class weighs."""
    loss = functional.cross_entropy(logits, tags, weights, reduction="sum")
    return loss, float(len(tags) if weights is None else weights[tags].sum())


def binary_loss(logits: Tensor, targets: Tensor, *, yes_weight: float = 1.0) -> Sum:
    """Return the cross-entropy of yes and no; a rare yes may weigh more."""
    weights = torch.where(targets > 0, yes_weight, 1.0)
    loss = functional.binary_cross_entropy_with_logits(logits, targets, weights, reduction="sum")
    return loss, float(weights.sum())


def relation_loss(
    scores: Tensor, targets: Tensor, mask: Tensor, weights: Tensor, *, missed: float
) -> Sum:
    """Return the loss of relations over 'none', counted by those that hold.

    `weights` are what a fact of each relation weighs. A pair that is marked for none may yet have
    been missed: with that chance (`missed`) its loss is bounded, so that what the network is sure
    of is not unlearned (as the shifted margin of Zhou & Lee 2022 does).
    """
    no = -torch.log1p(-(1 - missed) * torch.sigmoid(scores))
    yes = functional.softplus(-scores)
    loss = torch.where(targets > 0, weights * yes, no) * mask
    return loss.sum(), 4.0 + float((targets * mask * weights).sum())


def choice_loss(
    scores: Tensor, of: Tensor, right: Tensor, none: Tensor, *, answered_weight: float = 1.0
) -> Sum:
    """Return the loss of choosing among each group's scores (rows) or 'none' of the group.

    `right` marks the scores any of which is right; where a group has none, 'none' is. Groups that
    have an answer may weigh more: most questions have none.
    """
    count = len(none)
    every = torch.cat([scores, none])
    groups = torch.cat([of, torch.arange(count)])
    answered = torch.zeros(count).index_add(0, of, right.float()) > 0
    good = torch.cat([right, ~answered])
    total = sum_scores(every, groups, count)
    wanted = sum_scores(every[good], groups[good], count)
    weights = torch.where(answered, answered_weight, 1.0)
    return ((total - wanted) * weights).sum(), float(weights.sum())


def nearest_loss(scores: Tensor, of: Tensor, best: Tensor) -> Sum:
    """Return the loss of choosing the best row of each group; `best` are rows, one a group."""
    return (sum_scores(scores, of, len(best)) - scores[best]).sum(), float(len(best))
