"""Candidates: what some registers have of one organization, joined by its numbers, and how near."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.names.identifiers import SCHEMES
from kg.names.key import name_key
from kg.who.registers.index import About, Register
from kg.who.registers.known import Known
from kg.who.registers.record import Record, Use

#: Records of one name in one register that are looked at; a name of more tells nothing.
MOST = 50
#: What a candidate scores by what the name is to it, more in a country that articles tell, and
#: less the more have the name.
SCORES = {Use.legal: 0.8, Use.usual: 0.75, Use.former: 0.6, Use.short: 0.5}
UNNAMED, COUNTRY, CROWD = 0.4, 0.15, 0.06
#: Sizes of companies in the French register, the largest first: who is in the news is large.
SIZES = {"GE": 0, "ETI": 1, "PME": 2}
USES = {
    Use.legal: "its name", Use.usual: "a usual name", Use.former: "a former name",
    Use.short: "a short name",
}  # fmt: skip
#: A record, and what the register is that has it.
Row = tuple[About, Record]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold what registers have of one organization; no `use`: by its numbers alone."""

    rows: tuple[Row, ...]
    use: Use | None = None
    score: float = 0.0
    reasons: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the name that the first register has it under."""
        return self.rows[0][1].name

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return its numbers; none of a scheme of which registers tell several."""
        return tuple(told[0] for told in self.told.values() if len(told) == 1)

    @property
    def told(self) -> Mapping[str, Sequence[str]]:
        """Return all the numbers that registers tell, by scheme."""
        return {
            scheme: sorted(it for it in self.every if it.startswith(f"{scheme}:"))
            for scheme in SCHEMES
        }

    @property
    def every(self) -> frozenset[str]:
        """Return all its numbers, also those that contradict each other."""
        return frozenset(number for _, record in self.rows for number in record.numbers)

    @property
    def countries(self) -> tuple[str, ...]:
        """Return the countries that it is in."""
        return tuple(sorted({it for _, record in self.rows for it in record.countries}))

    @property
    def size(self) -> str:
        """Return its size in the French register, if that tells one."""
        return next((record.size for _, record in self.rows if record.size), "")

    @property
    def sector(self) -> str:
        """Return its sector, if one alone is told."""
        sectors = {record.sector for _, record in self.rows if record.sector}
        return min(sectors) if len(sectors) == 1 else ""

    def source(self, told: str) -> str:
        """Return the files that tell a number, or the sector."""
        files = (str(about) for about, it in self.rows if told in (*it.numbers, it.sector))
        return "; ".join(dict.fromkeys(files))


def find_candidates(known: Known, registers: Sequence[Register]) -> tuple[list[Candidate], bool]:
    """Return what registers have under an organization's names and numbers, and whether too much.

    What somebody has judged not to be it, what is in other countries than articles tell, and what
    has other numbers than it is left out; likeliest first.
    """
    names = {name_key(name): name for name in reversed(known.names)}
    found: dict[frozenset[Row], Candidate] = {}
    many = False
    for register in registers:
        starts = [record for it in known.numbers for record in register.find_number(it)]
        for name in names.values():
            hits = register.find_name(name, MOST + 1)
            many |= len(hits) > MOST
            starts += [hit.record for hit in hits[:MOST]]
        for record in starts:
            rows = join_rows((register.about, record), registers)
            found.setdefault(frozenset(rows), Candidate(rows, find_use(rows, {*names})))
    near = [it for it in found.values() if not is_apart(known, it)]
    ranked = (rate(known, it, len(near)) for it in near)
    return sorted(ranked, key=lambda it: (-it.score, SIZES.get(it.size, 3), it.numbers)), many


def join_rows(first: Row, registers: Sequence[Register]) -> tuple[Row, ...]:
    """Return a record and all others that have one of its numbers, or of theirs, in order."""
    found, queue, seen = {first: None}, [*first[1].numbers], set[str]()
    while queue:
        if (number := queue.pop()) in seen:
            continue
        seen.add(number)
        for register in registers:
            for record in register.find_number(number):
                found[register.about, record] = None
                queue += record.numbers
    order = {register.about: at for at, register in enumerate(registers)}
    return tuple(sorted(found, key=lambda row: (order[row[0]], row[1].numbers)))


def find_use(rows: Iterable[Row], keys: set[str]) -> Use | None:
    """Return the surest use that registers make of one of some names."""
    uses = [use for _, it in rows for name, use in it.names if name_key(name) in keys]
    return min(uses, default=None)


def is_apart(known: Known, candidate: Candidate) -> bool:
    """Tell whether a candidate is surely not what is known."""
    if known.judged & candidate.every:
        return True
    if known.countries and candidate.countries:
        if not {*known.countries} & {*candidate.countries}:
            return candidate.every.isdisjoint(known.numbers)
    held: defaultdict[str, set[str]] = defaultdict(set)
    for number in candidate.numbers:
        held[number.partition(":")[0]].add(number)
    return any(held[it.partition(":")[0]] - {it} for it in known.numbers)


def rate(known: Known, candidate: Candidate, crowd: int) -> Candidate:
    """Return a candidate with its score and reasons, among so many."""
    score = SCORES[candidate.use] if candidate.use is not None else UNNAMED
    shared = {*known.countries} & {*candidate.countries}
    score += COUNTRY * bool(shared) - CROWD * math.log2(max(crowd, 1))
    reasons = tuple(find_reasons(known, candidate))
    return Candidate(candidate.rows, candidate.use, round(max(score, 0.0), 3), reasons)


def find_reasons(known: Known, candidate: Candidate) -> Iterator[str]:
    """Yield in words what speaks for a candidate."""
    yield from (f"{number} is known" for number in known.numbers if number in candidate.every)
    titles = ", ".join(dict.fromkeys(about.title for about, _ in candidate.rows))
    if candidate.use is None:
        yield f"{titles} has it as '{candidate.name}'"
    else:
        yield f"{USES[candidate.use]} in {titles}"
    if shared := {*known.countries} & {*candidate.countries}:
        yield f"based in {', '.join(sorted(shared))}"
    if candidate.size:
        yield f"size {candidate.size}"
