"""What 'le groupe belge', 'les deux sociétés', 'elle' and 'ce dernier' stand for."""

from __future__ import annotations

import pytest
from trees import fact_of, facts_of, scene_of

PAIR = "Le français Nordalis rachète le belge Vextra."


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("Le groupe français fournit des batteries à Hexium.", "Nordalis"),
        ("Le groupe belge fournit des batteries à Hexium.", "Vextra"),
        ("Elle fournit des batteries à Hexium.", "Nordalis"),
        ("Ce dernier fournit des batteries à Hexium.", "Vextra"),
    ],
)
def test_a_noun_stands_for_a_name(sentence: str, meant: str) -> None:
    assert facts_of(PAIR, sentence, relation="supplierOf") == [
        (meant, "supplierOf", "Hexium", "Actual")
    ]


def test_two_companies_are_the_pair_named_before() -> None:
    said = facts_of(PAIR, "Les deux sociétés travaillent avec Hexium.", relation="partnerOf")
    pairs = {frozenset((one, other)) for one, _, other, _ in said}
    assert {frozenset(("Nordalis", "Hexium")), frozenset(("Vextra", "Hexium"))} <= pairs


@pytest.mark.parametrize(
    "sentence",
    [
        "Le groupe belge fournit des batteries à Hexium.",
        "Les deux sociétés travaillent avec Hexium.",
        "Elle fournit des batteries à Hexium.",
        "Ce dernier fournit des batteries à Hexium.",
    ],
)
def test_without_a_name_before_a_noun_stands_for_nothing(sentence: str) -> None:
    assert facts_of(sentence) == []


def test_a_nationality_said_once_is_remembered() -> None:
    said = facts_of(
        "Le groupe belge Nordalis grandit.",
        "Nordalis rachète Vextra.",
        "Le groupe belge fournit des batteries à Hexium.",
        relation="supplierOf",
    )
    assert said == [("Nordalis", "supplierOf", "Hexium", "Actual")]


def test_a_reference_by_noun_is_no_mention_of_a_name() -> None:
    scene = scene_of(PAIR, "Le groupe belge fournit des batteries à Hexium.")
    (reference,) = (r for r in scene.cast.references if not r.named)
    assert [entity.name for entity in reference.entities] == ["Vextra"]
    assert not reference.covers_name(reference.start)


def test_evidence_lies_in_the_sentence_of_the_noun() -> None:
    sentence = "Le groupe belge fournit des batteries à Hexium."
    ((begin, end),) = fact_of("supplierOf", PAIR, sentence).evidence
    assert f"{PAIR} {sentence}"[begin:end] == sentence.removesuffix(".")
