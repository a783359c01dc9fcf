"""Whether two names are forms of one: acronyms, short forms, slips of the pen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.rules.resolve.forms import (
    core,
    initials,
    is_abbreviation,
    is_acronym,
    is_component,
    is_initials,
    is_slip,
    is_unit,
    one_apart,
)
from kg.values.language import load_language

FR = load_language("fr")


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


@pytest.mark.parametrize(
    ("acronym", "name", "fits"),
    [
        ("cot", "compagnie orvane tarkos", True),
        ("edf", "electricite de france", True),
        ("tgi", "tribunal de grande instance de lyon", True),
        ("cot", "cot automobiles", True),
        ("cot", "cot energie", False),
        ("tg", "tribunal de grande instance de lyon", False),
    ],
)
def test_acronyms_have_a_names_initials(acronym: str, name: str, fits: bool) -> None:
    assert is_initials(acronym, name.split(), FR) is fits


@pytest.mark.parametrize(
    ("first", "second", "slip"),
    [
        ("hugo mareval", "hugo maraval", True),
        ("hugo mareval", "hugo marevall", True),
        ("blancheval", "blanhceval", True),
        ("orvia", "orvie", False),
        ("hugo mareval", "jean mareval", False),
        ("orvia x2", "orvia x3", False),
        ("orvia 300", "orvia 400", False),
        ("hugo mareval", "mareval", False),
        ("nordalis", "nordalis", False),
    ],
)
def test_a_slip_is_one_letter_of_a_long_word(first: str, second: str, slip: bool) -> None:
    assert is_slip(first, second) is is_slip(second, first) is slip


@given(st.text("abc", max_size=6), st.integers(0, 5), st.sampled_from("abc"))
def test_one_more_letter_is_one_apart(word: str, place: int, letter: str) -> None:
    assert one_apart(word, word[:place] + letter + word[place:])


@pytest.mark.parametrize(
    ("short", "long", "names", "part"),
    [
        ("vextra", "vextra orvane", {"vextra", "orvane"}, True),
        ("orvane", "vextra orvane automobiles", {"vextra"}, True),
        ("vextra", "vextra digital", {"vextra"}, False),
        ("vextra", "vextra automobiles", {"vextra"}, False),
        ("nordalis", "vextra orvane", {"vextra", "orvane"}, False),
    ],
)
def test_a_joined_name_has_its_parts(short: str, long: str, names: set[str], part: bool) -> None:
    assert is_component(short, long, names, FR) is part


def test_units_have_telling_words() -> None:
    assert is_unit(["cloud"], FR)
    assert is_unit(["belgique"], FR)
    assert not is_unit(["tarkos"], FR)
