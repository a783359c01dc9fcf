"""Which spans of a text name something, and of what class."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.language import Language
from kg.names import fold, known_names

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: What the model's label is worth as a vote for a class; MISC says little.
LABELS = {
    "ORG": {"Company": 1.0},
    "PER": {"Person": 1.0},
    "LOC": {"Place": 0.8},
    "MISC": {"Product": 0.45, "Company": 0.4},
}
#: How many tokens before a name its common noun may stand ('le fonds d'investissement privé X').
REACH = 7
SURE = 3.0


@dataclass(slots=True)
class Mention:
    """Hold a stretch of tokens that names something; `left` is where its noun phrase begins."""

    start: int
    end: int
    name: str
    left: int
    head: int = -1
    places: tuple[str, ...] = ()
    votes: Counter[str] = field(default_factory=Counter)
    kind: str = ""

    def covers(self, index: int) -> bool:
        """Tell whether a token belongs to the mention's noun phrase."""
        return self.left <= index < self.end


def find_mentions(doc: Doc, lang: Language) -> list[Mention]:
    """Return a text's mentions of named things, in order, each with its class."""
    mentions = []
    for start, end in spans(doc, lang):
        mention = Mention(start, end, name_of(doc, start, end), start)
        describe(mention, doc, lang)
        vote(mention, doc, lang)
        mentions.append(mention)
    return agree(mentions, lang)


def name_of(doc: Doc, start: int, end: int) -> str:
    """Return the characters of a name, without line breaks."""
    return " ".join(doc[start:end].text.split())


def spans(doc: Doc, lang: Language) -> Iterator[tuple[int, int]]:
    """Yield the token borders of names: capitalised runs, mended with the model's entities."""
    model = {i: ent.label_ for ent in doc.ents for i in range(ent.start, ent.end)}
    inside = {i for ent in doc.ents for i in range(ent.start + 1, ent.end)}
    elsewhere = Counter(t.text for t in doc if is_name_word(t) and not starts_sentence(t))
    index = 0
    while index < len(doc):
        if not opens_name(doc[index], lang, model, elsewhere):
            index += 1
            continue
        end = index + 1
        while end < len(doc) and (step := continues_name(doc, end, lang, inside)):
            end += step
        if span := trim(doc, index, end, lang):
            yield span
        index = end


def is_name_word(token: Token) -> bool:
    """Tell whether a token looks like a part of a name: a capital, or a figure with letters."""
    text = token.text
    return text[0].isupper() or (any(c.isdigit() for c in text) and any(c.isupper() for c in text))


def starts_sentence(token: Token) -> bool:
    """Tell whether a token's capital may come from its place alone."""
    if token.is_sent_start or token.i == 0:
        return True
    before = token.nbor(-1)
    return before.is_space or before.text in "«»“”\"'()-–—:.•" or before.is_quote


def opens_name(
    token: Token, lang: Language, model: dict[int, str], elsewhere: Counter[str]
) -> bool:
    """Tell whether a name may begin at a token."""
    if not is_name_word(token) or token.lower_ in lang.words("names.common"):
        return False
    if token.lower_ in lang.demonyms and len(token.text) > 3:
        following = token.nbor() if token.i + 1 < len(token.doc) else None
        return bool(following and is_name_word(following) and token.i in model)
    if len(token.text) == 1 and not (token.i in model):
        return False
    if not starts_sentence(token) or token.i in model:
        return token.text.lower() not in lang.words("values.months")
    ordinary = token.pos_ not in ("PROPN", "X") and not token.is_oov
    return token.text in elsewhere or token.text.isupper() or not ordinary


def continues_name(doc: Doc, index: int, lang: Language, inside: set[int]) -> int:
    """Return how many tokens from an index go on with the name before it (0: none)."""
    token, before = doc[index], doc[index - 1]
    if token.is_space or "\n" in before.whitespace_:
        return 0
    glued = not before.whitespace_
    if is_name_word(token) and not (token.lower_ in lang.words("names.common") and not glued):
        if token.lower_ in lang.demonyms and index not in inside:
            return 0
        return 1
    if token.like_num and token.text[0].isdigit() and len(token.text) <= 4:
        return int(index in inside or glued)
    following = doc[index + 1] if index + 1 < len(doc) else None
    if following is None or not (is_name_word(following) or following.i in inside):
        return int(index in inside and token.is_alpha and token.i + 1 not in inside)
    if token.text in ("-", "–", "&", "/", "+", ".", "'", "’") and glued and not token.whitespace_:
        return 0 if token.text == "/" else 2
    if token.text == "&" or (token.lower_ in lang.words("names.particles") and index in inside):
        return 2 if is_name_word(following) else 1
    if token.lower_ in lang.words("names.person_particles") and index + 1 in inside:
        return 2
    return int(index in inside and token.is_alpha)


def trim(doc: Doc, start: int, end: int, lang: Language) -> tuple[int, int] | None:
    """Return a name's borders without the titles, articles and marks around it."""
    titles = lang.words("relations.holdsPosition.titles")
    outside = lang.words("names.common") | lang.words("nouns.product") | lang.words("nouns.place")
    civil = lang.words("names.civilities")
    while start < end - 1 and (
        doc[start].lower_ in outside or doc[start].text in titles or doc[start].text in civil
    ):
        start += 1
    while end > start and (
        doc[end - 1].is_punct
        or doc[end - 1].is_space
        or doc[end - 1].lower_ in lang.words("names.particles")
    ):
        end -= 1
    if end <= start or is_credit(doc, start, end, lang):
        return None
    text = doc[start:end].text
    if text.lower() in outside or len(text) < 2 or text in titles:
        return None
    if end - start == 1 and not text.isupper() and is_common_noun(doc[start], lang):
        return None
    return start, end


def is_common_noun(token: Token, lang: Language) -> bool:
    """Tell whether a capitalised word is only a noun such as 'Groupe' or 'Commission'."""
    nouns = lang.words("nouns.company") | lang.words("nouns.place") | lang.words("nouns.facility")
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


def describe(mention: Mention, doc: Doc, lang: Language) -> None:
    """Find the common noun and the demonyms before a name ('le constructeur allemand X')."""
    index, limit = mention.start - 1, max(0, mention.start - REACH)
    places: list[str] = []
    while index >= limit:
        token = doc[index]
        if token.is_punct and token.text not in ("-", '"', "«", "“") or token.is_space:
            break
        if token.pos_ in ("VERB", "AUX", "PRON", "SCONJ", "CCONJ") and token.lemma_ not in (
            lang.words("nouns.company")
        ):
            if not is_participle(token):
                break
        if place := demonym_place(token, lang):
            places.append(place)
        elif is_described_by(token, mention, lang):
            mention.head = mention.left = index
            break
        elif token.lower_ in lang.words("articles.determiners") and token.lower_ in ("un", "une"):
            break
        index -= 1
    if mention.head >= 0 or (places and doc[mention.start - 1].lower_ in lang.demonyms):
        mention.places = tuple(dict.fromkeys(places))
        widen(mention, doc, lang)
    after = doc[mention.end] if mention.end < len(doc) else None
    if after is not None and (place := demonym_place(after, lang)) and after.text.islower():
        mention.places = (*mention.places, place)


def is_participle(token: Token) -> bool:
    """Tell whether a token is a participle, as in 'le groupe racheté X'."""
    return "Part" in token.morph.get("VerbForm")


def is_described_by(token: Token, mention: Mention, lang: Language) -> bool:
    """Tell whether a noun before a name says what the name is, with no preposition between."""
    noun = token.lower_ if token.lower_ in lang.words("nouns.company") else token.lemma_.lower()
    if not any(noun in lang.words(f"nouns.{kind}") for kind in NOUNS):
        return False
    last = token.doc[mention.start - 1]
    return last.lower_ not in lang.prepositions and last.lower_ not in (
        lang.words("articles.determiners") - {"du"}
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


def demonym_place(token: Token, lang: Language) -> str:
    """Return the place that an adjective or noun of nationality tells, or ''."""
    return lang.demonyms.get(token.lower_, "") if len(token.text) > 3 else ""


def widen(mention: Mention, doc: Doc, lang: Language) -> None:
    """Let a mention's noun phrase begin at its determiner and adjectives."""
    left = mention.left if mention.head >= 0 else mention.start - 1
    while left > 0 and doc[left - 1].pos_ in ("DET", "ADJ", "NUM"):
        left -= 1
        if doc[left].pos_ == "DET":
            break
    mention.left = max(left, 0)


def vote(mention: Mention, doc: Doc, lang: Language) -> None:
    """Collect what the model and the words around a name say of its class."""
    votes, span = mention.votes, doc[mention.start : mention.end]
    labels = Counter(t.ent_type_ for t in span if t.ent_type_)
    for label, count in labels.items():
        for kind, weight in LABELS.get(label, {}).items():
            votes[kind] += weight * count / len(span)
    if not labels:
        votes["Company"] += 0.3
        votes["Product"] += 0.25
    vote_by_noun(mention, doc, lang)
    vote_by_form(mention, doc, lang)
    before = doc[mention.start - 1] if mention.start else None
    if before is not None:
        if before.text in lang.words("names.civilities"):
            votes["Person"] += SURE
        elif before.lower_ == "en" or (before.lower_ in ("à",) and len(span) <= 2):
            votes["Place"] += 0.8
    name = mention.name
    if fold(name) in lang.places:
        votes["Place"] += SURE
    elif known := known_names().get(fold(name)):
        votes[known.kind] += 1.0 if known.risky else 2.0


def vote_by_noun(mention: Mention, doc: Doc, lang: Language) -> None:
    """Count the common noun before a name, and 'directeur de' before it."""
    if mention.head >= 0:
        token = doc[mention.head]
        for entry, kind in NOUNS.items():
            if {token.lower_, token.lemma_.lower()} & lang.words(f"nouns.{entry}"):
                mention.votes["Company" if kind == "PublicBody" else kind] += 2.0
                break
        return
    if mention.start < 2:
        return
    first, second = doc[mention.start - 1], doc[mention.start - 2]
    titles = lang.words("relations.holdsPosition.titles")
    if lang.prepositions.get(first.lower_) == "de" and second.lower_ in titles:
        mention.votes["Company"] += 1.5
    elif first.lower_ in titles and first.text.islower() and mention.end - mention.start > 1:
        mention.votes["Person"] += 1.0


def vote_by_form(mention: Mention, doc: Doc, lang: Language) -> None:
    """Count what a name's own words say: legal forms, figures, words of company names."""
    words = [t.text for t in doc[mention.start : mention.end]]
    if len(words) > 1 and words[-1] in lang.words("names.legal_forms"):
        mention.votes["Company"] += SURE
    telling = lang.words("names.generic") | lang.words("names.units")
    if len(words) > 1 and any(w.lower() in telling and len(w) > 3 for w in words):
        mention.votes["Company"] += 0.8
        mention.votes["Person"] -= 0.5
    if any(c.isdigit() for w in words for c in w):
        mention.votes["Product"] += 0.7
        mention.votes["Person"] -= 0.5


def agree(mentions: list[Mention], lang: Language) -> list[Mention]:
    """Give the same name the same class throughout: the votes of all its mentions decide."""
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        totals[fold(mention.name)].update(mention.votes)
    for mention in mentions:
        votes = totals[fold(mention.name)]
        mention.kind = max(sorted(votes), key=lambda kind: votes[kind])
    return mentions
