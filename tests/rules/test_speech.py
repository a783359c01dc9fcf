"""Who says what: 'selon X', « … », affirme Y, 'Y a annoncé que'."""

from __future__ import annotations

import pytest
from trees import fact_of


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Selon Gartex, Nordalis rachète Vextra.", "Gartex"),
        ("Selon Claire Duvernay, Nordalis rachètera Vextra.", "Claire Duvernay"),
        ("« Nordalis rachète Vextra », affirme Claire Duvernay.", "Claire Duvernay"),
        ("Claire Duvernay a annoncé que Nordalis rachète Vextra.", "Claire Duvernay"),
        ("Claire Duvernay dément que Nordalis rachète Vextra.", "Claire Duvernay"),
    ],
)
def test_who_says_it_is_kept(sentence: str, speaker: str) -> None:
    fact = fact_of("acquired", sentence)
    assert fact.attributed_to is not None
    assert fact.attributed_to.name == speaker
    assert fact.subject.name == "Nordalis"


@pytest.mark.parametrize(
    "sentence",
    [
        "Nordalis rachète Vextra.",
        "Nordalis a annoncé le rachat de Vextra.",
        "Nordalis dément racheter Vextra.",
    ],
)
def test_who_does_it_is_not_its_source(sentence: str) -> None:
    assert fact_of("acquired", sentence).attributed_to is None
