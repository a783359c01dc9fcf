"""Figures in names: '20 Minutes', '3M', 'Orvia 356'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.names.key import fold
from kg.names.known import known_forms
from kg.rules.mentions.edges import is_name_word
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_figure(token: Token, following: Token | None, lang: Language) -> bool:
    """Tell whether a figure opens a name: '3rd Rock', 'le journal 20 Minutes'."""
    if not token.text.isdigit() and fold(token.text) in known_forms():
        return True
    if following is None:
        return False
    before = token.nbor(-1) if token.i else token
    if following.text == "-" and token.i + 3 < len(token.doc) and not following.whitespace_:
        token, following = token.nbor(2), token.nbor(3)
    noun = {before.lower_, before.lemma_.lower()} & lang.words("nouns.company")
    if noun and token.text[-1].isupper():
        return True
    if not is_name_word(following):
        return False
    if token.text.lstrip("0123456789") in lang.words("names.ordinals"):
        return True
    return bool(noun) or fold(f"{token.text} {following.text}") in known_forms()


def is_model(token: Token, following: Token | None) -> bool:
    """Tell whether a figure at the end of a phrase is a model's: 'la nouvelle Orvia 356.'."""
    year = len(token.text) == 4 and token.text[:2] in ("19", "20")
    over = following is None or following.is_punct or following.pos_ in ("VERB", "AUX")
    return token.text.isdigit() and len(token.text) < 5 and over and not year
