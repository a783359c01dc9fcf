"""A SELECT's answer as CSV: as the W3C has it, or with names and numbers for a spreadsheet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from kg.ask.answers import plain
from kg.exports.cells import EXCEL, write_csv
from kg.store.labels import LABELS

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = Sequence[Term | None]
XSD = "http://www.w3.org/2001/XMLSchema#"
#: Datatypes whose values a spreadsheet reckons with: with a decimal sign, and whole ones.
DECIMAL = tuple(f"{XSD}{name}" for name in ("decimal", "double", "float"))
WHOLE = tuple(f"{XSD}{name}" for name in ("integer", "int", "long", "nonNegativeInteger"))


def csv_text(answer: ox.QuerySolutions) -> str:
    """Write rows as CSV (SPARQL 1.1 Query Results CSV), in which no text is a formula."""
    head = [variable.value for variable in answer.variables]
    return write_csv(head, ([plain_cell(term) for term in row] for row in answer))


def plain_cell(term: Term | None) -> str | Decimal:
    """Return a term as a cell: a number as it is written, all else as text.

    >>> plain_cell(ox.Literal("-1.50", datatype=ox.NamedNode(f"{XSD}decimal")))
    Decimal('-1.50')
    """
    if isinstance(term, ox.Literal) and term.datatype.value in DECIMAL + WHOLE:
        try:
            number = Decimal(term.value)
        except InvalidOperation:
            return term.value
        return number if str(number) == term.value else term.value
    return "" if term is None else plain(term)


def excel_text(answer: ox.QuerySolutions, store: ox.Store) -> str:
    """Write rows as CSV for a French spreadsheet, things' names after the columns of their IRIs.

    Numbers have a decimal comma; a thing that the graph does not name has no name here either.
    """
    head = [variable.value for variable in answer.variables]
    rows: list[Row] = [tuple(row) for row in answer]
    named = {term for row in rows for term in row if isinstance(term, ox.NamedNode)}
    names: dict[Term | None, str] = {
        term: name for term in named if (name := read_name(store, term))
    }
    wide = [at for at in range(len(head)) if any(row[at] in names for row in rows)]
    columns = [it for at, name in enumerate(head) for it in name_column(name, at in wide)]
    return write_csv(columns, ([*excel_cells(row, names, wide)] for row in rows), EXCEL)


def name_column(name: str, wide: bool) -> list[str]:
    """Return the heads of a column, and of the names beside it.

    >>> name_column("buyer", True)
    ['buyer', 'buyer name']
    """
    return [name, f"{name} name"] if wide else [name]


def excel_cells(
    row: Row, names: Mapping[Term | None, str], wide: Collection[int]
) -> Iterator[str | Decimal]:
    """Yield a row's cells, with the name of each thing in a column that has some."""
    for at, term in enumerate(row):
        yield plain_cell(term)
        if at in wide:
            yield names.get(term, "")


def read_name(store: ox.Store, term: ox.NamedNode) -> str:
    """Return what a thing is called, the first of its labels or else of its other names.

    >>> read_name(ox.Store(), ox.NamedNode("urn:a"))
    ''
    """
    for predicate in LABELS:
        quads = store.quads_for_pattern(term, predicate, None, ox.DefaultGraph())
        if found := [it.object.value for it in quads if isinstance(it.object, ox.Literal)]:
            return min(found)
    return ""
