"""Who is or was at an organisation without a title: 'X, de la FSU', 'X (Y)', 'passé par Y'."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.model import Fact
from kg.rules.relations.arguments import fill
from kg.rules.relations.frames import cover
from kg.rules.relations.scene import Scene, after, is_employer
from kg.rules.resolve.cast import ORGANIZATIONS, Reference
from kg.rules.resolve.lists import broad
from kg.rules.roles.holders import last_before, people, within
from kg.rules.roles.titles import WORDS, is_title
from kg.rules.syntax import has, sentence_start

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How sure it is that one belongs to an organisation named right after, was there, leads it.
BESIDE, ORIGIN, OWNER = 0.6, 0.7, 0.45
#: How many tokens a place of work before may stand from its word: 'venu du groupe X'.
CLOSE = 4
#: How many tokens after it the person may be named: 'Passée par X et Y, Z …'.
AHEAD = 6


def find_members(scene: Scene) -> Iterator[Fact]:
    """Yield who belongs, belonged or gave their name to an organisation."""
    yield from find_attached(scene)
    yield from find_origins(scene)
    yield from find_owners(scene)


def find_attached(scene: Scene) -> Iterator[Fact]:
    """Yield who speaks for an organisation without a title: 'X, de la FSU', 'X (FSU)'."""
    doc = scene.cast.doc
    for first, second in pairwise(scene.cast.references):
        if broad(first) != "Person" or not first.named or not is_employer(second, scene):
            continue
        words = [t for t in doc[first.end : second.left] if t.pos_ != "DET"]
        if not words or len(words) > 2 or not second.named:
            continue
        if words[0].text == "(" and len(words) == 1:
            closed = second.end < len(doc) and doc[second.end].text in (")", ",")
            role = shared_role(first, scene)
            yield from member(first, second, BESIDE, scene, role=role) if closed else ()
        elif scene.lang.prepositions.get(words[-1].lower_) in ("de", "chez"):
            if len(words) == 1 or words[0].text in (",", "("):
                yield from member(first, second, BESIDE, scene)


def shared_role(person: Reference, scene: Scene) -> str:
    """Return what the people of a list are called: 'les patrons, X (Y) et Z (A)'."""
    doc = scene.cast.doc
    for index in range(person.start - 1, sentence_start(doc[person.start]) - 1, -1):
        token = doc[index]
        if token.pos_ in ("VERB", "AUX"):
            return ""
        if is_title(token, scene.lang):
            return token.text if has(token, "Number", "Plur") else ""
    return ""


def find_origins(scene: Scene) -> Iterator[Fact]:
    """Yield where somebody comes from: 'X, passé par Y et Z', 'transfuge de Y, X'."""
    origins = scene.lang.words(WORDS + "origins")
    for token in scene.cast.where(origins):
        if token.lower_ not in origins:
            continue
        targets: tuple[Reference, ...] = ()
        for preposition, reference in after(token, scene):
            near = preposition in ("de", "chez", "par") and reference.left - token.i <= CLOSE
            if near and is_employer(reference, scene):
                targets = scene.all_of(reference)
            break
        persons = origin_of(token, targets, scene) if targets else ()
        for person in persons:
            for target in targets:
                if is_employer(target, scene):
                    yield from member(person, target, ORIGIN, scene, ended=True)


def origin_of(word: Token, targets: tuple[Reference, ...], scene: Scene) -> tuple[Reference, ...]:
    """Return who comes from somewhere: named before the word, or after a comma."""
    doc = scene.cast.doc
    index = word.i - 1
    while index > sentence_start(word) and doc[index].pos_ in (
        "DET",
        "ADV",
        "PUNCT",
        "NUM",
        "NOUN",
    ):
        if index in scene.cast.at:
            break
        index -= 1
    before = scene.cast.at.get(index)
    if before is not None and broad(before) == "Person" and before.named:
        return (before,)
    if before is not None and any(t.text == "," for t in doc[before.end : word.i]):
        return last_before(word, scene)
    if word.i - sentence_start(word) <= 1:
        last = targets[-1].end
        near = within(last, last + AHEAD, scene)
        return tuple(r for r in near[:1] if doc[r.left - 1].text == ",")
    return people(fill(word, "subj", scene)) if word.pos_ == "VERB" else ()


def find_owners(scene: Scene) -> Iterator[Fact]:
    """Yield who leads 'l'entreprise de Mark X', without a title."""
    doc = scene.cast.doc
    nouns = scene.lang.words(WORDS + "owned")
    for reference in scene.cast.references:
        if reference.named or reference.entities[0].kind not in ORGANIZATIONS:
            continue
        if doc[reference.start].lemma_ not in nouns:
            continue
        following = next(iter(after(doc[reference.end - 1], scene)), None)
        if following and following[0] == "de" and following[1].left - reference.end <= 2:
            person = following[1]
            if broad(person) == "Person" and " " in person.entities[0].name:
                yield from member(person, reference, OWNER, scene)


def member(
    person: Reference,
    organization: Reference,
    sure: float,
    scene: Scene,
    *,
    role: str = "",
    ended: bool = False,
) -> Iterator[Fact]:
    """Yield that a person is or was at an organisation."""
    yield Fact(
        person.entities[0],
        "holdsPosition",
        organization.entities[0],
        ended=ended,
        qualifiers={"role": role} if role else {},
        confidence=sure,
        rule="member",
        evidence=(cover(scene.cast.doc[person.start], person, organization),),
    )
