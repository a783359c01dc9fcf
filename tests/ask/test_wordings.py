"""Wordings are filled with what a fact knows, and their faults are told."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.wordings import ENDS, fill_wording, find_fault, find_gaps

WORDINGS = ("{subject} a {object}", "{subject} a {share} de {object}", "{subject} a {object} ({x})")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "Aa a Bb"),
        ({"share": "9 %"}, "Aa a 9 % de Bb"),
        ({"share": "", "x": "y"}, "Aa a Bb (y)"),
        ({"share": "9 %", "x": "y"}, "Aa a Bb (y)"),
        ({"unknown": "z"}, "Aa a Bb"),
    ],
)
def test_the_wording_with_most_gaps_that_can_be_filled_is_taken(
    more: dict[str, str], said: str
) -> None:
    assert fill_wording(WORDINGS, {"subject": "Aa", "object": "Bb", **more}) == said
    assert fill_wording(WORDINGS[::-1], {"subject": "Aa", "object": "Bb", **more}) == said


def test_what_fills_a_gap_is_not_read_again() -> None:
    values = {"subject": "{object}", "object": "{0.__class__} {{7}} %s"}
    assert fill_wording(WORDINGS, values) == "{object} a {0.__class__} {{7}} %s"


def test_without_a_wording_that_fits_there_are_no_words() -> None:
    assert fill_wording(WORDINGS, {"subject": "Aa", "object": ""}) == ""
    assert fill_wording((), {"subject": "Aa", "object": "Bb"}) == ""


@pytest.mark.parametrize(
    "wrong", ["{subject", "subject}", "{}", "{0}", "{a.b}", "{a[0]}", "{a:>9}"]
)
def test_braces_that_are_no_gap_are_a_fault(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        find_gaps(wrong)
    assert find_fault({"en": (wrong,)}, ENDS, ("en",)).startswith("kg:wording @en: ")


def test_each_relation_is_told_in_both_languages_without_more_than_its_ends() -> None:
    for name in ontology.relations():
        for wordings in ontology.properties()[name].wordings.values():
            said = fill_wording(wordings, {"subject": "Nordil", "object": "Vasco"})
            assert "Nordil" in said, name
            assert "Vasco" in said, name
