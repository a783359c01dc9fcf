"""Shares of a market, with the market, the rank and the date; who is ranked against whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from kg.model import Entity, Fact
from kg.rules.modality import assess
from kg.rules.relations.scene import Scene
from kg.rules.resolve.cast import Reference, end_of
from kg.rules.resolve.lists import broad
from kg.rules.resolve.salience import is_leading
from kg.rules.syntax import governors
from kg.values.dates import find_dates
from kg.values.days import Now, date_values, read_day
from kg.values.numerals import GAP
from kg.values.quantities import find_quantities

if TYPE_CHECKING:
    from spacy.tokens import Span as Stretch
    from spacy.tokens import Token

WORDS = "relations.marketShare."
SAID, CARRIED, RANKED = 0.9, 0.7, 0.6
#: How many words a market's name has at most.
LONGEST = 6


def find_shares(scene: Scene) -> Iterator[Fact]:
    """Yield market shares, and that those who share a market compete."""
    said_at_all = ("%", *scene.lang.words(WORDS + "words"))
    if not any(word in scene.text.lower() for word in said_at_all):
        return
    context: dict[str, str | int | Decimal | Entity] = {}
    group: list[Fact] = []
    for sentence in scene.cast.doc.sents:
        said = speaks_of_shares(sentence, scene)
        if not said and not context:
            continue
        if not said and not speaks_of_shares_still(sentence, scene):
            yield from rivals(group)
            group, context = [], {}
            continue
        context = context | market_of(sentence, scene)
        for fact in read_shares(sentence, context, scene, SAID if said else CARRIED):
            group.append(fact)
            yield fact
        context = context or {"asOf": ""}
    yield from rivals(group)


def rivals(shares: list[Fact]) -> Iterator[Fact]:
    """Yield that the holders of shares of one market compete."""
    for first, second in combinations(shares, 2):
        if first.subject != second.subject:
            yield Fact(
                first.subject,
                "competesWith",
                second.subject,
                confidence=RANKED,
                rule="market",
                evidence=(*first.evidence, *second.evidence),
            )


def speaks_of_shares(sentence: Stretch, scene: Scene) -> bool:
    """Tell whether a sentence speaks of market shares in so many words."""
    text = re.sub(GAP, " ", sentence.text.lower())
    if "%" in text and not other_things(sentence, scene):
        if any(t.lemma_ in scene.lang.words(WORDS + "nouns") for t in sentence):
            return True
    return any(word in text for word in scene.lang.words(WORDS + "words"))


def speaks_of_shares_still(sentence: Stretch, scene: Scene) -> bool:
    """Tell whether a sentence right after goes on with shares: a percentage of no other thing."""
    return "%" in sentence.text and not other_things(sentence, scene)


def other_things(sentence: Stretch, scene: Scene) -> bool:
    """Tell whether a sentence speaks of what a percentage may be of instead of a market."""
    return bool({t.lemma_.lower() for t in sentence} & scene.lang.words(WORDS + "other"))


def read_shares(
    sentence: Stretch,
    context: dict[str, str | int | Decimal | Entity],
    scene: Scene,
    confidence: float,
) -> Iterator[Fact]:
    """Yield the shares of one sentence: each percentage goes with the company before it."""
    previous = sentence.start_char
    for quantity in find_quantities(sentence.text, "percent", scene.lang):
        begin, end = (place + sentence.start_char for place in quantity.span)
        reference = company_of(sentence, (previous, begin, end), scene)
        previous = end
        if reference is None or len(quantity.numbers) > 1 or quantity.numbers[0] > 100:
            continue  # a range is no number
        first = min(scene.cast.doc[reference.left].idx, begin)
        last = max(end_of(scene.cast.doc[reference.end - 1]), end)
        said = {k: v for k, v in quantity.typed("share").items() if k != "share"}
        qualifiers = {k: v for k, v in context.items() if v} | said
        if rank := rank_of(scene.text[first:last], scene):
            qualifiers["rank"] = rank
        yield Fact(
            reference.entities[0],
            "marketShare",
            quantity.numbers[0],
            assess(verb_of(reference, scene), scene.lang),
            qualifiers=qualifiers,
            confidence=confidence,
            rule="share",
            evidence=((first, last),),
        )


def verb_of(reference: Reference, scene: Scene) -> Token:
    """Return the verb whose clause a reference stands in, or the reference's own head."""
    root = scene.cast.doc[reference.start : reference.end].root
    return next((t for t in governors(root) if t.pos_ in ("VERB", "AUX")), root)


def company_of(sentence: Stretch, where: tuple[int, int, int], scene: Scene) -> Reference | None:
    """Return the company that a percentage goes with: the last one before it, else the next."""
    doc, (previous, begin, end) = scene.cast.doc, where
    inside = companies_in(sentence, scene)
    before = [r for r in inside if previous <= doc[r.start].idx < begin]
    behind = [r for r in inside if end <= doc[r.start].idx < end + 25]
    return before[-1] if before else behind[0] if behind else None


def companies_in(sentence: Stretch, scene: Scene) -> list[Reference]:
    """Return what a sentence names that may hold a share of a market."""
    return [
        r
        for r in scene.cast.references
        if sentence.start <= r.start < sentence.end and broad(r) in ("Organization", "Product")
    ]


def rank_of(text: str, scene: Scene) -> int:
    """Return the rank that some words tell, or 0."""
    ranks = scene.lang.table(WORDS + "ranks")
    found = [int(ranks[w]) for w in re.findall(r"\w+", text.lower()) if w in ranks]
    return found[0] if found else 0


def market_of(sentence: Stretch, scene: Scene) -> dict[str, str | int | Decimal | Entity]:
    """Return the market and the date that a sentence speaks of."""
    found: dict[str, str | int | Decimal | Entity] = {}
    heads = "|".join(sorted(scene.lang.words(WORDS + "markets")))
    of = "|".join(sorted(scene.lang.words(WORDS + "of"), key=lambda w: (-len(w), w)))
    match = re.search(
        rf"\b(?:{heads})(?: [\w-]+){{0,2}}? (?:{of})\s*([^,;:.()%–—-]{{3,60}})", sentence.text
    )
    if match and (name := name_of_market(match[1], scene)):
        found["market"] = Entity(name, "Market")
    now = Now(read_day(scene.published), scene.lang)
    for when in find_dates(sentence.text, scene.lang):
        words = sentence.char_span(*when.span, alignment_mode="expand")
        values = date_values(when, "asOf", now)
        if values and words is not None and is_of_market(words.root, scene):
            return found | values
    return found


def is_of_market(date: Token, scene: Scene) -> bool:
    """Tell whether a date is that of a clause on a market, not of another thing in it."""
    lang = scene.lang
    market = lang.words(WORDS + "markets") | lang.words(WORDS + "nouns")
    known = market | lang.words("values.dates.fillers")
    for node in governors(date):
        if node.pos_ in ("VERB", "AUX"):
            return True
        if node.pos_ == "PROPN" or (node.pos_ == "NOUN" and not {node.lemma_, node.lower_} & known):
            return node.dep_ == "ROOT"
    return True


def name_of_market(text: str, scene: Scene) -> str:
    """Return the noun phrase at the head of some words, without what comes after it."""
    stops = scene.lang.words(WORDS + "stops")
    words = text.split()[:LONGEST]
    end = next((i for i, word in enumerate(words) if word in stops), len(words))
    return " ".join(words[:end])


def find_rankings(scene: Scene) -> Iterator[Fact]:
    """Yield competitors told by a word between two names ('devant X', 'face à X et Y')."""
    doc = scene.cast.doc
    ranking = scene.lang.words("relations.competesWith.ranking")
    for sentence in doc.sents:
        inside = companies_in(sentence, scene)
        if len(inside) < 2 or not any(t.like_num or t.lemma_.lower() in ranking for t in sentence):
            continue
        for index, reference in enumerate(inside):
            words = doc[max(reference.left - 3, sentence.start) : reference.start].text.lower()
            if index and any(
                re.search(rf"\b{re.escape(w)}\b", words)
                for w in scene.lang.words("relations.competesWith.between")
            ):
                yield from ranked(subject_of(inside[:index], scene), reference, scene)


def subject_of(earlier: list[Reference], scene: Scene) -> Reference:
    """Return the company that a sentence ranks: its subject, else the last one before."""
    leading = [r for r in earlier if is_leading(r, scene.cast.doc, scene.lang)]
    return (leading or earlier)[-1]


def ranked(first: Reference, second: Reference, scene: Scene) -> Iterator[Fact]:
    """Yield that one company competes with those of a list."""
    doc = scene.cast.doc
    for other in scene.all_of(second):
        if other.entities[0] != first.entities[0]:
            span = (doc[first.left].idx, end_of(doc[other.end - 1]))
            yield Fact(
                first.entities[0],
                "competesWith",
                other.entities[0],
                confidence=CARRIED,
                rule="rank",
                evidence=(span,),
            )
