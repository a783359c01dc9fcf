"""Articles to readings: all stages in a row, then what they found as the project's own types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from kg.model import Article, Entity, Fact, Modality, Reading, Span
from kg.reader.encoder import encode_windows
from kg.reader.evidence import quote_facts
from kg.reader.figures import read_percent
from kg.reader.names import find_mentions
from kg.reader.pieces import Pieces, cut_pieces
from kg.reader.qualifiers import fill_slots, list_candidates
from kg.reader.references import gather_things, rate_things, resolve_references
from kg.reader.relations import decide_facts, describe_facts, score_pairs
from kg.reader.scheme import RELATIONS
from kg.reader.types import Mention, Model, Scored, States, Thing
from kg.reader.windows import cut_windows, mark_layout

MODALITIES: dict[str, Modality] = {
    "actual": "Actual",
    "planned": "Planned",
    "possible": "Possible",
    "denied": "Denied",
}
#: Classes of the ontology for classes of the scheme that are called otherwise there.
KINDS = {"Area": "CooperationArea"}
#: Slots whose values a fact keeps as they are written.
WRITTEN = {"role": "role", "share": "share", "amount": "amount", "market": "market", "rank": "rank"}


@dataclass(frozen=True, slots=True)
class Limits:
    """Hold what decides: thresholds and temperatures of logits, the least chance of a thing."""

    thresholds: Mapping[str, float] = field(
        default_factory=lambda: {relation.name: 0.0 for relation in RELATIONS}
    )
    temperatures: Mapping[str, float] = field(default_factory=dict)
    worth: float = 0.5


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
    """Cut a text, encode it and find its mentions; None where it has no words."""
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
    found = describe_facts(model, scores, facts, rows)
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
    entities = {
        k: make_entity(article.text, thing)
        for k, thing in enumerate(found.things)
        if thing.label != "Figure"
        and (k in needed or (thing.worth >= limits.worth and thing.label != "Area"))
    }
    facts = (make_fact(article.text, found, fact, entities, limits) for fact in found.facts)
    return Reading(article, tuple(entities.values()), tuple(facts))


def make_entity(text: str, thing: Thing) -> Entity:
    """Make an entity of a thing; it is called by the name that it has most often, the longer."""
    counts = Counter(" ".join(text[m.begin : m.end].split()) for m in thing.names)
    names = sorted(counts, key=lambda name: (-counts[name], -len(name), name))
    spans = tuple(sorted({(m.begin, m.end) for m in thing.mentions}))
    return Entity(names[0], KINDS.get(thing.label, thing.label), tuple(names[1:]), mentions=spans)


def make_fact(
    text: str, found: Found, fact: Scored, entities: Mapping[int, Entity], limits: Limits
) -> Fact:
    """Make a fact of what was scored, with a probability for its logit."""
    object = found.things[fact.object]
    temperature = limits.temperatures.get(fact.relation, 1.0)
    speaker = fact.values.get("by")
    return Fact(
        entities[fact.subject],
        fact.relation,
        entities[fact.object] if object.label != "Figure" else read_share(text, object),
        modality=MODALITIES[fact.modality],
        ended=fact.ended,
        qualifiers={
            WRITTEN[slot]: " ".join(text[slice(*span)].split())
            for slot, span in fact.values.items()
            if slot in WRITTEN and not isinstance(span, int)
        },
        attributed_to=entities[speaker] if isinstance(speaker, int) else None,
        confidence=float(1 / (1 + np.exp(-fact.logit / temperature))),
        rule="learned",
        evidence=(fact.evidence,),
    )


def read_share(text: str, thing: Thing) -> Decimal:
    """Return the number of a percentage."""
    mention: Span = (thing.names[0].begin, thing.names[0].end)
    return Decimal(str(read_percent(text[slice(*mention)]) or 0))


def read_article(
    model: Model, article: Article, limits: Limits, *, demonyms: Mapping[str, str] | None = None
) -> Reading:
    """Read an article: what it names and what it says."""
    return make_reading(article, find_all(model, article.text, limits, demonyms=demonyms), limits)
