"""Stretches that hold several names are parted where the text says so elsewhere."""

from __future__ import annotations

import pytest
from docs import tagged

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
