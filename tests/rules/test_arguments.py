"""Who fills the places of a verb or a noun that a frame names."""

from __future__ import annotations

import pytest
from trees import scene_of, word

from kg.rules.relations.arguments import fill
from kg.values.language import PLACES, load_language

GENERAL = "Nordalis rachète Vextra."


def filled(sentence: str, trigger: str, slot: str) -> list[str]:
    """Return the names that stand in a place of a word of a sentence."""
    scene = scene_of(sentence)
    references = fill(word(scene.cast.doc, trigger), slot, scene)
    return [entity.name for r in references for entity in r.entities]


@pytest.mark.parametrize(
    ("sentence", "trigger", "slot", "names"),
    [
        (GENERAL, "rachète", "subj", ["Nordalis"]),
        (GENERAL, "rachète", "obj", ["Vextra"]),
        ("Vextra a été rachetée par Nordalis.", "rachetée", "subj", ["Nordalis"]),
        ("Vextra a été rachetée par Nordalis.", "rachetée", "obj", ["Vextra"]),
        ("Nordalis va racheter Vextra.", "racheter", "subj", ["Nordalis"]),
        ("Nordalis rachète Vextra et Orvane.", "rachète", "obj", ["Vextra", "Orvane"]),
        ("Nordalis et Hexium rachètent Vextra.", "rachètent", "subj", ["Nordalis", "Hexium"]),
        ("Hexium cède Vextra à Nordalis.", "cède", "à", ["Nordalis"]),
        ("Le rachat de Vextra par Nordalis est achevé.", "rachat", "par", ["Nordalis"]),
        ("Le rachat de Vextra par Nordalis est achevé.", "rachat", "de", ["Vextra"]),
        ("Nordalis a annoncé le rachat de Vextra.", "rachat", "holder", ["Nordalis"]),
        ("Vextra, filiale de Nordalis, grandit.", "filiale", "is", ["Vextra"]),
        ("Vextra est une filiale de Nordalis.", "filiale", "is", ["Vextra"]),
        ("Nordalis et sa filiale Vextra publient leurs comptes.", "filiale", "poss", ["Nordalis"]),
        ("Vextra utilise les batteries de Nordalis.", "utilise", "obj.de", ["Nordalis"]),
        ("Nordalis ouvre une usine au Maroc.", "ouvre", "in", ["Maroc"]),
        ("Nordalis lance la tablette Orvia.", "lance", "obj", ["Orvia"]),
    ],
)  # fmt: skip
def test_places_are_filled(sentence: str, trigger: str, slot: str, names: list[str]) -> None:
    assert filled(sentence, trigger, slot) == names


@pytest.mark.parametrize("slot", sorted(PLACES | set(load_language("fr").tables["prepositions"])))
def test_a_place_may_stay_empty(slot: str) -> None:
    assert filled("Elle fournit des batteries à Hexium.", "batteries", slot) in ([], ["Hexium"])
