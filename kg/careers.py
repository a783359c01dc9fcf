"""Who is, was or will be where by what verbs say: 'X dirige Y', 'X quitte Y', 'X succède à Z'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.arguments import fill
from kg.departures import Departure, find_departures
from kg.holders import doers, last_before, people
from kg.members import find_members
from kg.modality import assess
from kg.model import Entity, Fact, Modality
from kg.nouns import possessor
from kg.positions import PRONOUN, is_past, is_sought
from kg.relations import cover
from kg.resolve import Reference
from kg.scene import Scene, is_employer
from kg.syntax import grammatical_object, has, is_bare_participle, lemma_of
from kg.titles import WORDS
from kg.ways import lemmas_of, way_of

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How sure a verb is that says a role by itself, a move, and a role told of a predecessor.
LED, MOVED, FOLLOWED = 0.8, 0.65, 0.68


def find_careers(scene: Scene) -> Iterator[Fact]:
    """Yield who leads, joins or leaves an organisation by what verbs say."""
    lang = scene.lang
    lead, moves = lang.table(WORDS + "lead"), lang.words(WORDS + "careers")
    works = lang.words(WORDS + "worked")
    for token in scene.cast.doc:
        lemmas = lemmas_of(token)
        if lemmas & lead.keys() and is_inverted(token, scene):
            yield from find_inverted(token, lead[min(lemmas & lead.keys())], scene)
            continue
        if token.pos_ not in ("VERB", "AUX"):
            continue
        for lemma in sorted(lemmas & lead.keys()):
            yield from find_leaders(token, lead[lemma], scene)
        if lemmas & (moves | works):
            yield from find_moves(token, scene, stays=bool(lemmas & works))
        if way_of(token, lang) == "leave":
            yield from find_next(token, scene)
        if lemmas & lang.words(WORDS + "recruit"):
            yield from find_recruits(token, scene)
    for departure in find_departures(scene):
        yield from find_left(departure, scene)
    yield from find_members(scene)


def find_leaders(verb: Token, role: str, scene: Scene) -> Iterator[Fact]:
    """Yield the role that a verb says by itself: 'X dirige Y', 'fondée par X'."""
    targets = [r for r in fill(verb, "obj", scene) if is_employer(r, scene)]
    noun = grammatical_object(verb, scene.lang)
    if not targets and noun is not None and noun.lemma_ in scene.lang.words("nouns.unit"):
        targets = [r for r in possessor(noun, scene) if is_employer(r, scene)]
    persons = doers(verb, "subj", scene)
    if not persons and has(verb, "VerbForm", "Inf"):
        persons = tuple(p for r in last_before(verb, scene) for p in scene.all_of(r))
    founded = lemmas_of(verb) & scene.lang.words(WORDS + "deeds")
    over = not founded and is_past(verb, scene.lang)
    for person in persons:
        for target in targets:
            yield fact_of((person, target), verb, scene, sure=LED, role=role, ended=over)


def is_inverted(verb: Token, scene: Scene) -> bool:
    """Tell whether a verb follows 'que', its subject after it: 'que dirige X'."""
    words = scene.lang.words("syntax.relative_objects")
    return verb.i > verb.sent.start + 1 and verb.nbor(-1).lower_ in words


def find_inverted(verb: Token, role: str, scene: Scene) -> Iterator[Fact]:
    """Yield who leads what a relative clause tells of: 'le groupe X, que dirige Y'."""
    person = scene.cast.at.get(verb.i + 1)
    before = (scene.cast.at.get(i) for i in (verb.i - 2, verb.i - 3) if i >= verb.sent.start)
    target = next((r for r in before if r is not None and is_employer(r, scene)), None)
    if person is not None and target is not None:
        for one in people((person,)):
            yield fact_of((one, target), verb, scene, sure=LED, role=role)


def find_moves(verb: Token, scene: Scene, *, stays: bool) -> Iterator[Fact]:
    """Yield who joins an organisation, or works or worked there: 'X a débuté chez Y'."""
    slots = ("chez", "pour", "dans") if stays else ("chez", "obj")
    for slot in slots:
        targets = [r for r in fill(verb, slot, scene) if is_employer(r, scene)]
        if not targets:
            continue
        persons = doers(verb, "subj", scene) or last_before(verb, scene)
        over = stays and (is_past(verb, scene.lang) or is_bare_participle(verb))
        for person in persons:
            for target in targets:
                yield fact_of((person, target), verb, scene, sure=MOVED, ended=over)
        return


def find_recruits(verb: Token, scene: Scene) -> Iterator[Fact]:
    """Yield who was hired by an organisation: 'X recrute Y', 'Y, recruté par X'."""
    targets = [r for r in fill(verb, "subj", scene) if is_employer(r, scene)]
    for person in doers(verb, "obj", scene):
        for target in targets[:1]:
            yield fact_of((person, target), verb, scene, sure=MOVED)


def find_next(verb: Token, scene: Scene) -> Iterator[Fact]:
    """Yield where somebody who leaves goes: 'X quitte Y pour Z'."""
    for person in doers(verb, "subj", scene):
        for target in fill(verb, "pour", scene):
            if is_employer(target, scene):
                yield fact_of((person, target), verb, scene, sure=MOVED)


def find_left(departure: Departure, scene: Scene) -> Iterator[Fact]:
    """Yield where somebody was who leaves: 'X quitte Y', 'le départ de X' after 'chez Y'."""
    for person in departure.leavers:
        for target in departure.organizations:
            fact = fact_of((person, target), departure.token, scene, sure=MOVED)
            yield replace(fact, modality="Actual", ended=departure.modality == "Actual")


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


def find_successions(facts: list[Fact], scene: Scene) -> Iterator[Fact]:
    """Yield the role of who comes after somebody, or of whom somebody comes after."""
    posts = [f for f in facts if f.property == "holdsPosition"]
    for departure in find_departures(scene):
        if departure.token.pos_ == "NOUN" and not departure.comers:
            yield from instead_of(departure, posts)
            continue
        for leaver in departure.leavers:
            for comer in departure.comers:
                yield from succeed(departure, leaver.entities[0], comer.entities[0], posts)


def succeed(
    departure: Departure, leaver: Entity, comer: Entity, posts: list[Fact]
) -> Iterator[Fact]:
    """Yield the role that goes from one person to another."""
    token, said = departure.token, departure.modality
    end = token.sent.end_char
    posts = sorted(posts, key=lambda f: (bool(f.qualifiers.get("role")), f.evidence[0][0]))
    new = [f for f in posts if f.subject == comer and not f.ended and f.evidence[0][0] < end]
    old = [f for f in posts if f.subject == leaver]
    here = [f for f in new if f.evidence[0][0] <= token.idx <= f.evidence[0][1]]
    inside = [f for f in old if in_sentence(f, token)]
    before = [f for f in old if f.evidence[0][0] < token.idx and not f.ended]
    if here:
        yield follow(here[-1], leaver, departure, ended=said == "Actual", modality="Actual")
    elif inside or before:
        yield follow((inside or before)[-1], comer, departure, ended=False, modality=said)
    elif new:
        yield follow(new[-1], leaver, departure, ended=said == "Actual", modality="Actual")


def instead_of(departure: Departure, posts: list[Fact]) -> Iterator[Fact]:
    """Yield the former role of whom somebody is named in the place of: 'en remplacement de X'."""
    for leaver in departure.leavers:
        said = [
            f
            for f in posts
            if in_sentence(f, departure.token)
            and f.subject not in leaver.entities
            and not f.ended
            and f.evidence[0][0] < departure.token.idx
        ]
        said = [f for f in said if ":" in f.rule] or said
        if said:
            yield follow(
                said[-1],
                leaver.entities[0],
                departure,
                ended=said[-1].modality == "Actual",
                modality="Actual",
            )


def in_sentence(fact: Fact, token: Token) -> bool:
    """Tell whether a fact is said in the sentence of a token."""
    begin, end = fact.evidence[0]
    return token.sent.start_char <= begin and end <= token.sent.end_char


def follow(
    fact: Fact, person: Entity, departure: Departure, *, ended: bool, modality: Modality
) -> Fact:
    """Return the fact that somebody else has, had or will have a role."""
    token = departure.token
    begin, end = fact.evidence[0]
    inside = in_sentence(fact, token)
    sentence = token.sent
    near = [r for r in (*departure.leavers, *departure.comers) if sentence.start <= r.start]
    first = min([begin] if inside else [], default=token.idx)
    spans = [(first, end)] if inside else []
    covered = cover(token, *near)
    begin = min([covered[0], *(s[0] for s in spans)])
    last = max([covered[1], *(s[1] for s in spans)])
    return replace(
        fact,
        subject=person,
        modality=modality,
        ended=ended,
        confidence=min(FOLLOWED, fact.confidence),
        rule=f"verb:{token.lemma_}",
        evidence=((begin, last),),
    )
