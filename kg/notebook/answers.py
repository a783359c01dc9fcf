"""A question's answer in Python: columns and rows of plain values; in a notebook, a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from rdflib import XSD, Literal, URIRef
from rdflib.query import Result

from kg.notebook.frames import guess_frame

if TYPE_CHECKING:
    from pandas import DataFrame

#: Rows that a notebook shows at most.
SHOWN = 50
#: Datatype → what makes a value of Python of it; all else is text.
VALUES: dict[URIRef, Callable[[str], object]] = {
    XSD.integer: int, XSD.int: int, XSD.long: int, XSD.nonNegativeInteger: int,
    XSD.decimal: float, XSD.double: float, XSD.float: float, XSD.date: date.fromisoformat,
    XSD.boolean: lambda text: text in ("true", "1"),
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """Hold the answer to a question: the names of its columns, and its rows.

    >>> found = Answer(("name", "share"), (("Orvane", 12.5),))
    >>> len(found), list(found), found.columns[1]
    (1, [('Orvane', 12.5)], 'share')
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        """Iterate over the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    def to_pandas(self) -> DataFrame:
        """Return the rows as a DataFrame."""
        return guess_frame(self.columns, self.rows)

    def _repr_html_(self) -> str:
        return write_table(self.columns, self.rows)


def make_answer(result: Result) -> Answer:
    """Make an answer of what SPARQL found: rows, triples, or yes or no."""
    if result.type == "ASK":
        return Answer(("answer",), ((bool(result.askAnswer),),))
    if result.graph is not None:
        triples = (tuple(map(read_term, triple)) for triple in result.graph)
        rows = sorted(triples, key=lambda row: [*map(str, row)])
        return Answer(("subject", "predicate", "object"), tuple(rows))
    names = [str(name) for name in result.vars or ()]
    found = (tuple(read_term(row.get(it)) for it in result.vars or ()) for row in result.bindings)
    return Answer(tuple(names), tuple(found))


def read_term(term: object) -> object:
    """Return a term of RDF as a plain value: a number, a truth, a day or a text; None for none.

    >>> read_term(Literal(3)), read_term(Literal("2024-05", datatype=XSD.gYearMonth))
    (3, '2024-05')
    """
    if isinstance(term, Literal) and term.datatype in VALUES:
        try:
            return VALUES[term.datatype](str(term))
        except ValueError:
            return str(term)
    return None if term is None else str(term)


def write_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Write rows as a table of HTML, in which no text is markup; the first `SHOWN` of many.

    >>> write_table(["name"], [["<b>"]])
    '<table><thead><tr><th>name</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>'
    """
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(show(it))}</td>' for it in row)}</tr>" for row in rows[:SHOWN]
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    left = len(rows) - SHOWN
    return f"{table}<p>{left} more rows</p>" if left > 0 else table


def show(value: object) -> str:
    """Return a value as a cell's text.

    >>> show(None), show(0.5)
    ('', '0.5')
    """
    return "" if value is None else str(value)
