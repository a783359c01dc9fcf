"""Logits of facts to probabilities, and the chance from which on a fact is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import numpy.typing as npt

from kg.reader.scheme import RELATIONS

Floats = npt.NDArray[np.float64]
#: A slope and a shift: the chance of a fact is the logistic of slope x logit + shift.
Line = tuple[float, float]
#: How much the common line counts against a relation's own facts.
PRIOR = 10.0
#: Chances that are tried as the least one: what is less likely than one in four helps nobody.
CUTS = np.arange(0.25, 0.71, 0.01)
#: What it costs to keep a relation's facts from another chance on than all: F1, a unit of chance.
CAUTION = 0.01
Counts = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """Hold what one article's found facts are worth, and how many it should have.

    `facts` are relation, logit, and whether it is right; None for one that is neither, since it
    only meets an optional fact or says again what a surer one said.
    """

    facts: tuple[tuple[str, float, bool | None], ...]
    wanted: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Hold for each relation a line, and the least chance of a fact that is kept."""

    lines: Mapping[str, Line]
    cuts: Mapping[str, float]

    def chance(self, relation: str, logit: float) -> float:
        """Return the probability that a fact is right."""
        slope, shift = self.lines[relation]
        return float(1 / (1 + np.exp(-(slope * logit + shift))))

    def thresholds(self) -> dict[str, float]:
        """Return the logit from which on a relation's facts are kept."""
        return {
            relation: (float(np.log(cut / (1 - cut))) - shift) / slope
            for relation, (slope, shift) in self.lines.items()
            for cut in (self.cuts[relation],)
        }


def fit_line(logits: Floats, right: Floats, *, prior: Line, weight: float) -> Line:
    """Fit a logistic line to outcomes by Newton's method, held to a prior by a weight.

    >>> slope, shift = fit_line(np.array([-9.0, 9.0]), np.array([0.0, 1.0]), prior=(1, 0), weight=9)
    >>> round(slope, 1), abs(round(shift, 1))
    (1.0, 0.0)
    """
    inputs = np.stack([logits, np.ones_like(logits)], 1)
    middle = np.array(prior, float)

    def cost(line: Floats) -> float:
        told = inputs @ line
        return float((np.logaddexp(0, told) - right * told).sum() + weight * square(line - middle))

    line = middle.copy()
    for _ in range(100):
        chances = 1 / (1 + np.exp(-np.clip(inputs @ line, -30, 30)))
        slope = inputs.T @ (chances - right) + weight * (line - middle)
        curve = (inputs * (chances * (1 - chances))[:, None]).T @ inputs + weight * np.eye(2)
        step = np.linalg.solve(curve, slope)
        while cost(line - step) > cost(line) and np.abs(step).max() > 1e-9:
            step /= 2  # a whole step leads astray where chances are near 0 or 1
        line -= step
        if np.abs(step).max() < 1e-8:
            break
    return max(0.05, float(line[0])), float(line[1])


def square(line: Floats) -> float:
    """Return half the sum of squares."""
    return float(line @ line) / 2


def fit_calibration(articles: Sequence[Judged], *, least: float = 0.0) -> Calibration:
    """Fit lines, then choose the least chances by F1, at no less precision over all facts."""
    outcomes = _collect(articles)
    every = [pair for pairs in outcomes.values() for pair in pairs]
    common = fit_line(*_columns(every), prior=(1.0, 0.0), weight=1e-3)
    lines = {
        relation.name: fit_line(*_columns(outcomes[relation.name]), prior=common, weight=PRIOR)
        for relation in RELATIONS
    }
    return Calibration(lines, choose_cuts(articles, lines, least=least))


def choose_cuts(
    articles: Sequence[Judged], lines: Mapping[str, Line], *, least: float
) -> dict[str, float]:
    """Return each relation's least chance: the best F1 of those with precision enough over all.

    First one for all relations. Then each has its own where that is better for F1 over all facts
    and for the mean of the relations' F1 taken together.
    """
    table = {cut: count_facts(articles, Calibration(lines, dict.fromkeys(lines, cut)))
             for cut in CUTS.tolist()}  # fmt: skip

    def rate(cuts: Mapping[str, float]) -> tuple[float, float, float]:
        counts = {relation: table[cut][relation] for relation, cut in cuts.items()}
        precision, _, score = rate_counts(sum_counts(counts.values()))
        mean = sum(rate_counts(found)[2] for found in counts.values()) / len(counts)
        return precision, score, mean

    best, common = -1.0, float(CUTS[-1])
    for cut in table:
        precision, score, _ = rate(dict.fromkeys(lines, cut))
        if precision >= least and score > best:
            best, common = score, cut
    cuts = dict.fromkeys(lines, common)

    def worth(relation: str, cut: float) -> float:
        precision, score, mean = rate(cuts | {relation: cut})
        return score + mean - CAUTION * abs(cut - common) if precision >= least else -1.0

    for relation in [*lines] * 2:
        now = cuts[relation]
        top = max([now, *table], key=lambda cut: worth(relation, cut))
        cuts[relation] = top if worth(relation, top) > 0 else now
    return cuts


def count_facts(articles: Iterable[Judged], calibration: Calibration) -> dict[str, Counts]:
    """Count right, wrong and missed facts by relation."""
    counts = {relation.name: [0, 0, 0] for relation in RELATIONS}
    limits = calibration.thresholds()
    for article in articles:
        for relation, wanted in article.wanted.items():
            counts[relation][2] += wanted
        for relation, logit, right in article.facts:
            if logit >= limits[relation] and right is not None:
                counts[relation][0 if right else 1] += 1
                counts[relation][2] -= right
    return {relation: (a, b, c) for relation, (a, b, c) in counts.items()}


def sum_counts(counts: Iterable[Counts]) -> Counts:
    """Add counts of right, wrong and missed facts."""
    right, wrong, missed = (sum(column) for column in zip((0, 0, 0), *counts, strict=True))
    return right, wrong, missed


def rate_counts(counts: Counts) -> tuple[float, float, float]:
    """Return precision, recall and F1 of right, wrong and missed facts.

    >>> rate_counts((1, 1, 1))
    (0.5, 0.5, 0.5)
    """
    right, wrong, missed = counts
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Crossed:
    """Hold what articles score under calibrations of other articles: counts, chances, outcomes."""

    counts: Mapping[str, Counts]
    chances: tuple[float, ...]
    right: tuple[bool, ...]


def cross_fit(articles: Sequence[Judged], *, folds: int = 5, least: float = 0.0) -> Crossed:
    """Score each fold of articles under a calibration that has not seen it."""
    order = list(range(len(articles)))
    Random(0).shuffle(order)
    counts: defaultdict[str, list[Counts]] = defaultdict(list)
    chances: list[float] = []
    right: list[bool] = []
    for fold in range(folds):
        inside = [articles[k] for k in order[fold::folds]]
        others = [articles[k] for n, k in enumerate(order) if n % folds != fold]
        calibration = fit_calibration(others, least=least)
        for relation, found in count_facts(inside, calibration).items():
            counts[relation].append(found)
        for relation, logit, holds in (fact for article in inside for fact in article.facts):
            chance = calibration.chance(relation, logit)
            if holds is not None and chance >= calibration.cuts[relation]:
                chances.append(chance)
                right.append(holds)
    summed = {relation: sum_counts(found) for relation, found in counts.items()}
    return Crossed(summed, tuple(chances), tuple(right))


def _collect(articles: Sequence[Judged]) -> defaultdict[str, list[tuple[float, float]]]:
    outcomes: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for article in articles:
        for relation, logit, right in article.facts:
            if right is not None:
                outcomes[relation].append((logit, float(right)))
    return outcomes


def _columns(pairs: Sequence[tuple[float, float]]) -> tuple[Floats, Floats]:
    table = np.array(pairs, float).reshape(-1, 2)
    return table[:, 0], table[:, 1]
