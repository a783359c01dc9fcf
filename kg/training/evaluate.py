"""Readings of marked articles against what is marked: facts judged one by one, things counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.reader.figures import read_percent
from kg.reader.reading import Found
from kg.reader.references import Thing as FoundThing
from kg.score.gold import Claim, Thing, judges, same_claim
from kg.training.calibrate import Judged
from kg.training.corpus import MarkedArticle


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


def judge_facts(article: MarkedArticle, found: Found, *, owners: bool = False) -> Judged:
    """Judge the facts found in an article, the surest first: each marked one is met once."""
    things = gold_things(article)
    wanted = gold_claims(article, things)
    named = name_things(article.text, found.things)
    used: set[int] = set()
    facts: list[tuple[str, float, bool | None]] = []
    for fact in sorted(found.facts, key=lambda f: -f.logit):
        target = found.things[fact.object]
        words = named[fact.object].names
        if target.label == "Figure":
            words = (str(read_percent(words[0]) or ""),)
        ending = named[fact.object] if target.label not in ("Area", "Figure") else words
        claim = Claim(fact.relation, named[fact.subject], ending)
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
