"""Shares of a market with the market and the date; who is ranked against whom."""

from __future__ import annotations

from decimal import Decimal

import pytest
from trees import fact_of, facts_of, read

from kg.model import Entity

ONE = "Nordalis détient 12,5 % du marché des batteries, devant Vextra."
TWO = "En septembre 2017, Nordalis avait 12,5 % du marché des batteries et Vextra 8 %."


def test_a_share_has_its_market() -> None:
    fact = fact_of("marketShare", ONE)
    assert (fact.subject.name, fact.object) == ("Nordalis", Decimal("12.5"))
    assert fact.qualifiers["market"] == Entity("batteries", "Market")


def test_each_percentage_goes_with_the_company_before_it() -> None:
    shares = [f for f in read(TWO).facts if f.property == "marketShare"]
    assert [(f.subject.name, f.object) for f in shares] == [
        ("Nordalis", Decimal("12.5")),
        ("Vextra", Decimal(8)),
    ]
    assert [f.qualifiers["asOf"] for f in shares] == ["2017-09", "2017-09"]
    assert {f.qualifiers["market"].name for f in shares} == {"batteries"}  # type: ignore[union-attr]


@pytest.mark.parametrize("sentence", [ONE, TWO])
def test_who_shares_a_market_competes(sentence: str) -> None:
    assert facts_of(sentence, relation="competesWith") == [
        ("Nordalis", "competesWith", "Vextra", "Actual")
    ]


def test_evidence_of_a_share_holds_its_number() -> None:
    fact = fact_of("marketShare", ONE)
    assert "12,5 %" in ONE[slice(*fact.evidence[0])]


@pytest.mark.parametrize(
    "sentence", ["Nordalis détient 12 % de Vextra.", "Nordalis détient 80 % de Vextra."]
)
def test_a_stake_is_no_market_share(sentence: str) -> None:
    assert facts_of(sentence, relation="marketShare") == []
