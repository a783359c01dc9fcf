"""The only reader of `names.csv`: companies and media whose country or parent is on record."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from kg.errors import DataError

PATH = Path(__file__).parent / "names.csv"
COLUMNS = {"name", "kind", "aliases", "country", "parent", "risky", "source"}


@dataclass(frozen=True, slots=True)
class KnownName:
    """Hold one row: `parent` is the name of the company it belongs to; both may be ''."""

    name: str
    kind: str
    country: str
    parent: str
    risky: bool


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """Fold case, accents and punctuation, so that spellings of a name meet.

    >>> fold("L’Oréal - S.A.")
    'l oreal s a'
    """
    if not name.isascii():
        text = unicodedata.normalize("NFKD", name)
        name = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[^\w&+]+", " ", name.casefold()).strip()


@cache
def known_names() -> Mapping[str, KnownName]:
    """Read the names, by folded name and alias; raise DataError for a row without a source."""
    found: dict[str, KnownName] = {}
    if not PATH.exists():
        return found
    with PATH.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if missing := COLUMNS - set(rows.fieldnames or ()):
            raise DataError(f"names.csv: no column '{min(missing)}'")
        for row in rows:
            if not row["source"]:
                raise DataError(f"names.csv: '{row['name']}' has no source")
            known = KnownName(
                row["name"], row["kind"], row["country"], row["parent"], row["risky"] == "yes"
            )
            for form in (row["name"], *filter(None, row["aliases"].split("|"))):
                found.setdefault(fold(form), known)
    return found


def is_name(form: str, names: Container[str]) -> bool:
    """Tell whether a folded name is one of some names, or is on record."""
    known = known_names().get(form)
    return form in names or (known is not None and not known.risky)
