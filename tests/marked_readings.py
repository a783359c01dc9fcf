"""Marked articles as readings: what a reader that misses nothing would say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from kg.model import Article, Entity, Fact, Modality, Reader, Reading, Span
from kg.names.areas import find_area
from kg.reader.nodes.deals import add_deals
from kg.reader.qualifiers import read_values
from kg.reader.reading import SENTENCE
from kg.training.marked.corpus import MarkedArticle, MarkedFact, Thing, read_article
from kg.values.figures import read_percent

#: What marked an article, as graphs name it.
HAND = Reader("marks", "1")


def read_marked(path: Path) -> Reading:
    """Read a marked article (`.ann`) with its deals; raise DataError with file and line."""
    return add_deals(make_reading(read_article(path)))


def make_reading(marked: MarkedArticle) -> Reading:
    """Return what is marked in an article as a reading; a share told in words has no figure."""
    title = marked.text.split("\n", 1)[0]
    article = Article(marked.name, marked.text, marked.lang, "", title, marked.published)
    things = {thing.key: make_entity(thing, marked) for thing in marked.things}
    told = (it for it in marked.facts if it.place or it.relation != "marketShare")
    facts = tuple(make_fact(fact, article, things) for fact in told)
    named = dict.fromkeys(things.values())
    for fact in facts:
        for end in (fact.object, fact.qualifiers.get("market")):
            if isinstance(end, Entity):
                named.setdefault(end)
    sentences = tuple(match.span() for match in SENTENCE.finditer(marked.text))
    return Reading(article, tuple(named), facts, sentences, HAND)


def make_entity(thing: Thing, marked: MarkedArticle) -> Entity:
    """Return a marked thing, with its names in the text, the most frequent first."""
    marks = [mark for mark in marked.marks if mark.key == thing.key]
    names = Counter(marked.text[mark.begin : mark.end] for mark in marks if mark.named)
    aliases = sorted(names.keys() - {thing.name}, key=lambda name: (-names[name], name))
    spans = tuple((mark.begin, mark.end) for mark in marks)
    return Entity(thing.name, thing.classes[0], tuple(aliases), (), spans)


def make_fact(fact: MarkedFact, article: Article, things: Mapping[str, Entity]) -> Fact:
    """Return a marked fact with its values read."""
    target: Entity | Decimal
    if fact.relation == "marketShare":
        target = Decimal(str(read_percent(cut(article.text, fact.place))))
    elif fact.object:
        target = things[fact.object]
    else:
        phrase = cut(article.text, fact.place)
        area = find_area(phrase, article.lang)
        links = (area,) if area else ()
        target = Entity(phrase, "CooperationArea", (), links, (fact.place,) if fact.place else ())
    modality: Modality = fact.modality.capitalize()  # type: ignore[assignment]
    return Fact(
        things[fact.subject], fact.relation, target, modality, fact.ended,
        dict(read_values(fact.slots, article)), things[fact.by] if fact.by else None,
        evidence=(fact.evidence,),
    )  # fmt: skip


def cut(text: str, span: Span | None) -> str:
    """Return a piece of a text, '' without one."""
    return text[slice(*span)] if span else ""
