"""Where organisations are: 'le chinois X', 'le constructeur de Dieppe', 'l'usine X de Hambach'."""

from __future__ import annotations

from collections.abc import Iterator

from kg.arguments import Scene, broad, preposition_of
from kg.model import Entity, Fact
from kg.names import fold
from kg.relations import cover
from kg.resolve import ORGANIZATIONS

BY_NAME, BY_NOUN = 0.9, 0.7


def find_places(scene: Scene) -> Iterator[Fact]:
    """Yield where organisations sit, by their nationality or their town."""
    places = place_entities(scene)
    doc = scene.cast.doc
    for reference in scene.cast.references:
        for entity in reference.entities:
            if entity.kind not in ORGANIZATIONS or len(reference.entities) > 2:
                continue
            for name in reference.places:
                yield Fact(
                    entity,
                    "basedIn",
                    places.setdefault(fold(name), Entity(name, "Place")),
                    confidence=BY_NAME if reference.named else BY_NOUN,
                    rule="demonym",
                    evidence=(cover(doc[reference.start], reference),),
                )
    yield from find_towns(scene)


def place_entities(scene: Scene) -> dict[str, Entity]:
    """Return the places that a text names, by folded name."""
    return {
        fold(name): entity
        for entity in scene.cast.of_kind("Place", "Country", "City")
        for name in (entity.name, *entity.aliases)
    }


def find_towns(scene: Scene) -> Iterator[Fact]:
    """Yield the seat that 'le constructeur de Dieppe' tells."""
    references = scene.cast.references
    for first, second in zip(references, references[1:], strict=False):
        if first.named or first.entities[0].kind not in ORGANIZATIONS:
            continue
        if broad(second) != "Place" or second.left - first.end > 1:
            continue
        if preposition_of(second, scene.cast, scene.lang) == "de":
            yield Fact(
                first.entities[0],
                "basedIn",
                second.entities[0],
                confidence=BY_NOUN,
                rule="town",
                evidence=(cover(scene.cast.doc[first.start], first, second),),
            )
