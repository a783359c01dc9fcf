"""Things to facts: scores of pairs of mentions, pooled to pairs of things, over thresholds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.reader.pairs import Pairs, allow_relations, pair_mentions
from kg.reader.pieces import Ints
from kg.reader.references import tell_classes
from kg.reader.scheme import INDEX, MODALITIES, ONE_WAY, RELATIONS
from kg.reader.types import Floats, Limits, Model, Scored, States, Thing

#: Pairs of mentions that are scored at once, and pieces around them that they are scored on.
CHUNK = 256
ROOM = 40


@dataclass(frozen=True, slots=True)
class Scores:
    """Hold the pairs of things of a text with pooled logits (pairs, relations).

    `best` is the row of the pair of mentions that tells most of a relation, `features` those of
    all pairs of mentions, `begins` the first pieces of all mentions.
    """

    pairs: Pairs
    logits: Floats
    best: Ints
    features: Floats
    begins: Ints


def score_pairs(model: Model, things: Sequence[Thing], states: States) -> Scores:
    """Score every relation that the scheme allows of every two things that are told of nearby."""
    table = [(m.first, m.last, k) for k, thing in enumerate(things) for m in thing.mentions]
    begins, lasts, of = np.array(table, int).reshape(-1, 3).T
    classes = tell_classes(things)
    pairs = pair_mentions(begins, of, classes.astype(bool))
    if not len(pairs):
        empty = np.zeros((0, len(RELATIONS)), np.float32)
        return Scores(pairs, empty, empty.astype(int), empty, begins)
    vectors = model.mark(states.pieces, begins, lasts)
    marks = vectors + model.gather(vectors, of, classes)[of]
    heads = states.windows[states.of[begins]]
    features = np.zeros((0, 0), np.float32)
    scores = np.zeros((len(pairs.of), len(RELATIONS)), np.float32)
    for rows, low, high in _chunks(pairs, begins, lasts, len(states.pieces)):
        inside = (marks, heads, begins - low, lasts - low)
        left, right = pairs.left[rows], pairs.right[rows]
        found, scores[rows] = model.pair(*_cut(states.pieces[low:high], inside, left, right))
        if not len(features):
            features = np.zeros((len(pairs.of), found.shape[1]), np.float32)
        features[rows] = found
    logits, best = pool_scores(scores, pairs.of, len(pairs))
    logits[~allow_relations(classes.astype(bool), pairs.subjects, pairs.objects)] = -np.inf
    return Scores(pairs, logits, best, features, begins)


def _chunks(pairs: Pairs, begins: Ints, lasts: Ints, size: int) -> Iterator[tuple[Ints, int, int]]:
    """Return rows of pairs of mentions that stand together, with the pieces around them."""
    first = np.minimum(begins[pairs.left], begins[pairs.right])
    last = np.maximum(lasts[pairs.left], lasts[pairs.right])
    order = np.argsort(first, kind="stable")
    for start in range(0, len(order), CHUNK):
        rows = order[start : start + CHUNK]
        yield rows, max(0, int(first[rows].min()) - ROOM), min(size, int(last[rows].max()) + ROOM)


def _cut(
    states: Floats, mentions: tuple[Floats, Floats, Ints, Ints], left: Ints, right: Ints
) -> tuple[Floats, tuple[Floats, Floats, Ints, Ints], Ints, Ints]:
    """Return the arguments of the head with only the mentions that are needed."""
    used, new = np.unique(np.concatenate([left, right]), return_inverse=True)
    marks, heads, begins, lasts = (part[used] for part in mentions)
    new = new.reshape(-1)
    return states, (marks, heads, begins, lasts), new[: len(left)], new[len(left) :]


def pool_scores(scores: Floats, of: Ints, count: int) -> tuple[Floats, Ints]:
    """Return the log of the mean of exponentials of each pair's rows, and its best rows.

    >>> pool_scores(np.zeros((3, 1), np.float32), np.array([0, 0, 1]), 2)[0].tolist()
    [[0.0], [0.0]]
    """
    order = np.argsort(of, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(of, minlength=count))])
    if not count:
        return scores[:0], scores[:0].astype(int)
    rows, pairs = scores[order], of[order]
    top = np.maximum.reduceat(rows, starts[:-1])
    sums = np.add.reduceat(np.exp(rows - top[pairs]), starts[:-1])
    pooled = top + np.log(sums / np.diff(starts)[:, None]).astype(np.float32)
    found = np.where(rows == top[pairs], order[:, None], len(order))
    return pooled, np.minimum.reduceat(found, starts[:-1])


def decide_facts(
    scores: Scores, thresholds: Mapping[str, float]
) -> tuple[list[tuple[int, int, int, float]], Ints]:
    """Return facts over their relation's threshold (subject, relation, object, logit), their rows.

    A symmetric relation's two ways round are one fact, whose logit is their mean; of one that
    goes one way only, the likelier way is kept.
    """
    pairs, limits = scores.pairs, np.array([thresholds[r.name] for r in RELATIONS])
    ends = list(zip(pairs.subjects.tolist(), pairs.objects.tolist(), strict=True))
    number = {pair: k for k, pair in enumerate(ends)}
    other = np.array([number.get((object, subject), -1) for subject, object in ends], int)
    logits = scores.logits.astype(float)
    back = logits[other]
    symmetric = (other >= 0)[:, None] & np.array([r.symmetric for r in RELATIONS])
    one_way = (other >= 0)[:, None] & np.array([r.name in ONE_WAY for r in RELATIONS])
    twice = symmetric & (pairs.subjects > pairs.objects)[:, None]
    logits = np.where(symmetric, (logits + back) / 2, logits)
    kept = (logits > limits) & ~twice & ~(one_way & (back > logits))
    rows, relations = np.nonzero(kept)
    facts = [
        (ends[k][0], relation, ends[k][1], float(logits[k, relation]))
        for k, relation in zip(rows.tolist(), relations.tolist(), strict=True)
    ]
    return facts, scores.best[rows, relations].astype(int)


def describe_facts(
    model: Model,
    scores: Scores,
    facts: Sequence[tuple[int, int, int, float]],
    rows: Ints,
    *,
    limits: Limits,
) -> list[Scored]:
    """Return facts with their modality and whether they are over."""
    if not facts:
        return []
    relations = np.array([relation for _, relation, _, _ in facts])
    kinds, over = model.tell(scores.features[rows], relations)
    found = [
        Scored(
            subject,
            RELATIONS[relation].name,
            object,
            logit,
            modality=MODALITIES[int(kinds[k].argmax())],
            ended=bool(over[k] > limits.ended),
            over=float(over[k]),
        )
        for k, (subject, relation, object, logit) in enumerate(facts)
    ]
    return settle_ended(found)


def settle_ended(facts: Sequence[Scored]) -> list[Scored]:
    """Return facts where what was bought is not said to have left its buyer: that is the seller's.

    >>> bought = Scored(0, "acquired", 1, 2.0, modality="actual")
    >>> unit = Scored(1, "subsidiaryOf", 0, 1.0, modality="actual", ended=True)
    >>> [fact.ended for fact in settle_ended([bought, unit])]
    [False, False]
    """
    owned = {
        (fact.object, fact.subject)
        for fact in facts
        if fact.relation == "acquired" and fact.modality == "actual" and not fact.ended
    }
    return [
        replace(fact, ended=False)
        if fact.relation == "subsidiaryOf" and (fact.subject, fact.object) in owned
        else fact
        for fact in facts
    ]


def number_relations(facts: Sequence[Scored]) -> Ints:
    """Return the numbers of the relations of facts."""
    return np.array([INDEX[fact.relation] for fact in facts], int)
