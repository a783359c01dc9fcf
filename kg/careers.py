"""Who is, was or will be where by what verbs say: 'X dirige Y', 'X quitte Y', 'X succède à Z'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.arguments import fill
from kg.lists import broad
from kg.modality import assess
from kg.model import Fact
from kg.positions import GUESSED, governing_verb, people
from kg.relations import cover
from kg.resolve import ORGANIZATIONS, Reference
from kg.scene import Scene, after, is_employer
from kg.syntax import lemma_of
from kg.titles import WORDS

if TYPE_CHECKING:
    from spacy.tokens import Token


def find_careers(scene: Scene) -> Iterator[Fact]:
    """Yield who leads, leaves, owns or belongs to an organisation, titles aside."""
    yield from find_leaders(scene)
    yield from find_heads(scene)
    yield from find_owners(scene)
    yield from find_members(scene)


def find_leaders(scene: Scene) -> Iterator[Fact]:
    """Yield roles that a verb says by itself: 'X dirige Y', 'fondée par X', 'X quitte Y'."""
    lead = scene.lang.table(WORDS + "lead")
    leave = scene.lang.words(WORDS + "leave")
    for token in scene.cast.doc:
        if token.pos_ != "VERB" or not (lemma_of(token) in lead or lemma_of(token) in leave):
            continue
        targets = [r for r in fill(token, "obj", scene) if is_employer(r, scene)]
        for person in people(fill(token, "subj", scene)):
            for target in targets:
                role = lead.get(lemma_of(token))
                yield Fact(
                    person.entities[0],
                    "holdsPosition",
                    target.entities[0],
                    assess(token, scene.lang),
                    ended=role is None,
                    qualifiers={"role": role} if role else {},
                    confidence=GUESSED,
                    rule=f"verb:{token.lemma_}",
                    evidence=(cover(token, person, target),),
                )


def find_heads(scene: Scene) -> Iterator[Fact]:
    """Yield who is put at the head of an organisation: 'prend la tête de X', 'nommé à la tête'."""
    lang = scene.lang
    appoint, take = lang.words(WORDS + "appoint"), lang.words(WORDS + "take")
    for token in scene.cast.doc:
        if token.pos_ != "NOUN" or token.lemma_ not in lang.words(WORDS + "heads"):
            continue
        verb = governing_verb(token, appoint | take, scene)
        if verb is None:
            continue
        slots = ("obj", "subj") if verb.lemma_ in appoint else ("subj",)
        persons = next((found for s in slots if (found := people(fill(verb, s, scene)))), ())
        targets = [r for r in fill(token, "de", scene) if is_employer(r, scene)]
        for person in persons:
            for target in targets[:1]:
                yield from member(person, target, verb, scene)


def find_members(scene: Scene) -> Iterator[Fact]:
    """Yield who speaks for an organisation without a title: 'X, de la FSU', 'X chez Y'."""
    doc = scene.cast.doc
    references = scene.cast.references
    for first, second in pairwise(references):
        gap = doc[first.end : second.left]
        if broad(first) != "Person" or not first.named or not is_employer(second, scene):
            continue
        words = [t for t in gap if t.pos_ != "DET"]
        if len(words) == 2 and words[0].text in (",", "("):
            if scene.lang.prepositions.get(words[1].lower_) in ("de", "chez"):
                yield from member(first, second, doc[first.start], scene)
    careers = scene.lang.words(WORDS + "careers")
    for token in doc:
        if token.pos_ == "VERB" and token.lemma_ in careers:
            targets = fill(token, "chez", scene) or fill(token, "pour", scene)
            targets = targets or fill(token, "obj", scene)
            for person in people(fill(token, "subj", scene)):
                for target in targets:
                    if is_employer(target, scene):
                        yield from member(person, target, token, scene)


def member(
    person: Reference, organization: Reference, trigger: Token, scene: Scene
) -> Iterator[Fact]:
    """Yield that a person is or was at an organisation."""
    yield Fact(
        person.entities[0],
        "holdsPosition",
        organization.entities[0],
        assess(trigger, scene.lang),
        confidence=GUESSED,
        rule="member",
        evidence=(cover(trigger, person, organization),),
    )


def find_successions(facts: list[Fact], scene: Scene) -> Iterator[Fact]:
    """Yield the former role of whom somebody succeeds, the same as the successor's."""
    roles = {f.subject: f for f in facts if f.property == "holdsPosition" and not f.ended}
    verbs = scene.lang.words(WORDS + "succeed")
    for token in scene.cast.doc:
        if token.pos_ != "VERB" or token.lemma_ not in verbs:
            continue
        former = people(fill(token, "à", scene)) or people(fill(token, "obj", scene))
        for person in people(fill(token, "subj", scene)):
            fact = roles.get(person.entities[0])
            for other in former:
                if fact and other.entities[0] != fact.subject:
                    yield replace(
                        fact,
                        subject=other.entities[0],
                        modality="Actual",
                        ended=True,
                        confidence=GUESSED,
                        rule=f"verb:{token.lemma_}",
                        evidence=(cover(token, person, other),),
                    )


def find_owners(scene: Scene) -> Iterator[Fact]:
    """Yield who leads 'l'entreprise de Mark X', without a title."""
    doc = scene.cast.doc
    for reference in scene.cast.references:
        if reference.named or reference.entities[0].kind not in ORGANIZATIONS:
            continue
        following = next(iter(after(doc[reference.end - 1], scene)), None)
        if following and following[0] == "de" and following[1].left - reference.end <= 8:
            for person in people((following[1],)):
                yield Fact(
                    person.entities[0],
                    "holdsPosition",
                    reference.entities[0],
                    confidence=GUESSED,
                    rule="owner",
                    evidence=(cover(doc[reference.start], reference, person),),
                )
