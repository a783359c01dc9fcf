"""A register's index: one SQLite file, looked up by the keys of names and by numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path
from urllib.parse import quote

from kg.errors import DataError
from kg.files.ending import remember
from kg.files.links import follow_links
from kg.files.writing import check_target, name_part, remove_part
from kg.names.key import name_key
from kg.who.registers.layouts import LAYOUTS, find_missing
from kg.who.registers.record import Record, Use
from kg.who.registers.rows import Row, read_rows

#: What marks a file of SQLite as an index of ours ('kgre'), and the version of its tables.
MARK, VERSION = 0x6B677265, 1
#: Rows that are written at once.
BATCH = 10_000
TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE records (
  record INTEGER PRIMARY KEY,
  siren TEXT, lei TEXT, wikidata TEXT, countries TEXT, size TEXT, sector TEXT
);
CREATE TABLE names (key TEXT, record INTEGER, use INTEGER, place INTEGER, name TEXT);
"""
INDEXES = """
CREATE INDEX by_key ON names (key);
CREATE INDEX by_record ON names (record);
CREATE INDEX by_siren ON records (siren) WHERE siren <> '';
CREATE INDEX by_lei ON records (lei) WHERE lei <> '';
CREATE INDEX by_wikidata ON records (wikidata) WHERE wikidata <> '';
"""
#: Of an item that a query tells in several rows, a number that they do not agree on is none.
AGREED = """
INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (record) DO UPDATE SET
  siren = CASE WHEN excluded.siren IN ('', siren) THEN siren
          WHEN siren = '' THEN excluded.siren ELSE '*' END,
  lei = CASE WHEN excluded.lei IN ('', lei) THEN lei
        WHEN lei = '' THEN excluded.lei ELSE '*' END,
  countries = CASE WHEN countries = '' THEN excluded.countries
              WHEN instr(countries, excluded.countries) THEN countries
              ELSE countries || ' ' || excluded.countries END
"""


@dataclass(frozen=True, slots=True)
class About:
    """Hold what an index is made of: a register, the file, its date, and how many rows it has."""

    scheme: str
    title: str
    licence: str
    file: str
    date: str
    records: int

    def __str__(self) -> str:
        """Say what it is made of, as the source of a number."""
        return f"{self.title}, {self.file}, {self.date}"


@dataclass(frozen=True, slots=True)
class Hit:
    """Hold a record that a register has under a name, and what the name is to it."""

    record: Record
    use: Use


class Register:
    """Hold the index of a register, open to be read."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        address = f"file:{quote(str(follow_links(self.path)))}?mode=ro&immutable=1"
        try:
            self.data = sqlite3.connect(address, uri=True)
            marks = [
                self.data.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("application_id", "user_version")
            ]
        except sqlite3.Error as error:
            raise DataError(f"{path}: no register; make it with: kg register add FILE") from error
        if marks != [MARK, VERSION]:
            raise DataError(f"{path}: no register of this version; kg register add it again")
        told = dict(self.data.execute("SELECT name, value FROM about"))
        self.about = About(**{**told, "records": int(told["records"])})

    def close(self) -> None:
        """Close the file."""
        self.data.close()

    def find_name(self, name: str, most: int) -> list[Hit]:
        """Return the records of a name's key, its surest use each, at most so many."""
        found = self.data.execute(
            "SELECT record, MIN(use) FROM names WHERE key = ? GROUP BY record"
            " ORDER BY MIN(use), record LIMIT ?",
            (name_key(name), most),
        )
        return [Hit(self.read(record), Use(use)) for record, use in found.fetchall()]

    def find_number(self, number: str) -> list[Record]:
        """Return the records of a number, written as a side of a decision is."""
        scheme, _, value = number.partition(":")
        if scheme not in LAYOUTS:
            return []
        found = self.data.execute(
            f"SELECT record FROM records WHERE {scheme} = ? AND {scheme} <> '' ORDER BY record",
            (value,),
        )
        return [self.read(record) for (record,) in found.fetchall()]

    def read(self, record: int) -> Record:
        """Read a record."""
        siren, lei, wikidata, countries, size, sector = self.data.execute(
            "SELECT siren, lei, wikidata, countries, size, sector FROM records WHERE record = ?",
            (record,),
        ).fetchone()
        names = self.data.execute(
            "SELECT name, MIN(use) FROM names WHERE record = ? GROUP BY name"
            " ORDER BY MIN(place), name",
            (record,),
        )
        told = tuple((name, Use(use)) for name, use in names)
        return Record(told, siren, lei, wikidata, tuple(countries.split()), size, sector)


def build_index(
    source: str | Path,
    scheme: str,
    target: str | Path,
    *,
    count: Callable[[Iterable[Row]], Iterable[Row]] = iter,
) -> About:
    """Make the index of an official file, whole or not at all; raise DataError and GraphError.

    The file streams: no more than some thousand rows are held. `count` sees each row pass.
    """
    layout, path = LAYOUTS[scheme], follow_links(target)
    rows = iter(read_rows(source))
    first = next(rows, None)
    if first is None or (missing := [*find_missing(first, layout)]):
        lacks = f"no column '{missing[0]}'" if first else "no rows"
        raise DataError(f"{source}: {lacks}; give the official file of {layout.title}")
    check_target(path)
    part = name_part(path)
    forget = remember(partial(remove_part, part))
    try:
        records = filter(None, map(layout.read, count(chain([first], rows))))
        with closing(sqlite3.connect(part, isolation_level=None)) as data:
            about = fill(data, records, (scheme, Path(source)))
        part.replace(path)
    except (sqlite3.Error, OSError) as error:
        raise DataError(
            f"{target}: cannot be written: {error}; make room there, or name another --register"
        ) from error
    finally:
        remove_part(part)
        forget()
    return about


def fill(data: sqlite3.Connection, records: Iterable[Record], origin: tuple[str, Path]) -> About:
    """Fill an empty index, and return what it is made of; raise DataError where nothing comes."""
    scheme, source = origin
    # Nothing is lost with the file: it is thrown away unless it is whole.
    data.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {TABLES}")
    numbered = ((number_record(at, one), one) for at, one in enumerate(records, 1))
    while some := list(islice(numbered, BATCH)):
        data.execute("BEGIN")
        data.executemany(AGREED, (record_row(at, one) for at, one in some))
        data.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?)", name_rows(some))
        data.execute("COMMIT")
    for column in ("siren", "lei"):
        data.execute(f"UPDATE records SET {column} = '' WHERE {column} = '*'")
    (size,) = data.execute("SELECT COUNT(*) FROM records").fetchone()
    layout = LAYOUTS[scheme]
    if not size:
        raise DataError(
            f"{source}: no organization in it; give the official file of {layout.title}"
        )
    day = datetime.fromtimestamp(source.stat().st_mtime, UTC).date().isoformat()
    about = About(scheme, layout.title, layout.licence, source.name, day, size)
    told = {name: str(getattr(about, name)) for name in About.__slots__}
    data.executemany("INSERT INTO about VALUES (?, ?)", told.items())
    data.executescript(f"{INDEXES} PRAGMA application_id = {MARK}; PRAGMA user_version = {VERSION}")
    return about


def number_record(at: int, record: Record) -> int:
    """Return the number of a record's row: a query may tell an item in several ones."""
    return int(record.wikidata[1:]) if record.wikidata else at


def record_row(at: int, record: Record) -> tuple[int | str, ...]:
    """Return a record as a row of its table."""
    told = (record.siren, record.lei, record.wikidata, " ".join(record.countries))
    return (at, *told, record.size, record.sector)


def name_rows(some: Iterable[tuple[int, Record]]) -> Iterator[tuple[int | str, ...]]:
    """Yield the names of records as rows of their table."""
    for at, record in some:
        for place, (name, use) in enumerate(record.names):
            yield name_key(name), at, int(use), place, name
