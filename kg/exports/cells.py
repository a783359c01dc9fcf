"""Tables as CSV: cells that no spreadsheet takes for a formula, texts that any file can hold."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

#: How a formula begins, in wide letters too; numbers begin so as well.
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)


def write_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table as CSV (RFC 4180); nothing is an empty cell, truth is `true` or `false`."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([str(it).lower() if isinstance(it, bool) else it for it in row])
    return whole(stream.getvalue())


def tame(text: str) -> str:
    """Return a text as one line that a spreadsheet shows and never runs.

    >>> tame("=HYPERLINK(1)"), tame("-12.5"), tame("Bolloré  SE")
    ("'=HYPERLINK(1)", '-12.5', 'Bolloré SE')
    """
    return make_inert(" ".join(text.split()))


def make_inert(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet would run it.

    >>> make_inert("@SUM(1)"), make_inert("+33")
    ("'@SUM(1)", '+33')
    """
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def whole(text: str) -> str:
    """Return a text without halves of surrogate pairs, which no file can hold."""
    return text.encode("utf-8", "replace").decode()
