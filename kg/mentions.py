"""Which spans of a text name something, and the noun that says what: 'le groupe français X'."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.borders import spans
from kg.language import Language
from kg.syntax import has

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: How many tokens before a name its common noun may stand ('le fonds d'investissement privé X').
REACH = 7


#: Class → how much speaks for it.
Votes = defaultdict[str, float]


@dataclass(slots=True)
class Mention:
    """Hold a stretch of tokens that names something; `left` is where its noun phrase begins."""

    start: int
    end: int
    name: str
    left: int
    head: int = -1
    places: tuple[str, ...] = ()
    label: Votes = field(default_factory=lambda: defaultdict(float))
    votes: Votes = field(default_factory=lambda: defaultdict(float))
    kind: str = ""


def find_mentions(doc: Doc, lang: Language) -> list[Mention]:
    """Return a text's mentions of named things, in order, with the nouns that describe them."""
    mentions = []
    for start, end in spans(doc, lang):
        mention = Mention(start, end, name_of(doc, start, end), start)
        describe(mention, doc, lang)
        mentions.append(mention)
    return mentions


def name_of(doc: Doc, start: int, end: int) -> str:
    """Return the characters of a name, without line breaks."""
    name = " ".join(doc[start:end].text.split())
    return name.removesuffix(".") if "." not in name[:-1] and len(name) > 5 else name


def describe(mention: Mention, doc: Doc, lang: Language) -> None:
    """Find the common noun and the demonyms before a name ('le constructeur allemand X')."""
    index, limit = mention.start - 1, max(0, mention.start - REACH)
    places: list[str] = []
    nearest = -1
    while index >= limit:
        token = doc[index]
        if (token.is_punct and token.text not in ("-", '"', "«", "“")) or token.is_space:
            break
        if token.pos_ in ("VERB", "AUX", "PRON", "SCONJ", "CCONJ") and token.lemma_ not in (
            lang.words("nouns.company")
        ):
            if not is_participle(token):
                break
        if found := demonym_places(token, lang):
            places += found
        elif is_described_by(token, mention, lang):
            nearest = index
            if index == 0 or not is_bare_of(doc[index - 1], lang):
                break
        elif token.lower_ in lang.words("articles.indefinite"):
            break
        index -= 1
    if nearest >= 0 and not is_holder(mention, nearest, doc, lang):
        mention.head = mention.left = nearest
    if mention.head >= 0 or (places and doc[mention.start - 1].lower_ in lang.demonyms):
        mention.places = tuple(dict.fromkeys(places))
        widen(mention, doc, lang)
    if mention.left and doc[mention.left - 1].text in lang.words("names.civilities"):
        mention.left -= 1
    after = doc[mention.end] if mention.end < len(doc) else None
    if after is not None and after.text.islower():
        mention.places = (*mention.places, *demonym_places(after, lang))


def is_holder(mention: Mention, noun: int, doc: Doc, lang: Language) -> bool:
    """Tell whether a noun is the employer of the person named: 'le PDG du groupe Anne Roy'."""
    person = all(t.ent_type_ == "PER" for t in doc[mention.start : mention.end])
    return person and noun > 1 and any(t.lower_ in lang.titles for t in doc[noun - 2 : noun])


def is_bare_of(token: Token, lang: Language) -> bool:
    """Tell whether a token is 'de' with no article in it, as in 'fabricant de satellites'."""
    return lang.prepositions.get(token.lower_) == "de" and not has(token, "Definite", "Def")


def is_participle(token: Token) -> bool:
    """Tell whether a token is a participle, as in 'le groupe racheté X'."""
    return has(token, "VerbForm", "Part")


def is_described_by(token: Token, mention: Mention, lang: Language) -> bool:
    """Tell whether a noun before a name says what the name is, with no preposition between."""
    noun = token.lower_ if token.lower_ in lang.words("nouns.company") else token.lemma_.lower()
    if not any(noun in lang.words(f"nouns.{kind}") for kind in NOUNS):
        return False
    last = token.doc[mention.start - 1]
    return last.lower_ not in lang.prepositions and last.lower_ not in (
        lang.words("articles.determiners") - set(lang.prepositions)
    )


#: Class of a name → the entry of the language's common nouns that tell it, the surest first.
NOUNS = {
    "company": "Company",
    "product": "Product",
    "place": "Place",
    "public": "PublicBody",
    "person": "Person",
    "event": "Product",
}


def demonym_places(token: Token, lang: Language) -> tuple[str, ...]:
    """Return the places that an adjective or noun of nationality tells ('franco-belge': two)."""
    word = token.lower_
    if len(word) <= 3:
        return ()
    if word in lang.demonyms:
        return (lang.demonyms[word],)
    first, hyphen, last = word.rpartition("-")
    if hyphen and first in lang.table("demonym_prefixes") and last in lang.demonyms:
        return lang.table("demonym_prefixes")[first], lang.demonyms[last]
    return ()


def widen(mention: Mention, doc: Doc, lang: Language) -> None:
    """Let a mention's noun phrase begin at its determiner and adjectives."""
    left = mention.left if mention.head >= 0 else mention.start - 1
    while left > 0 and doc[left - 1].pos_ in ("DET", "ADJ", "NUM"):
        left -= 1
        if doc[left].pos_ == "DET":
            break
    mention.left = max(left, 0)
