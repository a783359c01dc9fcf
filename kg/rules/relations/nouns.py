"""Who has, does or is what a noun says: possessives, holders, appositions, names beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.rules.relations.scene import REACH, Scene, after, apposed, is_plural_holder, reference_at
from kg.rules.relations.verbs import NEAR, after_comma, grammatical
from kg.rules.resolve.cast import Reference
from kg.rules.resolve.lists import broad
from kg.rules.resolve.salience import is_leading
from kg.rules.syntax import governors, grammatical_subject, sentence_start

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How many tokens may stand before a name that opens a sentence.
OPENING = 3
#: What has what a possessive says: a person does not.
OWNERS = ("Organization", "Product")
#: What may stand between a noun and the name beside it.
BETWEEN = ("ADJ", "PUNCT", "NOUN", "ADP", "DET", "AUX")


def possessor(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return whose a noun with a possessive is: the clause's subject, or who was named last."""
    lang = scene.lang
    words = {t.lower_ for t in window(noun)}
    opening = noun.doc[max(noun.i - len(words) - 1, 0)]
    if opening.lower_ in lang.words("syntax.genitive_relatives"):
        index = opening.i - 1 - (opening.nbor(-1).is_punct if opening.i else 0)
        return scene.all_of(scene.cast.at.get(index))
    if not words & lang.words("articles.possessives"):
        return ()
    if words & lang.words("articles.plural_possessives") and (several := group_before(noun, scene)):
        return several
    if neighbour := listed_before(noun, scene):
        return (neighbour,)
    before = noun.i
    for verb in governors(noun):
        if verb.pos_ in ("VERB", "AUX"):
            token = grammatical_subject(verb, lang)
            reference = reference_at(token, scene)
            if verb.lemma_ in lang.words("syntax.copulas"):
                before = sentence_start(noun)
                break
            if reference and reference.start < noun.i and broad(reference) in OWNERS:
                return (seller(noun, reference, scene) or reference,)
    earlier = [
        r
        for r in scene.cast.references
        if r.start < before and broad(r) == "Organization" and noun.i - r.start < 60
    ]
    left = noun.i - len(words) - 1
    here = [r for r in earlier if r.start >= sentence_start(noun) and r.end < left]
    leading = [r for r in earlier if is_leading(r, noun.doc, lang)]
    return tuple((here or leading or earlier)[-1:])


def seller(noun: Token, buyer: Reference, scene: Scene) -> Reference | None:
    """Return whose the thing is that a buyer gets: 'X négocie avec Y le rachat de sa filiale'."""
    bought = scene.lang.words("nouns.bought")
    if not any(g.lemma_ in bought for g in governors(noun)):
        return None
    for reference in reversed(scene.cast.references):
        if buyer.end <= reference.start < noun.i and broad(reference) == "Organization":
            return reference if reference.entities != buyer.entities else None
    return None


def listed_before(noun: Token, scene: Scene) -> Reference | None:
    """Return the organisation that 'et' joins to what is its own: 'X et sa filiale Y'."""
    left = noun.i
    while left and noun.doc[left - 1].pos_ in ("DET", "ADJ", "NUM"):
        left -= 1
    joint = noun.doc[left - 1] if left > 1 else None
    if joint is None or joint.lower_ not in scene.lang.words("articles.conjunctions"):
        return None
    reference = scene.cast.at.get(joint.i - 1)
    return reference if reference and broad(reference) == "Organization" else None


def group_before(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the organisations that 'leurs' means: the pair or the list named last."""
    for reference in reversed(scene.cast.references):
        if reference.start < noun.i and broad(reference) == "Organization":
            chain = scene.all_of(reference)
            if len(chain) > 1 or len(reference.entities) > 1:
                return chain
    return ()


def window(noun: Token) -> Iterator[Token]:
    """Yield the determiners and adjectives before a noun."""
    for index in range(noun.i - 1, max(noun.i - 4, -1), -1):
        token = noun.doc[index]
        if token.pos_ not in ("DET", "ADJ", "NUM"):
            return
        yield token


def holder(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return who does what an event's noun says: the governing verb's subject."""
    if any(c.dep_ in scene.lang.words("syntax.copula") for c in noun.children):
        return tuple(r for r in grammatical(noun, scene) if r.start < noun.i)
    adjuncts = scene.lang.words("syntax.adjuncts")
    if any(c.lower_ in adjuncts for c in noun.children):
        return ()
    for verb in governors(noun):
        if verb.pos_ in ("VERB", "AUX"):
            return tuple(r for r in grammatical(verb, scene) if r.start != noun.i)
        if verb.dep_ in scene.lang.words("syntax.subject"):
            break
    for index in range(noun.i - 1, max(noun.i - NEAR, sentence_start(noun)), -1):
        misread = noun.doc[index].lower_ in scene.lang.words("syntax.misread")
        if noun.doc[index].pos_ == "VERB" or misread:
            return tuple(r for r in grammatical(noun.doc[index], scene) if r.start < noun.i)
    return ()


def what_is(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return what a noun describes: 'X, filiale de Y', 'X (filiale de Y)', 'X est une filiale'."""
    if found := apposed(noun, scene) or after_comma(noun, scene):
        return found
    if any(t.lower_ in scene.lang.words("anaphora.demonstrative") for t in window(noun)):
        return topic(noun, scene)
    copula = any(c.dep_ in scene.lang.words("syntax.copula") for c in noun.children)
    verb = noun.head
    if copula:
        return tuple(r for r in grammatical(noun, scene) if r.start < noun.i)
    if verb.lemma_ in scene.lang.words("syntax.copulas") and verb.pos_ == "VERB":
        return tuple(r for r in grammatical(verb, scene) if r.start < noun.i)
    return ()


def next_to(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the name after a noun and its complement ('sa filiale X', 'la filiale de Y, X')."""
    previous, examples = noun.i, scene.lang.words("articles.examples")
    owners: tuple[Reference, ...] = ()
    for preposition, reference in after(noun, scene):
        words = noun.doc[previous + 1 : reference.left]
        if not preposition and len(words) <= 4 and reference not in owners:
            led = any(scene.lang.prepositions.get(t.lower_, "de") != "de" for t in words)
            if not led and all(t.pos_ in BETWEEN or t.lower_ in examples for t in words):
                chain = scene.all_of(reference)
                return chain[chain.index(reference) :]
        if preposition != "de" and reference not in owners:
            return ()
        chain = scene.all_of(reference)
        if len(chain) > 2 and is_plural_holder(noun, scene):
            return chain[1:]
        owners, previous = chain, reference.end - 1
    return ()


def opens(reference: Reference, scene: Scene) -> bool:
    """Tell whether a name opens its sentence: 'Chez X, …', 'Pour X, …'."""
    return reference.left - sentence_start(scene.cast.doc[reference.start]) <= OPENING


def topic(trigger: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the organisation that was spoken of last as a subject, else last."""
    first = sentence_start(trigger) - REACH
    near = [
        r
        for r in scene.cast.references
        if first <= r.start < trigger.i
        and broad(r) == "Organization"
        and scene.items[r.start] == scene.items[trigger.i]
    ]
    leading = [r for r in near if is_leading(r, scene.cast.doc, scene.lang) or opens(r, scene)]
    return tuple((leading or near)[-1:]) or (() if scene.items[trigger.i] else scene.lead)
