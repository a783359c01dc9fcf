"""Scores as plain data, for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from kg.score.calibration import list_bins, measure_error
from kg.score.gold import RELATIONS
from kg.score.scores import Counts, Score, ratio


def tell_counts(counts: Counts) -> dict[str, float]:
    """Return precision, recall, F1 and support, with what was found and what of it is right.

    >>> tell_counts(Counts(1, 1, 2))
    {'precision': 0.5, 'recall': 0.333, 'f1': 0.4, 'support': 3, 'found': 2, 'right': 1}
    """
    rates = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
    return {name: round(rate, 3) for name, rate in rates.items()} | {
        "support": counts.support,
        "found": counts.found,
        "right": counts.right,
    }


def tell_relations(counts: Mapping[str, Counts]) -> dict[str, dict[str, float]]:
    """Return the scores of each relation that is in the gold or was found, in their order."""
    return {r: tell_counts(counts[r]) for r in RELATIONS if r in counts and counts[r] != Counts()}


def tell_share(right: int, facts: int) -> dict[str, float]:
    """Return how many of some facts are right.

    >>> tell_share(1, 4)
    {'right': 1, 'support': 4, 'share': 0.25}
    """
    return {"right": right, "support": facts, "share": round(ratio(right, facts), 3)}


def tell_calibration(judged: Iterable[tuple[float, bool]]) -> dict[str, Any]:
    """Return the error of confidences (None without any) and the bins that it is the mean of.

    >>> tell_calibration([(0.75, True)])["error"]
    0.25
    """
    pairs = list(judged)
    chances, right = [chance for chance, _ in pairs], [held for _, held in pairs]
    bins = [{k: round(v, 3) for k, v in asdict(one).items()} for one in list_bins(chances, right)]
    error = round(measure_error(chances, right), 3) if pairs else None
    return {"error": error, "facts": len(pairs), "bins": bins}


def tell_score(score: Score, *, errors: bool = False) -> dict[str, Any]:
    """Return all that a score says; with `errors`, each miss and false alarm by article."""
    matched = score.matched
    told = {
        "relations": tell_counts(score.relations),
        "by relation": tell_relations(score.by_relation),
        "entities": tell_counts(score.entities),
        "articles": {name: round(f1, 3) for name, f1 in score.articles.items()},
        "mean f1": round(score.measures()["mean_f1"], 3),
        "details": {
            "modality": tell_share(matched["modality"], matched["facts"]),
            "role": tell_share(matched["right_roles"], matched["roles"]),
        },
        "calibration": tell_calibration(score.confidences),
    }
    return told | ({"errors": dict(score.errors)} if errors else {})
