"""Plain text, as it stands, but for the fields that some write above it."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.errors import ArticleError
from kg.sources.details import draft_fields, field_of
from kg.sources.forms.form import Form
from kg.sources.forms.mail import draft_saved
from kg.sources.forms.markdown import is_marked, plain_markdown
from kg.sources.forms.markup.matter import split_matter
from kg.sources.forms.timed.marked import drop_marks
from kg.sources.lines import goes_on
from kg.sources.source import Draft, Source, read_text

FIELD = re.compile(r"(?P<name>[^\W\d_][\w ’'-]{1,24}?)\s*:\s+(?P<value>\S.*?)\s*")
ADDRESS = re.compile(r"\s*<?(?P<url>https?://[^\s<>]+)>?\s*", re.IGNORECASE)
#: What is no word but a file's name.
FILE = re.compile(
    r"\S*\w\.(?:txt|html?|pdf|docx|odt|md|eml|mbox|jsonl?|csv|xml|rss|gz|zip)", re.IGNORECASE
)
#: What may stand before the text itself, below its fields.
ANNOUNCED = re.compile(
    r"\s*(?:texte|text|contenu|content|body|article|corps|chapeau|chap[oô]|lead|résumé)\s*:\s*",
    re.IGNORECASE,
)
#: The same before parts of it, where a headline is named above.
PARTS = re.compile(
    r"^[ \t]*(?:texte|chapeau|chap[oô]|corps|contenu|article|text|lead|body)[ \t]*:[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
#: What stands between two columns, rows of such a text, and share of lines that go on.
GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
ROWS, GOING = 4, 0.3
#: Characters as HTML writes them: no text has them but one that was taken from a page.
ENTITY = re.compile(
    r"&(?:amp|nbsp|euro|[a-zA-Z](?:acute|grave|circ|cedil|uml|tilde)|oelig|[lr][sda]quo|[mn]dash"
    r"|hellip|#\d{2,5}|#x[0-9a-fA-F]{2,4});"
)


def read_plain(source: Source) -> Iterator[Draft | ArticleError]:
    """Yield a text file's text: every character, but for a byte order mark at its start.

    What HTML writes as '&eacute;' is the letter that it means; fields above a text are told.
    """
    text = read_text(source)
    if told := tell_list(text):
        raise ArticleError(f"{source.label}: {told}")
    if ENTITY.search(text):
        text = html.unescape(text)
    matter, text = split_matter(text, source.tell)
    text = drop_marks(text)
    if letter := draft_saved(text):
        yield letter
        return
    text = plain_markdown(text) if is_marked(text) else part_columns(text)
    fields, rest = split_fields(text)
    if not rest.strip():
        fields, rest = {}, text
    title = draft_fields(fields, rest).title
    titled = title and not rest.startswith(title)
    yield draft_fields({**matter, **fields}, f"{title}\n\n{rest}" if titled else rest)


def tell_list(text: str) -> str:
    r"""Return what a text is that only names others, and what to do; '' of any other text.

    >>> tell_list("news/a.pdf\nnews/b.pdf\n")
    'names of files, and no article; name the files themselves, or their folder'
    >>> tell_list("Nordil achète Vasco.com")
    ''
    """
    lines = text.split()
    if lines and len(lines) == len(list(filter(str.strip, text.splitlines()))):
        if all(map(ADDRESS.fullmatch, lines)):
            return "addresses, and no article; name them: kg build ADDRESS…"
        if all(map(FILE.fullmatch, lines)):
            return "names of files, and no article; name the files themselves, or their folder"
    return ""


def split_fields(text: str) -> tuple[dict[str, str], str]:
    r"""Return the fields that stand above a text, a line each, or its address; and the text.

    >>> split_fields("Titre : Fusion\nDate : 12/03/2024\n\nUn accord.")
    ({'Titre': 'Fusion', 'Date': '12/03/2024'}, 'Un accord.')
    >>> split_fields("Fusion : un accord\n\nDate : rien")
    ({}, 'Fusion : un accord\n\nDate : rien')
    """
    lines = text.splitlines(keepends=True)
    fields: dict[str, str] = {}
    known, size = set[str](), 0
    for line in lines:
        if found := ADDRESS.fullmatch(line):
            fields["url"] = found["url"]
        elif found := FIELD.fullmatch(line):
            fields[found["name"]] = found["value"]
            known.add(field_of(found["name"]))
        elif line.strip() or fields:
            break
        size += len(line)
    headed = known == {"title"} and ANNOUNCED.match(text[size:])
    if len(known - {""}) < 2 and not headed:
        known.clear()
        fields = {"url": fields["url"]} if "url" in fields and len(fields) == 1 else {}
    if not fields:
        return {}, text
    rest = text[size:].lstrip("\r\n")
    return fields, PARTS.sub("", rest) if known and ANNOUNCED.match(rest) else rest


def part_columns(text: str) -> str:
    r"""Return a text whose two columns stand side by side with one after the other.

    >>> rows = ["Le groupe Nordil   Vasco compte des", "a racheté Vasco    usines à Évreux et"] * 2
    >>> part_columns("\n".join(rows)).split("\n")[:2]
    ['Le groupe Nordil', 'a racheté Vasco']
    """
    lines = re.split(r"\r\n|[\n\r]", text)
    starts = Counter(found.end() for line in lines for found in GAP.finditer(line))
    for column, times in starts.most_common(3):
        rows = [at for at, line in enumerate(lines) if is_row(line, column)]
        if times < ROWS or len(rows) < ROWS:
            break
        first, last = rows[0], rows[-1] + 1
        block = lines[first:last]
        left = [line[:column].rstrip() for line in block]
        right = [line[column:].rstrip() for line in block]
        crossed = any(line[column - 2 : column].strip() for line in block)
        if not crossed and are_prose(left) and are_prose(right):
            whole = [*lines[:first], *left, "", *right, *lines[last:]]
            return "\n".join(whole)
    return text


def is_row(line: str, column: int) -> bool:
    """Tell whether a line has words of two columns, of which one begins at a place."""
    return bool(line[:column].strip()) and any(it.end() == column for it in GAP.finditer(line))


def are_prose(lines: Sequence[str]) -> bool:
    """Tell whether sentences go on from line to line, as they do in no table."""
    told = [line for line in lines if line.strip()]
    going = sum(goes_on(one, two) for one, two in pairwise(told))
    return going >= GOING * len(told)


PLAIN = Form("plain text", (".txt", ".text"), lambda head: True, read_plain)
