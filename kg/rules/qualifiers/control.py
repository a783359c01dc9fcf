"""What a share decides: a stake that is control, a purchase that is only a stake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kg.model import Entity, Fact
from kg.values.language import Language
from kg.values.quantities import value_of

#: How sure it is that who holds something, with no share named, controls it.
ALONE = 0.6
#: More than this share of a company, in per cent, is control.
HALF = Decimal(50)


def settle(facts: Sequence[Fact], lang: Language) -> list[Fact]:
    """Return facts with the relations that their shares tell."""
    holders = Counter(owned(fact) for fact in facts)
    return [by_share(fact, holders[owned(fact)], lang) for fact in facts]


def owned(fact: Fact) -> tuple[object, ...]:
    """Return what a stake is in, and the sentence that says so."""
    return (fact.property, fact.object, fact.evidence[0][1])


def by_share(fact: Fact, holders: int, lang: Language) -> Fact:
    """Return a fact as the relation that its share tells: of a stake, a purchase or a unit."""
    if not isinstance(fact.object, Entity):
        return fact
    control = is_control(fact)
    if fact.property == "acquired" and control is False:
        return replace(fact, property="holdsStakeIn")
    if fact.property != "holdsStakeIn":
        return fact
    kind, _, word = fact.rule.partition(":")
    holds = word in lang.words("relations.holdsStakeIn.control")
    if control and kind == "verb" and not holds:
        return replace(fact, property="acquired")
    named = any(value_of(name) == "share" for name in fact.qualifiers)
    alone = holds and holders == 1 and fact.confidence > ALONE and not named
    if control or alone:
        sure = min(fact.confidence, ALONE)
        unit = replace(fact, property="subsidiaryOf", confidence=sure)
        return replace(unit, subject=fact.object, object=fact.subject)
    return fact


def is_control(fact: Fact) -> bool | None:
    """Tell whether the share of a fact is control; None if it tells neither.

    >>> bought = Fact(Entity("Nordil", "Company"), "acquired", Entity("Vasco", "Company"))
    >>> [is_control(replace(bought, qualifiers={f"share{end}": HALF})) for end in ("Min", "Max")]
    [True, False]
    """
    share, least, most = (fact.qualifiers.get(name) for name in ("share", "shareMin", "shareMax"))
    if isinstance(share, Decimal):
        return share > HALF
    if isinstance(least, Decimal) and least >= HALF:
        return True
    return False if isinstance(most, Decimal) and most <= HALF else None
