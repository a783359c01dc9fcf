"""One fact for what several sentences say, whatever their order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Entity, Fact, Modality
from kg.rules.merge import ORDER, merge_facts, retype, swap

NAMES = [Entity(name, "Company") for name in ("Nordalis", "Vextra", "Orvane")]
NORDALIS, VEXTRA, ORVANE = NAMES
FACTS = st.builds(
    Fact,
    st.sampled_from(NAMES[:2]),
    st.sampled_from(["acquired", "partnerOf", "supplierOf"]),
    st.just(ORVANE),
    st.sampled_from(["Actual", "Planned", "Possible", "Denied"]),
    confidence=st.sampled_from([0.5, 0.7, 0.9]),
    rule=st.sampled_from(["verb:a", "noun:b"]),
    evidence=st.integers(0, 90).map(lambda begin: ((begin, begin + 9),)),
)
LISTS = st.lists(FACTS, max_size=8, unique_by=lambda fact: fact.evidence)


def said(**changes: object) -> Fact:
    """Return that Nordalis bought Vextra, with some of it changed."""
    fact = Fact(NORDALIS, "acquired", VEXTRA, confidence=0.9, evidence=((50, 60),))
    return replace(fact, **changes)  # type: ignore[arg-type]


@given(LISTS)
def test_merging_twice_changes_nothing_but_confidence(facts: list[Fact]) -> None:
    once = merge_facts(facts, body=0)
    again = merge_facts(once, body=0)
    assert [replace(f, confidence=1) for f in again] == [replace(f, confidence=1) for f in once]


@given(LISTS, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(facts: list[Fact], random: object) -> None:
    mixed = list(facts)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert merge_facts(mixed, body=30) == merge_facts(facts, body=30)


@given(LISTS)
def test_nothing_is_said_twice_and_nothing_lost(facts: list[Fact]) -> None:
    merged = merge_facts(facts, body=0)
    ends = [(f.subject.name, f.property) for f in merged]
    assert len(ends) == len(set(ends))
    assert set(ends) == {(f.subject.name, f.property) for f in facts}
    assert {s for f in merged for s in f.evidence} == {s for f in facts for s in f.evidence}
    assert all(0 < f.confidence < 1 for f in merged)


def test_symmetric_facts_meet_from_both_sides() -> None:
    one = said(property="partnerOf")
    other = replace(one, subject=VEXTRA, object=NORDALIS, evidence=((70, 80),))
    assert len(merge_facts([one, other], body=0)) == 1
    apart = [replace(fact, property="acquired") for fact in (one, other)]
    assert len(merge_facts(apart, body=0)) == 2


def test_the_body_decides_over_the_headline() -> None:
    headline = said(confidence=0.95, evidence=((0, 9),))
    body = said(modality="Planned", evidence=((40, 49),))
    (fact,) = merge_facts([headline, body], body=20)
    assert fact.modality == "Planned"
    assert fact.evidence == ((40, 49), (0, 9))


def test_the_surest_sentence_decides() -> None:
    sure, unsure = said(modality="Denied"), said(confidence=0.5, evidence=((70, 80),))
    (fact,) = merge_facts([unsure, sure], body=0)
    assert (fact.modality, fact.evidence[0]) == ("Denied", (50, 60))


@given(st.permutations(["Denied", "Planned", "Possible", "Actual"]), st.integers(2, 4))
def test_as_sure_sentences_yield_to_the_one_that_denies(kinds: list[Modality], size: int) -> None:
    facts = [said(modality=kind, evidence=((i, 60),)) for i, kind in enumerate(kinds[:size])]
    (fact,) = merge_facts(facts, body=0)
    assert fact.modality == min(kinds[:size], key=ORDER.index)


def test_qualifiers_add_up() -> None:
    priced = said(qualifiers={"amount": Decimal(5)}, evidence=((10, 20),))
    dated = said(qualifiers={"date": "2018"})
    (fact,) = merge_facts([priced, dated], body=0)
    assert dict(fact.qualifiers) == {"amount": Decimal(5), "date": "2018"}


def test_shares_of_two_numbers_are_two_facts() -> None:
    shares = [
        said(property="marketShare", object=Decimal(number), evidence=((number, 99),))
        for number in (8, 12)
    ]
    assert merge_facts(shares, body=0) == shares


@pytest.mark.parametrize(("relation", "kind"), [("acquired", "Company"), ("offers", "Product")])
def test_what_is_bought_is_a_company(relation: str, kind: str) -> None:
    orvia = Entity("Orvia", "Product")
    fact = said(property=relation, object=orvia, qualifiers={"market": orvia})
    changed = swap(fact, retype([fact], {orvia}))
    assert isinstance(changed.object, Entity)
    assert changed.object.kind == kind
    assert changed.qualifiers["market"] == changed.object


def test_a_class_that_is_sure_stays() -> None:
    orvia = Entity("Orvia", "Product")
    assert retype([said(object=orvia)], set()) == {}


@pytest.mark.parametrize(
    ("roles", "kept"),
    [
        (("fondatrice", "directrice technique"), {"fondatrice", "directrice technique"}),
        (("directeur", "directeur financier"), {"directeur"}),
        (("PDG", "patron"), {"PDG"}),
        (("PDG", ""), {"PDG"}),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_somebody_may_have_several_roles(
    roles: tuple[str, ...], kept: set[str], turned: bool
) -> None:
    person = Entity("Claire Duvernay", "Person")
    held = [
        Fact(
            person, "holdsPosition", VEXTRA, confidence=0.95 - place / 100,
            qualifiers={"role": role} if role else {}, evidence=((place, place + 5),),
        )
        for place, role in enumerate(roles)
    ]  # fmt: skip
    merged = merge_facts(held[::-1] if turned else held, body=0, vague={"patron"})
    assert len(merged) == len(kept)
    assert {fact.qualifiers["role"] for fact in merged} == kept


def test_a_role_told_less_surely_is_no_second_one() -> None:
    person = Entity("Claire Duvernay", "Person")
    sure, guessed = (
        Fact(
            person, "holdsPosition", VEXTRA, confidence=confidence,
            qualifiers={"role": role}, evidence=((begin, begin + 5),),
        )
        for role, confidence, begin in (("PDG", 0.9, 0), ("analystes", 0.6, 20))
    )  # fmt: skip
    assert [fact.qualifiers["role"] for fact in merge_facts([sure, guessed], body=0)] == ["PDG"]
