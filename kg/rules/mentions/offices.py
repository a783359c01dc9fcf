"""Capitalised titles and portfolios, which are no part of a name: 'Directeur Général'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.names.key import fold
from kg.rules.mentions.edges import is_name_word
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: How far after 'ministre' what they are in charge of may stand.
PORTFOLIO = 12


def title_tokens(doc: Doc, lang: Language) -> set[int]:
    """Return the words of titles, capitalised ones too, which are no part of a name."""
    words = lang.words("relations.holdsPosition.title_words")
    domains = lang.words("relations.holdsPosition.title_domains")
    titles = lang.titles
    found: set[int] = set()
    last = -9
    for index, text in enumerate([token.text for token in doc]):
        lower, near = text.lower(), index - last
        domain = near <= 3 and lower in domains
        adjective = near == 1 and (text in words or lower in words)
        if lower in titles or domain or adjective:
            found.add(index)
            last = index
    return found


def portfolios(doc: Doc, lang: Language) -> set[int]:
    """Return the tokens of what ministers are in charge of: 'ministre de l'Économie'."""
    found: set[int] = set()
    joints = {*lang.prepositions, *lang.words("articles.determiners"), ","}
    joints |= lang.words("articles.conjunctions") | lang.titles
    ministers = lang.words("names.ministers")
    for index, token in enumerate(doc):
        lower = token.lower_
        if lower not in ministers and lower.removesuffix("s") not in ministers:
            continue
        for word in doc[index + 1 : index + PORTFOLIO]:
            if word.ent_type_ == "PER" or fold(word.text) in lang.places or word.is_sent_start:
                break
            if is_name_word(word):
                found.add(word.i)
            elif word.pos_ != "ADJ" and word.lower_ not in joints:
                break
    return found
