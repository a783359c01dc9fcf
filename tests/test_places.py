"""Where organisations sit and work: demonyms, seats, sites."""

from __future__ import annotations

import pytest
from trees import fact_of, facts_of, read


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Le groupe belge Nordalis grandit.", "Belgique"),
        ("Nordalis, premier groupe belge, grandit.", "Belgique"),
        ("Basé à Gand, Nordalis grandit.", "Gand"),
        pytest.param(
            "Le siège de Nordalis est à Gand.",
            "Gand",
            marks=pytest.mark.xfail(
                strict=True, reason="a name between 'siège' and 'est' hides where the seat is"
            ),
        ),
    ],
)
def test_seats(sentence: str, place: str) -> None:
    assert facts_of(sentence) == [("Nordalis", "basedIn", place, "Actual")]


def test_each_company_has_its_own_nationality() -> None:
    sentence = "Le belge Nordalis rachète le constructeur français Vextra."
    assert facts_of(sentence, relation="basedIn") == [
        ("Nordalis", "basedIn", "Belgique", "Actual"),
        ("Vextra", "basedIn", "France", "Actual"),
    ]


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Nordalis ouvre une usine au Maroc.", "Maroc"),
        ("L'usine de Nordalis à Lille grandit.", "Lille"),
    ],
)
def test_sites_tell_where_a_company_works(sentence: str, place: str) -> None:
    assert facts_of(sentence) == [("Nordalis", "operatesIn", place, "Actual")]


def test_a_site_belongs_to_the_subject_of_its_own_verb() -> None:
    fact = fact_of("operatesIn", "Nordalis a racheté Vextra et a ouvert une usine au Maroc.")
    assert fact.subject.name == "Nordalis"


def test_what_a_demonym_tells_is_a_place_among_the_entities() -> None:
    reading = read("Le groupe belge Nordalis grandit.")
    assert [(e.name, e.kind) for e in reading.entities] == [
        ("Nordalis", "Company"),
        ("Belgique", "Place"),
    ]
