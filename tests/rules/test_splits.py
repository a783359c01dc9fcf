"""Stretches that hold several names are parted where the text says so elsewhere."""

from __future__ import annotations

import pytest
from docs import tagged

from kg.model import Article
from kg.rules.extract import extract_article
from kg.rules.mentions.splits import part
from kg.values.language import load_language

FR = load_language("fr")


@pytest.mark.parametrize(
    ("texts", "parted"),
    [
        (("O/COT-VXT-SNJ",), ["COT", "VXT", "SNJ"]),
        (("O/COT-VXT",), ["COT-VXT"]),
        (("ORG/Altoris", "PER/Altoris Hugo Maréval"), ["Altoris", "Altoris", "Hugo Maréval"]),
        (("ORG/Alto Gaz", "PER/Hugo Maréval Alto Gaz"), ["Alto Gaz", "Hugo Maréval", "Alto Gaz"]),
        (("PER/Hugo Maréval", "ORG/Altoris", "ORG/Altoris Hugo Maréval"),
         ["Hugo Maréval", "Altoris", "Altoris", "Hugo Maréval"]),
        (("ORG/Morand", "PER/Hugo de Morand"), ["Morand", "Hugo de Morand"]),
        (("ORG/Vextra", "ORG/Vextra Digital Banque"), ["Vextra", "Vextra Digital Banque"]),
        (("ORG/Maréval", "PER/Hugo Jean Maréval"), ["Maréval", "Hugo Jean Maréval"]),
    ],
)  # fmt: skip
def test_joined_names_are_parted(texts: tuple[str, ...], parted: list[str]) -> None:
    doc, borders = tagged(*texts)
    assert [doc[start:end].text for start, end in part(borders, doc, FR)] == parted


@pytest.mark.model
@pytest.mark.parametrize(
    "name",
    [
        "Vaucourt et Cie",
        "Vaucourt & Cie",
        "Vaucourt & Co",
        "Vaucourt et Fils",
        "Vaucourt et fils",
        "Vaucourt & Fils",
        "Vaucourt Frères et Cie",
        "Vaucourt et Associés",
        "Vaucourt S.A.",
        "Vaucourt S.p.A.",
        "Vaucourt S.A.R.L.",
        "Vaucourt B.V.",
    ],
)
@pytest.mark.parametrize(
    "told", ["Solvéra a racheté {}{} Le prix est inconnu.", "{} a racheté Solvéra."]
)
def test_company_with_others_or_a_legal_form_is_one(name: str, told: str) -> None:
    text = (
        told.format(name, "" if name.endswith(".") else ".")
        if "{}{}" in told
        else told.format(name)
    )
    reading = extract_article(Article(name="a", text=f"Un rachat\n\n{text}\n"))
    assert {entity.name for entity in reading.entities} == {name, "Solvéra"}
    (fact,) = reading.facts
    assert {fact.subject.name, getattr(fact.object, "name", "")} == {name, "Solvéra"}
