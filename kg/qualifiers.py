"""What else a sentence says of a fact: the share, the amount, the date, the agreement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from kg.agreements import Deal
from kg.language import Language
from kg.model import Entity, Fact
from kg.scene import Scene
from kg.values import find_amounts, find_dates, find_percents

#: Which relations take which values of their sentence.
SHARE = frozenset({"holdsStakeIn", "acquired", "subsidiaryOf"})
AMOUNT = frozenset({"acquired", "holdsStakeIn", "investedIn", "supplierOf", "mergedWith"})
#: How many characters around a statement its values may stand.
MARGIN = 60
#: More than this share of a company, in per cent, is control.
HALF = Decimal(50)
DATED = AMOUNT | {"partnerOf", "holdsPosition", "party"}


def qualify(facts: list[Fact], deals: list[Deal], scene: Scene) -> list[Fact]:
    """Return facts with the values that their sentences give them."""
    pairs = {frozenset(deal.parties): deal for deal in deals}
    sentences = [(s.start_char, s.end_char, s.text) for s in scene.cast.doc.sents]
    return [qualify_fact(fact, pairs, sentences, scene.lang) for fact in facts]


def qualify_fact(
    fact: Fact,
    pairs: dict[frozenset[Entity], Deal],
    sentences: list[tuple[int, int, str]],
    lang: Language,
) -> Fact:
    """Return a fact with the values of its sentence."""
    begin, end = fact.evidence[0]
    found = dict(fact.qualifiers)
    for first, last, text in sentences:
        if first <= begin < last:
            near = text[max(begin - first - MARGIN, 0) : end - first + MARGIN]
            for name, value in values(fact, near, lang):
                found.setdefault(name, value)
    if is_control(fact, found):
        assert isinstance(fact.object, Entity)
        fact = replace(fact, subject=fact.object, property="subsidiaryOf", object=fact.subject)
    if fact.property == "partnerOf" and isinstance(fact.object, Entity):
        if deal := pairs.get(frozenset((fact.subject, fact.object))):
            found |= {"agreement": deal.node, "kind": deal.wording}
    return replace(fact, qualifiers=found)


def is_control(fact: Fact, found: Mapping[str, object]) -> bool:
    """Tell whether a stake is so large that what is held is a subsidiary."""
    share = found.get("share")
    return fact.property == "holdsStakeIn" and isinstance(share, Decimal) and share > HALF


def values(fact: Fact, text: str, lang: Language) -> Iterator[tuple[str, str | Decimal]]:
    """Yield the values that a sentence gives a fact."""
    if fact.property in SHARE:
        for _, value in find_percents(text):
            if value <= 100:
                yield "share", value
                break
    if fact.property in AMOUNT:
        for _, value, currency in find_amounts(text, lang):
            yield "amount", value
            yield "currency", currency
            break
    if fact.property in DATED:
        for _, date in find_dates(text, lang):
            yield "date", date
            break
