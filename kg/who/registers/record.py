"""One row of a register: an organization with its names, numbers, countries, size and sector."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Use(IntEnum):
    """Say what a name is to its register, the surest first."""

    legal = 0
    usual = 1
    former = 2
    short = 3


@dataclass(frozen=True, slots=True)
class Record:
    """Hold one row: its first name is the one that it is shown by; countries are ISO 3166 codes.

    `size` is a category of the French register (GE, ETI, PME), `sector` a code with its list.

    >>> Record((("VALMONTANE SA", Use.legal),), siren="732829320").numbers
    ('siren:732829320',)
    """

    names: tuple[tuple[str, Use], ...]
    siren: str = ""
    lei: str = ""
    wikidata: str = ""
    countries: tuple[str, ...] = ()
    size: str = ""
    sector: str = ""

    @property
    def name(self) -> str:
        """Return the name that it is shown by."""
        return self.names[0][0]

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return its numbers, as sides of decisions write them."""
        told = (("siren", self.siren), ("lei", self.lei), ("wikidata", self.wikidata))
        return tuple(f"{scheme}:{value}" for scheme, value in told if value)
