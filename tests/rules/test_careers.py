"""Who comes, goes and takes over, told by verbs, nouns and brackets, on trees made by hand."""

from __future__ import annotations

import pytest
from trees import read

from kg.model import Entity

CLAIRE, HUGO = "Claire Duvernay", "Hugo Maréval"


def roles_in(*sentences: str) -> set[tuple[str, str, str, str]]:
    """Return who has what role where, and how sure it is or 'Ended'."""
    return {
        (f.subject.name, f.object.name, str(f.qualifiers.get("role", "-")), sure)
        for f in read(*sentences).facts
        if f.property == "holdsPosition" and isinstance(f.object, Entity)
        for sure in ["Ended" if f.ended else f.modality]
    }


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        (
            "Claire Duvernay a été remplacée par Hugo Maréval à la présidence de Nordalis.",
            {(CLAIRE, "présidence", "Ended"), (HUGO, "présidence", "Actual")},
        ),
        (
            "Hugo Maréval pourrait remplacer Claire Duvernay à la présidence de Nordalis.",
            {(CLAIRE, "présidence", "Actual"), (HUGO, "présidence", "Possible")},
        ),
        (
            "La présidente de Nordalis, Claire Duvernay, a démissionné.",
            {(CLAIRE, "présidente", "Ended")},
        ),
        ("Hugo Maréval quittera la présidence de Nordalis.", {(HUGO, "présidence", "Actual")}),
        ("Nordalis a confié la présidence à Hugo Maréval.", {(HUGO, "présidence", "Actual")}),
        ("Hugo Maréval a décliné la présidence de Nordalis.", {(HUGO, "présidence", "Denied")}),
        ("Hugo Maréval (Nordalis) écrit un livre.", {(HUGO, "-", "Actual")}),
        ("Hugo Maréval dirigeait Nordalis.", {(HUGO, "dirigeant", "Ended")}),
        ("Hugo Maréval est analyste chez Nordalis.", {(HUGO, "analyste", "Actual")}),
        ("Selon Claire Duvernay, le patron de Nordalis écrit un livre.", set()),
    ],
)  # fmt: skip
def test_roles_come_and_go(sentence: str, roles: set[tuple[str, str, str]]) -> None:
    assert roles_in(sentence) == {(who, "Nordalis", role, sure) for who, role, sure in roles}


def test_where_somebody_comes_from_is_of_the_past() -> None:
    assert roles_in("Hugo Maréval, passé par Vextra, dirige Nordalis.") == {
        (HUGO, "Vextra", "-", "Ended"),
        (HUGO, "Nordalis", "dirigeant", "Actual"),
    }


def test_what_is_guessed_is_less_sure_than_what_is_said() -> None:
    (said,) = read("Claire Duvernay, directrice générale de Nordalis, grandit.").facts
    (taken,) = read("Hugo Maréval (Nordalis) écrit un livre.").facts
    (led,) = read("Claire Duvernay dirige Nordalis.").facts
    assert said.confidence > led.confidence > taken.confidence
