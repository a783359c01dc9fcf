"""Which spans of a text name something, and the noun that says what: 'le groupe français X'."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.names.key import fold
from kg.rules.mentions.borders import spans
from kg.rules.syntax import has
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: How many tokens before a name its common noun may stand ('le fonds d'investissement privé X').
REACH = 7


#: How much of a name the model must take for a person's.
FULL = 0.9
#: Marks that open a quotation.
OPENING = ('"', "«", "“")
#: Class → how much speaks for it.
Votes = defaultdict[str, float]


@dataclass(slots=True)
class Mention:
    """Hold a stretch of tokens that names something; `left` is where its noun phrase begins.

    `head` is the noun that says what it is, `article` how much its article speaks for a product.
    """

    start: int
    end: int
    name: str
    left: int
    head: int = -1
    places: tuple[str, ...] = ()
    article: float = 0.0
    label: Votes = field(default_factory=lambda: defaultdict(float))
    votes: Votes = field(default_factory=lambda: defaultdict(float))
    kind: str = ""


def find_mentions(doc: Doc, lang: Language) -> list[Mention]:
    """Return a text's mentions of named things, in order, with the nouns that describe them."""
    mentions = []
    for start, end in spans(doc, lang):
        if is_nickname(start, doc, lang):
            continue
        mention = Mention(start, end, name_of(doc, start, end), start)
        describe(mention, doc, lang)
        if not is_event(mention, doc, lang):
            mentions.append(mention)
    return mentions


def is_full_name(mention: Mention) -> bool:
    """Tell whether the model takes all of a name of several words for a person's."""
    return mention.label["Person"] >= FULL and mention.end - mention.start > 1


def name_of(doc: Doc, start: int, end: int) -> str:
    """Return the characters of a name, without line breaks."""
    name = " ".join(doc[start:end].text.split()).rstrip("'’")
    return name.removesuffix(".") if "." not in name[:-1] and len(name) > 5 else name


def describe(mention: Mention, doc: Doc, lang: Language) -> None:
    """Find the common noun and the demonyms before a name ('le constructeur allemand X')."""
    nearest, places = words_before(mention, doc, lang)
    if nearest < 0:
        nearest = noun_apart(mention, doc, lang)
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


def words_before(mention: Mention, doc: Doc, lang: Language) -> tuple[int, list[str]]:
    """Return where the common noun before a name is, or -1, and the places of its demonyms."""
    index, limit = mention.start - 1, max(0, mention.start - REACH)
    places: list[str] = []
    nearest = -1
    while index >= limit and not is_phrase_border(doc[index], lang):
        token = doc[index]
        if found := demonym_places(token, lang):
            places += found
        elif is_described_by(token, mention, lang):
            nearest = index
            if index == 0 or not is_bare_of(doc[index - 1], lang):
                break
        elif token.lower_ in lang.words("articles.indefinite"):
            break
        elif (token.pos_ == "DET" or has(token, "Definite", "Def")) and all(
            demonym_places(t, lang) for t in doc[index + 1 : mention.start]
        ):
            break
        index -= 1
    return nearest, places


def is_phrase_border(token: Token, lang: Language) -> bool:
    """Tell whether what a token stands for cannot be inside the phrase that ends with a name."""
    if (token.is_punct and token.text not in ("-", *OPENING)) or token.is_space:
        return True
    if token.is_quote and token.i and not token.nbor(-1).whitespace_:
        return True
    if token.pos_ == "ADP":
        return token.lower_ in lang.words("names.apart")
    clausal = token.pos_ in ("VERB", "AUX", "PRON", "SCONJ", "CCONJ")
    known = token.lemma_ in lang.words("nouns.company")
    return clausal and not known and not is_participle(token)


def noun_apart(mention: Mention, doc: Doc, lang: Language) -> int:
    """Return the noun that says what a name is from further off, or -1.

    As in 'les SUV : les X et Y', 'trois marques (X, Y)', 'une usine baptisée X'.
    """
    index = mention.start - 1
    while index > 0 and (doc[index].pos_ in ("DET", "ADP") or doc[index].text in OPENING):
        index -= 1
    more = doc[mention.end : mention.end + 1].text in (
        ",",
        "/",
        *lang.words("articles.conjunctions"),
    )
    listed = doc[index].text == ":" or (doc[index].text == "(" and more)
    called = {doc[index].lemma_, doc[index].lower_} & lang.words("names.called")
    if index < 1 or not (listed or called):
        return -1
    for place in range(index - 1, max(index - REACH - 2 * bool(called), -1), -1):
        token = doc[place]
        if token.is_punct or token.is_space or (listed and token.pos_ in ("VERB", "AUX")):
            if called and token.text == ",":
                continue
            return -1
        if is_kind(token, lang):
            topic = listed and (place == 0 or token.is_sent_start)
            return place if not topic and (called or has(token, "Number", "Plur")) else -1
    return -1


def is_event(mention: Mention, doc: Doc, lang: Language) -> bool:
    """Tell whether a name is an event's, for which there is no class: 'le Salon des Mines'."""
    first = doc[mention.start]
    two = doc[mention.start : mention.start + 2].text.lower()
    return bool({first.lower_, first.lemma_.lower(), two} & lang.words("nouns.event"))


def is_nickname(start: int, doc: Doc, lang: Language) -> bool:
    """Tell whether a name is only what a company is known by: 'la marque au Griffon'."""
    if start < 2 or lang.prepositions.get(doc[start - 1].lower_) != "à":
        return False
    owner = doc[start - 2].lemma_.lower() in lang.words("nouns.anaphors")
    return owner and fold(doc[start].text) not in lang.places


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
    if not is_kind(token, lang):
        return False
    last = token.doc[mention.start - 1]
    return last.lower_ not in lang.prepositions and last.lower_ not in (
        lang.words("articles.determiners") - set(lang.prepositions)
    )


def is_kind(token: Token, lang: Language) -> bool:
    """Tell whether a noun says of what class a name is."""
    noun = token.lower_ if token.lower_ in lang.words("nouns.company") else token.lemma_.lower()
    return any(noun in lang.words(f"nouns.{kind}") for kind in NOUNS)


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
