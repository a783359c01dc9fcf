"""What the rules read: the words, who is named where, and the lists of names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.language import Language
from kg.resolve import ORGANIZATIONS, Cast, Reference
from kg.syntax import has, is_finite

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How many tokens after a trigger its complements may stand.
REACH = 28

#: How many tokens after a noun its copula may stand: 'le siège du groupe X est à Gand'.
PREDICATE = 6
#: How many tokens before 'tels que' the preposition of its noun may stand.
EXAMPLES = 6
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
        if gap and not (gap == "," and begins_anew(reference, joined, cast, lang)):
            current.append(reference)
            joined = joined or gap != ","
        else:
            if len(current) > 2 or (len(current) == 2 and joined):
                chains.append(tuple(current))
            current, joined = [reference], False
    if len(current) > 2 or (len(current) == 2 and joined):
        chains.append(tuple(current))
    return chains


def begins_anew(reference: Reference, joined: bool, cast: Cast, lang: Language) -> bool:
    """Tell whether a name after a comma begins another list: 'chez X, les filiales A et B'."""
    if reference.head < 0:
        return joined
    noun = cast.doc[reference.head]
    return not joined and has(noun, "Number", "Plur") and noun.lemma_ in lang.words("nouns.unit")


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
        if word in lang.words("articles.examples"):
            return preposition_before(doc[position], lang)
        if word in lang.prepositions:
            compound = doc[position - 1].lower_ if position else ""
            return lang.prepositions.get(compound, lang.prepositions[word])
        if position != index and doc[position].pos_ not in ("DET", "PUNCT", "ADJ"):
            return ""
    return ""


def preposition_before(token: Token, lang: Language) -> str:
    """Return the preposition of what examples are given of: 'par des firmes telles que X'."""
    for index in range(token.i - 1, max(token.i - EXAMPLES, token.sent.start), -1):
        word = token.doc[index]
        if word.lower_ in lang.prepositions:
            outer = token.doc[index - 1].lower_
            return lang.prepositions.get(outer, lang.prepositions[word.lower_])
        if word.pos_ not in ("NOUN", "ADJ", "DET", "PUNCT", "ADV"):
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
    close = verb.i - noun.i <= PREDICATE and noun.pos_ == "NOUN"
    return close and verb.lemma_ in lang.words("syntax.copulas")


def reference_at(token: Token | None, scene: Scene) -> Reference | None:
    """Return what a token means: itself, or the name beside it ('le fonds américain X')."""
    return None if token is None else scene.cast.at.get(token.i)


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
    plural = has(noun, "Number", "Plur")
    return plural and noun.lemma_ in scene.lang.words("nouns.listed")


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
    plural = has(noun, "Number", "Plur")
    return scene.all_of(reference) if plural else (reference,)
