"""Statements that stand in a line each: of a dump, one that is wrong costs its line alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import pyoxigraph as ox

from kg.store.given.mending import mend_tag
from kg.store.given.source import Source
from kg.store.given.terms import Faults

#: Syntaxes whose statements are lines.
IN_LINES = ("nt", "nq")
#: Lines that are read at once: one by one only where one of them is wrong.
BLOCK = 1000
#: How a line begins that others depend on, or that depends on others: a statement is no line then.
TIED = re.compile(rb"@?(?:prefix|base)\s|[\s;,.\])}]", re.IGNORECASE)
Parse = Callable[[bytes], Iterator[ox.Quad]]


def read_lines(source: Source, parse: Parse, faults: Faults) -> Iterator[ox.Quad]:
    """Yield the quads of lines, and note those that are wrong.

    Raises SyntaxError where more are wrong than right, where lines depend on each other, or where
    the last one is wrong, which is then cut short.
    """
    first: SyntaxError | None = None
    right = number = 0
    with source.stream() as file:
        while block := list(islice(file, BLOCK)):
            try:
                quads = list(parse(b"".join(block)))
            except SyntaxError:
                quads, wrong = read_each(block, number, parse, faults)
                first = first or wrong
            number += len(block)
            right += len(quads)
            yield from quads
    if first and len(faults.lines) > right:
        raise first


def read_each(
    block: Iterable[bytes], before: int, parse: Parse, faults: Faults
) -> tuple[list[ox.Quad], SyntaxError | None]:
    """Return the quads of lines, one by one, and what is wrong with the first that is."""
    quads: list[ox.Quad] = []
    first: SyntaxError | None = None
    for number, line in enumerate(block, before + 1):
        try:
            quads += read_line(line, parse, faults)
        except SyntaxError as error:
            error.lineno = number
            if TIED.match(line) or not line.endswith(b"\n"):
                raise
            first = first or error
            faults.skip(number)
    return quads, first


def read_line(line: bytes, parse: Parse, faults: Faults) -> list[ox.Quad]:
    """Return the quads of a line, with its language's tag mended if that alone is wrong."""
    try:
        return list(parse(line))
    except SyntaxError as error:
        lines, mended = [line.decode("utf-8", "replace")], Faults()
        if not mend_tag(lines, 1, error.offset or 0, mended):
            raise
        quads = list(parse(lines[0].encode()))
        faults.terms |= mended.terms
        return quads
