"""Where articles come from: text files, web pages and standard input."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from kg.errors import ArticleError
from kg.model import NAMELESS, Article
from kg.values.dates import When, find_dates
from kg.values.days import Now, date_values
from kg.values.language import Language, load_language
from kg.values.numerals import any_of

#: Characters of the longest article: what spaCy's models take (`Language.max_length`).
LONGEST = 1_000_000
#: Languages that a text without a language in its file's name may be in.
GUESSED = ("en", "fr")
#: How many characters of a line its date may stand in.
DATELINE = 80
FILE_NAME = re.compile(r"(?P<name>.+?)(?:\.(?P<lang>[a-z]{2}))?(?:\.[^.]*)?", re.DOTALL)


def read_articles(sources: Iterable[str | Path], *, lang: str | None = None) -> Iterator[Article]:
    """Read articles one after the other; see `read_article`."""
    for source in sources:
        yield read_article(source, lang=lang)


def read_article(source: str | Path, *, lang: str | None = None) -> Article:
    """Read one article from a text file, a web page (`.html`) or standard input (`-`).

    The language is that of the file's name (`NAME.fr.txt`), else `lang`, else guessed. A text
    keeps every character, line breaks too, except a byte order mark at its start; a page's text
    is its title and its paragraphs. Raises ArticleError.
    """
    path = Path(source)
    name, named, page = split_name(path)
    data = read_bytes(source)
    if page:
        return read_page(data, name, source=str(source), lang=named or lang)
    text = decode(data, str(source))
    language = load_language(named or lang or guess_language(text))
    return Article(
        name=name,
        text=text,
        lang=language.code,
        title=find_title(text, language.words("names.credits")),
        published=find_date(text, language),
    )


def split_name(path: Path) -> tuple[str, str | None, bool]:
    """Return the name, the language and whether it is a web page, as a file's name tells them.

    >>> split_name(Path("news/fusion.fr.txt")), split_name(Path("page.html"))
    (('fusion', 'fr', False), ('page', None, True))
    """
    if str(path) == "-":
        return NAMELESS, None, False
    page = path.suffix.lower() in (".html", ".htm")
    parts = FILE_NAME.fullmatch(path.name)
    # A file's name may hold bytes that are no UTF-8; a graph may not.
    name = (parts["name"] if parts else path.name).encode("utf-8", "replace").decode("utf-8")
    return name, parts["lang"] if parts else None, page


def read_bytes(source: str | Path) -> bytes:
    """Read a file or standard input; raise ArticleError for what is no text of fit length."""
    most = 4 * LONGEST  # UTF-8 takes four bytes a character at most
    try:
        if str(source) == "-":
            data = sys.stdin.buffer.read(most + 1)
        else:
            with Path(source).open("rb") as stream:
                data = stream.read(most + 1)
    except FileNotFoundError as error:
        raise ArticleError(f"{source}: no such file; check the name") from error
    except IsADirectoryError as error:
        raise ArticleError(f"{source}: a folder; name its files: {source}/*.txt") from error
    except OSError as error:
        raise ArticleError(f"{source}: cannot be read: {error.strerror}") from error
    if len(data) > most:
        raise too_long(source)
    if b"\0" in data:
        raise ArticleError(f"{source}: binary; give a text file in UTF-8 or a web page (.html)")
    if not data.strip():
        raise ArticleError(f"{source}: empty; give a file with text")
    return data


def decode(data: bytes, source: str) -> str:
    r"""Decode UTF-8 and keep each character; raise ArticleError that says which byte is wrong.

    >>> decode("Bolloré\r\n".encode(), "a.txt")
    'Bolloré\r\n'
    """
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{source}: not UTF-8 (byte {error.start}: 0x{data[error.start]:02x}); "
            f"convert it: iconv -f latin1 -t utf-8 {source}"
        ) from error
    if len(text) > LONGEST:
        raise too_long(source)
    if not text.strip():
        raise ArticleError(f"{source}: empty; give a file with text")
    return text


def too_long(source: str | Path) -> ArticleError:
    """Return the error for a text over the limit."""
    return ArticleError(f"{source}: over {LONGEST:,} characters; split it into its articles")


def read_page(data: bytes, name: str, *, source: str, lang: str | None) -> Article:
    """Read the article of a web page: its title, a blank line, its paragraphs."""
    import trafilatura

    page: Any = trafilatura.bare_extraction(
        data, with_metadata=True, include_comments=False, include_tables=False
    )
    if page is None or not (page.text or "").strip():
        raise ArticleError(f"{source}: no article found in this page; save its text as .txt")
    title = " ".join((page.title or "").split())
    body = page.text.removeprefix(page.title or "").lstrip("\n")
    text = f"{title}\n\n{body}" if title else body
    return Article(
        name=name,
        text=text,
        lang=load_language(lang or guess_language(text)).code,
        url=page.url or "",
        title=title,
        published=page.date or "",
        source=page.sitename or "",
    )


def guess_language(text: str) -> str:
    """Guess which language a text is in.

    >>> guess_language("Le groupe a signé un accord avec la ville.")
    'fr'
    """
    from py3langid import langid

    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    identifier.set_languages(GUESSED)
    return str(identifier.classify(text)[0])


def first_lines(text: str, count: int) -> list[str]:
    """Return the first lines that are not blank, stripped."""
    return list(islice(filter(None, map(str.strip, text.splitlines())), count))


def find_title(text: str, credits: frozenset[str]) -> str:
    r"""Return an article's headline: a short first line that is no sentence and no photo credit.

    >>> find_title("jdupont - Fotolia\nAccord sur le cloud\nUn accord.", frozenset({"fotolia"}))
    'Accord sur le cloud'
    """
    lines = first_lines(text, 3)
    for line in lines[:-1]:  # what nothing follows is no headline
        if not is_credit(line, credits):
            return line if len(line) <= 200 and not line.endswith((".", ":", ",", ";")) else ""
    return ""


def is_credit(line: str, credits: frozenset[str]) -> bool:
    """Tell whether a line only says whose a picture is.

    >>> is_credit("© AFP", frozenset({"©"})), is_credit("Photo choc chez X", frozenset({"photo"}))
    (True, False)
    """
    words = [word.strip(":()[]").casefold() for word in line.split()]
    dashed = re.search(r"\s[-–—/|]\s", line) is not None
    marked = "©" in line or not credits.isdisjoint(words)
    return (marked and (len(words) <= 3 or dashed or ":" in line)) and len(words) <= 10


def find_date(text: str, language: Language) -> str:
    r"""Return the date of an article's dateline ('26 mai 2018. –') in ISO form, '' without one.

    That is a whole date within the first lines, after nothing but a place, an agency or words
    such as 'publié le'. A dateline without its year tells nothing, and no text says its own year.

    >>> find_date("Fusion\nLyon, le 1er juin 2019 – Deux groupes", load_language("fr"))
    '2019-06-01'
    """
    for line in first_lines(text, 4):
        for when in islice(find_dates(line[:DATELINE], language), 1):
            if when.kind == "day" and is_dateline(line, when, language):
                return date_values(when, "date", Now(None, language)).get("date", "")
    return ""


def is_dateline(line: str, when: When, language: Language) -> bool:
    """Tell whether a date in a line is that of the article, by what stands around it."""
    begin, end = when.span
    if when.bound or not {"year", "day"} <= when.parts.keys() or "day1" in when.parts:
        return False
    known = language.words("articles.dateline")
    words = re.findall(r"[\w'’]+", line[:begin])
    named = all(word[0].isupper() or word.lower() in known for word in words)
    clock = any_of(language.words("articles.clock"))
    after = re.match(rf"\s*(?:$|[-.–—(|]|{clock}?\s*\d\d?\s*[h:])", line[end:])
    return named and after is not None and not re.search(r"[.!?\d]", line[:begin])
