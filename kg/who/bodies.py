"""The only reader of `bodies.csv`: public bodies, parties, unions under their other names."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import DataError
from kg.names.key import name_key

PATH = Path(__file__).parent / "bodies.csv"


@dataclass(frozen=True, slots=True)
class Body:
    """Hold one body: its name, and the roll that it is of."""

    name: str
    roll: str

    @property
    def party(self) -> bool:
        """Tell whether it is a party, whose 'groupe' is its members of a parliament."""
        return self.roll.startswith("partis")


@cache
def known_bodies() -> Mapping[str, Body]:
    """Read what body a name means, by the key of each name and alias; raise DataError for a fault.

    The list has rolls, each written whole: all parties of a parliament, all authorities of a kind.

    >>> known_bodies()["fmi"].name
    'Fonds monétaire international'
    """
    found: dict[str, Body] = {}
    with PATH.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        for row in rows:
            place = f"{PATH.name}, line {rows.line_num}"
            if not (row["name"] and row["aliases"] and row["roll"]):
                raise DataError(f"{place}: a row is a name, its aliases and the roll it is of")
            body = Body(row["name"], row["roll"])
            for form in (row["name"], *row["aliases"].split(" ; ")):
                other = found.setdefault(name_key(form), body)
                if other != body:
                    raise DataError(f"{place}: '{form}' means '{other.name}' too; drop one")
    return found
