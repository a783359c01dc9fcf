"""Where organisations are: 'le chinois X', 'le constructeur de Sochaux', 'l'usine X de Lille'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from kg.model import Entity, Fact
from kg.names.key import fold
from kg.rules.relations.arguments import around, fill
from kg.rules.relations.frames import cover
from kg.rules.relations.scene import Scene, after, apposed, is_sure
from kg.rules.resolve.anaphora import demonyms_near
from kg.rules.resolve.cast import ORGANIZATIONS, Reference
from kg.rules.resolve.lists import LOCATIVE, broad, preposition_of
from kg.rules.resolve.salience import is_agent
from kg.rules.syntax import sentence_start

if TYPE_CHECKING:
    from spacy.tokens import Token

BY_NAME, BY_NOUN = 0.9, 0.7
#: Prepositions between a site and its place.
SITED = ("de", *LOCATIVE)


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
    yield from find_sites(scene, places)
    yield from find_homes(scene, places)


def place_entities(scene: Scene) -> dict[str, Entity]:
    """Return the places that a text names, by folded name."""
    return {
        fold(name): entity
        for entity in scene.cast.of_kind("Place", "Country", "City")
        for name in (entity.name, *entity.aliases)
    }


def find_towns(scene: Scene) -> Iterator[Fact]:
    """Yield the seat that 'le constructeur de Sochaux' tells."""
    references = scene.cast.references
    for first, second in pairwise(references):
        if first.entities[0].kind not in ORGANIZATIONS:
            continue
        if broad(second) != "Place" or second.left - first.end > 1:
            continue
        if preposition_of(second, scene.cast, scene.lang) == "de":
            yield Fact(
                first.entities[0],
                "operatesIn" if first.named else "basedIn",
                second.entities[0],
                confidence=BY_NOUN,
                rule="town",
                evidence=(cover(scene.cast.doc[first.start], first, second),),
            )


def find_sites(scene: Scene, places: dict[str, Entity]) -> Iterator[Fact]:
    """Yield where 'l'usine X de Lille', 'le site de X à Lille', 'sa filiale belge' are."""
    facilities = scene.lang.words("nouns.facility") | scene.lang.words("nouns.unit")
    business = facilities | scene.lang.words("nouns.business")
    for token in scene.cast.where(business):
        if token.pos_ != "NOUN" or token.lemma_ not in business or is_meant(token, scene):
            continue
        for one in owner_of(token, scene):
            for name in demonyms_near(token, scene.lang) if token.i not in scene.cast.at else ():
                place = places.setdefault(fold(name), Entity(name, "Place"))
                yield operates(one, place, token, (one,))
            if token.lemma_ in facilities or followed_by_brackets(token):
                for reference in site_of(token, scene):
                    yield operates(one, reference.entities[0], token, (one, reference))


def owner_of(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return whose a site is: as the words beside it say, else who is spoken of."""
    found = (r for slot in ("next", "de", "poss", "holder") for r in fill(noun, slot, scene))
    owner = tuple(islice((r for r in found if is_sure(r, scene)), 1))
    spoken = tuple(r for r in fill(noun, "topic", scene) if is_sure(r, scene))
    here = tuple(r for r in spoken if r.start >= sentence_start(noun))
    return owner or here or scene.lead or spoken


def followed_by_brackets(noun: Token) -> bool:
    """Tell whether brackets open right after a noun: 'ses marchés (Chine, Brésil)'."""
    return noun.i + 1 < len(noun.doc) and noun.nbor().text == "("


def site_of(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the places right after a noun of site, and those that they lie in."""
    for preposition, reference in after(noun, scene):
        near = reference.left - noun.i <= 8
        listed = noun.doc[reference.left - 1].text == "(" and reference.left - noun.i <= 3
        if near and broad(reference) == "Place" and (listed or preposition in SITED):
            return (*scene.all_of(reference), *around(reference, scene))
    return ()


def is_meant(token: Token, scene: Scene) -> bool:
    """Tell whether a token is part of a name, or stands for one."""
    reference = scene.cast.at.get(token.i)
    return reference is not None and (not reference.named or reference.covers_name(token.i))


def operates(
    owner: Reference, place: Entity, trigger: Token, references: tuple[Reference, ...]
) -> Fact:
    """Return the fact that an organisation is active somewhere."""
    return Fact(
        owner.entities[0],
        "operatesIn",
        place,
        confidence=BY_NOUN,
        rule=f"site:{trigger.lemma_}",
        evidence=(cover(trigger, *references),),
    )


def find_homes(scene: Scene, places: dict[str, Entity]) -> Iterator[Fact]:
    """Yield the nationality that a noun beside a name tells: 'X, premier groupe français'.

    Of a unit it tells where its owner works: 'la filiale belge de X'.
    """
    companies, units = scene.lang.words("nouns.company"), scene.lang.words("nouns.unit")
    for token in scene.cast.tokens:
        if token.pos_ != "NOUN" or token.i in scene.cast.at:
            continue
        noun = token.lemma_.lower()
        if not (noun in companies or is_agent(noun, scene.lang)):
            continue
        found = demonyms_near(token, scene.lang)
        if not found:
            continue
        unit = noun in units
        owner = fill(token, "de", scene) or fill(token, "poss", scene) if unit else ()
        for one in (owner or apposed(token, scene))[:1]:
            if one.entities[0].kind not in ORGANIZATIONS:
                continue
            for name in found:
                place = places.setdefault(fold(name), Entity(name, "Place"))
                fact = operates(one, place, token, (one,))
                yield fact if owner else replace(fact, property="basedIn", rule="apposition")
