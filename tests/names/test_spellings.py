from __future__ import annotations

import pytest

from kg.names.spellings import Name, group_names

CASES = (
    ("Crédit Agricole SA … Crédit agricole", [["Crédit Agricole SA", "Crédit agricole"]]),
    ("Aéroports de Paris (ADP)", [["Aéroports de Paris", "ADP"]]),
    ("General Electric puis GE", [["General Electric", "GE"]]),
    ("Groupe Bolloré et Bolloré", [["Groupe Bolloré", "Bolloré"]]),
    ("Valcorne Industries puis Valcorne", [["Valcorne Industries", "Valcorne"]]),
    ("Vinci puis Vinci Airports", [["Vinci"], ["Vinci Airports"]]),
    ("Ford France puis Ford", [["Ford France"], ["Ford"]]),
    ("Dacia (Renault)", [["Dacia"], ["Renault"]]),
)


def names_in(text: str, wanted: list[list[str]], label: str) -> list[Name]:
    found, at = [], 0
    for form in [form for group in wanted for form in group]:
        at = text.index(form, at)
        found.append(Name(form, at, at + len(form), label))
        at += len(form)
    return found


@pytest.mark.parametrize("text,wanted", CASES)
def test_names_of_one_company_meet(text: str, wanted: list[list[str]]) -> None:
    names = names_in(text, wanted, "Organization")
    groups = group_names(names, text)
    assert [[names[n].text for n in group.mentions] for group in groups] == wanted


def test_a_surname_is_the_last_person_named_so() -> None:
    text = "Anna Smets, Jan Smets, Smets"
    spans = [(0, 10), (12, 21), (23, 28)]
    names = [Name(text[a:b], a, b, "Person") for a, b in spans]
    assert [group.mentions for group in group_names(names, text)] == [[0], [1, 2]]


def test_classes_are_voted_and_demonyms_are_their_place() -> None:
    text = "Total Total belge Belgique"
    names = [
        Name("Total", 0, 5, "Product", 0.6),
        Name("Total", 6, 11, "Organization", 0.9),
        Name("belge", 12, 17, "Demonym"),
        Name("Belgique", 18, 26, "Place"),
    ]
    groups = group_names(names, text, {"belge": "Belgique"})
    assert [(group.label, group.mentions) for group in groups] == [
        ("Organization", [0, 1]),
        ("Place", [2, 3]),
    ]
