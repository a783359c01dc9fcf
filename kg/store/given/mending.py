"""Faults of others that have one mending, and one that a parser does not see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pyoxigraph as ox

from kg.store.given.source import Source
from kg.store.given.terms import Faults

#: A language's tag as locales are written.
TAG = re.compile(r"@[A-Za-z]{2,8}(?:_[A-Za-z0-9]{1,8})+(?![\w-])")
#: The first element of XML; what may stand after the last.
ROOT = re.compile(rb"<([A-Za-z_][\w:.-]*)")
ASIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)


def check_end(source: Source) -> None:
    """Raise SyntaxError for XML that is cut short, which Oxigraph reads as far as it goes."""
    root = ROOT.search(ASIDE.sub(b"", source.head))
    with source.stream() as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - len(source.head)))
        tail = ASIDE.sub(b"", file.read()).rstrip()
    if root and not re.search(rb"</" + re.escape(root[1]) + rb"\s*>\Z|/>\Z", tail):
        raise SyntaxError(f"cut short: <{root[1].decode()}> is not closed")


def mend_tags(
    source: Source, parse: Callable[[str], Iterator[ox.Quad]], faults: Faults
) -> str | None:
    """Return a source whose only faults are tags like 'fr_FR', with these as 'fr-FR'; else None."""
    try:
        text = source.read().decode()
    except UnicodeDecodeError:
        return None
    lines = text.split("\n")
    read = parse(text)
    while True:
        try:
            next(read)
        except StopIteration:
            return "\n".join(lines) if faults else None
        except SyntaxError as error:
            if not error.lineno or not mend_tag(lines, error.lineno, error.offset or 0, faults):
                return None


def mend_tag(lines: list[str], line: int, column: int, faults: Faults) -> bool:
    """Mend the tag at a place, if there is one.

    >>> lines = ['<urn:a> <urn:b> "x"@fr_CA .']
    >>> mend_tag(lines, 1, 24, Faults()), lines
    (True, ['<urn:a> <urn:b> "x"@fr-CA .'])
    """
    text = lines[line - 1]
    for found in TAG.finditer(text):
        if found.start() < column <= found.end() + 1:
            faults.add(found[0])
            mended = found[0].replace("_", "-")
            lines[line - 1] = text[: found.start()] + mended + text[found.end() :]
            return True
    return False
