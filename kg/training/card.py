"""A model's card: `README.md` written from what its `meta.json` tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.score.calibration import measure_error
from kg.score.report import tell_counts
from kg.score.scores import Counts
from kg.training.calibrate import Crossed, sum_counts

#: What every model of this kind is for, and what it lacks, whatever it has learned from.
LIMITS = (
    "## What it is for",
    "",
    "To find organizations, people, places and products in business news in French and English, "
    "and what they say of each other, with the words that say it, how it is put forward and a "
    "probability. `kg build --model FOLDER` reads with it. Who uses a fact reads its words first: "
    "it is no ground for a decision on a person or a company by itself.",
    "",
    "## What it lacks",
    "",
    "- Other languages, other kinds of text and other relations.",
    "- What is said far apart in an article, and what a reader must know to see it.",
    "- It errs more often in what is denied, merely possible or over than in what is so, and in "
    "relations with little support below.",
    "- A probability holds for articles like those it is scored on; elsewhere it is a rank.",
    "- It finds what an article says, not what is true, and repeats its slant.",
    "",
)


def tell_scores(crossed: Crossed) -> dict[str, Any]:
    """Return scores by relation with support, over all, and the error of confidences."""
    table = {
        relation: tell_counts(Counts(*counts))
        for relation, counts in crossed.counts.items()
        if sum(counts)
    }
    every = tell_counts(Counts(*sum_counts(crossed.counts.values())))
    error = round(measure_error(crossed.chances, crossed.right), 3)
    return {"all": every, "by relation": table, "calibration error": error}


def write_card(meta: Mapping[str, Any]) -> str:
    """Write the card of a model: what it does, what it has learned from, what it scores."""
    scores = meta["scores"]
    alone = [meta["alone"], ""] if "alone" in meta else []  # what the open corpus alone brings
    lines = [
        f"# {meta['name']} {meta['version']}",
        "",
        meta["description"],
        "",
        f"Licence: {meta['licence']}. Made from commit `{meta['commit']}`, seed {meta['seed']}.",
        "",
        *LIMITS,
        "## Learned from",
        "",
        *_table(("corpus", "articles", "licence", "what"), map(_corpus, meta["corpora"])),
        "",
        *alone,
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
