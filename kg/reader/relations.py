"""Things to facts: scores of pairs of mentions, pooled to pairs of things, over thresholds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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
    pooled = np.zeros((count, scores.shape[1]), np.float32)
    best = np.zeros((count, scores.shape[1]), int)
    order = np.argsort(of, kind="stable")
    for number, rows in enumerate(
        np.split(order, np.cumsum(np.bincount(of, minlength=count))[:-1])
    ):
        part = scores[rows]
        top = part.max(0)
        pooled[number] = top + np.log(np.exp(part - top).mean(0))
        best[number] = rows[part.argmax(0)]
    return pooled, best


def decide_facts(
    scores: Scores, thresholds: Mapping[str, float]
) -> tuple[list[tuple[int, int, int, float]], Ints]:
    """Return facts over their relation's threshold (subject, relation, object, logit), their rows.

    A symmetric relation's two ways round are one fact, whose logit is their mean; of one that
    goes one way only, the likelier way is kept.
    """
    pairs, limits = scores.pairs, np.array([thresholds[r.name] for r in RELATIONS])
    ends = zip(pairs.subjects.tolist(), pairs.objects.tolist(), strict=True)
    number = {pair: k for k, pair in enumerate(ends)}
    facts, rows = [], []
    for (subject, object), k in number.items():
        for relation, limit in enumerate(limits):
            logit, other = float(scores.logits[k, relation]), number.get((object, subject))
            if RELATIONS[relation].symmetric and other is not None:
                if subject > object:
                    continue
                logit = (logit + float(scores.logits[other, relation])) / 2
            if RELATIONS[relation].name in ONE_WAY and other is not None:
                if float(scores.logits[other, relation]) > logit:
                    continue
            if logit > limit:
                facts.append((subject, relation, object, logit))
                rows.append(int(scores.best[k, relation]))
    return facts, np.array(rows, int)


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
    kinds = kinds + np.array([limits.modalities.get(name, 0.0) for name in MODALITIES], np.float32)
    return [
        Scored(
            subject,
            RELATIONS[relation].name,
            object,
            logit,
            modality=MODALITIES[int(kinds[k].argmax())],
            ended=bool(over[k] > limits.ended),
            over=float(over[k]),
            kinds=tuple(kinds[k].tolist()),
        )
        for k, (subject, relation, object, logit) in enumerate(facts)
    ]


def number_relations(facts: Sequence[Scored]) -> Ints:
    """Return the numbers of the relations of facts."""
    return np.array([INDEX[fact.relation] for fact in facts], int)
