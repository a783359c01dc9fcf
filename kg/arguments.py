"""Who fills the places of a verb or a noun: the tree first, the words around it second."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.language import Language
from kg.anaphora import is_leading
from kg.resolve import ORGANIZATIONS, Cast, Reference
from kg.syntax import (
    grammatical_object,
    grammatical_subject,
    governors,
    is_finite,
    is_passive,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How many tokens after a trigger its complements may stand.
REACH = 28
#: How many tokens before a verb its subject may stand where the tree has none.
BEHIND = 14
#: How many tokens before a noun its verb may stand where the tree has none.
NEAR = 8
BROAD = {"Company": "Organization", "PublicBody": "Organization", "Country": "Place"}


@dataclass(eq=False)
class Scene:
    """Hold what the rules read: who is named, the words, and the lists of names."""

    cast: Cast
    lang: Language

    def __post_init__(self) -> None:
        self.chains = {}
        for chain in find_chains(self.cast, self.lang):
            for reference in chain:
                self.chains[reference] = chain

    def all_of(self, reference: Reference | None) -> tuple[Reference, ...]:
        """Return a reference with the others of its list ('X, Y et Z')."""
        if reference is None:
            return ()
        return self.chains.get(reference, (reference,))


def broad(reference: Reference) -> str:
    """Return whether a reference is to organisations, persons, places or products."""
    kind = reference.entities[0].kind
    return BROAD.get(kind, kind)


def is_employer(reference: Reference, scene: Scene) -> bool:
    """Tell whether one may hold a role at what a reference means."""
    entity = reference.entities[0]
    return entity.kind in ORGANIZATIONS or entity in scene.cast.unsure


def find_chains(cast: Cast, lang: Language) -> list[tuple[Reference, ...]]:
    """Return the lists of names in a text: joined by commas, the last one by 'et'."""
    chains: list[tuple[Reference, ...]] = []
    current: list[Reference] = []
    joined = False
    for reference in cast.references:
        if current and is_bracketed(reference, current[-1], cast):
            continue
        gap = link(current[-1], reference, cast, lang) if current else ""
        if gap:
            current.append(reference)
            joined = joined or gap != ","
        else:
            if len(current) > 2 or (len(current) == 2 and joined):
                chains.append(tuple(current))
            current, joined = [reference], False
    if len(current) > 2 or (len(current) == 2 and joined):
        chains.append(tuple(current))
    return chains


def alike(first: Reference, second: Reference, cast: Cast) -> bool:
    """Tell whether two references may stand in one list: of one class, or of no sure one."""
    kinds = {broad(first), broad(second)}
    return len(kinds) == 1 or (
        kinds == {"Organization", "Product"}
        and any(r.entities[0] in cast.unsure for r in (first, second))
    )


def is_bracketed(reference: Reference, previous: Reference, cast: Cast) -> bool:
    """Tell whether a reference only repeats the one before it in brackets: 'X (XY)'."""
    return reference.entities == previous.entities and cast.doc[previous.end].text == "("


def link(first: Reference, second: Reference, cast: Cast, lang: Language) -> str:
    """Return what joins two references of a list: ',', a conjunction, or '' if nothing does."""
    words = cast.doc[first.end : second.left]
    if len(words) and words[0].text == "(":
        closing = next((t.i for t in words if t.text == ")"), first.end)
        words = cast.doc[closing + 1 : second.left]
    if not 0 < len(words) <= 5 or not alike(first, second, cast):
        return ""
    found = ""
    opening = preposition_of(first, cast, lang)
    for word in words:
        if word.text in (",", "/"):
            found = found or ","
        elif word.lower_ in lang.words("articles.conjunctions"):
            found = word.lower_
        elif lang.prepositions.get(word.lower_) not in (opening, None):
            return ""
        elif word.pos_ not in ("DET", "ADP", "ADV", "SCONJ", "ADJ", "NOUN"):
            return ""
        elif word.pos_ == "NOUN" and word.lemma_ not in lang.words("nouns.company"):
            return ""
    return found


def preposition_of(reference: Reference, cast: Cast, lang: Language) -> str:
    """Return the preposition that a reference stands after, or ''."""
    doc, index = cast.doc, reference.left
    for position in (index, index - 1, index - 2):
        if position < 0 or (position == index and index == reference.start):
            continue
        word = doc[position].lower_
        if word in lang.prepositions:
            return lang.prepositions[word]
        if position != index and doc[position].pos_ not in ("DET", "PUNCT", "ADJ"):
            return ""
    return ""


def after(trigger: Token, scene: Scene) -> Iterator[tuple[str, Reference]]:
    """Yield the references after a trigger in its clause, each with its preposition."""
    doc, lang = trigger.doc, scene.lang
    stop = min(trigger.sent.end, trigger.i + REACH)
    index = trigger.i + 1
    while index < stop:
        reference = scene.cast.at.get(index)
        if reference is not None and reference.start > trigger.i:
            yield preposition_of(reference, scene.cast, lang), reference
            index = reference.end
            continue
        token = doc[index]
        if token.text in ";:" or (is_finite(token) and not is_predicate(token, trigger, lang)):
            return
        index += 1


def is_predicate(verb: Token, noun: Token, lang: Language) -> bool:
    """Tell whether a copula goes on with what a noun before it says: 'le siège est à X'."""
    close = verb.i - noun.i <= 2 and noun.pos_ == "NOUN"
    return close and verb.lemma_ in lang.words("syntax.copulas")


def fill(trigger: Token, slot: str, scene: Scene) -> tuple[Reference, ...]:
    """Return the references that stand in a place of a verb or a noun, coordinated ones too."""
    if slot == "subj":
        return subject_of(trigger, scene)
    if slot == "obj":
        return object_of(trigger, scene)
    if slot == "obj.de":
        noun = grammatical_object(trigger, scene.lang)
        return complement(noun, "de", scene) if noun is not None else ()
    if slot == "poss":
        return possessor(trigger, scene)
    if slot == "holder":
        return holder(trigger, scene)
    if slot == "is":
        return what_is(trigger, scene)
    if slot == "next":
        return next_to(trigger, scene)
    if slot == "topic":
        return topic(trigger, scene)
    if slot == "in":
        return places_of(trigger, scene)
    return complement(trigger, slot, scene)


def reference_at(token: Token | None, scene: Scene) -> Reference | None:
    """Return what a token means: itself, or the name beside it ('le fonds américain X')."""
    return None if token is None else scene.cast.at.get(token.i)


def subject_of(verb: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return who does what a verb says: the agent of a passive, else the subject."""
    lang = scene.lang
    if is_passive(verb, lang):
        return complement(verb, "par", scene)
    return grammatical(verb, scene)


def grammatical(verb: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the references of a verb's grammatical subject."""
    token = grammatical_subject(verb, scene.lang)
    if token is not None and token.sent == verb.sent:
        if reference := reference_at(token, scene):
            return scene.all_of(reference)
        if token.pos_ in ("NOUN", "PROPN", "X") and token.dep_ != "ROOT":
            return (
                metonym(token, scene)
                or apposed_person(token, verb, scene)
                or apposed(token, scene)
            )
    return scene.all_of(before(verb, scene))


def metonym(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the organisation whose part a noun names ('la direction de X', 'les équipes de X')."""
    if noun.lemma_ in scene.lang.words("nouns.part"):
        return complement(noun, "de", scene)[:1]
    return ()


def apposed_person(noun: Token, verb: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the person whom a title names: 'le PDG de X, Y, a annoncé'."""
    if noun.lower_.removeprefix("ex-") not in scene.lang.titles:
        return ()
    found = [
        r
        for r in scene.cast.references
        if noun.i < r.start < verb.i and broad(r) == "Person"
    ]
    return tuple(found[:1])


def before(verb: Token, scene: Scene) -> Reference | None:
    """Return the nearest reference before a verb that no preposition or other verb governs."""
    index, stop = verb.i - 1, max(verb.sent.start, verb.i - BEHIND)
    while index >= stop:
        reference = scene.cast.at.get(index)
        if reference is not None:
            if not preposition_of(reference, scene.cast, scene.lang):
                return reference
            index = reference.left
        elif is_finite(verb.doc[index]) and verb.doc[index].head != verb:
            return None
        index -= 1
    return None


def object_of(verb: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return whom a verb's action befalls: the subject of a passive, else the object."""
    lang = scene.lang
    if is_passive(verb, lang):
        return after_comma(verb, scene) or grammatical(verb, scene)
    token = grammatical_object(verb, lang)
    if reference := reference_at(token, scene):
        return scene.all_of(reference)
    if token is not None and token.pos_ == "NOUN":
        return beside(token, scene)
    for preposition, reference in after(verb, scene):
        if not preposition and reference.left - verb.i <= 6:
            return scene.all_of(reference)
        break
    return ()


def after_comma(participle: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return what a participle that opens a sentence describes: 'Basé à Gand, X exploite …'."""
    if participle.i != participle.sent.start:
        return ()
    for preposition, reference in after(participle, scene):
        if not preposition and participle.doc[reference.left - 1].text == ",":
            return scene.all_of(reference)
    return ()


def beside(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the name that a common noun introduces: 'la marque X', 'un cinéma de Nice, le X'."""
    for preposition, reference in after(noun, scene):
        words = noun.doc[noun.i + 1 : reference.left]
        if not preposition and reference.named and len(words) <= NEAR:
            apart = [t for t in words if t.pos_ in ("PUNCT", "VERB")]
            if len(apart) <= 1 and (not apart or apart[0] in tuple(words[-2:])):
                return scene.all_of(reference)
        if preposition != "de" or broad(reference) != "Place":
            break
    return ()


def complement(trigger: Token, preposition: str, scene: Scene) -> tuple[Reference, ...]:
    """Return the references that follow a preposition after a trigger."""
    for found, reference in after(trigger, scene):
        if found == preposition:
            return owners(trigger, reference, scene)
    return ()


def owners(noun: Token, reference: Reference, scene: Scene) -> tuple[Reference, ...]:
    """Return a complement's list; of 'les actionnaires de X, Y et Z', X alone."""
    chain = scene.all_of(reference)
    opens = chain[0] == reference and len(chain) > 2 and noun.pos_ == "NOUN"
    return chain[:1] if opens and is_plural_holder(noun, scene) else chain


def is_plural_holder(noun: Token, scene: Scene) -> bool:
    """Tell whether a noun is one that a list names, such as 'actionnaires'."""
    plural = "Plur" in noun.morph.get("Number")
    return plural and noun.lemma_ in scene.lang.words("nouns.listed")


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
    for verb in governors(noun):
        if verb.pos_ in ("VERB", "AUX"):
            token = grammatical_subject(verb, lang)
            reference = reference_at(token, scene)
            if reference and reference.start < noun.i and broad(reference) != "Place":
                return (reference,)
    earlier = [
        r
        for r in scene.cast.references
        if r.start < noun.i and broad(r) == "Organization" and noun.i - r.start < 60
    ]
    return (earlier[-1],) if earlier else ()


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
    for verb in governors(noun):
        if verb.pos_ in ("VERB", "AUX"):
            return tuple(r for r in grammatical(verb, scene) if r.start != noun.i)
        if verb.dep_ in scene.lang.words("syntax.subject"):
            break
    for index in range(noun.i - 1, max(noun.i - NEAR, noun.sent.start), -1):
        if noun.doc[index].pos_ == "VERB":
            return tuple(r for r in grammatical(noun.doc[index], scene) if r.start < noun.i)
    return ()


def what_is(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return what a noun describes: 'X, filiale de Y', 'X (filiale de Y)', 'X est une filiale'."""
    if found := apposed(noun, scene):
        return found
    copula = any(c.dep_ in scene.lang.words("syntax.copula") for c in noun.children)
    verb = noun.head
    if copula:
        return tuple(r for r in grammatical(noun, scene) if r.start < noun.i)
    if verb.lemma_ in scene.lang.words("syntax.copulas") and verb.pos_ == "VERB":
        return tuple(r for r in grammatical(verb, scene) if r.start < noun.i)
    return ()


def apposed(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the name that a noun stands beside, one for a noun in the singular."""
    index = noun.i - 1
    while index > noun.sent.start and noun.doc[index].pos_ in ("DET", "ADJ", "NUM", "ADV"):
        index -= 1
    if noun.doc[index].text not in (",", "(", "–", "—", "-") or index < 1:
        return ()
    reference = scene.cast.at.get(index - 1)
    if noun.doc[index - 1].text == ")":
        inside = range(index - 2, max(index - 6, 0), -1)
        reference = next((r for i in inside if (r := scene.cast.at.get(i))), None)
    if reference is None:
        return ()
    plural = "Plur" in noun.morph.get("Number")
    return scene.all_of(reference) if plural else (reference,)


def next_to(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the name after a noun and its complement ('sa filiale X', 'la filiale de Y, X')."""
    previous = noun.i
    for preposition, reference in after(noun, scene):
        words = noun.doc[previous + 1 : reference.left]
        if not preposition and len(words) <= 4:
            if all(t.pos_ in ("ADJ", "PUNCT", "NOUN", "ADP", "DET", "AUX") for t in words):
                return scene.all_of(reference)
        if preposition != "de":
            return ()
        chain = scene.all_of(reference)
        if len(chain) > 2 and is_plural_holder(noun, scene):
            return chain[1:]
        previous = reference.end - 1
    return ()


def topic(trigger: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the organisation that was spoken of last as a subject, else last."""
    first = trigger.sent.start - REACH
    near = [
        r
        for r in scene.cast.references
        if first <= r.start < trigger.i and broad(r) == "Organization"
    ]
    leading = [r for r in near if is_leading(r, scene.cast.doc, scene.lang)]
    return tuple((leading or near)[-1:])


def places_of(trigger: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the places where a clause says that something is or happens."""
    inside = ("en", "à", "dans", "sur", "vers", "depuis", "chez")
    for preposition, reference in after(trigger, scene):
        if broad(reference) == "Place" and preposition in inside:
            return scene.all_of(reference)
    return ()
