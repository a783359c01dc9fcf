"""Rows on a terminal that is too narrow for one table of all columns: the rest stands below."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

#: What a row's proof is, at its end.
PROOF = ("article", "date", "quote")
#: Characters that a quotation wants in a table, and any other cell.
QUOTE, CELL = 40, 24
#: Characters between the columns of a table, and between those of lines.
APART, GAP = 3, 2


def is_narrow(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> bool:
    """Tell whether a table of so many characters has no room for what proves its rows.

    >>> is_narrow(["who", *PROOF], [["Nordil", "Le jour", "2019", "x" * 90]], 60)
    True
    """
    if tuple(columns[-len(PROOF) :]) != PROOF:
        return False
    quote = max((len(row[-1]) for row in rows), default=0)
    return sum(measure(columns[:-1], rows)) + APART * len(columns) + min(quote, QUOTE) > width


def measure(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return how wide each column is; one without a cell has no width."""
    widths = []
    for at, name in enumerate(columns):
        longest = max((len(row[at]) for row in rows), default=0)
        widths.append(max(longest, len(name)) if longest else 0)
    return widths


def proof_lines(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    r"""Yield rows as lines, each with what proves it below.

    >>> row = ["Nordil", "actual", "Le jour", "2019-01-02", "Nordil a signé"]
    >>> print(*proof_lines(["who", "modality", *PROOF], [row], 60), sep="\n")
     who     modality
     ──────────────────────────────────────────────────────────
     Nordil  actual
         « Nordil a signé » (Le jour, 2019-01-02)
    """
    below = []
    for row in rows:
        article, date, quote = row[-len(PROOF) :]
        where = ", ".join(filter(None, (article, date)))
        below.append(f"« {quote} »" + (f" ({where})" if where else "") if quote else "")
    yield from lines_of(columns[: -len(PROOF)], rows, below, width)


def rest_lines(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    r"""Yield rows as lines: the first columns, as many as have room, and below what else is told.

    >>> row = ["Nordil", "acquired", "Vasco", "actual", "2019-01-02"]
    >>> columns = ["subject", "relation", "object", "modality", "first"]
    >>> print(*rest_lines(columns, [row], 40), sep="\n")
     subject  relation  object  modality
     ──────────────────────────────────────
     Nordil   acquired  Vasco   actual
         first 2019-01-02
    """
    room, many = width - 2 + GAP, 0
    for wide in measure(columns, rows):
        room -= min(wide, CELL) + GAP * bool(wide)
        many += room >= 0
    many = max(1, many)
    below = [
        " · ".join(
            f"{name} {cell}" for name, cell in list(zip(columns, row, strict=True))[many:] if cell
        )
        for row in rows
    ]
    yield from lines_of(columns[:many], rows, below, width)


def lines_of(
    shown: Sequence[str], rows: Sequence[Sequence[str]], below: Sequence[str], width: int
) -> Iterator[str]:
    """Yield the first columns of rows as lines, each row with what is told below it."""
    widths = measure(shown, rows)
    used = [at for at, wide in enumerate(widths) if wide]
    free = width - 2 - GAP * max(0, len(used) - 1)
    while sum(widths) > free:  # the widest gives way
        widths[widths.index(max(widths))] -= 1
    for number, row in enumerate([shown, *rows]):
        cells = [textwrap.wrap(row[at], max(1, widths[at])) or [""] for at in used]
        for line in range(max(map(len, cells), default=0)):
            parts = [
                (cell[line] if line < len(cell) else "").ljust(widths[at])
                for at, cell in zip(used, cells, strict=True)
            ]
            yield f" {(' ' * GAP).join(parts)}".rstrip()
        if not number:
            yield " " + "─" * (width - 2)
            continue
        told = below[number - 1]
        yield from textwrap.wrap(told, width - 2, initial_indent="     ", subsequent_indent="     ")
