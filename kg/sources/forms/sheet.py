"""Tables of articles (CSV): an article a row."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from kg.errors import ArticleError
from kg.sources.details import field_of
from kg.sources.encodings import decode, find_wide
from kg.sources.forms.fields import is_text_field
from kg.sources.forms.form import Form
from kg.sources.forms.records import draft_records
from kg.sources.source import LARGEST, LONGEST, Draft, Source

SEPARATORS = ",;\t|"
#: What Excel writes above a table.
SAID = re.compile(r"sep=(?P<sign>.)\s*", re.IGNORECASE)
#: Stands for bytes that no text is made of; no text has it.
WRONG = "\ufdd0"
#: Characters that no name of a column has.
LONGEST_NAME = 100
#: Lines that a cell in quotes may have in a table parted by tabs, where a quote may be a letter.
MOST = 400


def read_sheet(source: Source) -> Iterator[Draft | ArticleError]:
    """Yield the articles of a table whose first row names its columns, as they come."""
    yield from draft_records(read_rows(list_lines(source), source.label), source, "row")


def list_lines(source: Source) -> Iterator[str]:
    """Yield the lines of a table, with their ends; raise ArticleError."""
    wide = source.head.startswith((b"\xff\xfe", b"\xfe\xff")) or find_wide(source.head)
    if wide or (b"\r" in source.head and b"\n" not in source.head):  # old Macs end lines so
        text = decode(source.read(LARGEST), source.label, source.options.encoding)
        yield from (f"{line}\n" for line in re.split(r"\r\n|\n|\r", text))
        return
    for at, line in enumerate(source.lines()):
        try:
            text = decode(line, source.label, source.options.encoding)
        except ArticleError:
            if not at:
                raise
            text = line.decode("utf-8", "replace").replace("\ufffd", WRONG)
        yield text.rstrip("\r") + "\n"


def read_rows(
    lines: Iterator[str], label: str
) -> Iterator[tuple[int, dict[str, str] | ArticleError]]:
    """Yield the rows of a table with their numbers, by column, or the error of one.

    Raises ArticleError.
    """
    csv.field_size_limit(4 * LONGEST)
    first = next(lines, "")
    said = SAID.fullmatch(first)
    first = next(lines, "") if said else first
    if not first.strip():
        raise ArticleError(f"{label}: empty; give a table whose first row names its columns")
    separator = said["sign"] if said else max(SEPARATORS, key=first.count)
    split = split_tabs if separator == "\t" else split_cells
    rows = split(chain([first], lines), separator)
    try:
        columns = next(rows)
        if any(len(cell) > LONGEST_NAME and cell.count(" ") > 10 for cell in columns):
            told = "no names of columns in the first row, but a text; write them above it"
            raise ArticleError(f"{label}: {told}")
        for at, row in enumerate(rows, 2):
            if any(cell.strip() for cell in row):
                yield at, name_cells(columns, row, f"{label}, row {at}")
    except csv.Error as error:
        yield 0, ArticleError(f"{label}: no CSV: {error}; save it anew as CSV")


def split_cells(lines: Iterator[str], separator: str) -> Iterator[list[str]]:
    """Yield the cells of each row; raise csv.Error that says which line is none."""
    ended: list[str] = []
    # What is still open at the end takes in the line that follows it.
    rows = csv.reader(chain(lines, end_lines(ended)), delimiter=separator)
    begin = 0
    try:
        for cells in rows:
            if not ended:
                yield cells
                begin = rows.line_num
    except csv.Error as error:
        raise csv.Error(f"line {rows.line_num}: {error}") from error
    if cells != ended:
        raise csv.Error(f"line {begin + 1}: a quote that nothing closes")


def end_lines(ended: list[str]) -> Iterator[str]:
    """Yield a line of one cell that no table has, and note that it was read."""
    ended.append(WRONG)
    yield WRONG


def split_tabs(lines: Iterator[str], separator: str) -> Iterator[list[str]]:
    r"""Yield the cells of each row of a table parted by tabs, where a lone quote is a letter.

    >>> list(split_tabs(iter(['a\t"b\n', 'c"\td\n', 'e\t"f\n']), "\t"))
    [['a', 'b\nc', 'd'], ['e', '"f']]
    """
    ahead: deque[str] = deque()
    while ahead or (more := next(lines, None)) is not None:
        line = ahead.popleft() if ahead else more or ""
        count = 0
        if f'{separator}"' in line or line.startswith('"'):
            ahead.extend(islice(lines, MOST - len(ahead)))
            cells, count = close_quotes([line, *ahead], separator)
        if not count:
            cells = line.rstrip("\n").split(separator)
        for _ in range(count - 1):
            ahead.popleft()
        yield cells


def close_quotes(lines: Sequence[str], separator: str) -> tuple[list[str], int]:
    """Return the cells of a row that may go on in the next lines, and its lines; 0 of none."""
    text, quotes = "", 0
    for count, line in enumerate(lines, 1):
        text += line
        quotes += line.count('"')
        if quotes % 2:
            continue
        try:
            (cells,) = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        except (csv.Error, ValueError):
            return [], 0
        return cells, count
    return [], 0


def name_cells(
    columns: Sequence[str], row: Sequence[str], where: str
) -> dict[str, str] | ArticleError:
    """Return a row's cells by the names of their columns, or the error of a row that has more."""
    if any(WRONG in cell for cell in row):
        return ArticleError(f"{where}: bytes of another encoding; name it with --encoding")
    if any(cell.strip() for cell in row[len(columns) :]):
        told = f"{len(row)} cells in {len(columns)} columns; put cells with separators in quotes"
        return ArticleError(f"{where}: {told}")
    return {name.strip(): cell for name, cell in zip(columns, row, strict=False) if name.strip()}


def is_sheet(head: bytes) -> bool:
    r"""Tell whether bytes begin with a row of names of columns, one of them of texts.

    >>> is_sheet(b"titre;texte;date\nUn accord;Le groupe..."), is_sheet(b"Le texte; la suite\n")
    (True, False)
    """
    first, end, _ = head.decode("utf-8", "replace").removeprefix("\ufeff").partition("\n")
    names = first.split(max(SEPARATORS, key=first.count))
    told = [name.strip().strip('"') for name in names]
    return bool(end) and len(told) > 1 and any(map(is_text_field, told))


def is_told_sheet(head: bytes) -> bool:
    r"""Tell whether bytes surely are a table: a column of texts, others, and a row that has them.

    >>> is_told_sheet(b"titre\ttexte\nUn\tLe groupe\n"), is_told_sheet(b"Le titre, le texte\n")
    (True, False)
    """
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if wide else find_wide(head) or "utf-8", "replace")
    first, second = (*text.removeprefix("\ufeff").splitlines(), "", "")[:2]
    separator = max(SEPARATORS, key=first.count)
    names = [name.strip().strip('"') for name in first.split(separator)]
    fewest = len(names) - 1 if separator == "," else 1
    told = any(map(field_of, names)) and any(map(is_text_field, names))
    return told and second.count(separator) >= fewest


SHEET = Form("table", (".csv", ".tsv", ".tab"), is_sheet, read_sheet)
