"""What belongs to a name at its edges; credits and captions."""

from __future__ import annotations

import pytest
import spacy

from kg.rules.mentions.edges import is_credit, is_name_word, is_route, starts_sentence, trim
from kg.rules.nlp import mark_sentences
from kg.values.language import load_language

FR = load_language("fr")
BLANK = spacy.blank("fr")


def trimmed(text: str, name: str) -> str | None:
    """Return what is left of a stretch of a text, or None."""
    doc = mark_sentences(BLANK(text))
    span = doc.char_span(text.index(name), text.index(name) + len(name))
    assert span is not None
    found = trim(doc, span.start, span.end, FR)
    return doc[found[0] : found[1]].text if found else None


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("Il rejoint Vextra Digital.", "Vextra Digital", "Vextra Digital"),
        ("Application Orvia de Vextra.", "Application Orvia", "Orvia"),
        ("Elle vend le Version Orvia.", "Version Orvia", "Version Orvia"),
        ("Elle achète Vextra de", "Vextra de", "Vextra"),
        ("Elle vend la Ferodis GT 2018.", "Ferodis GT 2018", "Ferodis GT"),
        ("Elle vend la Ferodis 2008.", "Ferodis 2008", "Ferodis 2008"),
        ("Le vol Paris-Madrid part.", "Paris-Madrid", None),
        ("Elle quitte le Groupe.", "Groupe", None),
        ("Elle voit Inc en tête.", "Inc", None),
        ("Elle voit le Dr ici.", "Dr", None),
        ("Crédit photo : Hugo Maréval", "Hugo Maréval", None),
    ],
)
def test_trim_leaves_the_name(text: str, name: str, left: str | None) -> None:
    assert trimmed(text, name) == left


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Crédit : Hugo Maréval", True),
        ("Source : Hugo Maréval", True),
        ("Crédits photo : Hugo Maréval", True),
        ("© Hugo Maréval", True),
        ("Photo Hugo Maréval", True),
        ("(Photo Hugo Maréval)", True),
        ("Hugo Maréval / AFP", True),
        ("Hugo Maréval © Reuters", True),
        ("Photo : Hugo Maréval, patron de Vextra", False),
        ("Photo : le patron Hugo Maréval", False),
        ("une source proche de Hugo Maréval", False),
        ("a pris en photo Hugo Maréval", False),
        ("Crédit : Vextra\nHugo Maréval parle.", False),
    ],
)
def test_credits_are_no_names_but_captions_are(text: str, credit: bool) -> None:
    doc = mark_sentences(BLANK(text))
    start = next(token.i for token in doc if token.text == "Hugo")
    assert is_credit(doc, start, start + 2, FR) is credit


def test_a_capital_may_come_from_its_place() -> None:
    doc = mark_sentences(BLANK("Vextra achète « Orvia » et Hexium."))
    assert [t.text for t in doc if starts_sentence(t)] == ["Vextra", "Orvia", "et"]


def test_name_words_have_a_capital() -> None:
    doc = BLANK("Vextra iPhone e-Golf vextra x 20")
    assert [t.text for t in doc if is_name_word(t)] == ["Vextra", "iPhone", "e-Golf"]


def test_a_route_joins_two_places() -> None:
    names = ("Paris-Madrid", "Vextra-Madrid", "Auvergne-Rhône-Alpes", "Guinée-Bissau")
    assert [is_route(name, FR) for name in names] == [True, False, False, False]
