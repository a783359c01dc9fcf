"""What is found in marked articles against what is marked; the error budget by given stages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.model import Span
from kg.reader.reading import Found, Seen, find_facts, find_things
from kg.reader.references import gather_things, resolve_references
from kg.reader.types import Limits, Model, Scored
from kg.reader.types import Thing as FoundThing
from kg.score.gold import Claim, Thing, judges, overlap, same_claim
from kg.training.calibrate import Judged
from kg.training.marked.corpus import MarkedArticle, MarkedFact
from kg.training.marked.given import mark_areas, mark_things
from kg.values.figures import read_percent

#: What can be given, each with all before it: nothing, names, what noun phrases mean, areas, so
#: that all pairs of things are right.
STAGES = ("nothing given", "names given", "references given", "areas given")
Demonyms = Mapping[str, str]
#: How alike in words values must be that are not right by their place alone.
LIKE = {"role": 0.66, "market": 0.5}


def gold_things(article: MarkedArticle) -> dict[str, Thing]:
    """Return the marked things with all their names, as scores compare them."""
    names: dict[str, dict[str, None]] = {t.key: {t.name: None} for t in article.things}
    places = {t.key for t in article.things if t.classes[0] == "Place"}
    for mark in article.marks:
        if mark.named or mark.key in places:
            names[mark.key][" ".join(article.text[mark.begin : mark.end].split())] = None
    return {
        t.key: Thing(frozenset(t.classes), tuple(names[t.key]), t.optional) for t in article.things
    }


def gold_claims(article: MarkedArticle, things: Mapping[str, Thing]) -> list[Claim]:
    """Return the marked facts as scores compare them."""
    claims = []
    for fact in article.facts:
        wording = article.text[slice(*fact.place)] if fact.place else ""
        if fact.relation == "marketShare":
            wording = str(read_percent(wording) or "")
        target = things[fact.object] if fact.object else (wording,)
        claims.append(
            Claim(
                fact.relation,
                things[fact.subject],
                target,
                modality=fact.modality,
                optional=fact.optional,
            )
        )
    return claims


def name_things(text: str, things: Sequence[FoundThing]) -> list[Thing]:
    """Return found things with all their names, as scores compare them."""
    return [
        Thing(
            frozenset([thing.label]),
            tuple(Counter(" ".join(text[m.begin : m.end].split()) for m in thing.names)),
        )
        for thing in things
    ]


def make_claim(found: Found, fact: Scored, named: Sequence[Thing]) -> Claim:
    """Return a found fact as scores compare it."""
    label, words = found.things[fact.object].label, named[fact.object].names
    if label == "Figure":
        words = (str(read_percent(words[0]) or ""),)
    ending = words if label in ("Area", "Figure") else named[fact.object]
    return Claim(fact.relation, named[fact.subject], ending)


def judge_facts(article: MarkedArticle, found: Found, *, owners: bool = False) -> Judged:
    """Judge the facts found in an article, the surest first: each marked one is met once."""
    things = gold_things(article)
    wanted = gold_claims(article, things)
    named = name_things(article.text, found.things)
    used: set[int] = set()
    facts: list[tuple[str, float, bool | None]] = []
    for fact in sorted(found.facts, key=lambda f: -f.logit):
        claim = make_claim(found, fact, named)
        if not judges(claim, owners=owners):
            continue
        hits = [k for k, gold in enumerate(wanted) if same_claim(gold, claim)]
        free = [k for k in hits if k not in used]
        free.sort(key=lambda k: wanted[k].optional)
        used.update(free[:1])
        right = not hits or (bool(free) and not wanted[free[0]].optional)
        facts.append((fact.relation, fact.logit, bool(hits) if right else None))
    told = Counter(c.relation for c in wanted if not c.optional and judges(c, owners=owners))
    return Judged(tuple(facts), told)


def count_things(article: MarkedArticle, found: Found, kept: set[int]) -> tuple[int, int, int]:
    """Count things rightly found, wrongly found and missed; `kept` are numbers of found things."""
    gold = list(gold_things(article).values())
    named = name_things(article.text, found.things)
    taken: set[int] = set()
    right = wrong = 0
    for number in sorted(kept):
        thing = named[number]
        hits = [k for k, other in enumerate(gold) if other.same(thing)]
        fits = [k for k in hits if k not in taken and gold[k].types & thing.types]
        if fits:
            taken.add(fits[0])
            right += not gold[fits[0]].optional
        elif not (hits and gold[hits[0]].optional):
            wrong += 1
    missed = sum(not thing.optional for k, thing in enumerate(gold) if k not in taken)
    return right, wrong, missed


def find_seen(
    model: Model,
    article: MarkedArticle,
    seen: Seen,
    limits: Limits,
    *,
    stage: str,
    demonyms: Demonyms,
) -> Found:
    """Find the facts of an article that the network has seen, with stages given."""
    if stage not in STAGES:
        raise ValueError(f"{stage!r} is none of {', '.join(STAGES)}")
    if stage == "nothing given":
        things = find_things(model, article.text, seen.mentions, seen.states, demonyms=demonyms)
        return find_facts(model, seen, things, limits)
    things = mark_things(article, seen, with_others=stage != "names given")
    if stage == "names given":
        acting = resolve_references(model, things, seen.mentions, seen.states)
        things = [
            replace(t, others=t.others + a.others) for t, a in zip(things, acting, strict=True)
        ]
    others = gather_things(article.text, seen.mentions, demonyms)
    if stage == "areas given":
        things += mark_areas(article, seen)
        others = [thing for thing in others if thing.label == "Figure"]
    things += [thing for thing in others if thing.label in ("Area", "Figure")]
    return find_facts(model, seen, things, limits)


def match_facts(
    article: MarkedArticle, found: Found, limits: Mapping[str, float]
) -> Iterator[tuple[MarkedFact, Scored]]:
    """Yield the firm facts that are met by one found over its limit, the surest first."""
    things = gold_things(article)
    wanted = list(zip(article.facts, gold_claims(article, things), strict=True))
    named = name_things(article.text, found.things)
    for fact in sorted(found.facts, key=lambda f: -f.logit):
        if fact.logit < limits[fact.relation]:
            continue
        claim = make_claim(found, fact, named)
        hits = [pair for pair in wanted if same_claim(pair[1], claim)]
        hits.sort(key=lambda pair: pair[1].optional)
        if hits:
            wanted.remove(hits[0])
            if not hits[0][0].optional:
                yield hits[0][0], fact


def check_details(
    article: MarkedArticle, found: Found, limits: Mapping[str, float]
) -> Counter[tuple[str, bool]]:
    """Count, for facts over their limits that meet a firm one, what else of them is right.

    `denied or possible` counts as right what is not told as actual; a slot that is not marked and
    yet filled is not counted.
    """
    told: Counter[tuple[str, bool]] = Counter()
    for marked, fact in match_facts(article, found, limits):
        told["modality", marked.modality == fact.modality] += 1
        if marked.modality in ("possible", "denied"):
            told["denied or possible", fact.modality != "actual"] += 1
        if marked.ended or fact.ended:
            told["ended", marked.ended == fact.ended] += 1
        told["evidence", is_evidence(marked.evidence, fact.evidence)] += 1
        for slot in list_marked(marked):
            told[slot, fills(article, found, marked, fact, slot=slot)] += 1
    return told


def list_marked(fact: MarkedFact) -> tuple[str, ...]:
    """Return the slots that are marked of a fact."""
    return (*(("by",) if fact.by else ()), *fact.slots)


def fills(
    article: MarkedArticle, found: Found, marked: MarkedFact, fact: Scored, *, slot: str
) -> bool:
    """Tell whether a found fact has in a slot what is marked."""
    value = fact.values.get(slot)
    if slot == "by":
        things, named = gold_things(article), name_things(article.text, found.things)
        return isinstance(value, int) and things[marked.by].same(named[value])
    if value is None or isinstance(value, int):
        return False
    place = marked.slots[slot]
    want, got = article.text[slice(*place)], article.text[slice(*value)]
    return overlap(want, got) >= LIKE[slot] if slot in LIKE else is_shared(place, value)


def is_evidence(want: Span, got: Span) -> bool:
    """Tell whether words hold half of those marked and are not three times as long.

    >>> is_evidence((0, 10), (4, 30)), is_evidence((0, 100), (60, 100))
    (True, False)
    """
    size = want[1] - want[0]
    held = max(0, min(want[1], got[1]) - max(want[0], got[0]))
    return 2 * held >= size and got[1] - got[0] <= max(3 * size, 300)


def is_shared(want: Span, got: Span) -> bool:
    """Tell whether two pieces of text overlap."""
    return want[0] < got[1] and got[0] < want[1]
