"""Who leads or founded an organisation by what a verb says: 'X dirige Y', 'Y, fondée par X'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Fact, Modality
from kg.rules.modality import assess, assess_tense
from kg.rules.relations.arguments import fill
from kg.rules.relations.frames import cover
from kg.rules.relations.nouns import possessor
from kg.rules.relations.scene import Scene, is_employer
from kg.rules.resolve.cast import Reference
from kg.rules.resolve.salience import is_leading
from kg.rules.roles.holders import doers, last_before, people
from kg.rules.roles.positions import PRONOUN, is_past, is_sought
from kg.rules.roles.titles import WORDS
from kg.rules.roles.ways import lemmas_of
from kg.rules.syntax import grammatical_object, has, lemma_of, sentence_end, sentence_start

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How sure a verb is that says a role by itself.
LED = 0.8
#: How many tokens from 'que dirige' the two that it joins may stand.
NEAR = 5


def find_leaders(verb: Token, role: str, scene: Scene) -> Iterator[Fact]:
    """Yield the role that a verb says by itself: 'X dirige Y', 'fondée par X'."""
    targets = [r for r in fill(verb, "obj", scene) if is_employer(r, scene)]
    noun = grammatical_object(verb, scene.lang)
    if not targets and noun is not None and noun.lemma_ in scene.lang.words("nouns.unit"):
        targets = [r for r in possessor(noun, scene) if is_employer(r, scene)]
    if not targets and verb.is_sent_start:
        targets = [r for r in subjects_after(verb, scene) if is_employer(r, scene)]
    persons = doers(verb, "subj", scene)
    if not persons and has(verb, "VerbForm", "Inf"):
        persons = tuple(p for r in last_before(verb, scene) for p in scene.all_of(r))
    founded = lemmas_of(verb) & scene.lang.words(WORDS + "deeds")
    over = not founded and is_past(verb, scene.lang)
    for person in persons:
        for target in targets:
            yield fact_of((person, target), verb, scene, sure=LED, role=role, ended=over)


def subjects_after(participle: Token, scene: Scene) -> list[Reference]:
    """Return the subject that a participle describes: 'Fondée par X, qui la dirige, Y …'."""
    doc, end = participle.doc, sentence_end(participle)
    inside = [r for r in scene.cast.references if participle.i < r.start < end]
    return [r for r in inside if doc[r.left - 1].text == "," and is_leading(r, doc, scene.lang)][:1]


def is_inverted(verb: Token, scene: Scene) -> bool:
    """Tell whether a verb follows 'que', its subject after it: 'que dirige X'."""
    words = scene.lang.words("syntax.relative_objects")
    return verb.i > sentence_start(verb) + 1 and verb.nbor(-1).lower_ in words


def find_inverted(verb: Token, role: str, scene: Scene) -> Iterator[Fact]:
    """Yield who leads what a relative clause tells of: 'le groupe X, que dirige Y'."""
    doc, at = verb.doc, scene.cast.at
    first, end = max(verb.i - NEAR, sentence_start(verb)), min(verb.i + NEAR, sentence_end(verb))
    before = (at.get(i) for i in range(verb.i - 2, first - 1, -1))
    target = next((r for r in before if r is not None), None)
    after_verb = (at.get(i) for i in range(verb.i + 1, end) if doc[i].pos_ != "PUNCT")
    person = next((r for r in after_verb if r is not None), None)
    if person is None or target is None or not is_employer(target, scene):
        return
    for one in people((person,)):
        fact = fact_of((one, target), verb, scene, sure=LED, role=role)
        yield replace(fact, modality=assess_tense(verb, scene.lang) or "Actual")


def fact_of(
    ends: tuple[Reference, Reference],
    trigger: Token,
    scene: Scene,
    *,
    sure: float,
    role: str = "",
    ended: bool = False,
) -> Fact:
    """Make the fact that a person has a role at an organisation by what a word says."""
    person, organization = ends
    modality: Modality = assess(trigger, scene.lang)
    if modality == "Actual" and is_sought(trigger, scene):
        modality = "Possible"
    named = person.named and organization.named
    return Fact(
        person.entities[0],
        "holdsPosition",
        organization.entities[0],
        modality,
        ended=ended and modality == "Actual",
        qualifiers={"role": role} if role else {},
        confidence=sure if named else min(sure, PRONOUN) - 0.05,
        rule=f"verb:{lemma_of(trigger)}",
        evidence=(cover(trigger, person, organization),),
    )
