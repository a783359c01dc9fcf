"""Of what class a name is: the model's label, and what the words around it say, vote."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.language import Language
from kg.mentions import NOUNS, Mention, Votes, demonym_places
from kg.names import fold, known_names
from kg.syntax import has

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: What the model's label is worth as a vote for a class; MISC says little.
LABELS: dict[str, dict[str, float]] = {
    "ORG": {"Company": 1.0},
    "PER": {"Person": 1.0},
    "LOC": {"Place": 0.55, "Company": 0.1},
    "MISC": {"Product": 0.6, "Company": 0.3},
}

#: What a name that the model does not see is worth.
UNSEEN = {"Company": 0.3, "Product": 0.25}

SURE = 3.0
#: How many characters a model's code has at most.
MODEL = 3
#: From how much on the model takes a name for a person.
LIKELY = 0.6
#: How much of that goes to a company for a lone surname.
DOUBT = 0.3
#: How much a second context of the same class adds to the first.
AGAIN = 0.25

#: How much of its neighbour's votes a name in a list takes.
NEIGHBOUR = 0.3


def classify(mentions: list[Mention], doc: Doc, lang: Language) -> list[Mention]:
    """Give each mention its class: organisation, person, place or product."""
    for mention in mentions:
        vote(mention, doc, lang)
    doubt_surnames(mentions)
    see_models(mentions, doc, lang)
    share(mentions, doc, lang)
    return agree(mentions)


def doubt_surnames(mentions: list[Mention]) -> None:
    """Take a lone name for a company rather than for a person whom no full name introduces."""
    full = [m for m in mentions if m.end - m.start > 1 and m.label["Person"] >= LIKELY]
    surnames = {word for m in full for word in fold(m.name).split()}
    for mention in mentions:
        if mention.end - mention.start == 1 and fold(mention.name) not in surnames:
            doubt = min(mention.label["Person"], DOUBT)
            mention.label["Person"] -= doubt
            mention.label["Company"] += doubt


def see_models(mentions: list[Mention], doc: Doc, lang: Language) -> None:
    """Take a company's name with more words for its product: 'Volvo XC', 'Peugeot Boxer'."""
    names = {fold(m.name) for m in mentions if m.label["Person"] < LIKELY}
    telling = lang.words("names.generic") | lang.words("names.units")
    for mention in mentions:
        words = doc[mention.start : mention.end]
        starts = [k for k in range(1, len(words)) if fold(words[:k].text) in names]
        if not starts or any(w.lower_ in telling or fold(w.text) in lang.places for w in words):
            continue
        code = words[-1].text.isupper() and len(words[-1].text) <= MODEL
        mention.votes["Product"] += 1.5 if code else 0.5


def vote(mention: Mention, doc: Doc, lang: Language) -> None:
    """Collect what the model and the words around a name say of its class."""
    votes, span = mention.votes, doc[mention.start : mention.end]
    labels = Counter(t.ent_type_ for t in span if t.ent_type_)
    for label, count in labels.items():
        for kind, weight in LABELS.get(label, {}).items():
            mention.label[kind] += weight * count / len(span)
    if not labels:
        add(mention.label, UNSEEN)
    vote_by_noun(mention, doc, lang)
    vote_by_form(mention, doc, lang)
    vote_by_verb(mention, doc, lang)
    before = doc[mention.start - 1] if mention.start else None
    if before is not None:
        if before.text in lang.words("names.civilities"):
            votes["Person"] += SURE
        else:
            votes["Place"] += lang.table("names.place_votes").get(before.lower_, 0.0)
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
    if first is not None and first.text == "," and several and announces_person(first, lang):
        mention.votes["Person"] += 1.0
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


def announces_person(comma: Token, lang: Language) -> bool:
    """Tell whether a title stands before a comma: 'le président du groupe, X'."""
    for index in range(comma.i - 1, max(comma.i - 7, comma.sent.start - 1), -1):
        token = comma.doc[index]
        if token.lower_ in lang.titles:
            return True
        if token.pos_ in ("VERB", "AUX") or token.is_punct:
            return False
    return False


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
    quotes = lang.words("names.quotes_open"), lang.words("names.quotes_close")
    if mention.start and mention.end < len(doc):
        if doc[mention.start - 1].text in quotes[0] and doc[mention.end].text in quotes[1]:
            mention.votes["Product"] += 0.8
    opening = doc[mention.start].lemma_.lower()
    if len(words) > 1 and opening in lang.words("nouns.public"):
        mention.votes["PublicBody"] += 2.0
    elif len(words) > 1 and opening in lang.words("nouns.company"):
        mention.votes["Company"] += 1.0
    if any(c.isdigit() for w in words for c in w):
        mention.votes["Product"] += 0.7
        mention.votes["Person"] -= 0.5


def share(mentions: list[Mention], doc: Doc, lang: Language) -> None:
    """Let the names of a list share what their neighbours' contexts and labels say."""
    marks = lang.words("articles.conjunctions") | {",", "/"}
    joints = lang.words("articles.conjunctions") | {",", "/"} | lang.words("articles.determiners")
    joints |= set(lang.prepositions)
    pairs = [
        (first, second)
        for first, second in pairwise(mentions)
        if 0 < second.left - first.end <= 3
        and doc[first.end].lower_ in marks
        and all(t.lower_ in joints for t in doc[first.end : second.left])
    ]
    gifts = [(known(first), known(second)) for first, second in pairs]
    for (first, second), (from_first, from_second) in zip(pairs, gifts, strict=True):
        if first.head >= 0 and second.head < 0 and has(doc[first.head], "Number", "Plur"):
            second.head = first.head
            vote_by_noun(second, doc, lang)
        add(first.votes, from_second, NEIGHBOUR)
        add(second.votes, from_first, NEIGHBOUR)


def known(mention: Mention) -> Votes:
    """Return all that speaks for a mention's classes."""
    votes = add(add(defaultdict(float), mention.label), mention.votes)
    return defaultdict(float, {kind: value for kind, value in votes.items() if value > 0})


def add(votes: Votes, more: Mapping[str, float], weight: float = 1.0) -> Votes:
    """Add weighted votes to others and return these."""
    for kind, value in more.items():
        votes[kind] += weight * value
    return votes


def tally(mentions: Sequence[Mention]) -> Votes:
    """Add up what some mentions say of one class.

    The model counts on average, and the context that tells most in full, the others in part.
    """
    total: Votes = defaultdict(float)
    for mention in mentions:
        add(total, mention.label, 1 / len(mentions))
    for kind in sorted({kind for mention in mentions for kind in mention.votes}):
        weights = sorted((m.votes[kind] for m in mentions), key=abs)
        total[kind] += weights[-1] + AGAIN * sum(weights[:-1])
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
