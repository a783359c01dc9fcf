"""Rows of a register's file as they stream: CSV or JSON, packed or not."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, cast

from kg.errors import DataError
from kg.files.archives import open_archive
from kg.files.faults import tell_fault

#: A row by the names of its columns.
Row = Mapping[str, str]
#: What a packed file raises that is broken, cut short, or locked with a password.
BROKEN = (zipfile.BadZipFile, EOFError, zlib.error, gzip.BadGzipFile, RuntimeError)
TABLES = (".csv", ".tsv", ".json")
#: Signs that part cells; the one that the first line has most of does.
SIGNS = ",;\t"


def read_rows(path: str | Path) -> Iterator[Row]:
    """Yield the rows of a CSV file, or of a query's result in JSON; raise DataError: line, fault.

    It may be packed with gzip, or lie alone in a zip file, and is never held as a whole if CSV.
    """
    try:
        with ExitStack() as opened:
            stream = open_packed(Path(path), opened)
            text = io.TextIOWrapper(io.BufferedReader(cast(Any, stream)), "utf-8-sig", newline="")
            first = text.readline()
            if first.lstrip().startswith(("{", "[")):
                yield from read_json(first + text.read(), str(path))
            else:
                yield from read_csv(first, text, str(path))
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 ({error.reason}); take the file in UTF-8") from error
    except BROKEN as error:
        raise DataError(f"{path}: broken or cut short ({error}); fetch it again") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {tell_fault(error)}") from error


def open_packed(path: Path, opened: ExitStack) -> IO[bytes]:
    """Open a file, or the one that is packed in it; raise DataError where there are several."""
    file = opened.enter_context(path.open("rb"))
    head = file.read(4)
    file.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return cast(IO[bytes], opened.enter_context(gzip.GzipFile(fileobj=file)))
    if head != b"PK\x03\x04":
        return file
    packed = opened.enter_context(open_archive(file))
    members = [it for it in packed.infolist() if it.filename.lower().endswith(TABLES)]
    if len(members) != 1:
        raise DataError(f"{path}: {len(members)} tables in it; unpack it and give the right one")
    return opened.enter_context(packed.open(members[0]))


def read_csv(first: str, rest: io.TextIOWrapper, path: str) -> Iterator[Row]:
    """Yield the rows of a table whose first line has been read."""
    sign = max(SIGNS, key=first.count)
    header = [name.strip().lstrip("?") for name in next(csv.reader([first], delimiter=sign), [])]
    rows = csv.reader(rest, delimiter=sign)
    try:
        for cells in rows:
            if len(cells) == len(header):
                yield dict(zip(header, cells, strict=True))
            elif cells:
                told = f"{len(cells)} cells, {len(header)} columns"
                raise DataError(f"{path}, line {rows.line_num + 1}: {told}; fetch the file again")
    except csv.Error as error:
        raise DataError(
            f"{path}, line {rows.line_num + 1}: {error}; fetch the file again"
        ) from error


def read_json(text: str, path: str) -> Iterator[Row]:
    """Yield the rows of a query's result: SPARQL's own JSON, or a list of objects."""
    try:
        told: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path}: no JSON: {error}; fetch it again") from error
    if isinstance(told, dict):
        results = told.get("results")
        told = results.get("bindings") if isinstance(results, dict) else None
    if not isinstance(told, list):
        raise DataError(
            f"{path}: no result of a query (no 'results', 'bindings'); fetch it as JSON"
        )
    for row in told:
        if not isinstance(row, dict):
            raise DataError(f"{path}: a row is no object; fetch it again as JSON")
        yield {str(name): read_cell(value) for name, value in row.items()}


def read_cell(value: object) -> str:
    """Return a cell as text: that of a term, or a plain one.

    >>> read_cell({"type": "uri", "value": "http://a.example"}), read_cell(None)
    ('http://a.example', '')
    """
    if isinstance(value, dict):
        value = value.get("value")
    return value if isinstance(value, str) else "" if value is None else str(value)
