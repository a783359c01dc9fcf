"""Which spans of a text name something, and of what class."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
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
    "LOC": {"Place": 0.55, "Company": 0.1},
    "MISC": {"Product": 0.45, "Company": 0.4},
}
#: What a name that the model does not see is worth.
UNSEEN = Counter({"Company": 0.3, "Product": 0.25})
#: How many tokens before a name its common noun may stand ('le fonds d'investissement privé X').
REACH = 7
SURE = 3.0
#: How much of its neighbour's votes a name in a list takes.
NEIGHBOUR = 0.3


@dataclass(slots=True)
class Mention:
    """Hold a stretch of tokens that names something; `left` is where its noun phrase begins."""

    start: int
    end: int
    name: str
    left: int
    head: int = -1
    places: tuple[str, ...] = ()
    label: Counter[str] = field(default_factory=Counter)
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
    share(mentions, doc, lang)
    return agree(mentions)


def name_of(doc: Doc, start: int, end: int) -> str:
    """Return the characters of a name, without line breaks."""
    name = " ".join(doc[start:end].text.split())
    return name.removesuffix(".") if "." not in name[:-1] and len(name) > 5 else name


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
            return token.ent_type_ == "ORG" and token.i + 1 in self.inside
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
        adjective = last == token.i - 1 and (token.text in words or token.lower_ in domains)
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
    while start < end - 1 and doc[start].whitespace_ and (
        {doc[start].lower_, doc[start].lemma_.lower(), doc[start].text} & outside
        and not (doc[start].lower_ in particles and doc[start].text[0].isupper())
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


def describe(mention: Mention, doc: Doc, lang: Language) -> None:
    """Find the common noun and the demonyms before a name ('le constructeur allemand X')."""
    index, limit = mention.start - 1, max(0, mention.start - REACH)
    places: list[str] = []
    nearest = -1
    while index >= limit:
        token = doc[index]
        if token.is_punct and token.text not in ("-", '"', "«", "“") or token.is_space:
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
            if index == 0 or lang.prepositions.get(doc[index - 1].lower_) != "de":
                break
        elif token.lower_ in lang.words("articles.determiners") and token.lower_ in ("un", "une"):
            break
        index -= 1
    if nearest >= 0:
        mention.head = mention.left = nearest
    if mention.head >= 0 or (places and doc[mention.start - 1].lower_ in lang.demonyms):
        mention.places = tuple(dict.fromkeys(places))
        widen(mention, doc, lang)
    after = doc[mention.end] if mention.end < len(doc) else None
    if after is not None and after.text.islower():
        mention.places = (*mention.places, *demonym_places(after, lang))


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


def vote(mention: Mention, doc: Doc, lang: Language) -> None:
    """Collect what the model and the words around a name say of its class."""
    votes, span = mention.votes, doc[mention.start : mention.end]
    labels = Counter(t.ent_type_ for t in span if t.ent_type_)
    for label, count in labels.items():
        for kind, weight in LABELS.get(label, {}).items():
            mention.label[kind] += weight * count / len(span)
    if not labels:
        mention.label.update(UNSEEN)
    vote_by_noun(mention, doc, lang)
    vote_by_form(mention, doc, lang)
    vote_by_verb(mention, doc, lang)
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
        if mention.label["Person"] >= 0.9 and mention.end - mention.start > 1:
            return
        for entry, kind in NOUNS.items():
            if {token.lower_, token.lemma_.lower()} & lang.words(f"nouns.{entry}"):
                mention.votes["Company" if kind == "PublicBody" else kind] += 2.0
                break
        return
    if mention.start < 2:
        return
    first, second = doc[mention.start - 1], doc[mention.start - 2]
    if lang.prepositions.get(first.lower_) == "de" and follows_title(second, lang):
        mention.votes["Company"] += 1.5
    elif first.lower_ in lang.titles and first.text.islower() and mention.end - mention.start > 1:
        mention.votes["Person"] += 1.0


def follows_title(token: Token, lang: Language) -> bool:
    """Tell whether a token ends a role's title: 'directrice', 'directrice des achats'."""
    if token.lower_ in lang.titles:
        return True
    words = lang.words("relations.holdsPosition.title_words")
    inner = words | lang.words("relations.holdsPosition.title_domains")
    for index in range(token.i, max(token.i - 5, -1), -1):
        word = token.doc[index]
        if word.lower_ in lang.titles:
            return True
        if word.lower_ not in inner and word.pos_ not in ("DET", "ADP"):
            return False
    return False


def vote_by_verb(mention: Mention, doc: Doc, lang: Language) -> None:
    """Count the words that only people or only companies stand beside."""
    first = doc[mention.start - 1] if mention.start else None
    second = doc[mention.start - 2] if mention.start > 1 else None
    after = doc[mention.end : mention.end + 4]
    several = mention.end - mention.start > 1
    if first is not None and first.lemma_ in lang.words("speech.verbs") and several:
        mention.votes["Person"] += 0.5
    if len(after) > 1 and after[0].text == ",":
        if {t.lemma_.lower() for t in after[1:]} & lang.words("nouns.company"):
            mention.votes["Company"] += 0.8
    if several and len(after) > 1 and after[0].text in (",", "("):
        if any(t.lower_ in lang.titles for t in after[1:]):
            mention.votes["Person"] += 0.8
    if first is not None and second is not None:
        head = second if second.pos_ != "ADJ" or second.i == 0 else second.nbor(-1)
        owned = {head.lemma_.lower(), head.lower_} & lang.words("nouns.owned")
        if lang.prepositions.get(first.lower_) == "de" and owned:
            mention.votes["Company"] += 1.0
    if first is not None and first.text.islower() and demonym_places(first, lang):
        if second is not None and second.lower_ in lang.words("articles.determiners"):
            mention.votes["Company"] += 1.2
    root = doc[mention.start : mention.end].root
    if root.dep_ in lang.words("syntax.subject") and root.head.lemma_ in lang.words("nouns.deeds"):
        mention.votes["Company"] += 0.6


def vote_by_form(mention: Mention, doc: Doc, lang: Language) -> None:
    """Count what a name's own words say: legal forms, figures, words of company names."""
    words = [t.text for t in doc[mention.start : mention.end]]
    if len(words) > 1 and words[-1] in lang.words("names.legal_forms"):
        mention.votes["Company"] += SURE
    telling = lang.words("names.generic") | lang.words("names.units")
    if len(words) > 1 and any(w.lower() in telling and len(w) > 3 for w in words):
        mention.votes["Company"] += 0.8
        mention.votes["Person"] -= 0.5
    if len(words) == 1 and words[0].isupper() and len(words[0]) > 1:
        mention.votes["Company"] += 0.15
    if any(c.isdigit() for w in words for c in w):
        mention.votes["Product"] += 0.7
        mention.votes["Person"] -= 0.5


def share(mentions: list[Mention], doc: Doc, lang: Language) -> None:
    """Let the names of a list share what their neighbours' contexts and labels say."""
    joints = lang.words("articles.conjunctions") | {",", "/"} | lang.words("articles.determiners")
    joints |= set(lang.prepositions)
    pairs = [
        (first, second)
        for first, second in zip(mentions, mentions[1:], strict=False)
        if 0 < second.left - first.end <= 3
        and doc[first.end].text in (",", "/", "et", "ou", "&")
        and all(t.lower_ in joints for t in doc[first.end : second.left])
    ]
    gifts = [(first.label + first.votes, second.label + second.votes) for first, second in pairs]
    for (first, second), (from_first, from_second) in zip(pairs, gifts, strict=True):
        for kind, weight in from_second.items():
            first.votes[kind] += NEIGHBOUR * weight
        for kind, weight in from_first.items():
            second.votes[kind] += NEIGHBOUR * weight


def tally(mentions: Iterable[Mention]) -> Counter[str]:
    """Add up what some mentions say of one class: the model on average, each context in full."""
    mentions = list(mentions)
    total: Counter[str] = Counter()
    for mention in mentions:
        for kind, weight in mention.label.items():
            total[kind] += weight / len(mentions)
        total.update(mention.votes)
    return total


def agree(mentions: list[Mention]) -> list[Mention]:
    """Give the same name the same class throughout: the votes of all its mentions decide."""
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[fold(mention.name)].append(mention)
    for group in groups.values():
        votes = tally(group)
        for mention in group:
            mention.kind = max(sorted(votes), key=lambda kind: votes[kind])
    return mentions
