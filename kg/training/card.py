"""A model's card: `README.md` written from what its `meta.json` tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.training.calibrate import Crossed, measure_error, rate_counts, sum_counts

Counts = tuple[int, int, int]


def tell_scores(crossed: Crossed) -> dict[str, Any]:
    """Return scores by relation with support, over all, and the error of confidences."""
    table = {
        relation: tell_counts(counts) for relation, counts in crossed.counts.items() if sum(counts)
    }
    every = tell_counts(sum_counts(crossed.counts.values()))
    error = round(measure_error(crossed.chances, crossed.right), 3)
    return {"all": every, "by relation": table, "calibration error": error}


def tell_counts(counts: Counts) -> dict[str, float]:
    """Return precision, recall, F1 and support of right, wrong and missed facts.

    >>> tell_counts((1, 1, 1))
    {'precision': 0.5, 'recall': 0.5, 'f1': 0.5, 'support': 2}
    """
    precision, recall, both = (round(number, 3) for number in rate_counts(counts))
    support = counts[0] + counts[2]
    return {"precision": precision, "recall": recall, "f1": both, "support": support}


def write_card(meta: Mapping[str, Any]) -> str:
    """Write the card of a model: what it does, what it has learned from, what it scores."""
    scores = meta["scores"]
    lines = [
        f"# {meta['name']} {meta['version']}",
        "",
        meta["description"],
        "",
        f"Licence: {meta['licence']}. Made from commit `{meta['commit']}`, seed {meta['seed']}.",
        "",
        "## Learned from",
        "",
        *_table(("corpus", "articles", "licence", "what"), map(_corpus, meta["corpora"])),
        "",
        f"## Scores on {meta['scored on']}",
        "",
        "Thresholds and confidences were fitted on other articles than those they are scored on.",
        f"Expected calibration error: {scores['calibration error']}.",
        "",
        *_table(
            ("relation", "support", "precision", "recall", "F1"),
            [
                _row(name, row)
                for name, row in {**scores["by relation"], "all": scores["all"]}.items()
            ],
        ),
        "",
    ]
    return "\n".join(lines)


def _corpus(corpus: Mapping[str, Any]) -> Sequence[str]:
    return [str(corpus[key]) for key in ("name", "articles", "licence", "what")]


def _row(name: str, row: Mapping[str, float]) -> Sequence[str]:
    figures = (f"{row[key]:.3f}" for key in ("precision", "recall", "f1"))
    return [name, str(row["support"]), *figures]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    every = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(row)} |" for row in every]
