"""Which spans name something, and the words before them that say what."""

from __future__ import annotations

import pytest
from trees import parse

from kg.rules.mentions.mention import Mention, demonym_places, find_mentions
from kg.values.language import load_language

FR = load_language("fr")


def mentions(sentence: str) -> list[Mention]:
    """Return the mentions of a sentence."""
    return find_mentions(parse(sentence), FR)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Nordalis rachète Vextra.", ["Nordalis", "Vextra"]),
        ("Le groupe Nordalis rachète Vextra SA.", ["Nordalis", "Vextra SA"]),
        ("Basé à Gand, Nordalis grandit.", ["Gand", "Nordalis"]),
        ("Mme Duvernay dirige Nordalis.", ["Duvernay", "Nordalis"]),
        (
            "Compagnie Orvane Tarkos (COT) rachète Vextra.",
            ["Compagnie Orvane Tarkos", "COT", "Vextra"],
        ),
        ("L'ex-PDG de Nordalis, Hugo Maréval, écrit un livre.", ["Nordalis", "Hugo Maréval"]),
        ("Les deux sociétés travaillent avec Hexium.", ["Hexium"]),
        ("Elle fournit des batteries à Hexium.", ["Hexium"]),
    ],
)  # fmt: skip
def test_names_begin_and_end(sentence: str, names: list[str]) -> None:
    assert [mention.name for mention in mentions(sentence)] == names


@pytest.mark.parametrize(
    ("sentence", "name", "noun", "places"),
    [
        ("Le groupe belge Nordalis grandit.", "Nordalis", "groupe", ("Belgique",)),
        ("Le groupe Nordalis rachète Vextra SA.", "Nordalis", "groupe", ()),
        ("Nordalis lance la tablette Orvia.", "Orvia", "tablette", ()),
        (
            "Le belge Nordalis rachète le constructeur français Vextra.",
            "Vextra",
            "constructeur",
            ("France",),
        ),
        ("Le français Nordalis rachète le belge Vextra.", "Vextra", None, ("Belgique",)),
        ("Nordalis rachète Vextra.", "Nordalis", None, ()),
    ],
)
def test_nouns_and_demonyms_describe(
    sentence: str, name: str, noun: str | None, places: tuple[str, ...]
) -> None:
    (mention,) = (m for m in mentions(sentence) if m.name == name)
    assert (parse(sentence)[mention.head].text if mention.head >= 0 else None) == noun
    assert mention.places == places


def test_a_noun_phrase_begins_at_its_determiner() -> None:
    (mention,) = mentions("Le groupe belge Nordalis grandit.")
    assert (mention.left, mention.start, mention.end) == (0, 3, 4)


def test_demonyms_tell_their_places() -> None:
    doc = parse("Le français Nordalis rachète le belge Vextra.")
    assert demonym_places(doc[1], FR) == ("France",)
    assert demonym_places(doc[2], FR) == ()
