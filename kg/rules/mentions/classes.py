"""Of what class a name is: the model's label, and what the words around it say, vote."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.names.key import fold
from kg.names.known import is_name
from kg.rules.mentions.contexts import vote_by_context, vote_by_noun
from kg.rules.mentions.mention import Mention, Votes, is_full_name
from kg.rules.syntax import has
from kg.values.language import Language

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

ORGANIZATIONS = ("Company", "Organization", "PublicBody")
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
    tokens = list(doc)  # read faster than a Doc
    for mention in mentions:
        vote(mention, tokens, lang)
    doubt_surnames(mentions)
    see_models(mentions, tokens, lang)
    share(mentions, tokens, lang)
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


def see_models(mentions: list[Mention], tokens: Sequence[Token], lang: Language) -> None:
    """Take a company's name with more words for its product: 'Orvane XC', 'Vextra Boxer'."""
    names = {fold(m.name) for m in mentions if m.label["Person"] < LIKELY}
    articles = lang.words("names.plain_articles")
    names -= {fold(m.name) for m in mentions if m.start and tokens[m.start - 1].lower_ in articles}
    telling = lang.words("names.generic") | lang.words("names.units")
    for mention in mentions:
        words = tokens[mention.start : mention.end]
        starts = [
            k
            for k in range(1, len(words))
            if is_name(fold("".join(t.text_with_ws for t in words[:k])), names)
        ]
        if not starts or any(w.lower_ in telling or fold(w.text) in lang.places for w in words):
            continue
        code = words[-1].text.isupper() and len(words[-1].text) <= MODEL
        mention.votes["Product"] += 1.5 if code else 0.7


def vote(mention: Mention, tokens: Sequence[Token], lang: Language) -> None:
    """Collect what the model and the words around a name say of its class."""
    span = tokens[mention.start : mention.end]
    labels = Counter(t.ent_type_ for t in span if t.ent_type_)
    for label, count in labels.items():
        for kind, weight in LABELS.get(label, {}).items():
            mention.label[kind] += weight * count / len(span)
    if not labels:
        add(mention.label, UNSEEN)
    vote_by_context(mention, tokens, lang)


def share(mentions: list[Mention], tokens: Sequence[Token], lang: Language) -> None:
    """Let the names of a list share what their neighbours' contexts and labels say."""
    chains = list(chained(mentions, tokens, lang))
    pairs = [pair for chain in chains for pair in pairwise(chain)]
    gifts = [(known(first), known(second)) for first, second in pairs]
    for (first, second), (from_first, from_second) in zip(pairs, gifts, strict=True):
        if first.head >= 0 and second.head < 0 and has(tokens[first.head], "Number", "Plur"):
            second.head = first.head
            vote_by_noun(second, tokens, lang)
        elif first.article and second.head < 0 and second.left == second.start:
            second.article = first.article
            second.label["Product"] += first.article
        if not is_full_name(first):
            add(first.votes, from_second, NEIGHBOUR)
        if not is_full_name(second):
            add(second.votes, from_first, NEIGHBOUR)


def chained(
    mentions: Sequence[Mention], tokens: Sequence[Token], lang: Language
) -> Iterator[list[Mention]]:
    """Yield the lists of names: three or more, or two with more than a comma between them."""
    chain: list[Mention] = []
    full = False
    for mention in mentions:
        joint = joins(chain[-1], mention, tokens, lang) if chain else ""
        if not joint:
            if full or len(chain) > 2:
                yield chain
            chain, full = [], False
        chain.append(mention)
        full = full or joint not in ("", ",")
    if full or len(chain) > 2:
        yield chain


def joins(first: Mention, second: Mention, tokens: Sequence[Token], lang: Language) -> str:
    """Return the mark or the word that joins two names of a list, or ''.

    A preposition between them has to be the one before the first of them.
    """
    gap = tokens[first.end : second.left]
    marks = (",", "/")
    if not 0 < len(gap) <= 3 or not (
        gap[0].text in marks or gap[0].lower_ in lang.words("articles.conjunctions")
    ):
        return ""
    before = lang.prepositions.get(tokens[first.left - 1].lower_) if first.left else None
    for token in gap:
        lower = token.lower_
        if lang.prepositions.get(lower) not in (None, before):
            return ""
        if not (
            lower in marks
            or lower in lang.prepositions
            or lower in lang.words("articles.conjunctions")
            or lower in lang.words("articles.determiners")
        ):
            return ""
    return gap[0].text


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
            mention.kind, _ = choose(votes)
    return mentions


def choose(votes: Votes) -> tuple[str, float]:
    """Return the class that most speaks for, and by how much it leads the next.

    Companies, public bodies and other organisations stand together against the rest.
    """
    broad = {kind: votes[kind] for kind in ("Person", "Place", "Product")}
    broad["Company"] = sum(votes[kind] for kind in ORGANIZATIONS)
    ranked = sorted(broad, key=lambda kind: (-broad[kind], kind))
    best = ranked[0]
    if best == "Company":
        best = max(ORGANIZATIONS, key=lambda kind: votes[kind])
    return best, broad[ranked[0]] - broad[ranked[1]]
