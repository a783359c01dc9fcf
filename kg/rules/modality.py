"""How sure a statement is: actual, planned, possible or denied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from kg.model import Modality
from kg.rules.syntax import has, is_bare_participle, is_negated, lemma_of, sentence_start
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How many tokens from a word its negation, or an expression such as 'en passe de', may stand.
NEAR = 5
#: Labels of a verb's auxiliaries and of 'être' before an attribute.
CARRIERS = ("aux", "cop")


def assess(trigger: Token, lang: Language) -> Modality:
    """Return how sure a sentence is of what a verb or a noun says: the nearest word decides."""
    nodes = list(clause(trigger, lang))
    children = [child for node in nodes for child in node.children]
    if trigger.sent.text.rstrip(' »"\n').endswith("?") or open_condition(children, lang):
        return "Possible"
    found = [said for node in nodes if (said := assess_node(node, trigger, lang))]
    if "Denied" in found:
        return "Denied"
    said = found[0] if found else expressed_near(nodes, lang)
    grandchildren = [mark for c in children if c.dep_ == "advcl" for mark in c.children]
    depends = open_condition(grandchildren, lang) or is_said_with(trigger, "conditions", lang)
    doubtful = (said == "Planned" and depends) or is_said_with(trigger, "hearsay", lang)
    return "Possible" if doubtful else said


def clause(trigger: Token, lang: Language) -> Iterator[Token]:
    """Yield a trigger and the words above it that its truth hangs on."""
    node = trigger
    yield node
    while True:
        before = governor_before(node, lang)
        if before is not None and before != node.head:
            yield before
        if node.head == node or is_cut(node, lang):
            return
        node = node.head
        yield node
        reports = node.pos_ == "VERB" and lemma_of(node) in lang.words("speech.verbs")
        if reports and not has(node, "VerbForm", "Inf"):
            return


def is_cut(node: Token, lang: Language) -> bool:
    """Tell whether a word's truth does not hang on the word above it."""
    head, dep = node.head, node.dep_
    if dep in lang.words("syntax.relative") or dep in ("parataxis", "appos"):
        return True
    if dep == "conj" and node.pos_ in ("VERB", "AUX"):
        return is_tensed(node)
    if dep in lang.words("syntax.subject"):
        return not is_predicated(node, lang)
    if dep == "advcl":
        apart = is_bare_participle(node) and node.i < head.i
        adjuncts = lang.words("syntax.adjuncts")
        return apart or is_tensed(node) or any(c.lower_ in adjuncts for c in node.children)
    if dep.startswith("obl"):
        return not governs(head, lang)
    if dep == "acl" and has(node, "VerbForm", "Part"):
        return is_bare_participle(node) or not is_indefinite(head, lang)
    return means(head, "modality.factive", lang)


def is_tensed(verb: Token) -> bool:
    """Tell whether a verb, with its auxiliaries, has a tense of its own."""
    return any(
        has(t, "VerbForm", "Fin") for t in (verb, *verb.children) if t.pos_ in ("VERB", "AUX")
    )


def is_indefinite(noun: Token, lang: Language) -> bool:
    """Tell whether a noun is new here: 'un accord portant sur', not 'la société produisant'."""
    new = lang.words("articles.indefinite")
    determiners = [c.lower_ for c in noun.children if c.dep_ == "det"]
    return any(word in new or lang.prepositions.get(word) == "de" for word in determiners)


def is_predicated(subject: Token, lang: Language) -> bool:
    """Tell whether what is said of an event tells if it happens: not 'la fusion ne plaît pas'."""
    head = subject.head
    if head.pos_ not in ("VERB", "AUX") and not any(c.dep_ == "cop" for c in head.children):
        return False
    happens = means(head, "modality.happening", lang) or governs(head, lang)
    return happens or not denies(head, lang)


def governor_before(verb: Token, lang: Language) -> Token | None:
    """Return what stands right before an infinitive and governs it, whatever the tree says."""
    first = min([verb.i, *(c.i for c in verb.children if c.dep_.startswith(CARRIERS))])
    if not has(verb.doc[first], "VerbForm", "Inf"):
        return None
    for token in reversed(verb.doc[max(first - NEAR, sentence_start(verb)) : first]):
        linked = lang.prepositions.get(token.lower_) in ("de", "à", "pour")
        if governs(token, lang):
            return token
        if not linked and token.pos_ not in ("ADV", "PRON"):
            return None
    return None


def governs(word: Token, lang: Language) -> bool:
    """Tell whether a word says how sure its complement is: 'renonce au rachat'."""
    tables = ("modality.denied", "modality.planned", "modality.possible")
    return any(means(word, table, lang) for table in tables)


def means(word: Token, table: str, lang: Language) -> bool:
    """Tell whether a word is in a table, or opens one of its expressions ('mettre fin')."""
    lemma, words = lemma_of(word), lang.words(table)
    if lemma in words or word.lemma_ in words:
        return True
    behind = word.doc[word.i + 1 : word.i + 1 + NEAR].text.lower().replace("’", "'")
    return any(
        re.search(rf"\b{rest}\b", behind) for first, rest in expressions(words) if first == lemma
    )


@cache
def expressions(words: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return the expressions among some words, each as its first word and the rest.

    >>> expressions(frozenset(["nier", "mettre fin"]))
    (('mettre', 'fin'),)
    """
    split = (word.partition(" ") for word in sorted(words))
    return tuple((first, re.escape(rest)) for first, _, rest in split if rest)


def assess_node(node: Token, trigger: Token, lang: Language) -> Modality | None:
    """Return what one word of a clause says: a denial that is denied leaves all possible."""
    words, above = {c.lower_ for c in node.children}, node != trigger
    no_longer = above and words & lang.words("modality.no_longer")
    denied = denies(node, lang) or (no_longer and words & lang.words("modality.particles"))
    if above and means(node, "modality.denied", lang):
        return "Possible" if denied else "Denied"
    if not denied:
        return assess_word(node, trigger, lang) or assess_tense(node, lang)
    if means(node, "modality.ready", lang):
        return None
    return "Possible" if means(node, "modality.unconfirmed", lang) else "Denied"


def denies(node: Token, lang: Language) -> bool:
    """Tell whether a clause negates a word: in the tree, or between 'ne' and what follows."""
    words = {c.lower_ for c in node.children}
    before = node.doc[max(node.i - NEAR, sentence_start(node)) : node.i]
    particles = [t for t in before if t.lower_ in lang.words("modality.particles")]
    if is_negated(node, lang):
        alone = node.pos_ not in ("VERB", "AUX") or words & lang.words("modality.alone")
        return bool(particles or alone) and not words & lang.words("modality.not_only")
    if not particles or particles[-1] not in node.children:
        return any(c.lower_ in lang.words("modality.instead") for c in node.lefts)
    negators = lang.words("syntax.negators") | lang.words("modality.nothing")
    for token in node.doc[particles[-1].i + 1 : node.i + NEAR]:
        limits = token.lower_ in lang.words("syntax.relative_objects")
        if token.lower_ in negators or limits or (token.pos_ == "VERB" and token != node):
            return token.lower_ in negators
    return False


def assess_word(node: Token, trigger: Token, lang: Language) -> Modality | None:
    """Return what a governing word, or an adjective of a word, says of its certainty."""
    words = {c.lower_ for c in node.children if c.pos_ in ("ADJ", "ADV")}
    if words & lang.words("modality.possible_words"):
        return "Possible"
    if node != trigger or any(
        c.dep_ == "xcomp" and has(c, "VerbForm", "Inf") for c in node.children
    ):
        joint = node.lower_ in lang.words("articles.conjunctions")
        if not joint and means(node, "modality.possible", lang):
            return "Possible"
        if means(node, "modality.planned", lang) and is_modal(node, lang):
            return "Possible" if assess_tense(node, lang) == "Possible" else "Planned"
    nominal = node.pos_ not in ("VERB", "AUX")
    return "Planned" if nominal and words & lang.words("modality.planned_words") else None


def is_modal(node: Token, lang: Language) -> bool:
    """Tell whether 'aller' or 'devoir' governs an infinitive, and is no verb of its own."""
    below = [g for c in node.children for g in (c, *c.children)]
    needed = node.lemma_ in lang.words("modality.auxiliaries")
    return not needed or any(has(c, "VerbForm", "Inf") for c in below)


def assess_tense(node: Token, lang: Language) -> Modality | None:
    """Return what tense and mood say; 'a annoncé qu'il rachèterait' tells a future in the past."""
    carriers = [c for c in node.children if c.dep_.startswith(CARRIERS)]
    for token in (node, *carriers):
        if has(token, "Mood", "Cnd") or ends_as(token, "conditional", lang):
            announcing = node.lemma_ in lang.words("modality.announcing_conditionals")
            told = node.dep_ == "ccomp" and means(node.head, "modality.announcers", lang)
            past = any(has(node.head, "Tense", tense) for tense in ("Past", "Imp"))
            later = told and past and token.dep_ != "aux:tense"
            return "Planned" if announcing or later else "Possible"
        if has(token, "Tense", "Fut") or ends_as(token, "future", lang):
            goes_on = any(lemma_of(t) in lang.words("modality.lasting") for t in (node, token))
            return None if goes_on else "Planned"
    return None


def ends_as(verb: Token, tense: str, lang: Language) -> bool:
    """Tell whether a verb looks like a tense the model misses: 'détiendrait', not 'entrait'."""
    table, form, lemma = lang.table("modality.endings"), verb.lower_, verb.lemma_.lower()
    if verb.pos_ not in ("VERB", "AUX") or not form.endswith(tuple(table[tense])):
        return False
    stems = [lemma.removesuffix(end) for end in table["infinitives"] if lemma.endswith(end)]
    return not any(form == stem + end for stem in stems for end in table["others"])


def open_condition(words: list[Token], lang: Language) -> bool:
    """Tell whether one of some words opens a condition: 'si', but not 'même si'."""
    return any(
        word.dep_ == "mark"
        and word.lower_ in lang.words("modality.conditions")
        and word.doc[max(word.i - 1, 0)].lower_ not in lang.words("modality.unconditional")
        for word in words
    )


def is_said_with(trigger: Token, table: str, lang: Language) -> bool:
    """Tell whether a sentence has one of the expressions of a table: 'à condition que'."""
    text = trigger.sent.text.lower().replace("’", "'")
    return any(" " in phrase and phrase in text for phrase in lang.words(f"modality.{table}"))


def is_pending(nodes: list[Token], lang: Language) -> bool:
    """Tell whether a deal just announced is closed later: 'l'opération sera finalisée en mai'."""
    trigger, deals = nodes[0], lang.words("modality.deals")
    now = has(trigger, "Tense", "Pres") or means(nodes[-1], "modality.announcers", lang)
    if lemma_of(trigger) not in deals or not now:
        return False
    subjects = [t for t in trigger.doc if t.dep_ in lang.words("syntax.subject")]
    for noun in (t for t in subjects if lemma_of(t) in deals):
        said = (noun.head, *noun.head.children)
        planned = any(assess_node(t, noun, lang) == "Planned" for t in said if t != noun)
        if planned and any(means(t, "modality.closing", lang) for t in said):
            return True
    return False


def expressed_near(nodes: list[Token], lang: Language) -> Modality:
    """Return what stands just before a trigger ('en passe de racheter') or tells when it is."""
    children = {child.lower_ for node in nodes for child in node.children}
    first = max(sentence_start(nodes[0]), nodes[0].i - NEAR + 1)
    before = f" {nodes[0].doc[first : nodes[0].i].text.lower()} "
    near = any(f" {phrase} " in before for phrase in lang.words("modality.near"))
    soon = children & lang.words("modality.planned_words") or is_pending(nodes, lang)
    return "Planned" if near or soon else "Actual"
