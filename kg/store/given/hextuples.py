"""Hextuples: each line, a list of six texts, as the line of N-Quads that says the same."""

from __future__ import annotations

import json
import re

#: What stands for a datatype where the object is a thing, a blank node, or a text in a language.
THING, BLANK = "globalId", "localId"
LANGUAGE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
TEXT = "http://www.w3.org/2001/XMLSchema#string"
#: What ends an IRI, or a text, before its time.
SIGNS = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def to_quads(data: bytes) -> bytes:
    r"""Return Hextuples as N-Quads, line by line; a line that is no Hextuple stays as it is.

    >>> to_quads(b'["urn:a", "urn:b", "l\'\\u00e9t\\u00e9", "", "fr", ""]\n').decode()
    '<urn:a> <urn:b> "l\'été"@fr .\n'
    """
    return b"".join(map(to_quad, data.splitlines(keepends=True)))


def to_quad(line: bytes) -> bytes:
    """Return a line of Hextuples as N-Quads, or as it is."""
    try:
        told = json.loads(line, parse_int=str, parse_float=str)
        one, verb, value, kind, tag, graph = map(write_text, told)
    except (TypeError, ValueError, RecursionError):
        return line
    if kind in (THING, BLANK):
        other = write_node(value)
    elif tag and kind in (LANGUAGE, ""):
        other = f'"{value.translate(ESCAPES)}"@{tag}'
    else:
        other = f'"{value.translate(ESCAPES)}"^^{write_node(kind or TEXT)}'
    terms = [write_node(one), write_node(verb), other, write_node(graph) if graph else ""]
    end = b"\n" if line.endswith(b"\n") else b""
    try:
        return " ".join([*filter(None, terms), "."]).encode() + end
    except UnicodeEncodeError:
        return line


def write_text(term: object) -> str:
    """Return a term that is a text, or a value that stands for one; raise TypeError."""
    if isinstance(term, bool):
        return str(term).lower()
    if not isinstance(term, str):
        raise TypeError("no text")
    return term


def write_node(name: str) -> str:
    r"""Return a thing's name in N-Quads.

    >>> write_node("_:b"), write_node("urn:a b")
    ('_:b', '<urn:a\\u0020b>')
    """
    if name.startswith("_:"):
        return SIGNS.sub("", name)
    return f"<{SIGNS.sub(escape, name)}>"


def escape(sign: re.Match[str]) -> str:
    """Return a sign as an IRI of N-Quads may have it: who checks the IRI sees it."""
    return f"\\u{ord(sign[0]):04X}"
