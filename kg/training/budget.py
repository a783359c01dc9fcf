"""The error budget: what an article's facts would be if an earlier stage had made no mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kg.reader.reading import Found, Limits, Seen, find_facts, find_things, see_text
from kg.reader.references import gather_things, resolve_references
from kg.reader.types import Mention, Model, Thing
from kg.training.corpus import MarkedArticle

#: Stages that can be given: nothing, names, names and what noun phrases mean.
STAGES = ("all found", "names given", "references given", "areas given")
Demonyms = Mapping[str, str]


def find_given(
    model: Model, article: MarkedArticle, limits: Limits, *, stage: str, demonyms: Demonyms
) -> Found:
    """Find an article's facts with the stages up to one given as they are marked."""
    seen = see_text(model, article.text)
    if not seen:
        return Found((), ())
    if stage == "all found":
        things = find_things(model, article.text, seen.mentions, seen.states, demonyms=demonyms)
        return find_facts(model, seen, things, limits)
    things = mark_things(article, seen, with_others=stage != "names given")
    if stage == "names given":
        acting = resolve_references(model, things, seen.mentions, seen.states)
        things = [
            replace(t, others=t.others + a.others) for t, a in zip(things, acting, strict=True)
        ]
    others = gather_things(article.text, seen.mentions, demonyms)
    if stage == "areas given":
        things += mark_areas(article, seen)
        others = [thing for thing in others if thing.label == "Figure"]
    things += [thing for thing in others if thing.label in ("Area", "Figure")]
    return find_facts(model, seen, things, limits)


def mark_things(article: MarkedArticle, seen: Seen, *, with_others: bool) -> list[Thing]:
    """Return the marked things; demonyms count as names of their place."""
    things = []
    for thing in article.things:
        label = thing.classes[0]
        make = _maker(seen, label)
        marks = [mark for mark in article.marks if mark.key == thing.key]
        names = [make(m.begin, m.end) for m in marks if m.named or label == "Place"]
        others = [make(m.begin, m.end) for m in marks if not (m.named or label == "Place")]
        if not names:
            names, others = others, []
        things.append(Thing(label, tuple(names), tuple(others) if with_others else ()))
    return things


def mark_areas(article: MarkedArticle, seen: Seen) -> list[Thing]:
    """Return the marked areas of cooperation, each a thing."""
    make = _maker(seen, "Area")
    places = dict.fromkeys(
        fact.place for fact in article.facts if fact.place and fact.relation == "cooperatesIn"
    )
    return [Thing("Area", (make(*place),)) for place in places]


def _maker(seen: Seen, label: str) -> Callable[[int, int], Mention]:
    def make(begin: int, end: int) -> Mention:
        first, last = seen.pieces.cover(begin, end)
        return Mention(begin, end, first, max(first, last - 1), "name", label)

    return make


def tell_stages(
    model: Model,
    articles: Sequence[MarkedArticle],
    judge: Callable[[MarkedArticle, Found], None],
    *,
    stage: str,
    demonyms: Demonyms,
) -> None:
    """Hand what is found in each article, with a stage given, to what judges it."""
    low = Limits(thresholds=dict.fromkeys(Limits().thresholds, -4.0))
    for article in articles:
        judge(article, find_given(model, article, low, stage=stage, demonyms=demonyms))
