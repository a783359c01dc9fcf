"""Mentions to things: names by their spelling, noun phrases and pronouns by learned scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
#: Pairs of a noun phrase and a thing that are scored at once.
AT_ONCE = 1024


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
    places = np.array([m.first for m in others])
    asked = model.mark(states.pieces, places, np.array([m.last for m in others]))
    near = list(find_near(places, begins, of))
    counts = [len(rows) for rows in near]
    rows, which = np.concatenate(near), np.repeat(np.arange(len(others)), counts)
    far = measure_names(places[which], rows, begins, of)
    logits = [
        model.refer(asked[which[part]], table[rows[part]], far[part])
        for part in (slice(at, at + AT_ONCE) for at in range(0, len(rows), AT_ONCE))
    ]
    meant: dict[int, list[Mention]] = {}
    stops = np.cumsum(counts)[:-1]
    for number, found in enumerate(np.split(np.concatenate([*logits, np.zeros(0)]), stops)):
        labels = [things[acting[k]].label for k in near[number]]
        for row in choose_things(found, labels, others[number].label):
            meant.setdefault(acting[near[number][row]], []).append(others[number])
    return [replace(t, others=tuple(meant.get(k, ()))) for k, t in enumerate(things)]


def find_near(places: Ints, begins: Ints, of: Ints) -> Iterator[Ints]:
    """Yield for each place the things that are named near it."""
    order = np.argsort(begins, kind="stable")
    lows = np.searchsorted(begins[order], places - SPAN)
    highs = np.searchsorted(begins[order], places + SPAN, side="right")
    for low, high in zip(lows.tolist(), highs.tolist(), strict=True):
        yield np.unique(of[order[low:high]])


def choose_things(logits: Floats, labels: Sequence[str], label: str) -> list[int]:
    """Return which things a noun phrase of a class means: those more likely than not, best first.

    >>> choose_things(np.array([1.0, 2.0, 3.0]), ["Person", "Person", "Place"], "Person")
    [1, 0]
    """
    order = np.argsort(-logits, kind="stable").tolist()
    return [k for k in order if logits[k] > 0 and labels[k] == label][:MOST]


def measure_names(places: Ints, things: Ints, begins: Ints, of: Ints) -> Ints:
    """Return how far before each place the thing beside it was last named, else -1.

    >>> begins, of = np.array([2, 5, 12]), np.array([0, 0, 1])
    >>> measure_names(np.array([9, 9]), np.array([0, 1]), begins, of)
    array([ 4, -1])
    """
    order = np.lexsort((begins, of))
    begins, of = begins[order], of[order]
    size = 1 + max(begins.max(initial=0), places.max(initial=0))
    last = np.searchsorted(of * size + begins, things * size + places, side="right") - 1
    return np.where((last >= 0) & (of[last] == things), places - begins[last], -1)


def tell_classes(things: Sequence[Thing]) -> Floats:
    """Return the classes of things (rows), one column a class."""
    return np.array([[t.label == c for c in CLASSES] for t in things], np.float32).reshape(
        -1, len(CLASSES)
    )


def rate_things(model: Model, things: Sequence[Thing], states: States) -> list[Thing]:
    """Give each named thing the chance that it is worth listing: the mean of its names' logits."""
    named = [k for k, thing in enumerate(things) if thing.label not in ("Area", "Figure")]
    if not named:
        return list(things)
    names = [mention for k in named for mention in things[k].names]
    first = np.array([m.first for m in names])
    vectors = model.mark(states.pieces, first, np.array([m.last for m in names]))
    logits = model.rate(vectors, states.windows[states.of[first]])
    counts = np.array([len(things[k].names) for k in named])
    means = np.add.reduceat(logits, np.cumsum(counts) - counts) / counts
    worth = dict(zip(named, (1 / (1 + np.exp(-means))).tolist(), strict=True))
    return [replace(t, worth=worth[k]) if k in worth else t for k, t in enumerate(things)]
