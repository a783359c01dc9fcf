"""Who organizations are in registers: what is sure of each, and who else it may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.who.registers.candidates import MOST, Candidate, find_candidates
from kg.who.registers.index import Register
from kg.who.registers.known import Known
from kg.who.registers.record import Use

#: Who decides where a register leaves one.
RULE = "rule:register"


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what registers tell of an organization: who it surely is, or who it may be.

    `why` says what makes it sure, or what is in the way.
    """

    known: Known
    candidates: tuple[Candidate, ...]
    sure: bool
    why: str

    @property
    def new(self) -> tuple[str, ...]:
        """Return the numbers of the likeliest candidate of whose scheme it has none yet."""
        return find_new(self.known, self.candidates[0])

    @property
    def sector(self) -> str:
        """Return the sector of the likeliest candidate, if it has none yet."""
        return "" if self.known.sector else self.candidates[0].sector

    def lines(self) -> list[dict[str, str]]:
        """Return what is sure as cells of decisions, each with the file that tells it."""
        return [*take(self.known, self.candidates[0], self.why)] if self.sure else []


def find_new(known: Known, candidate: Candidate) -> tuple[str, ...]:
    """Return the numbers of a candidate of whose scheme an organization has none yet."""
    held = {number.partition(":")[0] for number in known.numbers}
    return tuple(it for it in candidate.numbers if it.partition(":")[0] not in held)


def take(known: Known, candidate: Candidate, ground: str) -> Iterator[dict[str, str]]:
    """Yield as cells of decisions that an organization is a candidate, with the files that tell."""
    for number in find_new(known, candidate):
        why = f"'{candidate.name}': {ground} ({candidate.source(number)})"
        yield {"left": known.side, "is": "same", "right": number, "why": why}
    if not known.sector and (sector := candidate.sector):
        why = f"'{candidate.name}' ({candidate.source(sector)})"
        yield {"left": known.side, "is": "sector", "right": sector, "why": why}


def refuse(known: Known, candidates: Sequence[Candidate]) -> Iterator[dict[str, str]]:
    """Yield as cells of decisions that an organization is none of some candidates."""
    for candidate in candidates:
        for number in candidate.numbers[:1]:
            why = f"not '{candidate.name}'"
            yield {"left": known.side, "is": "different", "right": number, "why": why}


def identify(those: Sequence[Known], registers: Sequence[Register]) -> list[Answer]:
    """Return what registers tell of those organizations of which they tell something new.

    Sure is what a number that is known leads to, if one of the names is there; else what a name,
    legal or usual, and the country leave alone. No two organizations become one by that.
    """
    found = [answer for known in those if (answer := look_up(known, registers))]
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for known in those:
        for number in known.numbers:
            owners[number].add(known.iri)
    for answer in found:
        for number in answer.new if answer.sure else ():
            owners[number].add(answer.known.iri)
    return [keep_apart(answer, owners) for answer in found]


def keep_apart(answer: Answer, owners: Mapping[str, set[str]]) -> Answer:
    """Return an answer that is not sure any more where a number is another organization's too."""
    shared = [number for number in answer.new if len(owners[number] | {answer.known.iri}) > 1]
    if not answer.sure or not shared:
        return answer
    return replace(answer, sure=False, why=f"{shared[0]} fits another thing of the store, too")


def look_up(known: Known, registers: Sequence[Register]) -> Answer | None:
    """Return what registers tell of one organization; None where that is nothing new."""
    candidates, many = find_candidates(known, registers)
    numbered = [it for it in candidates if not it.every.isdisjoint(known.numbers)]
    near = numbered or candidates
    if not near:
        return None
    doubt = find_doubt(known, near, many=many and not numbered)
    told = [number for number in known.numbers if number in near[0].every]
    only = f"the only one of the name in {', '.join(known.countries)}"
    ground = f"by {told[0]}" if told else only
    answer = Answer(known, tuple(near), not doubt, doubt or ground)
    tells = answer.new or near[0].use is None or (answer.sure and answer.sector)
    return answer if tells else None


def find_doubt(known: Known, near: Sequence[Candidate], *, many: bool) -> str:
    """Return what is in the way of taking the first of some candidates, '' for nothing."""
    first = near[0]
    if not known.side:
        return "its names are those of another thing elsewhere"
    if many:
        return f"more than {MOST} have the name"
    if len(near) > 1:
        return f"{len(near)} may be meant"
    if any(len(first.told[scheme]) > 1 for scheme in ("siren", "lei")):
        return "registers contradict each other"
    if first.use is None:
        return "registers have it under another name"
    if not first.every.isdisjoint(known.numbers):
        return ""
    if first.use not in (Use.legal, Use.usual):
        return "a short or former name alone"
    if not known.countries:
        return "no article tells its country"
    return "" if {*known.countries} & {*first.countries} else "no register tells its country"
