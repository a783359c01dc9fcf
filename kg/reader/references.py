"""Mentions to things: names by their spelling, noun phrases and pronouns by learned scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from kg.names.spellings import Name, core_name, group_names
from kg.reader.pieces import Ints
from kg.reader.scheme import CLASSES
from kg.reader.types import Floats, Mention, Model, States, Thing

#: What noun phrases and pronouns can mean.
ACTING = ("Organization", "Person", "Product")
#: Pieces around a noun phrase within which what it means is named.
SPAN = 1500
#: Things that one noun phrase means at most ('les trois groupes').
MOST = 3


def gather_things(
    text: str, mentions: Sequence[Mention], demonyms: Mapping[str, str] | None = None
) -> list[Thing]:
    """Return the things that names mean, then areas and percentages, each a thing of its own."""
    named = [m for m in mentions if m.layer == "name"]
    names = [Name(text[m.begin : m.end], m.begin, m.end, m.label, m.score) for m in named]
    groups = group_names(names, text, demonyms)
    things = [Thing(g.label, tuple(named[n] for n in g.mentions)) for g in groups]
    areas: dict[str, list[Mention]] = {}
    for mention in mentions:
        if (mention.layer, mention.label) == ("span", "Area"):
            areas.setdefault(core_name(text[mention.begin : mention.end]), []).append(mention)
    things += [Thing("Area", tuple(found)) for found in areas.values()]
    figures = (m for m in mentions if (m.layer, m.label) == ("figure", "percent"))
    return things + [Thing("Figure", (mention,)) for mention in figures]


def resolve_references(
    model: Model, things: Sequence[Thing], mentions: Sequence[Mention], states: States
) -> list[Thing]:
    """Add to things the noun phrases and pronouns that mean them."""
    others = [m for m in mentions if m.layer == "other"]
    acting = [k for k, thing in enumerate(things) if thing.label in ACTING]
    if not others or not acting:
        return list(things)
    names = [(mention, row) for row, k in enumerate(acting) for mention in things[k].names]
    begins = np.array([m.first for m, _ in names])
    of = np.array([row for _, row in names])
    vectors = model.mark(states.pieces, begins, np.array([m.last for m, _ in names]))
    table = model.gather(vectors, of, tell_classes([things[k] for k in acting]))
    asked = model.mark(
        states.pieces, np.array([m.first for m in others]), np.array([m.last for m in others])
    )
    meant: dict[int, list[Mention]] = {}
    for number, mention in enumerate(others):
        near = np.unique(of[np.abs(begins - mention.first) <= SPAN])
        if not len(near):
            continue
        far = measure_names(np.array([mention.first]), begins, of, near)[0]
        logits = model.refer(np.repeat(asked[number : number + 1], len(near), 0), table[near], far)
        for row in choose_things(logits, [things[acting[k]].label for k in near], mention.label):
            meant.setdefault(acting[near[row]], []).append(mention)
    return [replace(t, others=tuple(meant.get(k, ()))) for k, t in enumerate(things)]


def choose_things(logits: Floats, labels: Sequence[str], label: str) -> list[int]:
    """Return which things a noun phrase of a class means: those more likely than not, best first.

    >>> choose_things(np.array([1.0, 2.0, 3.0]), ["Person", "Person", "Place"], "Person")
    [1, 0]
    """
    order = np.argsort(-logits, kind="stable").tolist()
    return [k for k in order if logits[k] > 0 and labels[k] == label][:MOST]


def measure_names(places: Ints, begins: Ints, of: Ints, things: Ints) -> Ints:
    """Return how far before each place (rows) each thing (columns) was last named, else -1.

    >>> measure_names(np.array([9]), np.array([2, 5, 12]), np.array([0, 0, 1]), np.array([0, 1]))
    array([[ 4, -1]])
    """
    never = np.iinfo(np.int64).max
    far = places[:, None] - begins[None]
    far = np.where(far < 0, never, far)
    best = np.stack([far[:, of == thing].min(1) for thing in things], 1)
    return np.where(best == never, -1, best)


def tell_classes(things: Sequence[Thing]) -> Floats:
    """Return the classes of things (rows), one column a class."""
    return np.array([[t.label == c for c in CLASSES] for t in things], np.float32).reshape(
        -1, len(CLASSES)
    )


def rate_things(model: Model, things: Sequence[Thing], states: States) -> list[Thing]:
    """Give each named thing the chance that it is worth listing: the mean of its names' logits."""
    rated = []
    for thing in things:
        if thing.label in ("Area", "Figure"):
            rated.append(thing)
            continue
        first = np.array([m.first for m in thing.names])
        vectors = model.mark(states.pieces, first, np.array([m.last for m in thing.names]))
        logit = float(model.rate(vectors, states.windows[states.of[first]]).mean())
        rated.append(replace(thing, worth=float(1 / (1 + np.exp(-logit)))))
    return rated
