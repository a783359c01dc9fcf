"""What a share decides: who holds, who bought, who belongs to whom."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.model import Entity, Fact
from kg.rules.qualifiers.control import settle
from kg.values.language import load_language

FR = load_language("fr")
NORDALIS, VEXTRA, ORVANE = (Entity(n, "Company") for n in ("Nordalis", "Vextra", "Orvane"))


def said(relation: str, rule: str, **qualifiers: int) -> Fact:
    """Return that Nordalis holds or bought Vextra, with a share."""
    shares = {name: Decimal(number) for name, number in qualifiers.items()}
    return Fact(
        NORDALIS, relation, VEXTRA, qualifiers=shares, confidence=0.9, rule=rule,
        evidence=((0, 30),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "relation"),
    [
        (said("holdsStakeIn", "verb:détenir", share=12), "holdsStakeIn"),
        (said("holdsStakeIn", "verb:détenir", share=50), "holdsStakeIn"),
        (said("holdsStakeIn", "verb:détenir", share=51), "subsidiaryOf"),
        (said("holdsStakeIn", "verb:détenir", shareMin=50), "subsidiaryOf"),
        (said("holdsStakeIn", "verb:détenir", shareMin=30), "holdsStakeIn"),
        (said("holdsStakeIn", "verb:détenir", shareMax=5), "holdsStakeIn"),
        (said("holdsStakeIn", "verb:détenir"), "subsidiaryOf"),
        (said("holdsStakeIn", "noun:participation"), "holdsStakeIn"),
        (said("holdsStakeIn", "verb:acquérir", share=60), "acquired"),
        (said("acquired", "verb:racheter", share=30), "holdsStakeIn"),
        (said("acquired", "verb:racheter", shareMax=30), "holdsStakeIn"),
        (said("acquired", "verb:racheter", share=100), "acquired"),
        (said("acquired", "verb:racheter"), "acquired"),
    ],
)
def test_more_than_half_is_control(fact: Fact, relation: str) -> None:
    (settled,) = settle([fact], FR)
    ends = (VEXTRA, NORDALIS) if relation == "subsidiaryOf" else (NORDALIS, VEXTRA)
    assert (settled.property, settled.subject, settled.object) == (relation, *ends)
    assert settled.qualifiers == fact.qualifiers


def test_one_of_two_holders_controls_nothing_alone() -> None:
    one = said("holdsStakeIn", "verb:détenir")
    other = Fact(ORVANE, *(one.property, VEXTRA), confidence=0.9, rule=one.rule,
                 evidence=one.evidence)  # fmt: skip
    assert settle([one, other], FR) == [one, other]


def test_a_share_of_a_market_decides_nothing() -> None:
    share = Fact(NORDALIS, "marketShare", Decimal(60), evidence=((0, 9),))
    assert settle([share], FR) == [share]
