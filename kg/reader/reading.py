"""Articles to readings: all stages in a row, then what they found as the project's own types."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.model import Article, Entity, Fact, Modality, Reading
from kg.reader.encoder import encode_windows
from kg.reader.entities import list_companies, make_entity
from kg.reader.evidence import quote_facts
from kg.reader.names import find_mentions
from kg.reader.pieces import Pieces, cut_pieces
from kg.reader.qualifiers import fill_slots, list_candidates, read_values
from kg.reader.references import gather_things, rate_things, resolve_references
from kg.reader.relations import decide_facts, describe_facts, score_pairs
from kg.reader.types import Limits, Mention, Model, Scored, States, Thing
from kg.reader.windows import cut_windows, mark_layout
from kg.values.figures import read_percent

MODALITIES: dict[str, Modality] = {
    "actual": "Actual",
    "planned": "Planned",
    "possible": "Possible",
    "denied": "Denied",
}
#: A sentence ends at a full stop and a blank, or with its line.
SENTENCE = re.compile(r"[^\s].*?(?:[.!?…](?:\s?»)?(?=\s|$)|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Found:
    """Hold what a text names and says, in the reader's own terms."""

    things: tuple[Thing, ...]
    facts: tuple[Scored, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold a text as the network sees it: pieces, states, mentions."""

    text: str
    pieces: Pieces
    states: States
    mentions: tuple[Mention, ...]


def see_text(model: Model, text: str) -> Seen | None:
    """Cut a text, encode it and find its mentions; None where it has no words.

    Every text ends with one line end, as those that the network has learned from.
    """
    text = text.rstrip() + "\n"
    pieces = cut_pieces(text, model.vocabulary)
    if not len(pieces):
        return None
    windows = cut_windows(text, pieces)
    states = encode_windows(model, pieces, mark_layout(text, pieces), windows)
    return Seen(text, pieces, states, tuple(find_mentions(text, pieces, states)))


def find_all(
    model: Model, text: str, limits: Limits, *, demonyms: Mapping[str, str] | None = None
) -> Found:
    """Find the things of a text, and the facts over their thresholds, in the order of the text."""
    seen = see_text(model, text)
    if not seen:
        return Found((), ())
    things = find_things(model, text, seen.mentions, seen.states, demonyms=demonyms)
    return find_facts(model, seen, things, limits)


def find_facts(model: Model, seen: Seen, things: Sequence[Thing], limits: Limits) -> Found:
    """Find the facts over their thresholds among things."""
    states = seen.states
    scores = score_pairs(model, things, states)
    facts, rows = decide_facts(scores, limits.thresholds)
    found = describe_facts(model, scores, facts, rows, limits=limits)
    found = quote_facts(
        model, seen.text, seen.pieces, states, scores=scores, facts=found, rows=rows
    )
    candidates = list_candidates(seen.mentions, things)
    found = fill_slots(model, states, candidates, scores=scores, facts=found, rows=rows)
    return Found(tuple(things), tuple(found))


def find_things(
    model: Model,
    text: str,
    mentions: Sequence[Mention],
    states: States,
    *,
    demonyms: Mapping[str, str] | None = None,
) -> list[Thing]:
    """Find the things that mentions mean, with their references and how worth listing they are."""
    things = gather_things(text, mentions, demonyms)
    things = resolve_references(model, things, mentions, states)
    return rate_things(model, things, states)


def make_reading(article: Article, found: Found, limits: Limits) -> Reading:
    """Make a reading of what was found: things that are worth listing or that facts need."""
    needed = {k for f in found.facts for k in (f.subject, f.object)}
    needed |= {v for f in found.facts for v in f.values.values() if isinstance(v, int)}
    bought = {end for f in found.facts for end in list_companies(f)}
    entities = {
        k: make_entity(article, thing, company=k in bought)
        for k, thing in enumerate(found.things)
        if thing.label != "Figure"
        and (k in needed or (thing.worth >= limits.worth and thing.label != "Area"))
    }
    facts = tuple(
        make_fact(article, found, fact, entities=entities, limits=limits) for fact in found.facts
    )
    markets = (f.qualifiers[m] for f in facts for m in ("market",) if m in f.qualifiers)
    named = dict.fromkeys([*entities.values(), *(m for m in markets if isinstance(m, Entity))])
    sentences = tuple(match.span() for match in SENTENCE.finditer(article.text))
    return Reading(article, tuple(named), facts, sentences)


def make_fact(
    article: Article,
    found: Found,
    fact: Scored,
    *,
    entities: Mapping[int, Entity],
    limits: Limits,
) -> Fact:
    """Make a fact of what was scored, with a probability for its logit."""
    slots = {slot: span for slot, span in fact.values.items() if not isinstance(span, int)}
    speaker = fact.values.get("by")
    return Fact(
        entities[fact.subject],
        fact.relation,
        entities.get(fact.object) or read_share(article.text, found.things[fact.object]),
        modality=MODALITIES[fact.modality],
        ended=fact.ended,
        qualifiers=dict(read_values(slots, article)),
        attributed_to=entities[speaker] if isinstance(speaker, int) else None,
        confidence=limits.chance(fact.relation, fact.logit),
        evidence=(fact.evidence,),
    )


def read_share(text: str, thing: Thing) -> Decimal:
    """Return the number of a percentage."""
    name = thing.names[0]
    return Decimal(str(read_percent(text[name.begin : name.end]) or 0))
