"""Who has a title: named before it, after it, or by the verb or the noun that gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.rules.relations.arguments import fill
from kg.rules.relations.scene import Scene, complement
from kg.rules.resolve.cast import Reference
from kg.rules.resolve.lists import broad, preposition_of
from kg.rules.resolve.salience import is_leading
from kg.rules.roles.appositions import is_definite, person_after, person_before
from kg.rules.roles.titles import WORDS, Title, is_at
from kg.rules.roles.ways import NOUN_WAYS, UNDERGONE, fits_title, way_of
from kg.rules.syntax import (
    governors,
    grammatical_subject,
    has,
    is_finite,
    is_passive,
    sentence_end,
    sentence_start,
)
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How many tokens before a title the verb that gives it may stand.
BEFORE = 14


@dataclass(frozen=True, slots=True)
class Holding:
    """Hold who has a title, the word that says so if there is one, and what that word does."""

    persons: tuple[Reference, ...]
    trigger: Token | None = None
    way: str = ""


def holding_of(title: Title, scene: Scene) -> Holding:
    """Return who has a title: by the verb right before, in apposition, or by a verb farther off."""
    trigger, way = trigger_of(title, scene)
    said = people_of(trigger, way, title, scene) if trigger is not None else ()
    if said and (title.office or title.start - 1 == trigger_end(trigger, said)):
        return Holding(said, trigger, way)
    if is_shown(title, scene):
        return Holding(spoken_of(scene.cast.doc[title.start], scene))
    if title.office and not is_at(title, scene.cast.doc, scene.lang):
        return Holding(())
    if title.calling:
        return Holding(person_before(title, scene))
    ahead, behind = person_before(title, scene), person_after(title, scene)
    if ahead and behind and not title.office and is_definite(title, scene):
        ahead = () if not is_listed(behind[0], scene) else ahead
    if found := ahead or (() if title.office else behind):
        return Holding(found)
    return Holding(said, trigger, way)


def trigger_end(trigger: Token | None, persons: tuple[Reference, ...]) -> int:
    """Return the last token of a verb and of whom it appoints: 'a nommé X' of 'a nommé X PDG'."""
    last = trigger.i if trigger is not None else -1
    return max([last, *(r.end - 1 for r in persons)])


def is_listed(person: Reference, scene: Scene) -> bool:
    """Tell whether a title of their own follows a person: 'le PDG de X, Y, directeur de Z'."""
    doc = scene.cast.doc
    following = doc[person.end : person.end + 3]
    return (
        bool(len(following))
        and following[0].text in (",", "(")
        and any(t.lower_ in scene.lang.titles for t in following)
    )


def is_shown(title: Title, scene: Scene) -> bool:
    """Tell whether a title points at somebody named before: 'cet ancien dirigeant de X'."""
    words = scene.lang.words("anaphora.demonstrative")
    doc = scene.cast.doc
    first = max(title.start - 2, sentence_start(doc[title.start]))
    return not title.office and any(t.lower_ in words for t in doc[first : title.start])


def trigger_of(title: Title, scene: Scene) -> tuple[Token | None, str]:
    """Return the word that gives a title, takes it or is it, and what it does."""
    lang, head = scene.lang, scene.cast.doc[title.start]
    if any(is_copula(c, lang) for c in head.children):
        return head, "hold"
    posts = lang.words(WORDS + "posts")
    for token in governors(head):
        way = way_of(token, lang)
        if way and (token.i < title.start or way == "entrust"):
            return (token, way) if fits_title(token, way, title, lang) else (None, "")
        if token.lemma_ not in posts and token.lower_ not in lang.titles:
            break
    for index in range(title.start - 1, max(title.start - BEFORE, sentence_start(head) - 1), -1):
        token = head.doc[index]
        if way := way_of(token, lang):
            return (token, way) if fits_title(token, way, title, lang) else (None, "")
        if token.text in ".;:»" or (token.pos_ == "VERB" and is_finite(token)):
            break
    return fallen_to(title, scene)


def fallen_to(title: Title, scene: Scene) -> tuple[Token | None, str]:
    """Return the verb after a title that gives it: 'la présidence revient à X'."""
    doc = scene.cast.doc
    for token in doc[title.end : min(title.end + BEFORE, sentence_end(doc[title.start]))]:
        if token.pos_ == "VERB":
            given = way_of(token, scene.lang) == "entrust"
            return (token, "entrust") if given else (None, "")
    return None, ""


def is_copula(token: Token, lang: Language) -> bool:
    """Tell whether a token is the copula of a title, which the model may take for an auxiliary."""
    marked = token.dep_ in lang.words("syntax.copula")
    return marked or (token.pos_ == "AUX" and token.lemma_ in lang.words("syntax.copulas"))


def people_of(trigger: Token | None, way: str, title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return who gets, takes or has a title by what a word says."""
    if trigger is None:
        return ()
    if way in NOUN_WAYS:
        return people(complement(trigger, "de", scene))[:1]
    if way == "entrust":
        return people(fill(trigger, "à", scene))[:1] or doers(trigger, "subj", scene)
    if found := described(trigger, scene):
        return found
    passive = is_passive(trigger, scene.lang)
    undergone = way in UNDERGONE or (way == "seek" and passive)
    if found := doers(trigger, "obj" if undergone else "subj", scene):
        return found
    between = within(trigger.i + 1, title.start, scene) if undergone else []
    if between or (undergone and not passive and is_active(trigger, scene.lang)):
        return tuple(between[:1])
    before = last_before(trigger, scene, linked=way == "seek")
    return before or first_after(trigger, title, scene)


def described(verb: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the person right before a clause: 'X, qui devient PDG', 'X, appelé à devenir PDG'."""
    doc, lang = verb.doc, scene.lang
    index = verb.i - 1
    while index > sentence_start(verb) and doc[index].pos_ in (
        "AUX",
        "ADP",
        "ADV",
        "PRON",
        "SCONJ",
    ):
        if doc[index].lower_ in lang.words("syntax.relative_subjects"):
            break
        index -= 1
    token = doc[index]
    opens = token.lower_ in lang.words("syntax.relative_subjects") or (
        has(verb, "VerbForm", "Inf") and has(token, "VerbForm", "Part")
    )
    if not opens or index < sentence_start(verb) + 2:
        return ()
    index -= 1 + (doc[index - 1].text == ",")
    reference = scene.cast.at.get(index)
    return people((reference,)) if reference is not None and reference.end == index + 1 else ()


def is_active(verb: Token, lang: Language) -> bool:
    """Tell whether a finite verb is active: its auxiliary, if there is one, is not 'être'."""
    finite = [t for t in (verb, *verb.children) if is_finite(t)]
    return bool(finite) and not any(t.lemma_ in lang.words("syntax.passive_verbs") for t in finite)


def doers(verb: Token, slot: str, scene: Scene) -> tuple[Reference, ...]:
    """Return the people in a place of a verb; 'il' or 'le dirigeant' means who was spoken of."""
    if found := people(fill(verb, slot, scene)):
        return found
    subject = grammatical_subject(verb, scene.lang)
    near = verb.doc[max(verb.i - 4, sentence_start(verb)) : verb.i]
    opening = verb.doc[sentence_start(verb) : min(sentence_start(verb) + 2, verb.i)]
    words = (*near, *([subject] if subject is not None else ()), *opening)
    stands = next((t for t in words if stands_for_person(t, scene)), None)
    return spoken_of(stands, scene) if stands is not None else ()


def stands_for_person(token: Token, scene: Scene) -> bool:
    """Tell whether a token stands for somebody named before: 'il', 'celui qui', 'le dirigeant'."""
    lang = scene.lang
    if token.lower_ in lang.words("anaphora.pronouns") | lang.words(WORDS + "same"):
        return True
    if token.pos_ != "NOUN" or token.i in scene.cast.at or not token.i:
        return False
    if token.nbor(-1).lower_ in lang.words("anaphora.demonstrative"):
        return True
    figure = token.lower_ in lang.words(WORDS + "figures")
    return figure and token.nbor(-1).lower_ in lang.words("anaphora.definite")


def spoken_of(token: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return who was spoken of before a token: a subject, else who was named last."""
    doc, lang = token.doc, scene.lang
    first = sentence_start(doc[max(sentence_start(token) - 1, 0)])
    near = within(first, token.i, scene)
    far = within(sentence_start(doc[max(first - 1, 0)]), first, scene)
    found = (
        [r for r in near if r.named and is_leading(r, doc, lang)]
        or [r for r in near if not is_owner(r, scene)]
        or [r for r in far if r.named and is_leading(r, doc, lang)]
        or near
        or far
    )
    return tuple(found[-1:])


def is_owner(person: Reference, scene: Scene) -> bool:
    """Tell whether a person only tells whose something is: 'le groupe du milliardaire X'."""
    doc = scene.cast.doc
    index = person.start - 1
    while index > 0 and doc[index].pos_ in ("ADJ", "NOUN", "DET"):
        if has(doc[index], "Poss", "Yes"):
            return False
        index -= 1
    return index >= 0 and scene.lang.prepositions.get(doc[index].lower_) == "de"


def within(first: int, end: int, scene: Scene) -> list[Reference]:
    """Return the people named between two tokens."""
    return [r for r in people(tuple(scene.cast.references)) if first <= r.start < end]


def last_before(trigger: Token, scene: Scene, *, linked: bool = False) -> tuple[Reference, ...]:
    """Return the person named last before a verb in its sentence, not as a complement."""
    near = within(sentence_start(trigger), trigger.i, scene)
    free = [r for r in near if linked or not preposition_of(r, scene.cast, scene.lang)]
    return tuple(free[-1:])


def first_after(trigger: Token, title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return the person whom a participle that opens a sentence is about: 'Nommé PDG, X …'."""
    if sentence_start(trigger) < trigger.i - 1 or is_finite(trigger):
        return ()
    return person_after(title, scene)


def people(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """Return the references that are to people."""
    return tuple(r for r in references if broad(r) == "Person")
