"""The frozen types: equal when they say the same, never changed."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace
from decimal import Decimal

import pytest

from kg.model import Article, Entity, Fact, Reading

NOVA, SIGMA = Entity("Nordalis", "Company"), Entity("Vextra", "Company")


THINGS = (Article("a", "b"), NOVA, Fact(NOVA, "acquired", SIGMA), Reading(Article("a", "b")))


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: type(thing).__name__)
def test_types_are_frozen(thing: Article | Entity | Fact | Reading) -> None:
    for field in fields(thing):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, field.name, None)


def test_entities_of_one_name_and_class_are_equal() -> None:
    assert Entity("Nordalis", "Company") == NOVA
    assert hash(Entity("Nordalis", "Company")) == hash(NOVA)
    assert Entity("Nordalis", "Product") != NOVA


def test_facts_default_to_what_is_so() -> None:
    fact = Fact(NOVA, "marketShare", Decimal("12.5"))
    assert (fact.modality, fact.ended, fact.confidence) == ("Actual", False, 1.0)
    assert dict(fact.qualifiers) == {}


def test_qualifiers_are_not_shared_between_facts() -> None:
    first = Fact(NOVA, "acquired", SIGMA)
    with pytest.raises(TypeError):
        first.qualifiers["share"] = Decimal(1)  # type: ignore[index]
    assert dict(replace(first, modality="Denied").qualifiers) == {}


def test_a_reading_may_be_empty() -> None:
    assert Reading(Article("a", "")).facts == ()
