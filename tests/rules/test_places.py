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
        ("Le siège de Nordalis est à Gand.", "Gand"),
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


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("Nordalis est présent au Maroc, en Belgique et à Lille.", ["Maroc", "Belgique", "Lille"]),
        ("En Belgique, les ventes de Nordalis progressent.", ["Belgique"]),
        ("Nordalis fabrique des montres à Lille, en France.", ["Lille", "France"]),
        ("Nordalis ferme ses usines de Lille et de Gand.", ["Lille", "Gand"]),
        ("Nordalis va supprimer 500 emplois au Maroc.", ["Maroc"]),
    ],
)
def test_all_places_of_a_list_and_around_it_are_told(sentence: str, places: list[str]) -> None:
    found = facts_of(sentence)
    assert [place for _, _, place, _ in found] == places
    assert {(N, relation, sure) for N, relation, _, sure in found} == {
        ("Nordalis", "operatesIn", "Actual")
    }


def test_a_site_belongs_to_the_subject_of_its_own_verb() -> None:
    fact = fact_of("operatesIn", "Nordalis a racheté Vextra et a ouvert une usine au Maroc.")
    assert fact.subject.name == "Nordalis"


def test_what_a_demonym_tells_is_a_place_among_the_entities() -> None:
    reading = read("Le groupe belge Nordalis grandit.")
    assert [(e.name, e.kind) for e in reading.entities] == [
        ("Nordalis", "Company"),
        ("Belgique", "Place"),
    ]
