"""Sums that a sentence names for the deal of the one before: 'La transaction porte sur 3 M€'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.model import Fact
from kg.rules.qualifiers.owners import Value, find_values, is_barrier, is_measured
from kg.rules.qualifiers.statements import WORDS, by_sentence
from kg.rules.relations.scene import Scene
from kg.rules.syntax import governors
from kg.values.quantities import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Span as Stretch
    from spacy.tokens import Token

#: What a deal is, and how many sentences later its sum may be named.
DEALS = frozenset({"acquired", "mergedWith", "holdsStakeIn", "investedIn"})
LATER = 2


def add_sums(facts: Sequence[Fact], sentences: Sequence[Stretch], scene: Scene) -> list[Fact]:
    """Return facts with the sums that later sentences name for them, and these as evidence."""
    said = list(facts)
    places = {
        number: [place for place in inside if facts[place].property in DEALS]
        for number, inside in by_sentence(facts, sentences)
    }
    spoken = [number for number, inside in places.items() if inside]
    for number, following in pairwise([*spoken, len(sentences)]):
        deal = places[number]
        ends = {frozenset((facts[place].subject, facts[place].object)) for place in deal}
        if len(ends) > 1 or any("currency" in facts[place].qualifiers for place in deal):
            continue
        for sentence in sentences[number + 1 : min(number + 1 + LATER, following)]:
            if value := sum_of_deal(sentence, scene):
                for place in deal:
                    said[place] = with_sum(said[place], value, sentence)
                break
    return said


def sum_of_deal(sentence: Stretch, scene: Scene) -> Value | None:
    """Return the first sum of a sentence that is about a deal named before ('la transaction')."""
    for value in find_values(sentence, ("amount",), scene):
        if not is_measured(value, scene.lang) and any(
            is_deal(token, scene) for token in about(value, scene)
        ):
            return value
    return None


def about(value: Value, scene: Scene) -> list[Token]:
    """Return the nouns that a sum is said of: those above it, or the subject of its verb."""
    lang = scene.lang
    found: list[Token] = []
    for node in governors(value.root):
        subjects = [c for c in node.children if c.dep_ in lang.words("syntax.subject")]
        if subjects:
            nouns = [token for subject in subjects for token in subject.subtree]
            return found if any(is_barrier(noun, value, scene) for noun in nouns) else found + nouns
        if node.pos_ not in ("VERB", "AUX") and is_barrier(node, value, scene):
            return []
        found.append(node)
    return found


def is_deal(noun: Token, scene: Scene) -> bool:
    """Tell whether a noun means the deal spoken of: 'cette opération', 'le rachat'."""
    lang = scene.lang
    definite = lang.words("anaphora.definite")
    return noun.lemma_.lower() in lang.words(WORDS + "deals") and any(
        child.lower_ in definite for child in noun.children
    )


def with_sum(fact: Fact, value: Value, sentence: Stretch) -> Fact:
    """Return a fact with a sum, and with the words of the sentence that names it as evidence."""
    assert isinstance(value.said, Quantity)
    begin = sentence.start_char + len(sentence.text) - len(sentence.text.lstrip())
    end = sentence.start_char + value.said.span[1]
    return replace(
        fact,
        qualifiers={**fact.qualifiers, **value.said.typed("amount")},
        evidence=(*fact.evidence, (begin, end)),
    )
