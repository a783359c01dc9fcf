"""What a text says that a name is: 'X, un logiciel', 'X est un opérateur'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.names.key import fold
from kg.rules.mentions.mention import NOUNS, Mention, is_full_name
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How far after a comma a noun may stand: ', un nouveau logiciel'.
REACH = 4


def vote_by_apposition(mention: Mention, tokens: Sequence[Token], lang: Language) -> None:
    """Count what a name's apposition calls it: 'X, un logiciel', 'X, présidente', 'X (Pérou)'."""
    after = tokens[mention.end : mention.end + REACH + 1]
    if len(after) < 2:
        return
    several = mention.end - mention.start > 1
    marked = after[0].text in (",", "(")
    words = after[1:] if marked else after[:REACH]
    if marked and after[0].text == "(" and fold(words[0].text) in lang.places:
        mention.votes["Place"] += 0.8
    outer = ("DET", "ADJ", "NUM")
    index = next((k for k, t in enumerate(words) if t.pos_ not in outer), len(words) - 1)
    article = index > 0 and words[0].pos_ == "DET"
    titles = [k for k, t in enumerate(words) if t.lower_ in lang.titles]
    if several and titles and (marked or (article and titles[0] <= index)):
        mention.votes["Person"] += 1.2 if titles[0] <= index else 0.8
        return
    if not marked:
        return
    if words[index].i + 1 < len(tokens) and words[index].nbor().pos_ in ("VERB", "AUX"):
        return
    noun = {words[index].lower_, words[index].lemma_.lower()}
    if is_full_name(mention):
        firm = noun & lang.words("nouns.company") and not noun & lang.words("nouns.either")
        mention.votes["Company"] += 1.2 * bool(article and firm)
        return
    if article:
        new = words[0].lower_ in lang.words("articles.indefinite")
        for entry in ("person", "company", "product", "place"):
            if noun & lang.words(f"nouns.{entry}"):
                mention.votes[NOUNS[entry]] += 1.8 if new and entry == "product" else 1.2
                return
    if after[0].text == "," and {t.lemma_.lower() for t in words} & lang.words("nouns.company"):
        mention.votes["Company"] += 0.8


def vote_by_predicate(mention: Mention, tokens: Sequence[Token], lang: Language) -> None:
    """Count what a name is said to be: 'X est le premier opérateur', 'X est une plateforme'."""
    words = tokens[mention.end : mention.end + REACH + 2]
    if len(words) < 2 or words[0].lemma_ not in lang.words("syntax.copulas"):
        return
    outer = ("DET", "ADJ", "NUM", "ADV")
    noun = next((t for t in words[1:] if t.pos_ not in outer), None)
    if noun is None or noun.pos_ != "NOUN" or words[1].pos_ != "DET":
        return
    said = {noun.lower_, noun.lemma_.lower()}
    if said & lang.words("nouns.company") and not said & lang.words("nouns.either"):
        mention.votes["Company"] += 1.2
