"""Who holds which role where: titles in apposition, by verbs, before, after and joined by 'et'."""

from __future__ import annotations

import pytest
from trees import fact_of, facts_of, read

CLAIRE, HUGO = "Claire Duvernay", "Hugo Maréval"
MANAGER, BOTH = "directrice générale", "président et directeur général"


@pytest.mark.parametrize(
    ("sentence", "person", "role"),
    [
        ("Claire Duvernay, directrice générale de Nordalis, grandit.", CLAIRE, MANAGER),
        ("La directrice générale de Nordalis, Claire Duvernay, grandit.", CLAIRE, MANAGER),
        ("Hugo Maréval, président et directeur général de Nordalis, grandit.", HUGO, BOTH),
        ("Hugo Maréval a été nommé président de Nordalis.", HUGO, "président"),
        ("Nordalis a nommé Hugo Maréval directeur financier.", HUGO, "directeur financier"),
        ("Hugo Maréval est le PDG de Nordalis.", HUGO, "PDG"),
        ("Claire Duvernay dirige Nordalis.", CLAIRE, "dirigeant"),
    ],
)  # fmt: skip
def test_roles_are_as_written(sentence: str, person: str, role: str) -> None:
    fact = fact_of("holdsPosition", sentence)
    assert (fact.subject.name, fact.modality, fact.ended) == (person, "Actual", False)
    assert fact.qualifiers["role"] == role
    assert facts_of(sentence) == [(person, "holdsPosition", "Nordalis", "Actual")]


@pytest.mark.parametrize(
    "sentence",
    [
        "L'ex-PDG de Nordalis, Hugo Maréval, écrit un livre.",
        "Hugo Maréval, ancien président de Nordalis, écrit un livre.",
        "Hugo Maréval quitte Nordalis.",
    ],
)
def test_former_roles_have_ended(sentence: str) -> None:
    fact = fact_of("holdsPosition", sentence)
    assert (fact.subject.name, fact.ended, fact.modality) == (HUGO, True, "Actual")


@pytest.mark.parametrize(
    "sentence",
    [
        "Hugo Maréval sera nommé président de Nordalis.",
        "Hugo Maréval, futur président de Nordalis, écrit un livre.",
    ],
)
def test_future_roles_are_planned(sentence: str) -> None:
    fact = fact_of("holdsPosition", sentence)
    assert (fact.modality, fact.qualifiers["role"]) == ("Planned", "président")


def test_who_is_succeeded_had_the_role() -> None:
    facts = read("Claire Duvernay succède à Hugo Maréval comme présidente de Nordalis.").facts
    assert {(f.subject.name, f.object.name, f.ended) for f in facts} == {  # type: ignore[union-attr]
        (CLAIRE, "Nordalis", False),
        (HUGO, "Nordalis", True),
    }


def test_a_civility_does_not_hide_the_subject() -> None:
    assert facts_of("Mme Duvernay dirige Nordalis.") == [
        ("Duvernay", "holdsPosition", "Nordalis", "Actual")
    ]


@pytest.mark.parametrize(
    "sentence",
    ["Nordalis rachète Vextra.", "« Nordalis rachète Vextra », affirme Claire Duvernay."],
)
def test_who_has_no_title_has_no_role(sentence: str) -> None:
    assert facts_of(sentence, relation="holdsPosition") == []
