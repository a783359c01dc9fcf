"""What words do with a post: 'nommer' gives it, 'devenir' takes it, 'quitter' ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.rules.roles.titles import WORDS, Title, is_at
from kg.rules.syntax import infinitive, is_passive, lemma_of
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Token

#: What verbs and nouns do with a post: each is a list in the language's file.
WAYS = (
    "appoint", "renew", "take", "hold", "keep", "entrust", "seek", "decline", "leave", "hand",
    "dismiss",
)  # fmt: skip
NOUN_WAYS = ("arrivals", "partings")
#: Whom these befall has the post; of the others, who does it.
UNDERGONE = ("appoint", "renew", "dismiss")


def way_of(token: Token, lang: Language) -> str:
    """Return what a word does with a post: 'appoint', 'take', 'leave' …, or ''."""
    if token.pos_ == "NOUN":
        for way in NOUN_WAYS:
            if token.lemma_ in lang.words(WORDS + way):
                return way
    if token.pos_ not in ("VERB", "AUX") and not token.is_sent_start:
        return ""
    lemmas = lemmas_of(token)
    if lemmas & lang.words(WORDS + "sought"):
        return "seek" if is_passive(token, lang) else ""
    return next((way for way in WAYS if lemmas & lang.words(WORDS + way)), "")


def fits_title(verb: Token, way: str, title: Title, lang: Language) -> bool:
    """Tell whether a verb goes with a bare title, or one is not needed: 'quitte la présidence'."""
    if title.office and lemmas_of(verb) & lang.words("syntax.copulas"):
        return is_at(title, verb.doc, lang)
    if title.office or way in (*NOUN_WAYS, *UNDERGONE) or verb.i > title.start:
        return True
    if lemmas_of(verb) & lang.words(WORDS + "predicative"):
        return True
    posts = lang.words(WORDS + "posts")
    return any({t.lemma_, t.lower_} & posts for t in verb.doc[verb.i + 1 : title.start])


def lemmas_of(verb: Token) -> set[str]:
    """Return what a verb's lemma may be, where the model may have left it as it stands."""
    return {verb.lemma_.lower(), lemma_of(verb), infinitive(verb.lower_)}
