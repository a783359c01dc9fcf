"""A small picture of what is next to a thing: at the left what leads to it, at the right others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from kg import ontology
from kg.endpoint.explorer.words import Worded
from kg.who.view.claims import is_symmetric

#: Arms at each side, letters of a name, and pixels from one arm to the next.
MOST, LETTERS, STEP = 8, 30, 40
WIDTH, MARGIN = 900, 20


@dataclass(frozen=True, slots=True)
class Arm:
    """Hold one thing next to another: IRI, short name, relation, claim and place."""

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
        toward = 230 if self.left else WIDTH - 230
        return f"{WIDTH // 2} {self.y}, {toward} {self.y}"


@dataclass(frozen=True, slots=True)
class Picture:
    """Hold a small picture: the arms of a thing, how high it is, and the thing's short name."""

    name: str
    arms: tuple[Arm, ...]
    height: int
    width: int = WIDTH


def draw_picture(thing: str, name: str, sections: Iterable[Sequence[Worded]]) -> Picture:
    """Draw what is next to a thing by its claims, in turn one of each section, each thing once.

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
    return Picture(shorten(name), tuple(arms), height)


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
        x = 210 if left else WIDTH - 210
        yield Arm(iri, shorten(name), relation, worded, left, x, top + at * STEP)


def shorten(name: str) -> str:
    """Return a name that has room in the picture.

    >>> shorten("Union des industries et métiers de la métallurgie")
    'Union des industries et métie…'
    """
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"
