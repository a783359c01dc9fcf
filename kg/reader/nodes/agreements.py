"""Agreements as things of their own: their parties, their kind, the areas that they cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import Entity, Fact, Reading, Span
from kg.reader.nodes.deals import overlap
from kg.values.language import known_languages, load_language

#: Characters after the words that tell of a partnership within which its wording may end.
BEYOND = 25
#: Characters between the words that tell of an agreement and those of an area that it covers.
NEAR = 400


@dataclass(frozen=True, slots=True)
class Agreement:
    """Hold an agreement's node, its parties, and the partnerships that tell of it."""

    node: Entity
    parties: tuple[Entity, ...]
    facts: tuple[Fact, ...]


def add_agreements(reading: Reading) -> Reading:
    """Add the agreements of a reading as things with facts of their own.

    An agreement is what partnerships told in the same words rest on, where these words call it
    something ('protocole d'accord') or areas of work belong to it.
    """
    agreements = list(find_agreements(reading))
    if not agreements:
        return reading
    told = {id(fact): it.node for it in agreements for fact in it.facts}
    facts = [
        replace(fact, qualifiers={**fact.qualifiers, "agreement": told[id(fact)]})
        if id(fact) in told
        else fact
        for fact in reading.facts
    ]
    more = [fact for it in agreements for fact in describe_agreement(it, reading)]
    nodes = tuple(it.node for it in agreements)
    return replace(reading, entities=(*reading.entities, *nodes), facts=(*facts, *more))


def find_agreements(reading: Reading) -> Iterator[Agreement]:
    """Yield the agreements that the partnerships of a reading rest on, in their order."""
    groups: list[list[Fact]] = []
    for fact in reading.facts:
        if fact.property == "partnerOf" and isinstance(fact.object, Entity) and fact.evidence:
            said = next((said for said in groups if is_same(said[0], fact)), None)
            if said is None:
                groups.append([fact])
            else:
                said.append(fact)
    for said in groups:
        ends = [end for fact in said for end in (fact.subject, fact.object)]
        parties = tuple(dict.fromkeys(end for end in ends if isinstance(end, Entity)))
        wording, kind = find_wording(said, reading)
        if wording or any(list_areas(parties, said, reading.facts)):
            name = f"{wording or 'accord'} {' – '.join(party.name for party in parties)}"
            values = (("kind", wording),) if wording else ()
            yield Agreement(Entity(name, kind, values=values), parties, tuple(said))


def is_same(one: Fact, other: Fact) -> bool:
    """Tell whether two partnerships are told in the same words, as equally sure."""
    near = overlap(one.evidence, other.evidence)
    return near and (one.modality, one.ended) == (other.modality, other.ended)


def find_wording(said: Iterable[Fact], reading: Reading) -> tuple[str, str]:
    """Return what the words that tell of partnerships call them, with its class, else ''."""
    lang = reading.article.lang
    known = load_language(lang).table("agreements") if lang in known_languages() else {}
    best = ""
    for fact in said:
        begin, end = fact.evidence[0]
        text = reading.article.text[begin : end + BEYOND].lower().replace("’", "'")
        best = max((w for w in known if w in text), key=lambda w: (len(w), w), default=best)
    return best, known.get(best, "Agreement")


def list_areas(
    parties: Sequence[Entity], said: Sequence[Fact], facts: Iterable[Fact]
) -> Iterator[Fact]:
    """Yield what parties work on together, told near the words of their partnerships."""
    for fact in facts:
        if fact.property == "cooperatesIn" and fact.subject in parties:
            if any(measure_gap(fact.evidence, one.evidence) <= NEAR for one in said):
                yield fact


def measure_gap(one: Sequence[Span], other: Sequence[Span]) -> int:
    """Return how many characters lie between two stretches of a text, 0 where they meet.

    >>> measure_gap([(0, 5)], [(9, 12)]), measure_gap([(0, 5)], [(4, 12)])
    (4, 0)
    """
    return min((max(0, c - b, a - d) for a, b in one for c, d in other), default=NEAR + 1)


def describe_agreement(agreement: Agreement, reading: Reading) -> Iterator[Fact]:
    """Yield who concludes an agreement, and on what, each by the words that say so."""
    first = agreement.facts[0]
    for party in agreement.parties:
        fact = next(f for f in agreement.facts if party in (f.subject, f.object))
        yield state(agreement, "party", party, fact)
    areas: dict[Entity, Fact] = {}
    for fact in list_areas(agreement.parties, agreement.facts, reading.facts):
        if isinstance(fact.object, Entity):
            known = areas.setdefault(fact.object, fact)
            areas[fact.object] = max(known, fact, key=lambda f: f.confidence)
    for area, fact in areas.items():
        yield replace(state(agreement, "hasArea", area, fact), modality=fact.modality)
    units: dict[Entity, Fact] = {}  # which may belong to several parties
    for fact in reading.facts:
        if fact.property == "subsidiaryOf" and fact.object in agreement.parties and not fact.ended:
            if any(measure_gap(fact.evidence, f.evidence) == 0 for f in (first, *areas.values())):
                known = units.setdefault(fact.subject, fact)
                units[fact.subject] = max(known, fact, key=lambda f: f.confidence)
    for unit, fact in units.items():
        yield state(agreement, "concernsUnit", unit, fact)


def state(agreement: Agreement, role: str, end: Entity, said: Fact) -> Fact:
    """Return the fact that something is a part of an agreement."""
    first = agreement.facts[0]
    return Fact(
        agreement.node, role, end, first.modality, first.ended, attributed_to=first.attributed_to,
        confidence=min(said.confidence, first.confidence), evidence=said.evidence,
    )  # fmt: skip
