"""Tables as CSV: cells that no spreadsheet takes for a formula, texts that any file can hold."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

#: How a formula begins, in wide letters too; numbers below zero begin so as well.
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Dialect:
    """Say how a table is written: its mark, what parts cells, and a number's decimal sign."""

    mark: str = ""
    separator: str = ","
    decimal: str = "."
    longest: int = sys.maxsize


#: CSV as programs read it, and as a French spreadsheet opens it by a double click. A longer cell
#: would spill into the next row there, and ends with '…' instead.
PLAIN = Dialect()
EXCEL = Dialect("\ufeff", ";", ",", 32_767)


def write_csv(
    head: Sequence[str], rows: Iterable[Sequence[object]], dialect: Dialect = PLAIN
) -> str:
    r"""Write a table as CSV (RFC 4180), in which no text is a formula.

    Nothing is an empty cell, truth is `true` or `false`; only floats and decimals get the decimal
    sign of a dialect, texts stay as they are.

    >>> write_csv(["name", "share"], [["=1+1", 12.5]], EXCEL)
    "\ufeffname;share\r\n'=1+1;12,5\r\n"
    """
    stream = io.StringIO()
    stream.write(dialect.mark)
    writer = csv.writer(stream, delimiter=dialect.separator, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([write_cell(it, dialect) for it in row])
    return whole(stream.getvalue())


def write_cell(value: object, dialect: Dialect) -> str:
    """Write one value as a cell.

    >>> write_cell(Decimal("0.90"), EXCEL), write_cell("0.90", EXCEL), write_cell(True, PLAIN)
    ('0,90', '0.90', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float | Decimal):
        return str(value).replace(".", dialect.decimal)
    text = make_inert(str(value))
    return text if len(text) <= dialect.longest else f"{text[: dialect.longest - 1]}…"


def tame(text: str) -> str:
    """Return a text as one line that a spreadsheet shows and never runs.

    >>> tame("=HYPERLINK(1)"), tame("-12.5"), tame("Bolloré  SE")
    ("'=HYPERLINK(1)", '-12.5', 'Bolloré SE')
    """
    return make_inert(" ".join(text.split()))


def make_inert(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet would run it.

    >>> make_inert("@SUM(1)"), make_inert("+33"), make_inert("-33")
    ("'@SUM(1)", "'+33", '-33')
    """
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def whole(text: str) -> str:
    """Return a text without halves of surrogate pairs, which no file can hold."""
    return text.encode("utf-8", "replace").decode()
