"""A small picture of what is next to a thing: at the left what leads to it, at the right others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import pyoxigraph as ox

from kg import ontology
from kg.endpoint.explorer.words import Worded
from kg.store.union import DEFAULT
from kg.who.said.brief import Lead
from kg.who.view.claims import is_symmetric
from kg.who.view.describe import CLAIM_OBJECT, CLAIM_SUBJECT

#: Arms at each side, and pixels: from one to the next, around all, of all, and of names.
MOST, STEP = 8, 40
MARGIN, WIDTH, NAMES = 20, 1040, 290


@dataclass(frozen=True, slots=True)
class Arm:
    """Hold one thing next to another: IRI, name, relation, claim and place."""

    iri: str
    name: str
    relation: str
    worded: Worded
    left: bool
    x: int
    y: int

    @property
    def way(self) -> str:
        """Return the line from the middle to it, as SVG has it, less where the middle is."""
        toward = NAMES + 20 if self.left else WIDTH - NAMES - 20
        return f"{WIDTH // 2} {self.y}, {toward} {self.y}"


@dataclass(frozen=True, slots=True)
class Picture:
    """Hold a small picture: a thing's name, its arms, how high it is, how many have no room."""

    name: str
    arms: tuple[Arm, ...]
    height: int
    more: int = 0
    width: int = WIDTH
    names: int = NAMES


def draw_picture(
    thing: str, name: str, sections: Iterable[Sequence[Worded]], near: int = 0
) -> Picture:
    """Draw what is next to a thing by its claims, in turn one of each section, each thing once.

    `near` is how many things are next to it in all.

    >>> draw_picture("urn:a", "Ava", []).arms
    ()
    """
    found: dict[bool, dict[str, Worded]] = {True: {}, False: {}}
    for worded in (it for turn in zip_longest(*sections) for it in turn if it):
        other, left = find_other(worded, thing)
        if other and other not in found[True].keys() | found[False].keys():
            found[left][other] = worded
    rows = max(min(MOST, len(those)) for those in found.values())
    height = rows * STEP + 2 * MARGIN
    arms = [arm for left in (True, False) for arm in place(found[left], height, left=left)]
    return Picture(name, tuple(arms), height, max(0, near - len(arms)))


def count_near(store: ox.Store, thing: str, leads: Iterable[Lead]) -> int:
    """Count the other things that claims about a thing are about, too.

    >>> count_near(ox.Store(), "urn:a", [])
    0
    """
    ends = (
        (ox.NamedNode(it.claim), CLAIM_OBJECT if it.end == "subject" else CLAIM_SUBJECT)
        for it in leads
    )
    quads = (quad for end in ends for quad in store.quads_for_pattern(*end, None, DEFAULT))
    things = {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}
    return len(things - {thing})


def find_other(worded: Worded, thing: str) -> tuple[str, bool]:
    """Return the other end of a claim, '' where it is none, and if that one leads to the thing."""
    claim = worded.claim
    if claim.subject == thing:
        return claim.target, False
    return claim.subject, not is_symmetric(claim.relation)


def place(those: dict[str, Worded], height: int, *, left: bool) -> Iterator[Arm]:
    """Yield the arms of one side, in the middle of its height."""
    shown = [*those.items()][:MOST]
    top = (height - len(shown) * STEP) // 2 + STEP // 2
    for at, (iri, worded) in enumerate(shown):
        name = next((text for text, it in worded.pieces if it == iri), iri)
        relation = worded.claim.relation.removeprefix(ontology.KG)
        x = NAMES if left else WIDTH - NAMES
        yield Arm(iri, name, relation, worded, left, x, top + at * STEP)
