"""Confidences against what came true: bins of equal count, and how far they are off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Bin:
    """Hold facts of like confidence: how many, the mean that was told, the part that is right."""

    facts: int
    told: float
    right: float


def list_bins(chances: Sequence[float], right: Sequence[bool], *, bins: int = 10) -> list[Bin]:
    """Return facts in bins of equal count, the least sure first; fewer bins for fewer facts.

    >>> list_bins([0.75, 0.25], [True, False], bins=1)
    [Bin(facts=2, told=0.5, right=0.5)]
    """
    order = np.argsort(np.array(chances, float), kind="stable")
    told, held = np.array(chances, float), np.array(right, float)
    return [
        Bin(len(part), float(told[part].mean()), float(held[part].mean()))
        for part in np.array_split(order, bins)
        if len(part)
    ]


def measure_error(chances: Sequence[float], right: Sequence[bool], *, bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal count.

    Source: Naeini et al., 'Obtaining Well Calibrated Probabilities Using Bayesian Binning' (2015).

    >>> measure_error([0.9, 0.9], [True, True], bins=1)
    0.1
    """
    gaps = [one.facts * abs(one.told - one.right) for one in list_bins(chances, right, bins=bins)]
    return round(sum(gaps) / max(1, len(chances)), 12)
