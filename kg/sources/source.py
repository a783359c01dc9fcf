"""One source as it comes: its bytes, its name, and what is known of the articles in it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path
from typing import Protocol
from urllib.parse import urljoin

from kg.errors import ArticleError
from kg.model import Article
from kg.sources.datelines import find_date, find_title, read_date
from kg.sources.encodings import decode
from kg.sources.folding import fold_text
from kg.sources.language import READ, count_votes, guess_language, language_name, read_code, vote

#: Characters of the longest article: what spaCy's models take (`Language.max_length`).
LONGEST = 1_000_000
HALF = re.compile(r"[\ud800-\udfff]")
#: Bytes by which the form of a source is told.
HEAD = 4096
#: Bytes of the largest file that is read as a whole, if it may hold more than its text.
LARGEST = 64 << 20


class Stream(Protocol):
    """Say what bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return so many bytes at most, all that are left without a number."""


@dataclass(slots=True)
class Details:
    """Hold what a user's table says of articles, by their file, name, key or address.

    `used` are the rows that some article had; `path` is the table's own.
    """

    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    path: Path | None = None
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

    def sum_up(self) -> str:
        """Return the line that tells which rows no article had, '' if all are used."""
        left = [key for key in self.rows if key not in self.used]
        if not left:
            return ""
        many = "1 row matches" if len(left) == 1 else f"{len(left)} rows match"
        return f"{self.path}: {many} no article: {', '.join(left[:5])[:200]}"


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


def make_article(source: Source, draft: Draft) -> Article:
    """Make an article of what a form has found; raise ArticleError for what is none.

    What the user says of it in a table goes before what the file says, and that before what its
    text tells: a headline, a dateline, the language of its words.
    """
    draft = replace(draft, **told_details(source, draft))
    # Halves of characters are none: JSON may hold them, and no file can be written with them.
    draft = Draft(*(HALF.sub("\ufffd", value) for value in astuple(draft)))
    text = draft.text
    if not re.search(r"[^\W\d_]", text):
        raise ArticleError(f"{source.label}: empty; give a file with text")
    if len(text) > LONGEST:
        raise too_long(source.label)
    folded = fold_text(text).text
    first = folded[:20_000]
    lang = choose_language(source, draft, folded)
    tag = draft.lang if read_code(draft.lang) == lang else lang
    if set(count_votes(folded)) - {lang}:
        note_languages(source, text, lang)
    return Article(
        name=draft.key or source.name,
        text=text,
        lang=lang,
        url=whole_address(draft.url, source.address),
        title=fold_text(draft.title).text if draft.title else find_title(first),
        published=read_date(draft.published, tag) or find_date(first, tag) or source.options.date,
        source=draft.source or source.options.publisher,
        author=plain_author(draft.author),
    )


def whole_address(url: str, base: str) -> str:
    """Return an article's address, '' for a part of one whose rest is not known.

    >>> whole_address("/1", "https://x.test/feed"), whole_address("/1", ""), whole_address("", "")
    ('https://x.test/1', '', '')
    """
    try:
        whole = urljoin(base, url) if base else url
    except ValueError:
        whole = base
    return whole.partition("#")[0] if re.match(r"[a-zA-Z][\w+.-]*:", whole) else ""


def plain_author(author: str) -> str:
    """Return an author's name without what stands around it; '' for a mere number.

    >>> plain_author("Par Irène Sablon le"), plain_author("By Tom Ellis"), plain_author("17")
    ('Irène Sablon', 'Tom Ellis', '')
    """
    found = re.fullmatch(r"(?:(?i:par|by)\s+(?=[A-ZÀ-ÝŒ]))?(.*?)(?:\s+le)?", author.strip())
    return found[1] if found and re.search(r"[^\W\d_]", found[1]) else ""


def note_languages(source: Source, text: str, lang: str) -> None:
    """Tell which paragraphs are left out because they are in another language."""
    gone = [why for _, why in fold_text(text, lang=lang).left_out if why.startswith("in ")]
    for why, times in Counter(gone).items():
        many = "1 paragraph is" if times == 1 else f"{times} paragraphs are"
        source.options.note(f"{source.label}: {many} {why} and not read")


def told_details(source: Source, draft: Draft) -> dict[str, str]:
    """Return what the user says of an article: in a table, or in a file beside its own.

    The file beside `a.txt` is `a.meta.json`.
    """
    told = source.options.details.find(source.label, draft.url, draft.key, source.name)
    return dict(told or source.beside)


def choose_language(source: Source, draft: Draft, text: str) -> str:
    """Return the language of a text; raise ArticleError if it is none that is read.

    The file's name tells it, else the file itself, else the user, unless the text's words surely
    tell another one; else it is guessed.
    """
    said = source.options.lang or ""
    told = source.lang or read_code(draft.lang) or read_code(said) or said
    seen = vote(text, 12, 6)
    lang = seen if seen and (not told or (told in READ and not source.options.lang)) else told
    lang = lang or guess_language(text)
    if lang not in READ and lang != (read_code(said) or said):
        known = "French and English are read; if it is one of these, say so: --lang fr"
        raise ArticleError(f"{source.label}: in {language_name(lang)}; {known}")
    return lang
