"""Facts to what belongs to them: who says so, roles, shares, sums, dates, markets, ranks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from kg.model import Article, Entity, Span
from kg.reader.pieces import Ints
from kg.reader.relations import Scores, number_relations
from kg.reader.scheme import SLOTS, list_slots
from kg.reader.types import Floats, Mention, Model, Scored, States, Thing
from kg.values.dates import find_dates
from kg.values.days import Now, date_values, read_day
from kg.values.figures import FILLS, read_rank
from kg.values.language import Language, load_language
from kg.values.quantities import Quantity, find_amounts, find_percents, meet

#: Pieces around the two mentions of a fact within which its values stand.
AROUND = 200
#: Slots that are asked for at once.
AT_ONCE = 32
SPEAKERS = ("Organization", "Person")
#: Characters around a figure that may belong to its wording ('plus de 3 millions', 'by 2027').
WORDED = 60
#: A year by itself.
YEAR = re.compile(r"[12]\d{3}")
Value = str | int | Decimal | Entity
Finder = Callable[[str, Language], Iterator[Quantity]]


@dataclass(frozen=True, slots=True)
class Wording:
    """Hold a figure in the words around it: these, and where it stands in them."""

    text: str
    place: Span

    @property
    def words(self) -> str:
        """Return the figure's own words."""
        return self.text[slice(*self.place)]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold what may fill a slot: a mention, and the number of the thing that it means, if any."""

    mention: Mention
    slots: tuple[str, ...]
    thing: int = -1


@dataclass(frozen=True, slots=True)
class Question:
    """Hold a slot of a fact, the numbers of what may fill it, and how far from its ends it is."""

    fact: int
    slot: str
    can: Ints
    far: Ints


def list_candidates(mentions: Sequence[Mention], things: Sequence[Thing]) -> list[Candidate]:
    """Return roles, markets, figures and dates, and all mentions of those who can say something."""
    found = [
        Candidate(m, (m.label.lower(),) if m.layer == "span" else FILLS[m.label])
        for m in mentions
        if m.layer == "figure" or (m.layer == "span" and m.label in ("Role", "Market"))
    ]
    found += [
        Candidate(mention, ("by",), number)
        for number, thing in enumerate(things)
        if thing.label in SPEAKERS
        for mention in thing.mentions
    ]
    return sorted(found, key=lambda c: (c.mention.first, c.mention.last, c.slots, c.thing))


def fill_slots(
    model: Model,
    states: States,
    candidates: Sequence[Candidate],
    *,
    scores: Scores,
    facts: Sequence[Scored],
    rows: Ints,
) -> list[Scored]:
    """Return facts with the values of their slots: of each the likeliest, unless none is."""
    if not facts or not candidates:
        return list(facts)
    firsts = np.array([c.mention.first for c in candidates])
    vectors = model.mark(states.pieces, firsts, np.array([c.mention.last for c in candidates]))
    questions = list(ask_slots(candidates, firsts, scores=scores, facts=facts, rows=rows))
    values: list[dict[str, Span | int]] = [{} for _ in facts]
    relations = number_relations(facts)
    for start in range(0, len(questions), AT_ONCE):
        asked = questions[start : start + AT_ONCE]
        of = np.repeat(np.arange(len(asked)), [len(q.can) for q in asked])
        about = np.array([q.fact for q in asked])
        slots = np.array([SLOTS.index(q.slot) for q in asked])
        can, far = (
            np.concatenate(part) for part in zip(*((q.can, q.far) for q in asked), strict=True)
        )
        told = scores.features[rows[about]], relations[about], slots
        logits, none = model.fill(told, of, vectors[can], far)
        for number, question in enumerate(asked):
            own = [candidates[k] for k in question.can.tolist()]
            best, total = choose_value(logits[of == number], own)
            if total > none[number]:
                values[question.fact][question.slot] = best
    return [replace(f, values=values[k]) for k, f in enumerate(facts)]


def ask_slots(
    candidates: Sequence[Candidate],
    firsts: Ints,
    *,
    scores: Scores,
    facts: Sequence[Scored],
    rows: Ints,
) -> Iterator[Question]:
    """Yield the slots of facts near which something stands that may fill them."""
    fits = np.array([[slot in c.slots for c in candidates] for slot in SLOTS])
    for number, fact in enumerate(facts):
        row = rows[number]
        ends = scores.begins[[scores.pairs.left[row], scores.pairs.right[row]]]
        low = int(np.searchsorted(firsts, ends.min() - AROUND))
        high = int(np.searchsorted(firsts, ends.max() + AROUND, side="right"))
        far = firsts[low:high, None] - ends
        near = np.abs(far).min(1) <= AROUND
        for slot in list_slots(fact.relation):
            can = np.flatnonzero(near & fits[SLOTS.index(slot), low:high])
            if len(can):
                yield Question(number, slot, low + can, far[can])


def choose_value(logits: Floats, candidates: Sequence[Candidate]) -> tuple[Span | int, float]:
    """Return the likeliest value with its logit: characters, or a thing, whose mentions add up."""
    totals: dict[Span | int, float] = {}
    top = float(logits.max())
    for logit, candidate in zip(np.exp(logits - top).tolist(), candidates, strict=True):
        mention = candidate.mention
        key = candidate.thing if candidate.thing >= 0 else (mention.begin, mention.end)
        totals[key] = totals.get(key, 0.0) + logit
    best = max(totals, key=lambda key: totals[key])
    return best, float(np.log(totals[best])) + top


def read_values(slots: Mapping[str, Span], article: Article) -> Iterator[tuple[str, Value]]:
    """Yield what the words that fill a fact's slots say, as a graph keeps it.

    >>> article = Article("a", "5 % en mai 2019", published="2019-06-01")
    >>> dict(read_values({"share": (0, 3), "date": (7, 15)}, article))
    {'date': '2019-05', 'share': Decimal('5')}
    """
    lang = load_language(article.lang)
    now = Now(read_day(article.published), lang)
    for slot, span in sorted(slots.items()):
        wording = word_figure(article.text, span)
        words = wording.words
        if slot == "role":
            yield slot, words
        elif slot == "market":
            yield slot, Entity(words, "Market", mentions=(span,))
        elif slot == "share":
            yield from read_quantity(slot, wording, find_percents, lang).items()
        elif slot == "amount":
            yield from read_quantity(slot, wording, find_amounts, lang).items()
        elif slot in ("date", "asOf"):
            yield from read_date(slot, wording, now).items()
        elif slot == "rank" and (rank := read_rank(words)):
            yield slot, rank


def word_figure(text: str, span: Span) -> Wording:
    r"""Return a figure with what stands around it and may belong to its wording.

    >>> word_figure("paid C$40\nmillion now", (6, 17))
    Wording(text='paid C$40 million now', place=(6, 17))
    """
    before, after = text[max(0, span[0] - WORDED) : span[0]], text[span[1] : span[1] + WORDED]
    words = " ".join(text[slice(*span)].split())
    before, after = (re.sub(r"\s+", " ", side) for side in (before, after))
    return Wording(before + words + after, (len(before), len(before) + len(words)))


def read_quantity(slot: str, wording: Wording, find: Finder, lang: Language) -> Mapping[str, Value]:
    """Return what a percentage or a sum of money says, of a change the end that is meant.

    A price of a single thing ('$12 a share') is no sum, but any percentage is a share.
    """
    near = [q for q in find(wording.text, lang) if meet(q.span, wording.place)]
    if any(quantity.changes for quantity in near) or (not near and slot == "share"):
        near = list(find(wording.words, lang))
    return near[0].typed(slot) if near else {}


def read_date(slot: str, wording: Wording, now: Now) -> Mapping[str, Value]:
    """Return what a date says, a year by itself too."""
    for when in find_dates(wording.text, now.lang):
        if meet(when.span, wording.place):
            return date_values(when, slot, now)
    return {slot: wording.words} if YEAR.fullmatch(wording.words) else {}
