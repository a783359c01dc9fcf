"""What else a sentence says of a fact: the share, the amount, the date."""

from __future__ import annotations

from decimal import Decimal

import pytest
from trees import fact_of


@pytest.mark.parametrize(
    ("sentence", "relation", "qualifiers"),
    [
        (
            "Nordalis a racheté Vextra pour 3,5 milliards d'euros en mars 2018.",
            "acquired",
            {"amount": Decimal("3500000000"), "currency": "EUR", "date": "2018-03"},
        ),
        (
            "Nordalis investit 5 millions d'euros dans Vextra.",
            "investedIn",
            {"amount": Decimal(5000000), "currency": "EUR"},
        ),
        ("Nordalis détient 12 % de Vextra.", "holdsStakeIn", {"share": Decimal(12)}),
        ("Nordalis détient 80 % de Vextra.", "subsidiaryOf", {"share": Decimal(80)}),
        ("Nordalis rachète Vextra.", "acquired", {}),
    ],
)
def test_values_of_the_sentence(
    sentence: str, relation: str, qualifiers: dict[str, object]
) -> None:
    assert dict(fact_of(relation, sentence).qualifiers) == qualifiers


def test_values_of_another_sentence_are_not_taken() -> None:
    fact = fact_of(
        "acquired", "Nordalis rachète Vextra.", "Nordalis investit 5 millions d'euros dans Vextra."
    )
    assert dict(fact.qualifiers) == {}
