"""Who does what to whom in a tree: active, passive, relative, participle, infinitive."""

from __future__ import annotations

import pytest
from trees import parse, trees, word

from kg.rules.syntax import (
    governors,
    grammatical_object,
    grammatical_subject,
    has,
    is_finite,
    is_negated,
    is_passive,
)
from kg.values.language import load_language

FR = load_language("fr")


def test_there_are_trees() -> None:
    assert len(trees()) >= 114
    for sentence in trees():
        assert parse(sentence).text == sentence
        assert [token.dep_ for token in parse(sentence) if token.head == token] == ["ROOT"]


@pytest.mark.parametrize(
    ("sentence", "verb", "passive"),
    [
        ("Nordalis rachète Vextra.", "rachète", False),
        ("Nordalis a racheté Vextra et a ouvert une usine au Maroc.", "racheté", False),
        ("Vextra a été rachetée par Nordalis.", "rachetée", True),
        ("Vextra sera rachetée par Nordalis.", "rachetée", True),
        ("Basé à Gand, Nordalis grandit.", "Basé", True),
        ("Nordalis va racheter Vextra.", "racheter", False),
    ],
)
def test_passives_are_told_by_their_auxiliary(sentence: str, verb: str, passive: bool) -> None:
    assert is_passive(word(parse(sentence), verb), FR) is passive


@pytest.mark.parametrize(
    ("sentence", "verb", "subject"),
    [
        ("Nordalis rachète Vextra.", "rachète", "Nordalis"),
        ("Nordalis va racheter Vextra.", "racheter", "Nordalis"),
        ("Nordalis, qui a racheté Vextra, emploie 300 personnes.", "racheté", "Nordalis"),
        ("Nordalis a racheté Vextra et a ouvert une usine au Maroc.", "ouvert", "Nordalis"),
        ("Vextra a été rachetée par Nordalis.", "rachetée", "Vextra"),
        ("Claire Duvernay a annoncé que Nordalis rachète Vextra.", "rachète", "Nordalis"),
        ("Basé à Gand, Nordalis grandit.", "Basé", "Nordalis"),
        (
            "Nordalis et Vextra ont signé un accord portant sur le stockage d'énergie.",
            "portant",
            "accord",
        ),
    ],
)
def test_subject_is_found_up_the_tree(sentence: str, verb: str, subject: str) -> None:
    found = grammatical_subject(word(parse(sentence), verb), FR)
    assert found is not None
    assert found.text == subject


@pytest.mark.parametrize(
    ("sentence", "verb", "thing"),
    [
        ("Nordalis rachète Vextra.", "rachète", "Vextra"),
        ("Nordalis va racheter Vextra.", "racheter", "Vextra"),
        ("Nordalis a pris le contrôle de Vextra.", "pris", "contrôle"),
        ("Vextra appartient à Nordalis.", "appartient", None),
    ],
)
def test_object_is_the_verbs_own(sentence: str, verb: str, thing: str | None) -> None:
    found = grammatical_object(word(parse(sentence), verb), FR)
    assert (found.text if found is not None else None) == thing


@pytest.mark.parametrize(
    ("sentence", "verb", "negated"),
    [
        ("Nordalis ne rachète pas Vextra.", "rachète", True),
        ("Nordalis ne rachète que Vextra.", "rachète", False),
        ("Vextra n'a pas été rachetée par Nordalis.", "rachetée", True),
        ("Nordalis rachète Vextra.", "rachète", False),
    ],
)
def test_only_a_full_negation_negates(sentence: str, verb: str, negated: bool) -> None:
    assert is_negated(word(parse(sentence), verb), FR) is negated


def test_governors_go_up_to_the_root() -> None:
    doc = parse("Nordalis présente son projet de rachat de Vextra.")
    above = [token.text for token in governors(doc[7])]
    assert above == ["rachat", "projet", "présente"]


def test_finite_verbs_have_a_tense() -> None:
    doc = parse("Nordalis va racheter Vextra.")
    assert is_finite(word(doc, "va"))
    assert not is_finite(word(doc, "racheter"))
    assert has(word(doc, "va"), "Tense", "Pres")
