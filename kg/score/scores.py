"""Found facts against gold facts: precision, recall and F1, by the rules of the gold standard."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rdflib import Graph

from kg.errors import ScoreError
from kg.files.faults import tell_fault
from kg.score.gold import (
    RELATIONS,
    SYMMETRIC,
    Claim,
    Thing,
    judges,
    overlap,
    read_claims,
    read_gold,
    read_things,
    same_claim,
)


def ratio(part: float, whole: float) -> float:
    """Return a part of a whole, 0 of nothing.

    >>> ratio(1, 2), ratio(0, 0)
    (0.5, 0.0)
    """
    return part / whole if whole else 0.0


@dataclass
class Counts:
    """Count what was right, wrong and missed.

    >>> Counts(right=3, wrong=1, missed=2).f1
    0.6666666666666666
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def support(self) -> int:
        """Return how many the gold has."""
        return self.right + self.missed

    @property
    def found(self) -> int:
        """Return how many were found, right or wrong."""
        return self.right + self.wrong

    @property
    def precision(self) -> float:
        """Return the part of what was found that is right."""
        return ratio(self.right, self.found)

    @property
    def recall(self) -> float:
        """Return the part of the gold that was found."""
        return ratio(self.right, self.support)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right, self.wrong + other.wrong, self.missed + other.missed
        )


@dataclass
class Score:
    """Hold how graphs compare with gold; `errors` lists misses (-) and false alarms (+).

    `confidences` holds what a graph says of each fact that was judged, and whether it is right.
    """

    by_relation: defaultdict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    entities: Counts = field(default_factory=Counts)
    matched: Counter[str] = field(default_factory=Counter)
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    articles: dict[str, float] = field(default_factory=dict)
    errors: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def relations(self) -> Counts:
        """Return the counts of all relations together."""
        return sum(self.by_relation.values(), Counts())

    def measures(self) -> dict[str, float]:
        """Return each measure that may have a floor, by its name."""
        matched = self.matched
        return {
            "relations_f1": self.relations.f1,
            "precision": self.relations.precision,
            "recall": self.relations.recall,
            "mean_f1": ratio(sum(self.articles.values()), len(self.articles)),
            "entities_f1": self.entities.f1,
            "modality": ratio(matched["modality"], matched["facts"]),
            "roles": ratio(matched["right_roles"], matched["roles"]),
        }


def score_graphs(gold: str | Path, graphs: str | Path) -> Score:
    """Score graphs (`NAME.ttl`) against gold files (`NAME.json`): two folders or two files.

    A missing graph counts as empty, an unreadable one too. Raises ScoreError.
    """
    gold, graphs = Path(gold), Path(graphs)
    files = sorted(gold.glob("*.json")) if gold.is_dir() else [gold]
    if not files:
        raise ScoreError(f"{gold}: no gold file (*.json) in this folder; name another")
    if not graphs.exists():
        raise ScoreError(f"{graphs}: no such file or folder; make graphs with: kg build --each")
    score = Score()
    for file in files:
        path = graphs / f"{file.stem}.ttl" if graphs.is_dir() else graphs
        score_article(score, file, path)
    return score


def score_article(score: Score, gold: Path, path: Path) -> None:
    """Add one article's graph and gold to a score."""
    things, claims, owners = read_gold(gold)
    errors = score.errors[gold.stem]
    graph = Graph()
    if path.exists():
        try:
            graph.parse(path, format="ox-turtle")
        except (SyntaxError, OSError) as error:
            errors.append(f"! unreadable graph: {error}")
    found_things, found_claims = read_things(graph), read_claims(graph)
    score.entities += match_things(things, found_things, errors)
    judged = [claim for claim in once(found_claims) if judges(claim, owners=owners)]
    counts = match_claims(claims, judged, score, errors)
    for relation, count in counts.items():
        score.by_relation[relation] += count
    score.articles[gold.stem] = sum(counts.values(), Counts()).f1


def match_things(gold: Sequence[Thing], found: Iterable[Thing], errors: list[str]) -> Counts:
    """Match what a graph names with the gold; each gold thing is found once."""
    counts, taken = Counts(), set()
    for thing in found:
        hits = [one for one in gold if one.same(thing)]
        right = [one for one in hits if one not in taken and one.types & thing.types]
        if right:
            taken.add(right[0])
            counts.right += not right[0].optional
        elif not (hits and hits[0].optional):
            counts.wrong += 1
            errors.append(f"+ entity {thing} ({', '.join(sorted(thing.types))})")
    for one in gold:
        if one not in taken and not one.optional:
            counts.missed += 1
            errors.append(f"- entity {one} ({', '.join(sorted(one.types))})")
    return counts


def match_claims(
    gold: Sequence[Claim], found: Iterable[Claim], score: Score, errors: list[str]
) -> dict[str, Counts]:
    """Match a graph's facts with the gold; what repeats a gold fact is neither right nor wrong.

    A score is told what else of the matched facts is right, and how sure each fact was.
    """
    counts: defaultdict[str, Counts] = defaultdict(Counts)
    taken = set()
    for claim in found:
        hits = [one for one in gold if same_claim(one, claim)]
        free = sorted((one for one in hits if one not in taken), key=lambda one: one.optional)
        if free:
            taken.add(free[0])
            if not free[0].optional:
                counts[claim.relation].right += 1
                score.matched.update(compare(free[0], claim))
                score.confidences.append((claim.confidence, True))
        elif not hits:
            score.confidences.append((claim.confidence, False))
            counts[claim.relation].wrong += 1
            errors.append(f"+ {claim}")
    for one in gold:
        if one not in taken and not one.optional:
            counts[one.relation].missed += 1
            errors.append(f"- {one}")
    return counts


def compare(gold: Claim, found: Claim) -> Counter[str]:
    """Count whether a matched fact has the gold's modality and role."""
    right_role = bool(gold.role and found.role) and overlap(gold.role, found.role) >= 0.66
    return Counter(
        facts=1,
        modality=gold.modality == found.modality,
        roles=bool(gold.role),
        right_roles=right_role,
    )


def once(claims: Iterable[Claim]) -> list[Claim]:
    """Return facts without those that say again what an earlier one says."""
    kept: dict[object, Claim] = {}
    for claim in claims:
        ends: tuple[object, ...] = (claim.subject, claim.object)
        key = frozenset(ends) if claim.relation in SYMMETRIC else ends
        kept.setdefault((claim.relation, key), claim)
    return list(kept.values())


def check_floors(score: Score, path: str | Path) -> None:
    """Raise ScoreError that lists each measure under its floor in a TOML file.

    The file names measures of `Score.measures` and, in a table `[by_relation]`, relations (F1).
    """
    measures = score.measures()
    low = []
    for name, floor in read_floors(path):
        measure = measures[name] if name in measures else score.by_relation[name].f1
        if measure < floor - 1e-9:
            low.append(f"{name} {measure:.3f} < {floor:.3f}")
    if low:
        raise ScoreError(f"under the floors of {path}: {'; '.join(low)}")


def read_floors(path: str | Path) -> list[tuple[str, float]]:
    """Read floors; raise ScoreError for what is no measure, no relation or no number."""
    try:
        data: Mapping[str, Any] = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ScoreError(f"{path}: cannot be read: {tell_fault(error)}") from error
    except ValueError as error:
        raise ScoreError(f"{path}: malformed floors: {error}; mend it") from error
    relations = data.get("by_relation", {})
    floors = [(name, floor) for name, floor in data.items() if name != "by_relation"]
    known = Score().measures()
    for name, floor in (*floors, *relations.items()):
        if name not in (known if (name, floor) in floors else RELATIONS):
            raise ScoreError(f"{path}: unknown '{name}'; known: {', '.join((*known, *RELATIONS))}")
        if not isinstance(floor, int | float):
            raise ScoreError(
                f"{path}: the floor of '{name}' must be a number, not {floor!r}; mend it"
            )
    return [*floors, *relations.items()]
