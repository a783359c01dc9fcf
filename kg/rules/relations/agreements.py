"""Agreements as things of their own: their parties, kind, units concerned and areas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.model import Entity, Fact, Modality, Span
from kg.rules.relations.scene import Scene

#: How many characters after the statement its wording may end.
BEYOND = 25
SAID, FOLLOWS = 0.8, 0.6


@dataclass(frozen=True, slots=True)
class Deal:
    """Hold an agreement with those who concluded it and how sure it is."""

    node: Entity
    wording: str
    parties: tuple[Entity, ...]
    modality: Modality
    evidence: tuple[Span, ...]


def find_agreements(facts: Iterable[Fact], scene: Scene) -> Iterator[Deal]:
    """Yield the agreements that partnerships rest on, one for each pair of parties."""
    partnerships: dict[frozenset[Entity], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.property == "partnerOf" and isinstance(fact.object, Entity):
            partnerships[frozenset((fact.subject, fact.object))].append(fact)
    for said in partnerships.values():
        wording, fact = max(((wording_of(f, scene), f) for f in said), key=lambda w: len(w[0]))
        if wording and isinstance(fact.object, Entity):
            kind = scene.lang.table("agreements")[wording]
            parties = (fact.subject, fact.object)
            node = Entity(f"{wording} {' – '.join(party.name for party in parties)}", kind)
            yield Deal(node, wording, parties, fact.modality, fact.evidence)


def wording_of(fact: Fact, scene: Scene) -> str:
    """Return what a statement calls the agreement ('protocole d'accord'), or ''."""
    begin, end = fact.evidence[0]
    text = scene.text[begin : end + BEYOND].lower().replace("’", "'")
    return max((w for w in scene.lang.table("agreements") if w in text), key=len, default="")


def describe_agreements(deals: Iterable[Deal], facts: list[Fact], scene: Scene) -> Iterator[Fact]:
    """Yield who concludes each agreement, which of their units it concerns, and its areas."""
    for deal in deals:
        base = Fact(
            deal.node, "party", deal.node, deal.modality, qualifiers={"kind": deal.wording},
            confidence=SAID, rule="agreement", evidence=deal.evidence,
        )  # fmt: skip
        for party in deal.parties:
            yield replace(base, object=party)
        for fact in facts:
            if fact.property == "cooperatesIn" and fact.subject in deal.parties:
                yield replace(
                    base, property="hasArea", object=fact.object, modality=fact.modality,
                    confidence=FOLLOWS, evidence=fact.evidence,
                )  # fmt: skip
            elif is_concerned(fact, deal, scene):
                yield replace(
                    base, property="concernsUnit", object=fact.subject,
                    confidence=FOLLOWS, evidence=fact.evidence,
                )  # fmt: skip


def is_concerned(fact: Fact, deal: Deal, scene: Scene) -> bool:
    """Tell whether a fact is that a party has a unit, in a sentence that speaks of cooperation."""
    if fact.property != "subsidiaryOf" or fact.object not in deal.parties:
        return False
    begin, end = fact.evidence[0]
    span = scene.cast.doc.char_span(begin, end, alignment_mode="expand")
    words = scene.lang.words("relations.cooperatesIn.projects")
    return span is not None and any(t.lemma_ in words for t in span.sent)
