"""Who says what: 'selon X', « … », promet Y, 'X a annoncé que …'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Entity, Fact, Span
from kg.rules.relations.arguments import fill
from kg.rules.relations.scene import Scene, after
from kg.rules.resolve.cast import Reference, end_of
from kg.rules.resolve.lists import broad

if TYPE_CHECKING:
    from spacy.tokens import Span as Stretch
    from spacy.tokens import Token

#: How many tokens a source's name may stand from 'selon', and from 'selon l'étude publiée par'.
CLOSE, NEAR = 4, 10


def attribute(facts: list[Fact], scene: Scene) -> list[Fact]:
    """Return facts with who says them, where the sentence tells."""
    scopes = list(find_scopes(scene))
    return [
        fact if fact.attributed_to else replace(fact, attributed_to=speaker_of(fact, scopes))
        for fact in facts
    ]


def speaker_of(fact: Fact, scopes: list[tuple[Span, Entity]]) -> Entity | None:
    """Return who says the greater part of a fact's evidence."""
    if not fact.evidence:
        return None
    begin, end = fact.evidence[0]
    for (first, last), speaker in scopes:
        shared = min(end, last) - max(begin, first)
        if shared * 2 > end - begin and speaker is not fact.subject:
            return speaker
    return None


def find_scopes(scene: Scene) -> Iterator[tuple[Span, Entity]]:
    """Yield the stretches of a text that somebody says, with who it is."""
    said, verbs = scene.text.lower(), scene.lang.words("speech.verbs")
    phrases = [p for p in sorted(scene.lang.words("speech.according")) if p in said]
    for sentence in scene.cast.doc.sents if phrases else ():
        yield from by_preposition(sentence, phrases, scene)
    for token in scene.cast.where(verbs):
        if token.lemma_ in verbs and token.pos_ in ("VERB", "ADV"):
            yield from by_verb(token, scene)


def by_preposition(
    sentence: Stretch, phrases: Iterable[str], scene: Scene
) -> Iterator[tuple[Span, Entity]]:
    """Yield a sentence that begins or ends with 'selon X'."""
    text = sentence.text.lower()
    for phrase in phrases:
        position = text.find(phrase)
        if position < 0 or (position and text[position - 1].isalpha()):
            continue
        word = scene.cast.doc.char_span(
            sentence.start_char + position,
            sentence.start_char + position + len(phrase),
            alignment_mode="expand",
        )
        if word is None:
            continue
        for preposition, reference in after(word[-1], scene):
            near = NEAR if preposition in ("de", "par") else CLOSE
            if broad(reference) in ("Person", "Organization") and reference.left - word.end <= near:
                yield (sentence.start_char, sentence.end_char), reference.entities[0]
            break


def by_verb(verb: Token, scene: Scene) -> Iterator[tuple[Span, Entity]]:
    """Yield what a verb of speech reports: its clause, or the quote that it follows."""
    speakers = [
        e
        for r in fill(verb, "subj", scene) or inverted(verb, scene)
        for e in r.entities
        if e.kind != "Place"
    ]
    if not speakers:
        return
    deps = {"ccomp", "xcomp", "parataxis"}
    if verb.lemma_ in scene.lang.words("speech.announcing"):
        deps.add("obj")
    said = [c for c in verb.children if c.dep_ in deps]
    for child in said:
        tokens = list(child.subtree)
        yield (tokens[0].idx, end_of(tokens[-1])), speakers[0]
    sentence = verb.sent
    quotes = scene.lang.words("names.quotes_open") | scene.lang.words("names.quotes_close")
    closing = [t for t in sentence if t.text in quotes]
    if closing and closing[0].i < verb.i:
        yield (sentence.start_char, end_of(closing[-1])), speakers[0]


def inverted(verb: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the speaker named right after a verb: '», promet X'."""
    for preposition, reference in after(verb, scene):
        if not preposition and reference.left - verb.i <= 3 and broad(reference) != "Place":
            return (reference,)
        break
    return ()
