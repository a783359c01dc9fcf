"""What belongs to a name at its edges: no articles and nouns before it, no credits at all."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.names.key import fold
from kg.names.known import known_forms
from kg.rules.syntax import is_finite
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: How many tokens after 'Crédit :' a name belongs to the credit.
CREDIT = 8
#: How many words a title in quotation marks may have.
TITLE = 6


def is_name_word(token: Token) -> bool:
    """Tell whether a token looks like a part of a name: a capital, or a figure with capitals."""
    return is_capitalised(token.text)


@lru_cache(1 << 16)
def is_capitalised(text: str) -> bool:
    """Tell whether a word has a capital where names have one.

    >>> is_capitalised("Orvane"), is_capitalised("eOrvane"), is_capitalised("orvane")
    (True, True, False)
    """
    if text.islower():
        return False
    return text[0].isupper() or (
        len(text) > 2 and text[0].isalnum() and (text[1].isupper() or text[2].isupper())
    )


def starts_sentence(token: Token) -> bool:
    """Tell whether a token's capital may come from its place alone."""
    if token.is_sent_start or token.i == 0:
        return True
    before = token.nbor(-1)
    return before.is_space or before.text in "«»“”\"'()-–—:.•" or before.is_quote


def is_topic(token: Token, following: Token | None) -> bool:
    """Tell whether a word is only the topic of a headline: 'Cloud : X passe un accord'.

    So is what stands before a dash: 'Transport aérien – X passe un accord'.
    """
    if following is not None and following.text == ":":
        return bool(token.pos_ != "PROPN")
    for word in token.doc[token.i + 1 : token.i + 4]:
        if word.text in ("–", "—"):
            return True
        if not word.text.islower():
            break
    return False


def quoted_title(doc: Doc, start: int, lang: Language) -> int:
    """Return where a quoted title that begins at a token ends, or 0.

    As in 'l'émission « Tout va bien »'.
    """
    before = doc[start - 2]
    called = before.lemma_ in lang.words("names.called")
    if not (called or {before.lower_, before.lemma_.lower()} & lang.words("nouns.product")):
        return 0
    for end in range(start + 1, min(start + TITLE + 1, len(doc))):
        if doc[end].text in lang.words("names.quotes_close"):
            return end if doc[start].text[0].isupper() else 0
        if doc[end].is_space or doc[end].text in ".;:!?":
            break
    return 0


def trim(doc: Doc, start: int, end: int, lang: Language) -> tuple[int, int] | None:
    """Return a name's borders without the nouns, articles and marks around it."""
    while start < end - 1 and doc[start].whitespace_ and is_outside(doc[start], lang):
        start += 1
    if not (is_name_word(doc[start]) or doc[start].text[0].isdigit()):
        return None
    while end > start and is_left_over(doc, start, end, lang):
        end -= 1
    if end <= start or is_credit(doc, start, end, lang):
        return None
    text = doc[start:end].text
    if text.lower() in outside(lang) or len(text) < 2:
        return None
    if text in lang.words("names.appended") or text in lang.words("names.civilities"):
        return None
    if end - start == 1 and not text.isupper() and is_common_noun(doc[start], lang):
        return None
    if is_route(text, lang):
        return None
    if end - start == 1 and is_theme(doc[start], lang):
        return None
    if not text[0].isdigit() and all(is_plain(token, lang) for token in doc[start:end]):
        return None
    return start, end


def is_plain(token: Token, lang: Language) -> bool:
    """Tell whether a word is in small letters, or a noun of things: 'Hypercar', 'hybride'."""
    noun = token.lemma_.lower()
    things = noun in lang.words("nouns.product") or noun in lang.words("nouns.place")
    return bool(token.text.islower()) or things


@cache
def outside(lang: Language) -> frozenset[str]:
    """Return the words that name nothing by themselves."""
    nouns = lang.words("nouns.product") | lang.words("nouns.place")
    return nouns | lang.words("names.common") | lang.words("names.civilities")


def is_outside(token: Token, lang: Language) -> bool:
    """Tell whether a token before a name is no part of it: 'Application Orvia' opens a sentence."""
    small = lang.words("names.person_particles"), lang.words("anaphora.definite")
    particle = token.text[0].isupper() and any(token.lower_ in words for words in small)
    if particle or not {token.lower_, token.lemma_.lower(), token.text} & outside(lang):
        return False
    noun = token.lower_ not in lang.words("names.common")
    civil = token.text in lang.words("names.civilities")
    return civil or not noun or token.text[0].islower() or starts_sentence(token)


def is_left_over(doc: Doc, start: int, end: int, lang: Language) -> bool:
    """Tell whether a name's last token is no part of it: a mark, a particle, 'belge'."""
    last = doc[end - 1]
    if (last.is_punct and last.text[-1] not in "!'’") or last.is_space:
        return True
    if last.text in lang.words("names.particles") or (last.text.islower() and is_finite(last)):
        return True
    if last.text.isdigit() and len(last.text) == 4 and last.text[:2] in ("19", "20"):
        return end - start > 2
    if end - start < 2 or last.lower_ not in lang.demonyms or not last.text.islower():
        return False
    words = doc.vocab.lookups.get_table("words", {})
    return doc[start].lower_ not in words


def is_common_noun(token: Token, lang: Language) -> bool:
    """Tell whether a capitalised word is only a noun such as 'Groupe' or 'Commission'."""
    entries = ("company", "place", "facility", "product", "event", "public")
    words = {token.lower_, token.lemma_.lower()}
    return any(words & lang.words(f"nouns.{entry}") for entry in entries)


def is_route(name: str, lang: Language) -> bool:
    """Tell whether a hyphen joins two places: a line, or talks between two capitals.

    >>> from kg.values.language import load_language
    >>> is_route("Paris-Madrid", load_language("fr")), is_route("Paris", load_language("fr"))
    (True, False)
    """
    parts = [fold(part) for part in name.split("-")]
    return len(parts) == 2 and lang.places.keys() >= {*parts} and fold(name) not in lang.places


def is_theme(token: Token, lang: Language) -> bool:
    """Tell whether a capitalised word is only a solemn noun: 'la Péninsule', 'la République'."""
    name = fold(token.text)
    if token.i == 0 or token.ent_type_ == "ORG" or name in lang.places or name in known_forms():
        return False
    words = token.vocab.lookups.get_table("words", {})
    article = token.nbor(-1).lower_
    plain = article in lang.words("names.plain_articles") or article in ("l'", "l’")
    return plain and token.lower_ in words


def is_credit(doc: Doc, start: int, end: int, lang: Language) -> bool:
    """Tell whether a span belongs to a photo credit or an agency's mark, not to a caption."""
    agencies, credits = lang.words("names.agencies"), lang.words("names.credits")
    if any(t.lower_ in agencies for t in doc[start:end]):
        return True
    if end + 1 < len(doc) and doc[end].text in ("/", "©") and doc[end + 1].lower_ in agencies:
        return True
    for index in range(start - 1, max(start - CREDIT, 0) - 1, -1):
        token = doc[index]
        if "\n" in token.text:
            return False
        word = token.lower_
        if word in credits and word not in agencies:
            return is_credit_mark(token, lang)
    return False


def is_credit_mark(token: Token, lang: Language) -> bool:
    """Tell whether a word opens a credit: 'Crédit photo :', 'Photo Reuters', not 'Photo : '."""
    credits = lang.words("names.credits")
    before = token.nbor(-1) if token.i else None
    after = token.nbor()
    caption = token.lower_ in lang.words("names.captions")
    if caption and after.text == ":":
        return before is not None and before.lower_ in credits
    first = before is None or token.is_sent_start or before.is_space or before.text in "(-–/|"
    said = after.text == ":" or after.lower_ in credits or (caption and token.text[0].isupper())
    return token.text == "©" or (first and said)
