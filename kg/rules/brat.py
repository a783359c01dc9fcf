"""Articles with their names tagged, read from a corpus in brat's format (WiNER-fr)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.errors import DataError

#: Where a name begins and ends in its text, and its class.
Label = tuple[int, int, str]
Tagged = tuple[str, list[Label]]

#: The corpus's classes that we use, as the models of spaCy call them.
CLASSES = {"Organization": "ORG", "Person": "PER", "Location": "LOC", "Product": "MISC"}
LABEL = re.compile(r"T\d+\t(?P<kind>\w+) (?P<begin>\d+) (?P<end>\d+)\t(?P<name>.*)")


def read_articles(
    data: Path, years: Sequence[str], *, held_out: frozenset[str] = frozenset()
) -> Iterator[Tagged]:
    """Yield the tagged articles of some years but those held out; raise DataError."""
    for year in years:
        files = sorted((data / year).glob("*/*.txt"))
        if not files:
            raise DataError(f"{data / year}: no articles (MONTH/NAME.txt with .ann); give WiNER-fr")
        yield from (read_brat(file) for file in files if file.stem not in held_out)


def read_brat(file: Path) -> Tagged:
    """Read a text and its names, the longest where they overlap; raise DataError."""
    tags = file.with_suffix(".ann")
    try:
        text = file.read_bytes().decode("utf-8")
        lines = tags.read_bytes().decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{file}: it or its .ann is not readable: {error}") from error
    labels: list[Label] = []
    for number, line in enumerate(lines, 1):
        # A name in pieces (';') cannot be learned; lines of other kinds are relations and notes.
        if line.startswith("T") and ";" not in line.partition("\t")[2].partition("\t")[0]:
            labels.append(read_label(line, text, f"{tags}:{number}"))
    known = [(b, e, CLASSES[kind]) for b, e, kind in longest(labels) if kind in CLASSES]
    return text, sorted(known)


def read_label(line: str, text: str, where: str) -> Label:
    r"""Read one line of tags; raise DataError if it is malformed or not what the text has.

    >>> read_label("T1\tPerson 3 7\tAnna", "Ici Anna", "a.ann:1")
    Traceback (most recent call last):
    kg.errors.DataError: a.ann:1: 'Anna' is not at 3 to 7 of the text, which has ' Ann'
    """
    fields = LABEL.fullmatch(line)
    if not fields:
        raise DataError(f"{where}: not a tag ('T1', class, begin, end, name): {line[:60]!r}")
    begin, end, name = int(fields["begin"]), int(fields["end"]), fields["name"]
    if letters(text[begin:end]) != letters(name):
        found = text[begin:end]
        raise DataError(
            f"{where}: {name!r} is not at {begin} to {end} of the text, which has {found!r}"
        )
    return begin, end, fields["kind"]


def letters(text: str) -> str:
    """Return the letters and figures of a text: brat drops marks and breaks of lines.

    >>> letters("Jean   « Moulin » 3")
    'JeanMoulin3'
    """
    return "".join(filter(str.isalnum, text))


def longest(labels: Iterable[Label]) -> list[Label]:
    """Return the names that lie in no longer one.

    >>> longest([(13, 18, "Location"), (0, 18, "Organization")])
    [(0, 18, 'Organization')]
    """
    kept: list[Label] = []
    for begin, end, kind in sorted(labels, key=lambda label: (label[0] - label[1], label)):
        if all(end <= b or begin >= e for b, e, _ in kept):
            kept.append((begin, end, kind))
    return kept
