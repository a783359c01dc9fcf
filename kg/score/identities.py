"""Who is who against what is judged: names that mean one thing, and names that look alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from kg.errors import ScoreError
from kg.who.clusters import find_clusters
from kg.who.decisions import Decision
from kg.who.things import Thing, make_thing

#: Classes as judged files write them.
CLASSES = {"O": "Organization", "P": "Person"}
#: A name of a class.
Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """Hold what is judged: the groups of names, and pairs of names that are different things."""

    groups: tuple[tuple[str, tuple[str, ...]], ...]
    apart: tuple[tuple[str, str], ...] = ()

    def classes(self, name: str) -> set[str]:
        """Return the classes that a name may have: those of its groups, or all."""
        return {of for of, names in self.groups if name in names} or {*CLASSES.values()}


@dataclass(frozen=True, slots=True)
class WhoScore:
    """Hold pairs of names: joined rightly, wrongly, missed; and how many apart ones are joined."""

    right: int
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]
    joined: tuple[tuple[str, str], ...]
    apart: int

    @property
    def precision(self) -> float:
        """Return the share of joined pairs that mean one thing; 1 where none is joined."""
        found = self.right + len(self.wrong)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Return the share of pairs that mean one thing that are joined."""
        of = self.right + len(self.missed)
        return self.right / of if of else 1.0

    @property
    def apart_joined(self) -> float:
        """Return the share of pairs that look alike and are different that are joined."""
        return len(self.joined) / self.apart if self.apart else 0.0


def read_judged(groups: str | Path, apart: str | Path | None = None) -> Judged:
    """Read `canonical⇥class⇥forms` (parted by ` ; `) and `name⇥name⇥why`; raise ScoreError."""
    found = []
    for place, cells in read_lines(groups, 3):
        if cells[1] not in CLASSES:
            raise ScoreError(f"{place}: class '{cells[1]}'; it is one of {', '.join(CLASSES)}")
        names = dict.fromkeys([cells[0], *cells[2].split(" ; ")])
        found.append((CLASSES[cells[1]], tuple(names)))
    pairs = [(cells[0], cells[1]) for _, cells in read_lines(apart, 2)] if apart else []
    return Judged(tuple(found), tuple(pairs))


def read_lines(path: str | Path, least: int) -> list[tuple[str, list[str]]]:
    """Return the cells of each line of a file, with its place; raise ScoreError."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ScoreError(f"{path}: cannot be read as UTF-8: {error}; save it as UTF-8") from error
    found = [(f"{path}, line {at}", line.split("\t")) for at, line in enumerate(lines, 1) if line]
    for place, cells in found:
        if len(cells) < least or not all(cell.strip() for cell in cells[:least]):
            raise ScoreError(f"{place}: {least} cells are wanted; part them by tabs, none empty")
    return found


def score_who(
    judged: Judged, things: Iterable[Thing] = (), decisions: Iterable[Decision] = ()
) -> WhoScore:
    """Score who is who, by sure rules and decisions, on names alone and what `things` there are.

    Counted are pairs of names of one class that both stand in what is judged.

    >>> score_who(Judged((("Organization", ("BMW", "BMW Group", "Béhème")),))).recall
    0.3333333333333333
    """
    names = name_groups(judged)
    homes = find_homes(names, things, decisions)
    by_home: defaultdict[str, list[Name]] = defaultdict(list)
    for name in names:
        by_home[homes[name]].append(name)
    right, wrong = 0, set[tuple[str, str]]()  # pairs of which no class is known count once
    for together in by_home.values():
        for one, two in combinations(sorted(together), 2):
            if names[one] & names[two]:
                right += 1
            else:
                wrong.add((one[1], two[1]))
    missed = [
        (one, two)
        for of, forms in judged.groups
        for one, two in combinations(forms, 2)
        if homes[of, one] != homes[of, two]
    ]
    joined = [pair for pair in judged.apart if is_joined(pair, homes)]
    return WhoScore(right, tuple(sorted(wrong)), tuple(missed), tuple(joined), len(judged.apart))


def name_groups(judged: Judged) -> dict[Name, set[int]]:
    """Return each judged name by class, with the numbers of its groups; it is one of its own."""
    names: dict[Name, set[int]] = {}
    for at, (of, forms) in enumerate(judged.groups):
        for form in forms:
            names.setdefault((of, form), set()).add(at)
    for pair in judged.apart:
        shared = judged.classes(pair[0]) & judged.classes(pair[1])
        for form in pair:
            for of in shared or judged.classes(form):
                names.setdefault((of, form), set())
    return names


def find_homes(
    names: Iterable[Name], things: Iterable[Thing], decisions: Iterable[Decision]
) -> Mapping[Name, str]:
    """Return the canonical IRI of each name, each a thing of an article of its own."""
    own = {
        name: make_thing(name[1], name[0], articles=(f"judged:{at}",))
        for at, name in enumerate(names)
    }
    found = find_clusters([*things, *own.values()], decisions)
    return {name: found.canonical(it.iri, it.articles[0]) for name, it in own.items()}


def is_joined(pair: Sequence[str], homes: Mapping[Name, str]) -> bool:
    """Tell whether two names are one thing in some class that both may have."""
    one, two = pair
    return any(
        (of, one) in homes and homes[of, one] == homes.get((of, two)) for of in CLASSES.values()
    )


def tell_who(score: WhoScore, *, errors: bool = False) -> dict[str, Any]:
    """Return a score as plain data; with `errors`, each pair that is wrong."""
    told: dict[str, Any] = {
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "apart_joined": round(score.apart_joined, 4),
        "right": score.right,
        "wrong": len(score.wrong),
        "missed": len(score.missed),
        "apart": score.apart,
    }
    pairs = {"wrong": score.wrong, "missed": score.missed, "joined": score.joined}
    listed = {name: [list(pair) for pair in of] for name, of in pairs.items()}
    return told | ({"errors": listed} if errors else {})
