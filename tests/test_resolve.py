"""Mentions to entities: acronyms, long and short names, legal forms, people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import read, scene_of

from kg.forms import core, initials, is_abbreviation, is_acronym
from kg.language import load_language

FR = load_language("fr")


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


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("Vextra SA", "vextra"),
        ("Groupe Nordalis", "nordalis"),
        ("Nordalis Group Ltd", "nordalis"),
        ("Les Éclaireurs", "eclaireurs"),
        ("Groupe", "groupe"),
        ("SA", "sa"),
    ],
)
def test_core_drops_legal_forms_and_articles(name: str, rest: str) -> None:
    assert core(name, FR) == rest


@given(st.text(max_size=30))
def test_core_is_idempotent(name: str) -> None:
    assert core(core(name, FR), FR) == core(name, FR)


@pytest.mark.parametrize(
    ("short", "long", "fits"),
    [
        ("cot", "compagnie orvane tarkos", True),
        ("fot", "fonds des ouvriers du textile", True),
        ("vxt", "vextra", True),
        ("nvx", "vextra", False),
        ("cot", "vextra", False),
    ],
)
def test_abbreviations_keep_the_order_of_letters(short: str, long: str, fits: bool) -> None:
    assert is_abbreviation(short, long, FR) is fits


def test_acronyms_are_capitals() -> None:
    assert [is_acronym(name) for name in ("COT", "C", "Cot", "ABCDEFG", "A B")] == [
        True,
        False,
        False,
        False,
        False,
    ]
    assert initials(["fonds", "des", "ouvriers", "du", "textile"], FR) == "fot"
