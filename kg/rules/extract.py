"""The order of the steps from an article to what it says; only that."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from kg.model import Article, Entity, Fact, Reader, Reading
from kg.rules.mentions.classes import classify
from kg.rules.mentions.mention import find_mentions
from kg.rules.merge import fits_ontology, merge_facts, retype, swap
from kg.rules.nlp import parse_articles
from kg.rules.qualifiers.qualifiers import qualify
from kg.rules.relations.agreements import describe_agreements, find_agreements
from kg.rules.relations.areas import find_areas
from kg.rules.relations.frames import find_relations
from kg.rules.relations.implied import (
    find_carried,
    find_joint_work,
    find_makers,
    find_presence,
    find_spoils,
)
from kg.rules.relations.places import find_places
from kg.rules.relations.scene import Scene
from kg.rules.relations.shares import find_rankings, find_shares
from kg.rules.relations.units import find_units
from kg.rules.resolve.anaphora import add_anaphora
from kg.rules.resolve.cast import resolve
from kg.rules.resolve.grouping import title_end
from kg.rules.roles.careers import find_careers, find_successions
from kg.rules.roles.departures import find_departures
from kg.rules.roles.positions import find_positions
from kg.rules.speech import attribute
from kg.rules.weights import weights_path
from kg.values.language import load_language

if TYPE_CHECKING:
    from spacy.tokens import Doc


#: Titles that only say that somebody leads: no roles beside another.
VAGUE = "relations.holdsPosition.vague"


@cache
def read_maker(lang: str) -> Reader:
    """Return what graphs call the rules in a language: with the digest of its finder of names."""
    path = weights_path(lang)
    weights = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
    return Reader("rules", "0.1.0", weights)


def extract_article(article: Article) -> Reading:
    """Read one article: what it names and what it says."""
    return next(extract_articles([article]))


def extract_articles(articles: Iterable[Article]) -> Iterator[Reading]:
    """Read articles in their order; each language's model is loaded once."""
    for article, doc in parse_articles(articles):
        yield read_doc(article, doc)


def read_doc(article: Article, doc: Doc) -> Reading:
    """Return what a parsed article names and says."""
    lang = load_language(article.lang)
    mentions = classify(find_mentions(doc, lang), doc, lang)
    cast = add_anaphora(resolve(doc, mentions, lang), lang)
    scene = Scene(cast, lang, article.published)
    facts = [*find_relations(scene), *find_joint_work(scene), *find_rankings(scene)]
    facts += find_carried(facts, scene)
    deals = list(find_agreements(facts, scene))
    facts += [*find_areas(deals, facts, scene), *find_units(scene)]
    facts += [*describe_agreements(deals, facts, scene), *find_roles(scene)]
    facts += [*find_places(scene), *find_shares(scene)]
    facts = qualify(attribute(facts, scene), deals, scene)
    facts += [*find_spoils(facts, scene), *find_makers(facts, scene), *find_presence(facts, scene)]
    changed = retype(facts, cast.unsure)
    body = doc[title_end(doc)].idx if len(doc) else 0
    swapped = (swap(fact, changed) for fact in facts)
    merged = merge_facts(filter(fits_ontology, swapped), body=body, vague=lang.words(VAGUE))
    entities = gather([changed.get(e, e) for e in cast.entities], merged)
    return Reading(article, entities, tuple(merged), sentence_spans(doc))


def find_roles(scene: Scene) -> list[Fact]:
    """Return who has, takes or leaves which post, if the text names anybody at all."""
    if not scene.cast.of_kind("Person"):
        return []
    departures = list(find_departures(scene))
    posts = [*find_positions(departures, scene), *find_careers(departures, scene)]
    return [*posts, *find_successions(posts, departures, scene)]


def gather(named: Iterable[Entity], facts: Iterable[Fact]) -> tuple[Entity, ...]:
    """Return the things that an article names and those that only its facts have."""
    found = dict.fromkeys(named)
    for fact in facts:
        for thing in (fact.subject, fact.object, fact.attributed_to, *fact.qualifiers.values()):
            if isinstance(thing, Entity):
                found.setdefault(thing)
    return tuple(found)


def sentence_spans(doc: Doc) -> tuple[tuple[int, int], ...]:
    """Return the characters of each sentence, without the white space around it."""
    spans = []
    for sentence in doc.sents:
        text = sentence.text
        begin = sentence.start_char + len(text) - len(text.lstrip())
        end = sentence.start_char + len(text.rstrip())
        if begin < end:
            spans.append((begin, end))
    return tuple(spans)
