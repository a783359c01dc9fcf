"""Who belongs to whom by name, by brackets and by a list of the units of two parents."""

from __future__ import annotations

import pytest
from trees import facts_of, read

ALLIES = "Nordalis s'allie à Vextra."
LIST = "dont Nordalis Cloud, Trevia, Nordalis Bank, Vextra Logistics et Solane, coopèrent."
PARENTS = {
    ("Nordalis Cloud", "Nordalis"),
    ("Trevia", "Nordalis"),
    ("Nordalis Bank", "Nordalis"),
    ("Vextra Logistics", "Vextra"),
    ("Solane", "Vextra"),
}


def units(*sentences: str) -> set[tuple[str, str]]:
    """Return each unit with whom it belongs to."""
    return {(one, other) for one, _, other, _ in facts_of(*sentences, relation="subsidiaryOf")}


def test_a_name_that_holds_the_parents_is_its_unit() -> None:
    assert units("Nordalis rachète Vextra.", "Nordalis Cloud grandit.") == {
        ("Nordalis Cloud", "Nordalis")
    }


def test_without_the_parent_a_name_tells_nothing() -> None:
    assert units("Nordalis Cloud grandit.") == set()


@pytest.mark.parametrize(
    "opening",
    [
        "Les filiales respectives",
        pytest.param(
            "Les filiales des deux groupes",
            marks=pytest.mark.xfail(
                strict=True, reason="each unit of the list is given to both parents"
            ),
        ),
    ],
)
def test_units_of_two_parents_go_with_their_neighbours(opening: str) -> None:
    assert units(ALLIES, f"{opening}, {LIST}") == PARENTS


def test_a_possessive_in_a_list_is_its_neighbours() -> None:
    assert units("Hexium, Nordalis et sa filiale Vextra publient leurs comptes.") == {
        ("Vextra", "Nordalis")
    }


def test_brackets_hold_units() -> None:
    assert units("Nordalis (Vextra, Orvane et Trevia) grandit.") == {
        ("Vextra", "Nordalis"),
        ("Orvane", "Nordalis"),
        ("Trevia", "Nordalis"),
    }


def test_what_is_only_hinted_at_is_less_sure_and_says_by_what() -> None:
    said = {
        fact.rule: fact.confidence
        for sentences in (
            ("Vextra, filiale de Nordalis, grandit.",),
            (ALLIES, f"Les filiales respectives, {LIST}"),
        )
        for fact in read(*sentences).facts
        if fact.property == "subsidiaryOf"
    }
    assert said["name"] < said["list"] < said["noun:filiale"]
