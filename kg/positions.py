"""Who holds which role where: titles in apposition, by verbs of appointment, by possessives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.arguments import fill
from kg.language import Language
from kg.lists import broad, preposition_of
from kg.modality import assess
from kg.model import Fact, Modality
from kg.nouns import possessor
from kg.relations import cover
from kg.resolve import Reference
from kg.scene import Scene, after, is_employer
from kg.syntax import governors, has
from kg.titles import WORDS, Title, continues, find_titles

if TYPE_CHECKING:
    from spacy.tokens import Span as Stretch
    from spacy.tokens import Token

#: How many tokens a person's name may stand from the title ('X, 62 ans, l'actuel PDG').
NEAR = 9
SAID, GUESSED = 0.9, 0.6
#: How many tokens before its sentence the organisation of a bare title may have been named.
LOOK_BACK = 40


def find_positions(scene: Scene) -> Iterator[Fact]:
    """Yield the roles that a text gives to people."""
    titles = list(find_titles(scene))
    holders: dict[int, tuple[Reference, ...]] = {}
    for number, title in enumerate(titles):
        persons = persons_of(title, scene)
        if not persons and number and continues(titles[number - 1], title, scene):
            persons = holders.get(number - 1, ())
        holders[number] = persons
        organizations = organizations_of(title, scene)
        if not organizations and number + 1 < len(titles):
            if continues(title, titles[number + 1], scene):
                organizations = organizations_of(titles[number + 1], scene)
        if persons and not organizations:
            organizations = spoken_of(title, scene)
        for person in persons:
            for organization in organizations:
                yield from state(title, person, organization, scene)


def persons_of(title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return who has a title: named right after it, before it in apposition, or by the verb."""
    head = scene.cast.doc[title.start]
    return (
        person_after(title, scene)
        or person_before(title, scene)
        or person_of_verb(head, title, scene)
    )


def person_after(title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return the person named after a title and its organisation ('le PDG de X, Y')."""
    previous = title.end
    doc = scene.cast.doc
    for _, reference in after(doc[title.end - 1], scene):
        gap = doc[previous : reference.left]
        if broad(reference) == "Person":
            linked = preposition_of(reference, scene.cast, scene.lang)
            good = is_apposition(gap, scene.lang) and not linked
            return scene.all_of(reference)[:1] if good else ()
        if len(gap) > 4 and not is_apposition(gap, scene.lang):
            return ()
        previous = reference.end
    return ()


def is_apposition(gap: Stretch, lang: Language) -> bool:
    """Tell whether a name goes on with a title: only marks or a participle clause between."""
    if any(t.text in (".", ";") or t.pos_ in ("CCONJ", "AUX", "PRON") for t in gap):
        return False
    verbs = [t for t in gap if t.pos_ == "VERB"]
    if not verbs:
        civil = lang.words("names.civilities")
        return all(t.pos_ in ("PUNCT", "DET", "ADP") or t.text in civil for t in gap)
    return len(gap) <= 6 and has(verbs[0], "VerbForm", "Part") and verbs[0] == gap[0]


def person_before(title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return the person named before a title in apposition ('X, 62 ans, l'actuel PDG de Y')."""
    doc = scene.cast.doc
    index, stop = title.start - 1, max(title.start - NEAR, doc[title.start].sent.start)
    commas = 0
    while index >= stop:
        token = doc[index]
        reference = scene.cast.at.get(index)
        if reference is not None:
            if broad(reference) != "Person" or not reference.named:
                return ()
            beside = all(t.pos_ == "DET" for t in doc[reference.end : title.start])
            return scene.all_of(reference)[-1:] if commas or beside else ()
        commas += token.text in (",", "(", "–", "—", "-", ":")
        if token.pos_ in ("VERB", "AUX", "CCONJ", "SCONJ") or token.text in ".;»":
            return ()
        index -= 1
    return ()


def person_of_verb(head: Token, title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return who is appointed to a title, takes it or is it."""
    lang = scene.lang
    verbs = lang.words(WORDS + "appoint") | lang.words(WORDS + "take")
    verb = governing_verb(head, verbs, scene)
    if verb is None and any(c.dep_ == "cop" for c in head.children):
        return people(fill(head, "subj", scene))
    if verb is None:
        return ()
    if verb.lemma_ in lang.words(WORDS + "appoint"):
        found = people(fill(verb, "obj", scene))
        return found or people(fill(verb, "subj", scene))
    return people(fill(verb, "subj", scene))


def governing_verb(head: Token, verbs: frozenset[str], scene: Scene) -> Token | None:
    """Return the verb of appointment before a title in its clause."""
    for token in governors(head):
        if token.lemma_ in verbs and token.pos_ in ("VERB", "AUX"):
            return token
    first = max(head.i - 12, head.sent.start)
    for index in range(head.i - 1, first, -1):
        token = head.doc[index]
        if token.lemma_ in verbs and token.pos_ == "VERB":
            return token
        if token.text in ".;:»":
            return None
    return None


def people(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """Return the references that are to people."""
    return tuple(r for r in references if broad(r) == "Person")


def organizations_of(title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return where a title is held: 'de X', 'chez X', or whose it is ('son PDG')."""
    doc = scene.cast.doc
    for preposition, reference in after(doc[title.end - 1], scene):
        gap = reference.left - title.end
        if (
            preposition in ("de", "chez", "à", "pour")
            and gap <= 4
            and is_employer(reference, scene)
        ):
            return scene.all_of(reference)
        if broad(reference) != "Place" or gap > 4:
            break
    owners = possessor(doc[title.start], scene)
    if owners:
        return owners
    return ()


def spoken_of(title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return the organisation named last before a title that says none, or in its sentence."""
    doc = scene.cast.doc
    sentence = doc[title.start].sent
    near = [
        r
        for r in scene.cast.references
        if is_employer(r, scene) and sentence.start - LOOK_BACK <= r.start < sentence.end
    ]
    before = [r for r in near if r.start < title.start]
    return (before[-1],) if before else tuple(near[:1])


def state(title: Title, person: Reference, organization: Reference, scene: Scene) -> Iterator[Fact]:
    """Yield the fact that a person has a title at an organisation."""
    doc = scene.cast.doc
    head = doc[title.start]
    modality: Modality = "Planned" if title.future else "Actual"
    lang = scene.lang
    verbs = lang.words(WORDS + "appoint") | lang.words(WORDS + "take")
    verb = governing_verb(head, verbs, scene)
    if verb is not None and not title.future and person in persons_by_verb(head, title, scene):
        modality = assess(verb, lang)
    elif any(c.dep_ in lang.words("syntax.copula") for c in head.children):
        modality = assess(head, lang)
    role = doc[title.start : title.end].text
    for one in person.entities:
        for other in organization.entities:
            yield Fact(
                one,
                "holdsPosition",
                other,
                modality,
                ended=title.former,
                qualifiers={"role": " ".join(role.split())},
                confidence=SAID if organization.named else GUESSED,
                rule="title",
                evidence=(cover(head, person, organization),),
            )


def persons_by_verb(head: Token, title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return who a verb gives a title to, if no apposition does."""
    if person_after(title, scene) or person_before(title, scene):
        return ()
    return person_of_verb(head, title, scene)
