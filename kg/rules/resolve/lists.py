"""Lists of names ('X, Y et Z'), and the prepositions that names stand after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.rules.resolve.cast import Cast, Reference
from kg.rules.syntax import has, sentence_start
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Prepositions that one list of places mixes: 'en Chine, au Japon et à Londres'.
LOCATIVE = ("en", "à", "dans")
#: How many tokens before 'tels que' the preposition of its noun may stand.
EXAMPLES = 6
BROAD = {"Company": "Organization", "PublicBody": "Organization", "Country": "Place"}


def broad(reference: Reference) -> str:
    """Return whether a reference is to organisations, persons, places or products."""
    kind = reference.entities[0].kind
    return BROAD.get(kind, kind)


def find_chains(cast: Cast, lang: Language) -> list[tuple[Reference, ...]]:
    """Return the lists of names in a text: joined by commas, the last one by 'et'."""
    chains: list[tuple[Reference, ...]] = []
    current: list[Reference] = []
    joined = False
    for reference in cast.references:
        if current and is_bracketed(reference, current[-1], cast):
            continue
        gap = link(current, reference, cast, lang) if current else ""
        if gap and not (gap == "," and begins_anew(reference, joined, cast, lang)):
            current.append(reference)
            joined = joined or gap != ","
            continue
        if is_list(current, joined, cast):
            chains.append(tuple(current))
        current, joined = [reference], False
    return [*chains, tuple(current)] if is_list(current, joined, cast) else chains


def is_list(names: list[Reference], joined: bool, cast: Cast) -> bool:
    """Tell whether names make a list: three, two that 'et' joins, or two in brackets."""
    if len(names) != 2 or joined:
        return len(names) > 1
    before, behind = names[0].left - 1, names[1].end
    around = [cast.doc[i].text for i in (before, behind) if 0 <= i < len(cast.doc)]
    return around == ["(", ")"]


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


def link(listed: list[Reference], second: Reference, cast: Cast, lang: Language) -> str:
    """Return what joins a reference to a list: ',', a conjunction, or '' if nothing does."""
    first = listed[-1]
    words = cast.doc[first.end : second.left]
    if len(words) and words[0].text == "(":
        closing = next((t.i for t in words if t.text == ")"), first.end)
        words = cast.doc[closing + 1 : second.left]
    if not 0 < len(words) <= 5 or not alike(first, second, cast):
        return ""
    conjunctions = lang.words("articles.conjunctions")
    closed = len(words) == 2 and words[0].text == "," and words[1].lower_ in conjunctions
    if closed and len(listed) == 1 and preposition_of(first, cast, lang):
        return ""  # the comma ends an apposition: 'X, filiale de Y, et Z'
    found = ""
    opening = preposition_of(first, cast, lang) or preposition_of(listed[0], cast, lang)
    simple = lang.prepositions.get(cast.doc[max(first.left - 1, 0)].lower_)
    same = LOCATIVE if broad(first) == "Place" and opening in LOCATIVE else ()
    for word in words:
        if word.text in (",", "/"):
            found = found or ","
        elif word.text in ("-", "–") and len(words) == 1 and not word.whitespace_:
            found = "-"
        elif word.lower_ in conjunctions:
            found = word.lower_
        elif lang.prepositions.get(word.lower_) not in (opening, None, *same):
            if found in ("", ",") or lang.prepositions[word.lower_] != simple:
                return ""
        elif word.pos_ not in ("DET", "ADP", "ADV", "SCONJ", "ADJ", "NOUN"):
            return ""
        elif word.pos_ == "NOUN" and word.lemma_ not in lang.words("nouns.company"):
            return ""
    own = lang.prepositions.get(cast.doc[second.left].lower_)
    return (
        "" if found == "," and second.left < second.start and own not in (opening, None) else found
    )


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
            if compound in lang.words("nouns.help") and is_companion(doc, position, lang):
                return "avec"
            return lang.prepositions.get(compound, lang.prepositions[word])
        if position != index and doc[position].pos_ not in ("DET", "PUNCT", "ADJ"):
            return ""
    return ""


def is_companion(doc: Doc, index: int, lang: Language) -> bool:
    """Tell whether 'avec' leads the noun before an index: 'avec le soutien de X'."""
    words = (doc[i].lower_ for i in range(max(index - 3, 0), max(index - 1, 0)))
    return any(lang.prepositions.get(word) == "avec" for word in words)


def preposition_before(token: Token, lang: Language) -> str:
    """Return the preposition of what examples are given of: 'par des firmes telles que X'."""
    for index in range(token.i - 1, max(token.i - EXAMPLES, sentence_start(token)), -1):
        word = token.doc[index]
        if word.lower_ in lang.prepositions:
            outer = token.doc[index - 1].lower_
            return lang.prepositions.get(outer, lang.prepositions[word.lower_])
        if word.pos_ not in ("NOUN", "ADJ", "DET", "PUNCT", "ADV"):
            return ""
    return ""
