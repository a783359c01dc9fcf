"""Tables of articles (CSV): an article a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from kg.errors import ArticleError
from kg.sources.encodings import decode, find_wide
from kg.sources.forms.form import Form
from kg.sources.forms.records import draft_records
from kg.sources.source import LARGEST, LONGEST, Draft, Source

SEPARATORS = ",;\t|"


def read_sheet(source: Source) -> Iterator[Draft | ArticleError]:
    """Yield the articles of a table whose first row names its columns, as they come."""
    yield from draft_records(read_rows(list_lines(source), source.label), source, "row")


def list_lines(source: Source) -> Iterator[str]:
    """Yield the lines of a table, with their ends; raise ArticleError."""
    if source.head.startswith((b"\xff\xfe", b"\xfe\xff")) or find_wide(source.head):
        yield from decode(source.read(LARGEST), source.label).splitlines(keepends=True)
        return
    for line in source.lines():
        yield decode(line, source.label, source.options.encoding).rstrip("\r") + "\n"


def read_rows(lines: Iterator[str], label: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table with their numbers, by column; raise ArticleError."""
    csv.field_size_limit(4 * LONGEST)
    first = list(islice(lines, 1))
    if not first or not first[0].strip():
        raise ArticleError(f"{label}: empty; give a table whose first row names its columns")
    separator = max(SEPARATORS, key=first[0].count)
    rows = csv.reader(chain(first, lines), delimiter=separator)
    try:
        columns = next(rows)
        for at, row in enumerate(rows, 2):
            if any(cell.strip() for cell in row):
                yield at, name_cells(columns, row)
    except csv.Error as error:
        raise ArticleError(f"{label}, line {rows.line_num}: no CSV: {error}") from error


def name_cells(columns: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """Return a row's cells by the names of their columns."""
    return {name.strip(): cell for name, cell in zip(columns, row, strict=False) if name.strip()}


SHEET = Form("table", (".csv", ".tsv", ".tab"), lambda head: False, read_sheet)
