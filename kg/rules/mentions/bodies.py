"""Names that a common noun opens: 'université de Gand', 'ministère belge de la Santé'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.names.key import fold
from kg.rules.mentions.edges import is_name_word
from kg.rules.syntax import has
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def body_end(doc: Doc, start: int, lang: Language) -> int:
    """Return where the name of a public body that begins at a common noun ends, or 0."""
    noun = doc[start]
    if noun.text not in lang.words("names.institutions") or has(noun, "Number", "Plur"):
        return 0
    index = start + 1
    while index < len(doc) and doc[index].pos_ == "ADJ" and doc[index].text.islower():
        index += 1
    name = after_joints(doc, index, lang)
    if name >= len(doc) or not is_name_word(doc[name]) or doc[name].is_sent_start:
        return 0
    if name > index and doc[name].ent_type_ == "PER":  # 'le gouvernement de X'
        return 0
    ministry = noun.text in lang.words("names.ministers")
    return charge_end(doc, name, lang) if ministry else run_end(doc, name)


def after_joints(doc: Doc, index: int, lang: Language) -> int:
    """Return the first index from one on that holds neither 'de' nor an article."""
    articles = lang.words("anaphora.definite")
    while index < len(doc):
        word = doc[index].lower_
        if lang.prepositions.get(word) != "de" and word not in articles:
            break
        index += 1
    return index


def run_end(doc: Doc, index: int) -> int:
    """Return where a run of capitalised words ends, with what the model finds to go on with it."""
    while index + 1 < len(doc) and goes_on(doc[index], doc[index + 1]):
        index += 1
    return index + 1


def goes_on(token: Token, following: Token) -> bool:
    """Tell whether a word goes on with the name that another is part of."""
    if following.is_sent_start or following.ent_iob_ == "B":
        return False
    glued = not token.whitespace_ and "-" in (token.text, following.text)
    return glued or following.ent_iob_ == "I" or is_name_word(following)


def charge_end(doc: Doc, index: int, lang: Language) -> int:
    """Return where what a ministry is in charge of ends: 'l'Économie et des Affaires sociales'."""
    end = index
    while True:
        end = run_end(doc, end)
        while end < len(doc) and doc[end].pos_ == "ADJ" and doc[end].text.islower():
            end += 1
        joined = end < len(doc) and doc[end].lower_ in lang.words("articles.conjunctions")
        name = after_joints(doc, end + joined, lang)
        if name in (end, end + joined) or name >= len(doc) or not is_name_word(doc[name]):
            return end
        if doc[name].ent_type_ == "PER" or fold(doc[name].text) in lang.places:
            return end
        end = name
