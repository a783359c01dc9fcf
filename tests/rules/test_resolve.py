"""Mentions to entities: acronyms, long and short names, legal forms, people."""

from __future__ import annotations

import pytest
from trees import read, scene_of


def aliases(*sentences: str) -> dict[str, tuple[str, ...]]:
    """Return the names of what some sentences name, each with its other forms."""
    return {entity.name: entity.aliases for entity in read(*sentences).entities}


@pytest.mark.parametrize(
    ("sentences", "name", "others"),
    [
        (
            (
                "Compagnie Orvane Tarkos (COT) rachète Vextra.",
                "COT fournit des batteries à Hexium.",
            ),
            "Compagnie Orvane Tarkos",
            ("COT",),
        ),
        (
            ("Le groupe Nordalis rachète Vextra SA.", "Nordalis fournit des batteries à Vextra."),
            "Vextra SA",
            ("Vextra",),
        ),
        (
            ("Claire Duvernay dirige Nordalis.", "Mme Duvernay dirige Nordalis."),
            "Claire Duvernay",
            ("Duvernay",),
        ),
        (("Vextra (VXT) fournit des batteries à Hexium.",), "Vextra", ("VXT",)),
        (("Nordalis rachète Vextra.", "Nordalis Cloud grandit."), "Nordalis", ()),
    ],
)
def test_forms_of_one_name_meet(
    sentences: tuple[str, ...], name: str, others: tuple[str, ...]
) -> None:
    assert aliases(*sentences)[name] == others


def test_a_unit_is_no_form_of_its_parents_name() -> None:
    assert set(aliases("Nordalis rachète Vextra.", "Nordalis Cloud grandit.")) == {
        "Nordalis",
        "Nordalis Cloud",
        "Vextra",
    }


def test_an_alias_takes_part_in_facts_as_its_entity() -> None:
    reading = read(
        "Compagnie Orvane Tarkos (COT) rachète Vextra.", "COT fournit des batteries à Hexium."
    )
    assert {fact.subject.name for fact in reading.facts} == {"Compagnie Orvane Tarkos"}


def test_every_mention_is_kept() -> None:
    reading = read("Nordalis rachète Vextra.", "Nordalis fournit des batteries à Vextra.")
    assert [len(entity.mentions) for entity in reading.entities] == [2, 2]


def test_tokens_mean_what_their_noun_phrase_means() -> None:
    cast = scene_of("Le groupe belge Nordalis grandit.").cast
    assert {cast.at[i].entities[0].name for i in range(4)} == {"Nordalis"}
    assert 4 not in cast.at
