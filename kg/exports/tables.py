"""Tables for analysts: a row a claim, or a row for each article that says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from kg.exports.cells import PLAIN, Dialect, tame, write_csv
from kg.who.said.voiced import Voiced
from kg.who.view.told import Told

#: Columns of the thing that is said, of a claim, and of the words that say it.
SAID = ("subject", "subject_iri", "relation", "object", "object_iri", "role")
PROOF = ("article", "date", "publisher", "address", "quote")
CLAIMS = (
    *SAID, "modality", "standing", "confidence", "voices", "articles", "first", "last", "history",
    "qualifiers", *PROOF, "claim",
)  # fmt: skip
FACTS = (
    *SAID, "modality", "confidence", "qualifiers", "attributed_to", *PROOF, "voice", "fact",
    "claim",
)  # fmt: skip


def write_claims(claims: Iterable[Told], dialect: Dialect = PLAIN) -> str:
    r"""Write claims as CSV, each with its surest words among those that put it as it is put now.

    Figures are listed with how many voices tell each: `share=30 (2); share=28 (1)`.

    >>> write_claims([]).split(",")[:3]
    ['subject', 'subject_iri', 'relation']
    """
    return write_csv(CLAIMS, map(claim_row, claims), dialect)


def claim_row(one: Told) -> list[object]:
    """Return a claim as the cells of `CLAIMS`."""
    counted = (one.voices, one.articles)
    surest = find_surest(one)
    told = (one.first, one.last, tell_moves(one), tell_figures(one.said))
    cells: list[object] = [*map(tame, (*said_cells(one, one.role), one.modality, one.standing))]
    cells += [round_confidence(one.confidence), *counted, *map(tame, told)]
    return [*cells, *proof_cells(surest), tame(one.claim)]


def write_facts(claims: Iterable[Told], dialect: Dialect = PLAIN) -> str:
    """Write what each article says as CSV, claim by claim and by date.

    >>> write_facts([]).strip().rpartition(",")[2]
    'claim'
    """
    rows = (fact_row(one, it) for one in claims for it in one.said)
    return write_csv(FACTS, rows, dialect)


def fact_row(one: Told, it: Voiced) -> list[object]:
    """Return what an article says of a claim as the cells of `FACTS`."""
    figures = "; ".join(f"{name}={value}" for name, value in it.qualifiers.items())
    cells: list[object] = [*map(tame, (*said_cells(one, it.role), it.modality))]
    cells.append(round_confidence(it.confidence))
    cells += [tame(figures), tame(it.by), *proof_cells(it)]
    return [*cells, *map(tame, (it.voice, it.fact, one.claim))]


def round_confidence(confidence: float) -> Decimal:
    """Return a confidence with two decimals.

    >>> str(round_confidence(0.9))
    '0.90'
    """
    return Decimal(f"{confidence:.2f}")


def said_cells(one: Told, role: str) -> tuple[str, ...]:
    """Return what is said as the cells of `SAID`."""
    return one.subject, one.subject_iri, one.relation, one.object, one.object_iri, role


def proof_cells(it: Voiced) -> list[str]:
    """Return who says it, and in which words, as the cells of `PROOF`."""
    return [*map(tame, (it.article, it.date, it.publisher, it.url, it.quote))]


def find_surest(one: Told) -> Voiced:
    """Return the surest of those that put a claim as it is put now; the first one, of equals."""
    putting = [it for it in one.said if it.modality == one.modality]
    return max(putting or one.said, key=lambda it: it.confidence)


def tell_moves(one: Told) -> str:
    """Return how a claim moved, '' where it did not."""
    steps = [f"{date or '?'} {modality}" for date, modality, _ in one.history]
    return "; ".join(steps) if len(steps) > 1 else ""


def tell_figures(said: Iterable[Voiced]) -> str:
    """Return the figures that are told, each with how many voices tell it.

    >>> made = [Voiced("", "", "actual", 1, "", "", voice=it, qualifiers={"share": "30"})
    ...         for it in "ab"]
    >>> tell_figures(made)
    'share=30 (2)'
    """
    voices: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for it in said:
        for figure in it.qualifiers.items():
            voices[figure].add(it.voice)
    return "; ".join(list_figures(voices))


def list_figures(voices: dict[tuple[str, str], set[str]]) -> Iterator[str]:
    """Yield figures in the order of their names, what most voices tell first."""
    order = sorted(voices, key=lambda it: (it[0], -len(voices[it]), it[1]))
    yield from (f"{name}={value} ({len(voices[name, value])})" for name, value in order)
