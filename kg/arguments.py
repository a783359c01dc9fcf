"""Who fills the places of a verb or a noun that a frame names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.nouns import holder, next_to, possessor, topic, what_is
from kg.resolve import Reference
from kg.scene import Scene, after, broad, complement
from kg.syntax import grammatical_object
from kg.verbs import object_of, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token


def fill(trigger: Token, slot: str, scene: Scene) -> tuple[Reference, ...]:
    """Return the references that stand in a place of a verb or a noun, coordinated ones too."""
    if slot == "subj":
        return subject_of(trigger, scene)
    if slot == "obj":
        return object_of(trigger, scene)
    if slot == "obj.de":
        noun = grammatical_object(trigger, scene.lang)
        return complement(noun, "de", scene) if noun is not None else ()
    if slot == "poss":
        return possessor(trigger, scene)
    if slot == "holder":
        return holder(trigger, scene)
    if slot == "is":
        return what_is(trigger, scene)
    if slot == "next":
        return next_to(trigger, scene)
    if slot == "topic":
        return topic(trigger, scene)
    if slot == "in":
        return places_of(trigger, scene)
    return complement(trigger, slot, scene)


def places_of(trigger: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the places where a clause says that something is or happens."""
    inside = ("en", "à", "dans", "sur", "vers", "depuis", "chez")
    for preposition, reference in after(trigger, scene):
        if broad(reference) == "Place" and preposition in inside:
            return scene.all_of(reference)
    return ()
