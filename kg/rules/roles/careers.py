"""Who is, was or will be where by what verbs say: 'X dirige Y', 'X quitte Y', 'X succède à Z'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Entity, Fact, Modality
from kg.rules.relations.arguments import fill
from kg.rules.relations.frames import cover
from kg.rules.relations.scene import Scene, is_employer
from kg.rules.resolve.cast import Reference
from kg.rules.roles.departures import Departure
from kg.rules.roles.holders import doers, last_before
from kg.rules.roles.leaders import fact_of, find_inverted, find_leaders, is_inverted
from kg.rules.roles.members import find_members
from kg.rules.roles.positions import is_past
from kg.rules.roles.premises import joined_by, opening_place
from kg.rules.roles.titles import WORDS
from kg.rules.roles.ways import lemmas_of, way_of
from kg.rules.syntax import is_bare_participle

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How sure a move is, and a role that is told of somebody's predecessor or successor.
MOVED, FOLLOWED = 0.65, 0.62


def find_careers(departures: list[Departure], scene: Scene) -> Iterator[Fact]:
    """Yield who leads, joins or leaves an organisation by what verbs say."""
    lang = scene.lang
    lead, moves = lang.table(WORDS + "lead"), lang.words(WORDS + "careers")
    works = lang.words(WORDS + "worked")
    leaving, recruit = lang.words(WORDS + "leave"), lang.words(WORDS + "recruit")
    for token in scene.cast.where(lead.keys() | moves | works | leaving | recruit):
        inverted = is_inverted(token, scene)
        if token.pos_ not in ("VERB", "AUX") and not inverted:
            continue
        lemmas = lemmas_of(token)
        if inverted and lemmas & lead.keys():
            yield from find_inverted(token, lead[min(lemmas & lead.keys())], scene)
            continue
        for lemma in sorted(lemmas & lead.keys()):
            yield from find_leaders(token, lead[lemma], scene)
        if lemmas & (moves | works):
            yield from find_moves(token, scene, stays=bool(lemmas & works))
        if way_of(token, lang) == "leave":
            yield from find_next(token, scene)
        if lemmas & recruit:
            yield from find_recruits(token, scene)
    for departure in departures:
        yield from find_left(departure, scene)
    yield from find_members(scene)


def find_moves(verb: Token, scene: Scene, *, stays: bool) -> Iterator[Fact]:
    """Yield who joins an organisation, or works or worked there: 'X a débuté chez Y'."""
    slots = ("chez", "pour", "dans") if stays else ("next", "chez", "obj")
    for slot in slots:
        joined = joined_by(verb, scene) if slot == "next" else None
        filled = fill(verb, slot, scene) if slot != "next" else scene.all_of(joined)
        targets = [r for r in filled if is_employer(r, scene)]
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


def find_successions(
    facts: list[Fact], departures: list[Departure], scene: Scene
) -> Iterator[Fact]:
    """Yield the role of who comes after somebody, or of whom somebody comes after."""
    posts = [f for f in facts if f.property == "holdsPosition"]
    for departure in departures:
        if departure.token.pos_ == "NOUN" and not departure.comers:
            yield from instead_of(departure, posts)
            continue
        for leaver in departure.leavers:
            for comer in departure.comers:
                pair = leaver.entities[0], comer.entities[0]
                found = list(succeed(departure, *pair, posts))
                yield from found or unnamed_post(departure, leaver, comer, scene)


def succeed(
    departure: Departure, leaver: Entity, comer: Entity, posts: list[Fact]
) -> Iterator[Fact]:
    """Yield the role that goes from one person to another."""
    token, said = departure.token, departure.modality
    end = token.sent.end_char
    posts = sorted(posts, key=lambda f: (bool(f.qualifiers.get("role")), f.evidence[0][0]))
    new = [f for f in posts if f.subject == comer and not f.ended and f.evidence[0][0] < end]
    old = [f for f in posts if f.subject == leaver and f.modality == "Actual"]
    here = [f for f in new if f.evidence[0][0] <= token.idx <= f.evidence[0][1]]
    inside = [f for f in old if in_sentence(f, token)]
    before = [f for f in old if f.evidence[0][0] < token.idx and not f.ended]
    if here:
        yield follow(here[-1], leaver, departure, ended=said == "Actual", modality="Actual")
    elif inside or before:
        yield follow((inside or before)[-1], comer, departure, ended=False, modality=said)
    elif new:
        yield follow(new[-1], leaver, departure, ended=said == "Actual", modality="Actual")


def unnamed_post(
    departure: Departure, leaver: Reference, comer: Reference, scene: Scene
) -> Iterator[Fact]:
    """Yield that one follows another where the sentence opens: 'Chez X, Y remplace Z'."""
    for place in opening_place(departure.token, scene):
        new = fact_of((comer, place), departure.token, scene, sure=MOVED)
        yield new
        over = new.modality == "Actual"
        old = fact_of((leaver, place), departure.token, scene, sure=MOVED)
        yield replace(old, modality="Actual", ended=over)


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
