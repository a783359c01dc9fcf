"""Who does and who undergoes what a verb says: the tree first, the words around it second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.resolve import Reference
from kg.scene import (
    Scene,
    after,
    apposed,
    broad,
    complement,
    preposition_of,
    reference_at,
)
from kg.syntax import grammatical_object, grammatical_subject, has, is_finite, is_passive

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How many tokens a name may stand from its common noun.
NEAR = 10

#: How many tokens before a verb its subject may stand where the tree has none.
BEHIND = 14


def subject_of(verb: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return who does what a verb says: the agent of a passive, else the subject."""
    lang = scene.lang
    if is_passive(verb, lang):
        return complement(verb, "par", scene)
    return grammatical(verb, scene)


def grammatical(verb: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the references of a verb's grammatical subject."""
    token = grammatical_subject(verb, scene.lang)
    if token is not None and token.sent == verb.sent:
        if reference := reference_at(token, scene):
            return scene.all_of(reference)
        if token.pos_ == "PRON" and not has(token, "PronType", "Rel"):
            return ()
        if token.pos_ in ("NOUN", "PROPN", "X") and token.dep_ != "ROOT":
            return (
                metonym(token, scene)
                or apposed_person(token, verb, scene)
                or apposed_before(verb, scene)
            )
    return scene.all_of(before(verb, scene))


def metonym(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the organisation whose part a noun names ('la direction de X', 'les équipes de X')."""
    if noun.lemma_ in scene.lang.words("nouns.part"):
        return complement(noun, "de", scene)[:1]
    return ()


def apposed_person(noun: Token, verb: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the person whom a title names: 'le PDG de X, Y, a annoncé'."""
    if noun.lower_.removeprefix("ex-") not in scene.lang.titles:
        return ()
    found = [r for r in scene.cast.references if noun.i < r.start < verb.i and broad(r) == "Person"]
    return tuple(found[:1])


def apposed_before(participle: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the name whose apposition a participle describes: 'X, la plateforme détenue par'."""
    first = max(participle.i - NEAR, participle.sent.start)
    for index in range(participle.i - 1, first, -1):
        token = participle.doc[index]
        if is_finite(token):
            return ()
        if token.pos_ == "NOUN" and (found := apposed(token, scene)):
            return found
    return ()


def before(verb: Token, scene: Scene) -> Reference | None:
    """Return the nearest reference before a verb that no preposition or other verb governs."""
    index, stop = verb.i - 1, max(verb.sent.start, verb.i - BEHIND)
    while index >= stop:
        reference = scene.cast.at.get(index)
        if reference is not None:
            if not preposition_of(reference, scene.cast, scene.lang):
                return reference
            index = reference.left
        elif is_finite(verb.doc[index]) and not is_near(verb.doc[index], verb):
            return None
        index -= 1
    return None


def is_near(auxiliary: Token, verb: Token) -> bool:
    """Tell whether a finite verb only carries another: its auxiliary, or 'va' of 'va racheter'."""
    return verb in (auxiliary.head, auxiliary) or verb.head == auxiliary


def object_of(verb: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return whom a verb's action befalls: the subject of a passive, else the object."""
    lang = scene.lang
    if is_passive(verb, lang):
        return after_comma(verb, scene) or grammatical(verb, scene)
    token = grammatical_object(verb, lang)
    if reference := reference_at(token, scene):
        return scene.all_of(reference)
    if token is not None and token.pos_ == "NOUN":
        return beside(token, scene)
    for preposition, reference in after(verb, scene):
        if not preposition and reference.left - verb.i <= 6:
            return scene.all_of(reference)
        break
    return ()


def after_comma(participle: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return what a participle that opens a sentence describes: 'Basé à Gand, X exploite …'."""
    if participle.i != participle.sent.start:
        return ()
    for preposition, reference in after(participle, scene):
        if not preposition and participle.doc[reference.left - 1].text == ",":
            return scene.all_of(reference)
    return ()


def beside(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the name that a common noun introduces: 'la marque X', 'un cinéma de Nice, le X'."""
    for preposition, reference in after(noun, scene):
        words = noun.doc[noun.i + 1 : reference.left]
        if not preposition and reference.named and len(words) <= NEAR:
            apart = [t for t in words if t.pos_ in ("PUNCT", "VERB")]
            if len(apart) <= 1 and (not apart or apart[0] in tuple(words[-2:])):
                return scene.all_of(reference)
        if preposition != "de" or broad(reference) != "Place":
            break
    return ()
