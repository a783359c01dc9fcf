"""Who fills the places of a verb or a noun that a frame names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.rules.relations.nouns import holder, next_to, possessor, topic, what_is
from kg.rules.relations.scene import Scene, after, complement
from kg.rules.relations.verbs import beside, object_of, subject_of
from kg.rules.resolve.cast import Reference
from kg.rules.resolve.lists import LOCATIVE, broad, preposition_of
from kg.rules.syntax import grammatical_object, sentence_start

if TYPE_CHECKING:
    from spacy.tokens import Token


#: Prepositions of the place where something is or happens.
INSIDE = (*LOCATIVE, "sur", "vers", "depuis", "chez")
#: How many tokens a place may stand from a noun, beyond a comma.
NEAR = 8


def fill(trigger: Token, slot: str, scene: Scene) -> tuple[Reference, ...]:
    """Return the references that stand in a place of a verb or a noun, coordinated ones too."""
    key = (trigger.i, slot)
    if key not in scene.filled:
        scene.filled[key] = find(trigger, slot, scene)
    return scene.filled[key]


def find(trigger: Token, slot: str, scene: Scene) -> tuple[Reference, ...]:
    """Find the references that stand in a place of a verb or a noun."""
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
    if slot == "pair":
        return paired(trigger, scene)
    if slot == "topic":
        return topic(trigger, scene)
    if slot == "in":
        return places_of(trigger, scene)
    found = complement(trigger, slot, scene)
    return found or (introduced(trigger, scene) if slot == "de" else ())


def paired(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the two names that a hyphen joins right after a noun: 'partenariat X-Y'."""
    first = scene.cast.at.get(noun.i + 1)
    chain = scene.all_of(first)
    joined = first is not None and len(chain) == 2 and noun.doc[first.end].text in ("-", "–")
    return chain if joined else ()


def introduced(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the names that the complement of a noun introduces: 'la vente de deux chaînes, X'."""
    for child in noun.children:
        marks = [c for c in child.children if scene.lang.prepositions.get(c.lower_) == "de"]
        if child.pos_ == "NOUN" and child.i > noun.i and marks and child.i not in scene.cast.at:
            return beside(child, scene)
    return ()


def places_of(trigger: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the places where a clause says that something is or happens."""
    for preposition, reference in after(trigger, scene):
        if broad(reference) == "Place" and preposition in INSIDE:
            if trigger.pos_ == "NOUN" and is_apart(trigger, reference):
                return ()
            return (*scene.all_of(reference), *around(scene.all_of(reference)[-1], scene))
    return opening_place(trigger, scene)


def opening_place(trigger: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the place that opens a sentence: 'En Italie, X fabrique …', 'Gand : X ouvre …'."""
    start = sentence_start(trigger)
    for index in range(start, min(start + 3, trigger.i)):
        reference = scene.cast.at.get(index)
        if reference is not None:
            inside = preposition_of(reference, scene.cast, scene.lang) in INSIDE
            inside = inside or trigger.doc[reference.end].text == ":"
            return (reference,) if inside and broad(reference) == "Place" else ()
    return ()


def is_apart(noun: Token, place: Reference) -> bool:
    """Tell whether a comma and more than a name stand between a noun and a place."""
    words = noun.doc[noun.i + 1 : place.left]
    return len(words) > NEAR and any(t.text == "," for t in words)


def around(place: Reference, scene: Scene) -> tuple[Reference, ...]:
    """Return the place that another one lies in: 'à Trnava, en Slovaquie', 'à Gand (Belgique)'."""
    words = place.end, place.end + 1, place.end + 2
    doc = scene.cast.doc
    if place.end >= len(doc) or doc[place.end].text not in (",", "("):
        return ()
    found = next((r for i in words if (r := scene.cast.at.get(i)) and i < len(doc)), None)
    if found is None or broad(found) != "Place" or place in scene.all_of(found):
        return ()
    bracket = doc[place.end].text == "("
    return (found,) if bracket or preposition_of(found, scene.cast, scene.lang) in INSIDE else ()
