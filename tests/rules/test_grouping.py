"""Which mentions name one thing."""

from __future__ import annotations

import pytest
import spacy

from kg.rules.mentions.mention import Mention
from kg.rules.resolve.grouping import group_names, title_end
from kg.values.language import load_language

FR = load_language("fr")
BLANK = spacy.blank("fr")


def groups(*names: str) -> list[set[str]]:
    """Return the forms of each thing; a name is written 'Person/Hugo Maréval', or plain."""
    mentions, words = [], 0
    texts = []
    for name in names:
        kind, slash, text = name.rpartition("/")
        size = len(BLANK(text))
        mention = Mention(words, words + size, text, words, kind=kind if slash else "Company")
        mention.votes[mention.kind] = 1.0
        mentions.append(mention)
        texts.append(text)
        words += size
    doc = BLANK(" ".join(texts))
    assert len(doc) == words
    return [{mention.name for mention in group} for group in group_names(mentions, doc, FR)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Vextra Digital Media", "Vextra Group"), 2),
        (("Vextra Tarkos", "Vextra"), 1),
        (("Vextra", "Vextra Tarkos"), 2),
        (("Vextra Cloud", "Vextra"), 2),
        (("Vextra", "Orvane", "Vextra-Orvane"), 3),
        (("Compagnie Orvane Tarkos", "COT"), 1),
        (("Tribunal de commerce de Lyon", "TCL"), 1),
        (("Person/Hugo Maréval", "Person/Maréval"), 1),
        (("Person/Hugo Maréval", "Maréval"), 1),
        (("Person/Hugo Maréval", "Person/Hugo Mareval"), 1),
        (("Person/Hugo Maréval", "Person/Claire Maréval"), 2),
        (("Product/Ferodis Belisa", "Ferodis", "Product/Belisa"), 2),
        (("Product/Ferodis Belisa", "Ferodis", "Belisa"), 2),
        (("Product/Vextra-Belisa", "Vextra", "Product/Belisa"), 3),
        (("Product/Orvia X2", "Product/Orvia X3"), 2),
        (("Fonds pour une Presse libre", "Presse libre SAS"), 2),
        (("Volkswagen", "VW"), 1),
        (("Place/Lyon", "Lyon Immobilier"), 2),
        (("Le Nouvel Messager", "Nouvel Mess"), 1),
        (("Compagnie Orvane Tarkos", "COT", "COT Gaz", "Compagnie Orvane Tarkos Gaz"), 2),
    ],
)
def test_forms_are_gathered(names: tuple[str, ...], expected: int) -> None:
    found = groups(*names)
    assert len(found) == expected, found


def test_an_ambiguous_short_form_stays_alone() -> None:
    assert groups("Vextra Tarkos", "Vextra Mollard", "Vextra") == [
        {"Vextra Tarkos"},
        {"Vextra Mollard"},
        {"Vextra"},
    ]


def test_the_body_begins_after_the_headline() -> None:
    assert title_end(BLANK("Vextra et Orvane alliés\n\nLes deux groupes.")) == 4
    assert title_end(BLANK("Les deux groupes.")) == 0
