"""What decides of a fact's modality, of its being over and of its slots, fitted on marked ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np

from kg.reader.reading import Found
from kg.reader.scheme import MODALITIES, SLOTS
from kg.training.evaluate import fills, list_marked, match_facts
from kg.training.marked.corpus import MarkedArticle

#: What is tried: added to a slot's answer, to a modality, or as the least logit of being over.
SHIFTS = np.arange(-2.0, 4.01, 0.25)
KINDS = np.arange(0.0, 3.01, 0.5)
#: Marked answers with fewer of which a slot is left as it was learned.
ENOUGH = 8
#: What a shift must gain, a unit of it: in F1, and in answers beside.
CAUTION, ANSWERS = 0.02, 1.0
#: A fact that is denied or only possible and yet told as actual counts as so many errors more, one
#: that is told as denied and is not as one more. (With five, done deals are told as planned.)
GRAVE = 1.0


@dataclass(frozen=True, slots=True)
class Details:
    """Hold what is known of matched facts.

    `slots` has for each slot (margin, whether it is marked, whether the best answer is right),
    `kinds` (logits, number of the right modality), `over` (logit, whether it is over).
    """

    slots: Mapping[str, Sequence[tuple[float, bool, bool]]] = field(default_factory=dict)
    kinds: Sequence[tuple[tuple[float, ...], int]] = ()
    over: Sequence[tuple[float, bool]] = ()


def collect_details(
    article: MarkedArticle, found: Found, thresholds: Mapping[str, float]
) -> Details:
    """Collect the details of an article's matched facts; all slots must be filled."""
    slots: defaultdict[str, list[tuple[float, bool, bool]]] = defaultdict(list)
    kinds, over = [], []
    for marked, fact in match_facts(article, found, thresholds):
        told = list_marked(marked)
        for slot, margin in fact.margins.items():
            right = slot in told and fills(article, found, marked, fact, slot=slot)
            slots[slot].append((margin, slot in told, right))
        kinds.append((fact.kinds, MODALITIES.index(marked.modality)))
        over.append((fact.over, marked.ended))
    return Details(slots, kinds, over)


def join_details(several: Iterable[Details]) -> Details:
    """Join the details of several articles."""
    every = list(several)
    slots = {s: [x for d in every for x in d.slots.get(s, ())] for s in SLOTS}
    return Details(slots, [x for d in every for x in d.kinds], [x for d in every for x in d.over])


def fit_details(details: Details) -> dict[str, Any]:
    """Return the limits of slots, modalities and endings that are right most often."""
    return {
        "slots": {slot: fit_slot(rows) for slot, rows in details.slots.items()},
        "modalities": fit_modalities(details.kinds),
        "ended": fit_ended(details.over),
    }


def fit_slot(rows: Sequence[tuple[float, bool, bool]]) -> float:
    """Return what is added to a slot's answers: what gives the best F1, the nearest to 0.

    >>> fit_slot([(-1.0, True, True)] * 9 + [(-3.0, False, False)] * 9)
    1.25
    """
    wanted = sum(marked for _, marked, _ in rows)
    if wanted < ENOUGH:
        return 0.0

    def score(shift: float) -> float:
        kept = [right for margin, _, right in rows if margin + shift > 0]
        cost = (CAUTION + ANSWERS / wanted) * abs(shift)
        return 2 * sum(kept) / max(1, len(kept) + wanted) - cost

    return float(max(SHIFTS.tolist(), key=lambda shift: (round(score(shift), 6), -abs(shift))))


def fit_modalities(rows: Sequence[tuple[tuple[float, ...], int]]) -> dict[str, float]:
    """Return what is added to the logits of modalities but 'actual'."""
    if not rows:
        return {}
    logits, right = np.array([x for x, _ in rows]), np.array([k for _, k in rows])
    grave = (right >= MODALITIES.index("possible")) * GRAVE

    def cost(shifts: tuple[float, ...]) -> float:
        told = (logits + np.array([0.0, *shifts])).argmax(1)
        denied = (told != right) & (told == MODALITIES.index("denied"))
        errors = (told != right).sum() + (grave * (told == 0)).sum() + denied.sum()
        return float(errors) + 0.01 * sum(shifts)

    best = min(product(KINDS.tolist(), repeat=len(MODALITIES) - 1), key=cost)
    return dict(zip(MODALITIES[1:], best, strict=True))


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

    return float(max((-SHIFTS).tolist(), key=lambda x: (round(score(x), 6), -abs(x))))
