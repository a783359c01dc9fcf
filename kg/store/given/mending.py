"""Faults of others that have one mending, and one that a parser does not see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pyoxigraph as ox

from kg.store.given.source import Source
from kg.store.given.terms import Faults, is_iri, is_tag

#: Syntaxes that go on behind a statement that is wrong.
IN_STATEMENTS = ("ttl", "trig")
#: A language's tag as locales are written.
TAG = re.compile(r"@[A-Za-z]{2,8}(?:_[A-Za-z0-9]{1,8})+(?![\w-])")
#: What may be an IRI, or the tag of a text.
TERM = re.compile(r"<(?P<iri>[^>]*)>|[\"']@(?P<tag>[^\s;,]*)")
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


def read_around(
    source: Source, parse: Callable[[str], Iterator[ox.Quad]], faults: Faults
) -> Iterator[ox.Quad]:
    """Return what a source says around its IRIs and tags that are none, with tags like 'fr-FR'.

    Raises SyntaxError for any other fault.
    """
    data = source.read()
    try:
        lines = data.decode().split("\n")
    except UnicodeDecodeError as error:
        fault = SyntaxError("Invalid UTF-8")
        before = data[: error.start].split(b"\n")
        fault.lineno, fault.offset = len(before), len(before[-1]) + 1
        raise fault from error

    def judge(error: SyntaxError) -> bool:
        line, column = error.lineno or 0, error.offset or 0
        if not 0 < line <= len(lines):
            return False
        if mend_tag(lines, line, column, faults):
            return True
        if is_wrong := has_wrong_term(lines[line - 1], column):
            faults.skip(line)
        return is_wrong

    for _ in pass_faults(parse("\n".join(lines)), judge):
        pass
    return pass_faults(parse("\n".join(lines)), lambda _: True)


def has_wrong_term(text: str, column: int) -> bool:
    """Tell whether what stands at a column, or ends before it, is an IRI or a tag that is none.

    >>> has_wrong_term('<urn:a> <urn:b> "x"@1fr .', 21), has_wrong_term("<urn:a> <urn:b> .", 17)
    (True, False)
    """
    for it in TERM.finditer(text):
        if it.start() < column <= it.end() + 1:
            tag = it["tag"]
            return not (is_iri(f"x:{it['iri']}") if tag is None else is_tag(tag.rstrip(".")))
    return False


def pass_faults(read: Iterator[ox.Quad], judge: Callable[[SyntaxError], bool]) -> Iterator[ox.Quad]:
    """Yield the quads of what goes on after a fault, as long as each fault is judged so."""
    while True:
        try:
            quad = next(read)
        except StopIteration:
            return
        except SyntaxError as error:
            if not judge(error):
                raise
        else:
            yield quad


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
