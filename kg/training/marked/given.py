"""Things as they are marked, in the reader's own terms: what a stage is given."""

from __future__ import annotations

from collections.abc import Callable

from kg.reader.reading import Seen
from kg.reader.types import Mention, Thing
from kg.training.marked.corpus import MarkedArticle


def mark_things(article: MarkedArticle, seen: Seen, *, with_others: bool) -> list[Thing]:
    """Return the marked things; demonyms count as names of their place."""
    things = []
    for thing in article.things:
        label = thing.classes[0]
        make = make_marker(seen, label)
        marks = [mark for mark in article.marks if mark.key == thing.key]
        names = [make(m.begin, m.end) for m in marks if m.named or label == "Place"]
        others = [make(m.begin, m.end) for m in marks if not (m.named or label == "Place")]
        if not names:
            names, others = others, []
        things.append(Thing(label, tuple(names), tuple(others) if with_others else ()))
    return things


def mark_areas(article: MarkedArticle, seen: Seen) -> list[Thing]:
    """Return the marked areas of cooperation, each a thing."""
    make = make_marker(seen, "Area")
    places = dict.fromkeys(
        fact.place for fact in article.facts if fact.place and fact.relation == "cooperatesIn"
    )
    return [Thing("Area", (make(*place),)) for place in places]


def make_marker(seen: Seen, label: str, layer: str = "name") -> Callable[[int, int], Mention]:
    """Return a function that makes a mention of characters, as the reader would find it."""

    def make(begin: int, end: int) -> Mention:
        first, last = seen.pieces.cover(begin, end)
        return Mention(begin, end, first, max(first, last - 1), layer, label)

    return make
