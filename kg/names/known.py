"""The only reader of `names.csv` and `aliases.csv`: companies and media on record."""

from __future__ import annotations

import csv
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import DataError
from kg.names.key import fold, name_key

FOLDER = Path(__file__).parent
#: File → its columns; a source is never empty, nor is what an alias or a row is called.
FILES = {
    "names.csv": ("name", "kind", "country", "parent", "risky", "source"),
    "aliases.csv": ("alias", "name", "source"),
}
#: The source that lists media and who owns them.
MEDIA = "Médias français"
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class KnownName:
    """Hold one row: `parent` is the name of the company it belongs to; both may be ''.

    `medium` tells that it stands on the list of media and their owners.
    """

    name: str
    kind: str
    country: str
    parent: str
    risky: bool
    medium: bool = False


def known_name(name: str) -> KnownName | None:
    """Return what is on record under a name, its legal form, article and 'groupe' left aside.

    >>> known_name("Crédit Agricole S.A.") is known_name("CREDIT AGRICOLE") is not None
    True
    """
    return known_names().get(name_key(name))


@cache
def known_names() -> Mapping[str, KnownName]:
    """Read the names on record, by the key of each name and alias; raise DataError for a fault.

    A key means one row: two names of one key, or an alias of two names, are a fault.
    """
    found: dict[str, KnownName] = {}
    for form, known, fault in read_forms():
        other = found.setdefault(name_key(form), known)
        if other is not known:
            raise DataError(f"{fault}: '{form}' means '{other.name}' too; join them or drop one")
    return found


@cache
def known_forms() -> Mapping[str, KnownName]:
    """Return the names on record by folded name and alias, as written: 'Point' is no 'Le Point'."""
    return {fold(form): known for form, known, _ in read_forms()}


def read_forms() -> Iterator[tuple[str, KnownName, str]]:
    """Yield each name on record, then each alias, with what it means and where it stands."""
    rows: dict[str, KnownName] = {}
    for place, row in read_rows("names.csv"):
        risky = row["risky"] == "yes"
        told = (row["name"], row["kind"], row["country"], row["parent"])
        known = KnownName(*told, risky, medium=MEDIA in row["source"])
        if known.name in rows:
            raise DataError(f"{place}: '{known.name}' has a row already")
        rows[known.name] = known
        yield known.name, known, place
    for place, row in read_rows("aliases.csv"):
        if row["name"] not in rows:
            raise DataError(f"{place}: '{row['alias']}' is an alias of no name of names.csv")
        yield row["alias"], rows[row["name"]], place


def read_rows(name: str) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a file, each with its place; raise DataError for one that lacks a part."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        columns = FILES[name]
        if missing := set(columns) - set(rows.fieldnames or ()):
            raise DataError(f"{name}: no column '{min(missing)}'")
        for row in rows:
            place = f"{name}, line {rows.line_num}"
            if any(row[column] is None for column in columns):
                raise DataError(f"{place}: fewer columns than {len(columns)}")
            for column in (columns[0], "name", "source"):
                if not row[column].strip():
                    raise DataError(f"{place}: '{row[columns[0]]}' has no {column}")
            yield place, row


def is_name(form: str, names: Container[str]) -> bool:
    """Tell whether a folded name is one of some names, or is on record."""
    known = known_forms().get(form)
    return form in names or (known is not None and not known.risky)
