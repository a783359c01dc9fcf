"""One source as it comes: its bytes, its name, and what is known of the articles in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from kg.errors import ArticleError
from kg.sources.encodings import decode

#: Characters of the longest article: what spaCy's models take (`Language.max_length`).
LONGEST = 1_000_000
#: Bytes by which the form of a source is told.
HEAD = 4096
#: Bytes of the largest file that is read as a whole, if it may hold more than its text.
LARGEST = 64 << 20
#: Lines that are told of what of a table, or of a source, is left out.
TOLD = 20


class Stream(Protocol):
    """Say what bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return so many bytes at most, all that are left without a number."""


@dataclass(slots=True)
class Details:
    """Hold what a user's table says of articles, by their file, name, key or address.

    `used` are the rows that some article had; `path` is the table's own, `notes` what of it is
    left out.
    """

    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    path: Path | None = None
    notes: Sequence[str] = ()
    used: set[str] = field(default_factory=set)
    _ends: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note which row each end of a path tells, '' for that of several."""
        for key in self.rows:
            parts = key.split("/")
            for at in range(1, len(parts)):
                end = "/".join(parts[at:])
                self._ends[end] = "" if end in self._ends else key

    def find(self, label: str, *names: str) -> Mapping[str, str]:
        """Return what is said of a file, or of an article with one of some names.

        A file is meant by the end of its path: 'a/x.txt' is 'news/a/x.txt', no 'news/b/x.txt'.
        """
        if not self.rows:
            return {}
        file = plain_path(label)
        parts = file.split("/")
        ends = ["/".join(parts[at:]) for at in range(len(parts))]
        for key in (*ends[:1], *filter(None, names), *ends[1:]):
            if (plain := plain_path(key)) in self.rows:
                self.used.add(plain)
                return self.rows[plain]
        if longer := self._ends.get(file):
            self.used.add(longer)
            return self.rows[longer]
        return {}

    def sum_up(self) -> list[str]:
        """Return the lines that tell what of the table is left out, and which rows no article had.

        >>> Details({"a.txt": {}}, Path("meta.csv")).sum_up()
        ['meta.csv: 1 row matches no article: a.txt']
        """
        told = list(self.notes[:TOLD])
        if len(self.notes) > TOLD:
            told.append(f"{self.path}: {len(self.notes) - TOLD} more lines like these")
        if left := [key for key in self.rows if key not in self.used]:
            many = "1 row matches" if len(left) == 1 else f"{len(left)} rows match"
            told.append(f"{self.path}: {many} no article: {', '.join(left[:5])[:200]}")
        return told


def plain_path(path: str) -> str:
    r"""Return a path in the one way in which it is compared.

    >>> plain_path(".\\a\\x.txt")
    'a/x.txt'
    """
    return re.sub(r"^(?:\./+)+", "", unicodedata.normalize("NFC", path).replace("\\", "/"))


@dataclass(frozen=True, slots=True)
class Options:
    """Hold what a user says of all sources; `note` is called with what should be told.

    `lang`, `date` and `publisher` are those of articles that name none, `details` what is known
    of single ones by their file, name, key or address.
    """

    lang: str | None = None
    encoding: str | None = None
    text_field: str | None = None
    split: bool = False
    date: str = ""
    publisher: str = ""
    details: Details = field(default_factory=Details)
    note: Callable[[str], None] = lambda _: None


@dataclass(slots=True)
class Source:
    """Hold one file's bytes to come: `label` as messages name it, `ending` in lower case.

    `lang` is the language that its name tells. `depth` counts the files that it is packed in.
    `address` is where it was fetched from, `charset` the encoding that its server names,
    `beside` what a file beside it says.
    """

    label: str
    name: str
    ending: str
    stream: Stream
    head: bytes
    options: Options
    lang: str = ""
    depth: int = 0
    address: str = ""
    charset: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    def tell(self, line: str) -> None:
        """Tell the user what of this source is not as it says, each line once."""
        if not line or line in self._told or len(self._told) > TOLD:
            return
        self._told.add(line)
        told = line if len(self._told) <= TOLD else "more lines like these"
        self.options.note(f"{self.label}: {told}")

    def read(self, most: int = 4 * LONGEST) -> bytes:
        """Return all bytes; raise ArticleError if they are more than `most`."""
        data = self.head + self.stream.read(max(most + 1 - len(self.head), 0))
        if len(data) > most:
            raise too_long(self.label, most)
        return data

    def lines(self, most: int = 4 * LONGEST) -> Iterator[bytes]:
        """Yield the lines without their ends; the rest of one longer than `most` is left out."""
        left = b""
        chunk = self.head
        while chunk:
            *whole, left = (left + chunk).split(b"\n")
            yield from whole
            left = left[: most + 1]
            chunk = self.stream.read(1 << 16)
        if left:
            yield left


def make_source(
    label: str, named: tuple[str, str, str], stream: Stream, options: Options
) -> Source:
    """Make a source of a stream, whose first bytes are read to tell its form."""
    name, lang, ending = named
    head = b""
    while len(head) < HEAD and (more := stream.read(HEAD - len(head))):
        head += more
    return Source(label, name, ending, stream, head, options, lang=lang)


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold what a form finds of one article; `key` tells it from others of its file."""

    text: str
    title: str = ""
    published: str = ""
    source: str = ""
    url: str = ""
    author: str = ""
    lang: str = ""
    key: str = ""


def too_long(label: str, most: int = 4 * LONGEST) -> ArticleError:
    """Return the error for what is too long to be one article."""
    if most > 4 * LONGEST:
        return ArticleError(f"{label}: over {most >> 20} MB; split it or give its text")
    return ArticleError(f"{label}: over {LONGEST:,} characters; split it into articles")


def read_text(source: Source) -> str:
    """Return a source's bytes as text; raise ArticleError."""
    return decode(source.read(), source.label, source.options.encoding)
