"""One fact for what several sentences say, and one class for each thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from decimal import Decimal

from kg import ontology
from kg.model import Entity, Fact, Span
from kg.names.key import fold
from kg.rules.qualifiers.qualifiers import join
from kg.values.quantities import value_of

#: How sure a role is at least that stands beside another one.
OWN = 0.8
#: Qualifiers that say when.
DATES = ("date", "announced")
#: Which modality wins where one source says several of them with the same confidence.
ORDER = ("Denied", "Planned", "Possible", "Actual")


def merge_facts(facts: Iterable[Fact], *, body: int, vague: Set[str] = frozenset()) -> list[Fact]:
    """Return facts, each once: the surest sentence after the headline decides how sure it is.

    `body` is the offset of the first character after the headline. Somebody may have several
    roles at one organisation, but a vague one ('patron') is another's.
    """
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.subject != fact.object:
            groups[what(fact)].append(fact)
    told = (part for group in groups.values() for part in by_role(group, vague))
    merged = [merge(group, body) for group in told]
    return sorted(merged, key=lambda fact: (fact.evidence[0], fact.property, fact.subject.name))


def by_role(group: list[Fact], vague: Set[str]) -> list[list[Fact]]:
    """Part the facts of one person's roles at one place; what tells none surely is the first's.

    One title that holds all words of another is the same: 'directeur' of 'directeur financier'.
    """
    parts: list[tuple[set[str], list[Fact]]] = []
    rest: list[Fact] = []
    for fact in sorted(group, key=lambda f: f.evidence):
        words = set(fold(str(fact.qualifiers.get("role", ""))).split())
        if not words or words & vague or fact.confidence < OWN:
            rest.append(fact)
            continue
        same = next((p for p in parts if words <= p[0] or p[0] <= words), None)
        if same is None:
            parts.append((words, [fact]))
        else:
            same[0].update(words)
            same[1].append(fact)
    found = [facts for _, facts in parts]
    return [found[0] + rest, *found[1:]] if found else [rest]


def what(fact: Fact) -> tuple[object, ...]:
    """Return what tells a fact from others, but for its role: its ends and its relation."""
    ends: tuple[object, ...] = (fact.subject, fact.object)
    if is_symmetric(fact.property) and isinstance(fact.object, Entity):
        ends = tuple(sorted(ends, key=lambda e: (e.name, e.kind)))  # type: ignore[attr-defined]
    return (*ends, fact.property, fact.object if isinstance(fact.object, Decimal) else None)


def is_symmetric(name: str) -> bool:
    """Tell whether a relation holds both ways."""
    return ontology.properties()[name].symmetric


def merge(group: list[Fact], body: int) -> Fact:
    """Return one fact for some that say the same."""
    said = [f for f in group if f.evidence[0][0] >= body] or group
    best = max(
        said,
        key=lambda f: (
            bool(f.qualifiers.get("role")),
            f.confidence,
            -ORDER.index(f.modality),
            -f.evidence[0][0],
        ),
    )
    qualifiers: Mapping[str, str | int | Decimal | Entity] = {}
    for fact in (*group, best):
        qualifiers = join(qualifiers, fact.qualifiers if agree(fact, best) else undated(fact))
    evidence = widest({span for fact in group for span in fact.evidence})
    begin, end = best.evidence[0]
    first = next(span for span in evidence if span[0] <= begin and end <= span[1])
    return replace(
        best,
        qualifiers=qualifiers,
        ended=best.ended,
        confidence=round(min(0.99, best.confidence + 0.03 * (len(evidence) - 1)), 2),
        evidence=(first, *(span for span in evidence if span != first)),
    )


def agree(fact: Fact, other: Fact) -> bool:
    """Tell whether two facts of the same things say the same of them: the dates of one hold."""
    roles = {str(f.qualifiers.get("role", "")).casefold() for f in (fact, other)}
    return len(roles) == 1 and (fact.modality, fact.ended) == (other.modality, other.ended)


def undated(fact: Fact) -> dict[str, str | int | Decimal | Entity]:
    """Return a fact's qualifiers without its dates."""
    return {k: v for k, v in fact.qualifiers.items() if value_of(k) not in DATES}


def widest(spans: Iterable[Span]) -> list[Span]:
    """Return spans in their order, without those that lie inside others.

    >>> widest([(0, 9), (0, 5), (20, 24)])
    [(0, 9), (20, 24)]
    """
    kept: list[Span] = []
    for begin, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not any(first <= begin and end <= last for first, last in kept):
            kept.append((begin, end))
    return kept


def retype(facts: Iterable[Fact], unsure: set[Entity]) -> dict[Entity, Entity]:
    """Return the things whose class their relations settle: who sells or is bought is a company."""
    changed = {}
    for fact in facts:
        relation = ontology.properties()[fact.property]
        for thing, wanted in ((fact.subject, relation.domain), (fact.object, relation.range)):
            firm = wanted in ("Organization", "Agent")
            if isinstance(thing, Entity) and thing in unsure and firm:
                changed[thing] = replace(thing, kind="Company")
    return changed


def swap(fact: Fact, changed: dict[Entity, Entity]) -> Fact:
    """Return a fact about the things as they are now."""
    target = (
        changed.get(fact.object, fact.object) if isinstance(fact.object, Entity) else fact.object
    )
    qualifiers = {
        k: changed.get(v, v) if isinstance(v, Entity) else v for k, v in fact.qualifiers.items()
    }
    speaker = fact.attributed_to
    return replace(
        fact,
        subject=changed.get(fact.subject, fact.subject),
        object=target,
        qualifiers=qualifiers,
        attributed_to=changed.get(speaker, speaker) if speaker else None,
    )


def fits_ontology(fact: Fact) -> bool:
    """Tell whether the things of a fact, as they are now, are of its relation's classes."""
    relation = ontology.properties()[fact.property]
    return all(
        ontology.is_a(thing.kind, wanted)
        for thing, wanted in ((fact.subject, relation.domain), (fact.object, relation.range))
        if isinstance(thing, Entity)
    )
