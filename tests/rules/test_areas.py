"""What the parties to an agreement will work on together."""

from __future__ import annotations

import pytest
from trees import facts_of, read

from kg.model import Fact
from kg.ontology import AREAS

STORAGE = "Nordalis et Vextra ont signé un accord portant sur le stockage d'énergie."
TWO = "Nordalis et Vextra ont signé un protocole d'accord en matière de formation et de recherche."
SIGNED = "Nordalis et Vextra ont signé un partenariat."
STUDY = "Nordalis et Vextra étudieront la possibilité d'utiliser les batteries de Nordalis."


def areas(*sentences: str) -> list[tuple[str, str]]:
    """Return who works in which area."""
    return [(one, other) for one, _, other, _ in facts_of(*sentences, relation="cooperatesIn")]


def test_each_party_works_in_the_area() -> None:
    assert areas(STORAGE) == [
        ("Nordalis", "stockage d'énergie"),
        ("Vextra", "stockage d'énergie"),
    ]


def test_two_areas_of_one_phrase() -> None:
    assert areas(TWO) == [
        ("Nordalis", "formation"),
        ("Vextra", "formation"),
        ("Nordalis", "recherche"),
        ("Vextra", "recherche"),
    ]


def test_what_is_studied_under_an_agreement_is_an_area() -> None:
    assert areas(SIGNED, STUDY) == [
        ("Nordalis", "batteries de Nordalis"),
        ("Vextra", "batteries de Nordalis"),
    ]


def test_without_an_agreement_there_is_no_area() -> None:
    assert areas("Nordalis rachète Vextra.") == []
    assert areas(SIGNED) == []


def test_known_areas_are_linked() -> None:
    (area,) = (e for e in read(STORAGE).entities if e.kind == "CooperationArea")
    assert area.links == (f"{AREAS}energy-storage",)
    assert STORAGE[slice(*area.mentions[0])] == area.name


def test_agreements_are_nodes_with_parties_kind_and_areas() -> None:
    facts = read(TWO).facts
    (node,) = {f.subject for f in facts if f.property == "party"}
    assert node.kind == "Memorandum"

    def ends(relation: str) -> list[str]:
        return [name_of(f) for f in facts if f.property == relation and f.subject == node]

    assert ends("party") == ["Nordalis", "Vextra"]
    assert ends("hasArea") == ["formation", "recherche"]
    (partners,) = (f for f in facts if f.property == "partnerOf")
    assert partners.qualifiers["agreement"] == node
    assert partners.qualifiers["kind"] == "protocole d'accord"


def name_of(fact: Fact) -> str:
    """Return the name of a fact's object."""
    return str(getattr(fact.object, "name", fact.object))


@pytest.mark.parametrize(
    ("sentence", "area"),
    [
        ("Nordalis et Vextra ont conclu un partenariat de recherche.", "recherche"),
        (
            "Nordalis a lancé, en collaboration avec Vextra, une gamme de montres.",
            "gamme de montres",
        ),
    ],
)
def test_what_is_agreed_or_made_together_is_an_area(sentence: str, area: str) -> None:
    found = facts_of(sentence, relation="cooperatesIn")
    assert [(subject, target) for subject, _, target, _ in found] == [
        ("Nordalis", area),
        ("Vextra", area),
    ]
