"""What else a sentence says of a fact: the share, the amount, the date, the agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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
#: How sure it is that who holds something, with no share named, controls it.
ALONE = 0.6
#: How many characters around a statement its values may stand.
MARGIN = 60
#: More than this share of a company, in per cent, is control.
HALF = Decimal(50)
DATED = AMOUNT | {"partnerOf", "holdsPosition", "party"}


def qualify(facts: list[Fact], deals: list[Deal], scene: Scene) -> list[Fact]:
    """Return facts with the values that their sentences give them."""
    pairs = {frozenset(deal.parties): deal for deal in deals}
    sentences = [(s.start_char, s.end_char, s.text) for s in scene.cast.doc.sents]
    qualified = [qualify_fact(fact, pairs, sentences, scene.lang) for fact in facts]
    owners = Counter(owned(fact) for fact in qualified)
    return [as_unit(f) if is_control(f, owners, scene.lang) else f for f in qualified]


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
    if fact.property == "partnerOf" and isinstance(fact.object, Entity):
        if deal := pairs.get(frozenset((fact.subject, fact.object))):
            found |= {"agreement": deal.node, "kind": deal.wording}
    return replace(fact, qualifiers=found)


def owned(fact: Fact) -> tuple[object, ...]:
    """Return what a stake is in, and the sentence that says so."""
    return (fact.property, fact.object, fact.evidence[0][1])


def is_control(fact: Fact, owners: Counter[tuple[object, ...]], lang: Language) -> bool:
    """Tell whether a stake is control: more than half, or 'détient X' of one owner alone."""
    if fact.property != "holdsStakeIn" or not isinstance(fact.object, Entity):
        return False
    share = fact.qualifiers.get("share")
    if isinstance(share, Decimal):
        return share > HALF
    verbs = lang.words("relations.holdsStakeIn.control")
    said = fact.rule.removeprefix("verb:") in verbs
    return said and owners[owned(fact)] == 1 and fact.confidence > ALONE


def as_unit(fact: Fact) -> Fact:
    """Return a stake that is control as the fact that what is held is a subsidiary."""
    assert isinstance(fact.object, Entity)
    return replace(
        fact,
        subject=fact.object,
        property="subsidiaryOf",
        object=fact.subject,
        confidence=min(fact.confidence, ALONE),
    )


def values(fact: Fact, text: str, lang: Language) -> Iterator[tuple[str, str | Decimal]]:
    """Yield the values that a sentence gives a fact."""
    if fact.property in SHARE and fact.rule.startswith(("verb:", "noun:")):
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
