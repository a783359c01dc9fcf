"""The tree: who does what to whom (active, passive, relative, participle, infinitive)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: How far a verb's subject is looked for up the tree.
DEPTH = 6


def has(token: Token, feature: str, value: str) -> bool:
    """Tell whether a token's morphology has a value of a feature ('Tense', 'Past')."""
    return (feature, value) in features(str(token.morph))


@lru_cache(1 << 12)
def features(morphology: str) -> frozenset[tuple[str, str]]:
    """Return the features and values of a morphology as spaCy writes it.

    >>> sorted(features("Number=Sing|PronType=Int,Rel"))
    [('Number', 'Sing'), ('PronType', 'Int'), ('PronType', 'Rel')]
    """
    pairs = (feature.partition("=") for feature in morphology.split("|"))
    return frozenset((name, value) for name, _, values in pairs for value in values.split(","))


def sentence_start(token: Token) -> int:
    """Return the index of the first token of a token's sentence."""
    return sentence_bounds(token.doc)[token.i][0]


def sentence_end(token: Token) -> int:
    """Return the index after the last token of a token's sentence."""
    return sentence_bounds(token.doc)[token.i][1]


def sentence_bounds(doc: Doc) -> list[tuple[int, int]]:
    """Return for each token where its sentence begins and ends, kept with the text.

    `token.sent` looks for it anew each time, which was a tenth of all our steps.
    """
    bounds: list[tuple[int, int]] | None = doc.user_data.get("sentences")
    if bounds is None:
        bounds = [(s.start, s.end) for s in doc.sents for _ in range(len(s))]
        doc.user_data["sentences"] = bounds
    return bounds


def lemma_of(token: Token) -> str:
    """Return a token's lemma, mended where the model leaves a verb as it stands ('quitte')."""
    lemma: str = token.lemma_.lower()
    if not lemma.endswith("e") or token.pos_ != "VERB" or lemma != token.lower_:
        return lemma
    return lemma if has(token, "VerbForm", "Inf") else lemma + "r"


def infinitive(word: str) -> str:
    """Return the infinitive of a participle in -é, which opens many a sentence untagged.

    >>> infinitive("nommée"), infinitive("parti")
    ('nommer', 'parti')
    """
    stem = word.removesuffix("s").removesuffix("e")
    return stem.removesuffix("é") + "er" if stem.endswith("é") else word


@lru_cache(1 << 16)
def forms_of(word: str, lemma: str) -> frozenset[str]:
    """Return what a word may be listed as: as it stands, its lemma, a verb's mended one.

    >>> sorted(forms_of("nommée", "nommé"))
    ['nommer', 'nommé', 'nommée']
    """
    small = lemma.lower()
    mended = f"{small}r" if small.endswith("e") else small
    return frozenset({word, lemma, small, mended, infinitive(word)})


def is_passive(verb: Token, lang: Language) -> bool:
    """Tell whether a verb's grammatical subject undergoes what it says."""
    auxiliaries = [c for c in verb.children if c.dep_ in lang.words("syntax.auxiliary")]
    if auxiliaries:
        marked = any(c.dep_ in lang.words("syntax.passive_auxiliary") for c in auxiliaries)
        return marked and any(c.lemma_ in lang.words("syntax.passive_verbs") for c in auxiliaries)
    return is_bare_participle(verb)


def is_bare_participle(verb: Token) -> bool:
    """Tell whether a verb is a past participle."""
    return has(verb, "VerbForm", "Part") and has(verb, "Tense", "Past")


def is_finite(token: Token) -> bool:
    """Tell whether a token is a finite verb or auxiliary."""
    return token.pos_ in ("VERB", "AUX") and has(token, "VerbForm", "Fin")


def grammatical_subject(verb: Token, lang: Language) -> Token | None:
    """Return the token that a verb agrees with, through control, coordination and relatives."""
    seen = verb
    for _ in range(DEPTH):
        for child in seen.children:
            if child.dep_ in lang.words("syntax.subject"):
                return antecedent(child, seen, lang)
        if seen.dep_ in lang.words("syntax.relative"):
            return seen.head
        if seen.dep_ == "acl" and seen.head.pos_ in ("NOUN", "PROPN", "PRON", "X", "ADJ"):
            ready = any(c.pos_ == "ADJ" and c.i == seen.head.i + 1 for c in seen.head.children)
            if has(seen, "VerbForm", "Part") or (ready and seen.head.text[0].isupper()):
                return seen.head  # 'X, racheté', 'X prêt à racheter'
            seen = seen.head
        elif seen.dep_ in lang.words("syntax.clausal") and seen.head != seen:
            if seen.dep_ == "xcomp" and (controller := object_before(seen, lang)):
                return controller
            seen = seen.head
        elif seen != verb and seen.pos_ in ("NOUN", "ADJ") and seen.head != seen:
            seen = seen.head
        elif seen != verb or seen.dep_ == "ROOT" or seen.head == seen:
            return None
        else:
            seen = seen.head
    return None


def object_before(verb: Token, lang: Language) -> Token | None:
    """Return the object of the governing verb that does what the infinitive says."""
    for child in verb.head.children:
        if child.dep_ in lang.words("syntax.object") and verb.head.i < child.i < verb.i:
            if child.pos_ in ("NOUN", "PROPN"):
                return child
    return None


def antecedent(subject: Token, verb: Token, lang: Language) -> Token:
    """Return what a relative pronoun stands for, or the subject itself."""
    if not has(subject, "PronType", "Rel"):
        return subject
    if subject.lower_ in lang.words("syntax.relative_subjects"):
        clause = verb
        while clause.dep_ not in lang.words("syntax.relative") and clause.head != clause:
            clause = clause.head
        if clause.dep_ in lang.words("syntax.relative"):
            return clause.head
    return subject


def grammatical_object(verb: Token, lang: Language) -> Token | None:
    """Return a verb's direct object, or the noun that its relative clause describes."""
    for child in verb.children:
        if child.dep_ in lang.words("syntax.object") and child.i > verb.i:
            return child
    for child in verb.children:
        if child.dep_ in lang.words("syntax.object"):
            relative = child.lower_ in lang.words("syntax.relative_objects")
            return verb.head if relative and verb.dep_ in lang.words("syntax.relative") else child
    return None


def governors(token: Token) -> Iterator[Token]:
    """Yield the tokens above a token, nearest first, to the root of its sentence."""
    while token.head != token:
        token = token.head
        yield token


def is_negated(verb: Token, lang: Language) -> bool:
    """Tell whether a verb's own clause negates it ('ne … que' does not)."""
    if verb.pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
        return False
    negators = lang.words("syntax.negators")
    adverbs = [g for c in verb.children if c.pos_ == "ADV" for g in c.children]
    return any(c.lower_ in negators for c in (*verb.children, *adverbs))
