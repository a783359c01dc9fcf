"""Capitalised titles and portfolios are no part of a name."""

from __future__ import annotations

import pytest
import spacy

from kg.rules.mentions.offices import portfolios, title_tokens
from kg.values.language import load_language

FR = load_language("fr")
BLANK = spacy.blank("fr")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("le Directeur Général Hugo Maréval", ["Directeur", "Général"]),
        ("Chief Executive Officer de Vextra", ["Chief", "Executive", "Officer"]),
        ("Hugo Maréval rejoint Vextra", []),
    ],
)
def test_titles_are_told(text: str, words: list[str]) -> None:
    doc = BLANK(text)
    assert [doc[index].text for index in sorted(title_tokens(doc, FR))] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("le ministre de l'Économie et des Finances Hugo", ["Économie", "Finances", "Hugo"]),
        ("la ministre du Travail a reçu Vextra", ["Travail"]),
        ("la garde des Sceaux", ["Sceaux"]),
        ("le premier ministre de la France", []),
        ("le ministre a reçu Vextra", []),
    ],
)
def test_portfolios_are_told(text: str, words: list[str]) -> None:
    doc = BLANK(text)
    for token in doc:
        token.lemma_ = token.lower_
    assert [doc[index].text for index in sorted(portfolios(doc, FR))] == words
