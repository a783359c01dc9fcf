"""How sure a statement is (actual, planned, possible, denied), and who says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.language import Language
from kg.model import Modality
from kg.syntax import has, is_negated

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How many tokens before a trigger an expression such as 'en passe de' may stand.
NEAR = 4


def assess(trigger: Token, lang: Language) -> Modality:
    """Return how sure a sentence is of what a verb or a noun in it says.

    The nearest word above the trigger that tells decides; a negation above it denies.
    """
    found: list[Modality] = []
    for node in clause(trigger, lang):
        if node != trigger and node.lemma_ in lang.words("modality.denied"):
            return "Denied"
        if is_negated(node, lang):
            return "Denied"
        if said := assess_word(node, trigger, lang):
            found.append(said)
        elif tense := assess_tense(node, lang):
            found.append(tense)
    if is_asked(trigger, lang):
        return "Possible"
    return found[0] if found else expressed_near(trigger, lang)


def clause(trigger: Token, lang: Language) -> Iterator[Token]:
    """Yield a trigger and the words above it that its truth hangs on."""
    node = trigger
    yield node
    while node.head != node:
        if node.dep_ in lang.words("syntax.relative") or node.dep_ in ("parataxis", "appos"):
            return
        if node.dep_ == "conj" and node.pos_ in ("VERB", "AUX") and is_tensed(node):
            return
        if node.dep_ in lang.words("syntax.subject") and node.head.pos_ not in ("VERB", "AUX"):
            return
        if node.dep_ == "advcl" and is_tensed(node):
            return
        if node.dep_.startswith("obl") and not governs(node.head, lang):
            return
        if node.dep_ == "acl" and is_past_participle(node):
            return
        node = node.head
        yield node
        if node.lemma_ in lang.words("speech.verbs") and node.pos_ == "VERB":
            return


def governs(verb: Token, lang: Language) -> bool:
    """Tell whether a verb says how sure its complement is: 'renonce au rachat'."""
    tables = ("modality.denied", "modality.planned", "modality.possible")
    return any(verb.lemma_ in lang.words(table) for table in tables)


def is_past_participle(token: Token) -> bool:
    """Tell whether a token is a participle that describes a noun as a matter of fact."""
    return has(token, "VerbForm", "Part")


def is_tensed(verb: Token) -> bool:
    """Tell whether a verb, with its auxiliaries, has a tense of its own."""
    return any(
        has(t, "VerbForm", "Fin") for t in (verb, *verb.children) if t.pos_ in ("VERB", "AUX")
    )


def assess_word(node: Token, trigger: Token, lang: Language) -> Modality | None:
    """Return what a governing word, or an adjective of a word, says of its certainty."""
    if node != trigger:
        if node.lemma_ in lang.words("modality.possible"):
            return "Possible"
        if node.lemma_ in lang.words("modality.planned") and is_modal(node, lang):
            conditional = has(node, "Mood", "Cnd")
            announcing = node.lemma_ in lang.words("modality.announcing_conditionals")
            return "Possible" if conditional and not announcing else "Planned"
    words = {c.lower_ for c in node.children if c.pos_ in ("ADJ", "ADV")}
    if words & lang.words("modality.possible_words"):
        return "Possible"
    if words & lang.words("modality.planned_words"):
        return "Planned"
    return None


def is_modal(node: Token, lang: Language) -> bool:
    """Tell whether 'aller' or 'devoir' governs an infinitive, and is no verb of its own."""
    if node.lemma_ not in lang.words("modality.auxiliaries"):
        return True
    below = [g for c in node.children for g in (c, *c.children)]
    return any(has(c, "VerbForm", "Inf") for c in below)


def assess_tense(node: Token, lang: Language) -> Modality | None:
    """Return what the tense and mood of a verb and its auxiliaries say."""
    for token in (node, *node.children):
        if token != node and not token.dep_.startswith(("aux", "cop")):
            continue
        if has(token, "Mood", "Cnd") or ends_as(token, "conditional", lang):
            announcing = node.lemma_ in lang.words("modality.announcing_conditionals")
            return "Planned" if announcing else "Possible"
        if has(token, "Tense", "Fut") or ends_as(token, "future", lang):
            return "Planned"
    return None


def ends_as(verb: Token, tense: str, lang: Language) -> bool:
    """Tell whether an infinitive with the endings of a tense is what a verb looks like."""
    endings = lang.table("modality.endings")[tense]
    stem = verb.lemma_.removesuffix("e")
    return verb.pos_ in ("VERB", "AUX") and any(verb.lower_ == stem + end for end in endings)


def is_asked(trigger: Token, lang: Language) -> bool:
    """Tell whether a statement is only a question or a condition."""
    sentence = trigger.sent
    if any(t.text == "?" for t in sentence[-3:]):
        return True
    marks = [c for c in trigger.children if c.dep_ == "mark"]
    return any(m.lower_ in lang.words("modality.conditions") for m in marks)


def expressed_near(trigger: Token, lang: Language) -> Modality:
    """Return what an expression just before a trigger says ('en passe de racheter')."""
    first = max(trigger.sent.start, trigger.i - NEAR)
    before = f" {trigger.doc[first : trigger.i].text.lower()} "
    for phrase in sorted(lang.words("modality.planned")):
        if " " in phrase and f" {phrase} " in before:
            return "Planned"
    return "Actual"
