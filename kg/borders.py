"""Where names begin and end: capitalised runs, mended with the model's entities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def spans(doc: Doc, lang: Language) -> Iterator[tuple[int, int]]:
    """Yield the token borders of names: capitalised runs, mended with the model's entities."""
    finder = Finder(doc, lang)
    index = 0
    while index < len(doc):
        if not finder.opens(doc[index]):
            index += 1
            continue
        end = index + 1
        while end < len(doc) and (step := finder.continues(end)):
            end += step
        if span := trim(doc, index, end, lang):
            yield span
        index = end


class Finder:
    """Find where names begin and go on in one text."""

    def __init__(self, doc: Doc, lang: Language) -> None:
        self.doc, self.lang = doc, lang
        self.inside = {i for ent in doc.ents for i in range(ent.start + 1, ent.end)}
        self.elsewhere = {t.text for t in doc if is_name_word(t) and not starts_sentence(t)}
        self.articles = lang.words("anaphora.definite")
        self.common = lang.words("names.common")
        self.lower = {t.text for t in doc if t.text.islower()}
        self.titles = title_tokens(doc, lang)
        self.person_particles = lang.words("names.person_particles")

    def opens(self, token: Token) -> bool:
        """Tell whether a name may begin at a token."""
        following = token.nbor() if token.i + 1 < len(self.doc) else None
        if token.i in self.titles or not (is_name_word(token) or is_ordinal(token, following)):
            return False
        if token.lower_.replace("’", "'") in self.common:
            return self.is_particle(token, following)
        if len(token.text) > 3 and token.lower_ in self.lang.demonyms:
            said = token.i and token.nbor(-1).lower_ in self.articles
            return token.ent_type_ == "ORG" and token.i + 1 in self.inside and not said
        if not starts_sentence(token):
            return len(token.text) > 1 or bool(token.ent_type_)
        if token.text in self.elsewhere or token.text.isupper():
            return True
        alone = following is None or not is_name_word(following)
        if alone and (token.lower_ in self.lower or is_topic(token, following)):
            return False
        word = token.pos_ in ("VERB", "ADV", "ADJ", "DET", "PRON", "AUX", "SCONJ", "ADP", "CCONJ")
        if token.ent_type_:
            return not word or token.i + 1 in self.inside
        return token.pos_ in ("PROPN", "X") or token.is_oov

    def is_particle(self, token: Token, following: Token | None) -> bool:
        """Tell whether a capitalised 'De' or 'La' opens a name, as in 'De Dietrich'."""
        if following is None or not is_name_word(following) or token.text.islower():
            return False
        return token.lower_ in self.person_particles and (
            not starts_sentence(token) or token.text in self.elsewhere
        )

    def continues(self, index: int) -> int:
        """Return how many tokens from an index go on with the name before it (0: none)."""
        token, before = self.doc[index], self.doc[index - 1]
        if token.is_space or index in self.titles or self.is_border(before, token):
            return 0
        inside, glued = index in self.inside, not before.whitespace_
        ordinary = token.lower_ in self.common and starts_sentence(token)
        if is_name_word(token) and (glued or inside or not ordinary):
            return int(inside or token.lower_ not in self.lang.demonyms)
        if token.like_num and token.text[0].isdigit() and len(token.text) <= 4:
            return int(inside or glued)
        following = self.doc[index + 1] if index + 1 < len(self.doc) else None
        if following is None or not (is_name_word(following) or following.i in self.inside):
            return int(inside and token.is_alpha)
        if token.text in "-–&+.'’" and glued and not token.whitespace_:
            return 2
        if token.text == "&" or (inside and token.lower_ in self.lang.words("names.particles")):
            return 2 if is_name_word(following) else 1
        if token.lower_ in self.person_particles and following.i in self.inside:
            return 2
        return int(inside and token.is_alpha)

    def is_border(self, before: Token, token: Token) -> bool:
        """Tell whether the model ends a person's name between two tokens, or begins one."""
        if before.ent_type_ == token.ent_type_ or token.ent_iob_ == "I":
            return False
        label = token.ent_type_ or before.ent_type_
        person = "PER" in (before.ent_type_, token.ent_type_)
        return person and (label != "PER" or token.i + 1 in self.inside or token.ent_type_ != "PER")


def is_name_word(token: Token) -> bool:
    """Tell whether a token looks like a part of a name: a capital, or a figure with capitals."""
    text = token.text
    if text[0].isupper():
        return True
    return len(text) > 2 and text[0].isalnum() and any(c.isupper() for c in text[1:3])


def is_ordinal(token: Token, following: Token | None) -> bool:
    """Tell whether a figure opens a name, as in '3rd Rock' or '15-1 Studio'."""
    if following is None or not is_name_word(following) or not token.text[0].isdigit():
        return False
    return token.text[-1].isalpha() or "-" in token.text[1:-1]


def is_topic(token: Token, following: Token | None) -> bool:
    """Tell whether a word is only the topic of a headline: 'Cloud : X passe un accord'."""
    return following is not None and following.text == ":" and token.pos_ != "PROPN"


def title_tokens(doc: Doc, lang: Language) -> set[int]:
    """Return the tokens of capitalised titles, which are no part of a name."""
    words = lang.words("relations.holdsPosition.title_words")
    domains = lang.words("relations.holdsPosition.title_domains")
    found: set[int] = set()
    last = -9
    for token in doc:
        adjective = last == token.i - 1 and bool({token.text, token.lower_} & (words | domains))
        domain = token.i - last <= 3 and token.lower_ in domains
        if token.lower_ in lang.titles or adjective or domain:
            found.add(token.i)
            last = token.i
    return found


def starts_sentence(token: Token) -> bool:
    """Tell whether a token's capital may come from its place alone."""
    if token.is_sent_start or token.i == 0:
        return True
    before = token.nbor(-1)
    return before.is_space or before.text in "«»“”\"'()-–—:.•" or before.is_quote


def trim(doc: Doc, start: int, end: int, lang: Language) -> tuple[int, int] | None:
    """Return a name's borders without the nouns, articles and marks around it."""
    outside = lang.words("nouns.product") | lang.words("nouns.place") | lang.words("names.common")
    outside |= lang.words("names.civilities")
    particles = lang.words("names.person_particles")
    while (
        start < end - 1
        and doc[start].whitespace_
        and (
            {doc[start].lower_, doc[start].lemma_.lower(), doc[start].text} & outside
            and not (doc[start].lower_ in particles and doc[start].text[0].isupper())
        )
    ):
        start += 1
    while end > start and (
        doc[end - 1].is_punct
        or doc[end - 1].is_space
        or doc[end - 1].text in lang.words("names.particles")
    ):
        end -= 1
    if end <= start or is_credit(doc, start, end, lang):
        return None
    text = doc[start:end].text
    if text.lower() in outside or len(text) < 2:
        return None
    if end - start == 1 and not text.isupper() and is_common_noun(doc[start], lang):
        return None
    return start, end


def is_common_noun(token: Token, lang: Language) -> bool:
    """Tell whether a capitalised word is only a noun such as 'Groupe' or 'Commission'."""
    nouns = lang.words("nouns.company") | lang.words("nouns.place") | lang.words("nouns.facility")
    nouns |= lang.words("nouns.product")
    return bool({token.lower_, token.lemma_.lower()} & nouns)


def is_credit(doc: Doc, start: int, end: int, lang: Language) -> bool:
    """Tell whether a span belongs to a photo credit or an agency's mark."""
    credits = lang.words("names.credits")
    if doc[start].lower_ in credits:
        return True
    window = [t.lower_ for t in doc[max(0, start - 3) : min(len(doc), end + 3)]]
    line = [t for t in doc[max(0, start - 8) : start] if "\n" in t.text]
    short = end - (line[-1].i if line else max(0, start - 8)) < 8
    return short and any(w in credits for w in window[:3] + window[-3:] if len(w) > 2)
