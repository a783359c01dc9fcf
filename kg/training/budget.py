"""The error budget: what reading scores as it is, and with stage after stage given as marked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.reader.entities import list_demonyms
from kg.reader.reading import Found, Seen, see_text
from kg.reader.references import ACTING, resolve_references
from kg.reader.scheme import SLOTS
from kg.reader.types import Limits, Mention, Model
from kg.score.report import tell_calibration, tell_counts, tell_relations, tell_share
from kg.score.scores import Counts
from kg.training.calibrate import Judged
from kg.training.evaluate import (
    STAGES,
    check_details,
    count_things,
    find_seen,
    judge_facts,
)
from kg.training.marked.corpus import MarkedArticle
from kg.training.marked.given import make_marker, mark_things

#: What may be right or wrong of a fact besides its ends, in the order of the report.
DETAILS = ("evidence", "modality", "denied or possible", "ended", *SLOTS)
#: How references are scored: phrases as they are found, and linked alone, as they are marked.
PHRASES = ("phrases found", "phrases given")


@dataclass
class Budget:
    """Hold the counts of some articles: facts by stage and relation, things, references, details.

    `confidences` holds for each fact that was judged, with nothing given, its probability and
    whether it is right. Founders and people who own are neither right nor wrong.
    """

    articles: int = 0
    stages: Mapping[str, Mapping[str, Counts]] = field(default_factory=dict)
    things: Counts = field(default_factory=Counts)
    references: Mapping[str, Counts] = field(default_factory=dict)
    details: Counter[tuple[str, bool]] = field(default_factory=Counter)
    confidences: tuple[tuple[float, bool], ...] = ()

    def __add__(self, other: Budget) -> Budget:
        return Budget(
            self.articles + other.articles,
            {s: add_counts(self.stages.get(s, {}), other.stages.get(s, {})) for s in STAGES},
            self.things + other.things,
            add_counts(self.references, other.references),
            self.details + other.details,
            self.confidences + other.confidences,
        )

    def stage(self, name: str) -> Counts:
        """Return the counts of all relations with a stage given."""
        return sum(self.stages.get(name, {}).values(), Counts())

    def detail_counts(self) -> Iterator[tuple[str, int, int]]:
        """Yield what was looked at of matched facts: its name, how often right, how often at all.

        >>> budget = Budget(details=Counter({("modality", True): 3, ("modality", False): 1}))
        >>> list(budget.detail_counts())
        [('modality', 3, 4)]
        """
        for name in DETAILS:
            right, wrong = self.details[name, True], self.details[name, False]
            if right + wrong:
                yield name, right, right + wrong


def add_counts(one: Mapping[str, Counts], other: Mapping[str, Counts]) -> dict[str, Counts]:
    """Add counts that have the same name.

    >>> add_counts({"a": Counts(1)}, {"a": Counts(2)})
    {'a': Counts(right=3, wrong=0, missed=0)}
    """
    names = dict.fromkeys([*one, *other])
    return {name: one.get(name, Counts()) + other.get(name, Counts()) for name in names}


def measure_budget(model: Model, article: MarkedArticle, limits: Limits) -> Budget:
    """Measure one article, which is encoded once, at the thresholds that are given."""
    seen = see_text(model, article.text)
    founds = {stage: Found((), ()) for stage in STAGES}
    references = {how: Counts() for how in PHRASES}
    if seen:
        demonyms = list_demonyms(article.lang)
        founds = {
            stage: find_seen(model, article, seen, limits, stage=stage, demonyms=demonyms)
            for stage in STAGES
        }
        phrases = (seen.mentions, mark_phrases(article, seen))
        references = {
            how: count_references(model, article, seen, mentions)
            for how, mentions in zip(PHRASES, phrases, strict=True)
        }
    judged = {stage: judge_facts(article, found) for stage, found in founds.items()}
    plain = founds[STAGES[0]]
    return Budget(
        1,
        {stage: count_judged(facts) for stage, facts in judged.items()},
        Counts(*count_things(article, plain, list_listed(plain, limits))),
        references,
        check_details(article, plain, limits.thresholds),
        tuple(
            (limits.chance(relation, logit), right)
            for relation, logit, right in judged[STAGES[0]].facts
            if right is not None
        ),
    )


def count_judged(judged: Judged) -> dict[str, Counts]:
    """Count an article's facts, all of which are kept, by relation.

    >>> count_judged(Judged((("offers", 1.0, True), ("offers", 0.5, None)), {"offers": 3}))
    {'offers': Counts(right=1, wrong=0, missed=2)}
    """
    counts: defaultdict[str, Counts] = defaultdict(Counts)
    for relation, wanted in judged.wanted.items():
        counts[relation].missed = wanted
    for relation, _, right in judged.facts:
        if right is not None:
            counts[relation] += Counts(right, not right, -right)
    return dict(counts)


def list_listed(found: Found, limits: Limits) -> set[int]:
    """Return the numbers of the named things that a reading lists: of worth, or part of a fact."""
    ends = {k for fact in found.facts for k in (fact.subject, fact.object)}
    ends |= {v for fact in found.facts for v in fact.values.values() if isinstance(v, int)}
    return {
        k
        for k, thing in enumerate(found.things)
        if thing.label not in ("Area", "Figure") and (k in ends or thing.worth >= limits.worth)
    }


def count_references(
    model: Model, article: MarkedArticle, seen: Seen, mentions: tuple[Mention, ...]
) -> Counts:
    """Count pairs of a noun phrase or pronoun and the thing that it means, names given as marked.

    A phrase is right where both its borders and its thing are. What has no name is given by its
    phrases, so that these are not looked for; nor are those of a thing that may be left out.
    """
    labels = {t.key: t.classes[0] for t in article.things if not t.optional}
    named = {mark.key for mark in article.marks if mark.named}
    marked = {(mark.begin, mark.end, mark.key) for mark in article.marks}
    wanted = {
        (mark.begin, mark.end, mark.key)
        for mark in article.marks
        if not mark.named and mark.key in named and labels.get(mark.key) in ACTING
    }
    things = mark_things(article, seen, with_others=False)
    resolved = resolve_references(model, things, mentions, seen.states)
    found = {
        (mention.begin, mention.end, marked_thing.key)
        for marked_thing, thing in zip(article.things, resolved, strict=True)
        for mention in thing.others
    }
    return Counts(len(found & wanted), len(found - marked), len(wanted - found))


def mark_phrases(article: MarkedArticle, seen: Seen) -> tuple[Mention, ...]:
    """Return the marked noun phrases and pronouns as mentions whose thing is not told."""
    labels = {thing.key: thing.classes[0] for thing in article.things}
    phrases = dict.fromkeys(
        (mark.begin, mark.end, labels[mark.key])
        for mark in article.marks
        if not mark.named and labels[mark.key] in ACTING
    )
    return tuple(make_marker(seen, label, "other")(begin, end) for begin, end, label in phrases)


def tell_budget(budget: Budget) -> dict[str, Any]:
    """Return all that a budget says as plain data, for JSON."""
    return {
        "articles": budget.articles,
        "budget": {stage: tell_counts(budget.stage(stage)) for stage in STAGES},
        "by relation": {stage: tell_relations(budget.stages.get(stage, {})) for stage in STAGES},
        "things": tell_counts(budget.things),
        "references": {how: tell_counts(counts) for how, counts in budget.references.items()},
        "details": {name: tell_share(right, of) for name, right, of in budget.detail_counts()},
        "calibration": tell_calibration(budget.confidences),
    }
