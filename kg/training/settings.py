"""Settings of a training, saved with its state."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Shape:
    """Hold the sizes of the network.

    The first `frozen` layers are not learned. Where a piece stands (headline, first of a paragraph)
    is added before the layer `joined`; -1 is the first one that is learned.
    """

    pieces: int = 250_037
    places: int = 512
    width: int = 384
    layers: int = 12
    heads: int = 12
    inner: int = 1536
    epsilon: float = 1e-12
    frozen: int = 5
    joined: int = -1
    small: int = 128
    step: int = 32
    block: int = 24
    features: int = 320
    label: int = 64
    dropout: float = 0.1
    head_dropout: float = 0.15


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold what a training depends on beside the articles."""

    shape: Shape = field(default_factory=Shape)
    minutes: float = 90.0
    seed: int = 1
    rate: float = 1e-4
    head_rate: float = 8e-4
    decay: float = 0.01
    warm: int = 100
    low: float = 0.02
    averaged: float = 0.985
    every: int = 8
    pieces_a_step: int = 1000
    swapped: float = 0.3
    raised: float = 0.02
    cropped: float = 0.25
    led: float = 0.25
    negatives: int = 140
    mention_pairs: int = 4
    missed: float = 0.04
    save_minutes: float = 8.0


def tell_settings(settings: Settings) -> dict[str, object]:
    """Return settings as plain values, to be saved beside weights.

    >>> tell_settings(Settings())["seed"]
    1
    """
    return asdict(settings)
