"""From which chance on a fact is over, fitted on marked ones."""

# A shift for each modality and for each slot beside 'none' was fitted here, too: cross-fitted on
# `valid`, four networks did as well or better without (modality .919 for .913, speakers .54 for
# .51 of F1), so the network's own likeliest answer counts.

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from kg.reader.reading import Found
from kg.training.evaluate import match_facts
from kg.training.marked.corpus import MarkedArticle

#: The least logits that are tried.
LIMITS = np.arange(-4.0, 2.01, 0.25)
#: Facts that are over with fewer of which it stays 0.
ENOUGH = 8
#: What a limit must gain, a unit of it: in F1, and in answers beside.
CAUTION, ANSWERS = 0.02, 1.0


def list_endings(
    article: MarkedArticle, found: Found, thresholds: Mapping[str, float]
) -> Iterator[tuple[float, bool]]:
    """Yield of an article's matched facts the logit of being over, and whether they are."""
    for marked, fact in match_facts(article, found, thresholds):
        yield fact.over, marked.ended


def fit_ended(rows: Sequence[tuple[float, bool]]) -> float:
    """Return the logit from which on a fact is over: what gives the best F1, the nearest to 0.

    >>> fit_ended([(-0.5, True)] * 9 + [(-2.0, False)] * 30)
    -0.75
    """
    wanted = sum(over for _, over in rows)
    if wanted < ENOUGH:
        return 0.0

    def score(limit: float) -> float:
        kept = [over for logit, over in rows if logit > limit]
        cost = (CAUTION + ANSWERS / wanted) * abs(limit)
        return 2 * sum(kept) / max(1, len(kept) + wanted) - cost

    return float(max(LIMITS.tolist(), key=lambda limit: (round(score(limit), 6), -abs(limit))))
