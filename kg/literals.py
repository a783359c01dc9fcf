"""Numbers and dates as RDF literals."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from rdflib import XSD, Literal

#: Length of an ISO date → its datatype.
DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


@lru_cache(maxsize=1 << 16)
def index_literal(index: int) -> Literal:
    """Return a number of characters as RDF; rdflib is slow to make one."""
    return Literal(str(index), datatype=XSD.nonNegativeInteger)


def decimal_literal(value: Decimal) -> Literal:
    """Return a number as the literal that Turtle writes without quotes.

    >>> str(decimal_literal(Decimal(3)))
    '3.0'
    """
    text = f"{value:f}"
    return Literal(text if "." in text else f"{text}.0", datatype=XSD.decimal)


def date_literal(text: str) -> Literal:
    """Return an ISO date of a year, a month or a day as a typed literal.

    >>> date_literal("2017-09").datatype
    rdflib.term.URIRef('http://www.w3.org/2001/XMLSchema#gYearMonth')
    """
    return Literal(text, datatype=DATE_TYPES.get(len(text), XSD.string), normalize=False)
