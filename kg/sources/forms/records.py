"""JSON and JSON Lines: an article an object, in the field that holds text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice

from kg.errors import ArticleError
from kg.names.key import fold
from kg.sources.details import draft_fields
from kg.sources.encodings import decode, find_wide
from kg.sources.forms.fields import (
    LOOKED,
    Record,
    find_records,
    find_text_field,
    flat_fields,
    join_texts,
    own_texts,
    pick,
)
from kg.sources.forms.form import Form
from kg.sources.forms.hypertext import plain_fragment, plain_title
from kg.sources.source import LARGEST, LONGEST, Draft, Source

#: JSON that is one value: a list, or an object on lines of its own.
WHOLE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[|\{\s*\n)")
#: What news services set where they cut a text.
CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+\d+ (?:chars|characters|caractères)\]\s*\Z")
#: How JSON begins, and no text: '[AFP] Paris'.
OPENING = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*["}]|\[\s*[\[{\]"]|[\[{]\s*\Z)')


def read_json(source: Source) -> Iterator[Draft | ArticleError]:
    """Yield the articles of a JSON file: a list of objects, one object, or a list in one."""
    text = decode(source.read(LARGEST), source.label, source.options.encoding)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        if looks_like_lines(text):
            yield from read_lines_of(text.encode("utf-8", "replace").splitlines(), source)
            return
        raise ArticleError(f"{source.label}: no JSON: {reason(error)}") from error
    yield from draft_records(
        enumerate(find_records(found, source.options.text_field), 1), source, "object"
    )


def read_lines(source: Source) -> Iterator[Draft | ArticleError]:
    """Yield the articles of JSON Lines as they come: memory does not grow with their number."""
    if source.head.startswith((b"\xff\xfe", b"\xfe\xff")) or find_wide(source.head):
        text = decode(source.read(LARGEST), source.label)
        yield from read_lines_of(text.encode().splitlines(), source)
    elif WHOLE.match(source.head):
        yield from read_json(source)
    else:
        yield from read_lines_of(source.lines(8 * LONGEST), source)


def read_lines_of(
    lines: Iterator[bytes] | Sequence[bytes], source: Source
) -> Iterator[Draft | ArticleError]:
    """Yield an article a line, or the error of a line that is none."""
    yield from draft_records(parse_lines(lines, source), source, "line")


def parse_lines(
    lines: Iterator[bytes] | Sequence[bytes], source: Source
) -> Iterator[tuple[int, Record | ArticleError]]:
    """Yield the objects of lines with their numbers, or the error of a line that is none."""
    for at, line in enumerate(lines, 1):
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        try:
            record = json.loads(decode(line, source.label, source.options.encoding))
            if not isinstance(record, Mapping):
                raise ValueError("no object")
            yield at, record
        except (ValueError, RecursionError) as error:
            yield at, ArticleError(f"{source.label}, line {at}: no JSON: {reason(error)}")
        except ArticleError as error:
            yield at, ArticleError(f"{error} (line {at})")


def draft_records(
    records: Iterator[tuple[int, Record | ArticleError]], source: Source, what: str
) -> Iterator[Draft | ArticleError]:
    """Yield a draft of each record, or its error; raise ArticleError if none has a text."""
    known: list[Record] = []
    first: list[tuple[int, Record | ArticleError]] = []
    while more := list(islice(records, LOOKED)):
        first += more
        known += [record for _, record in more if not isinstance(record, ArticleError)]
        if known:
            break
    name = find_text_field(known, source) if known or not first else ""
    for at, record in chain(first, records):
        if isinstance(record, ArticleError):
            yield record
        else:
            yield draft_record(record, name, source, (what, at))


def draft_record(
    record: Record, name: str, source: Source, place: tuple[str, int]
) -> Draft | ArticleError:
    """Make a draft of a record whose text a field holds, or return why it gives none."""
    value, (what, at) = join_texts(pick(record, name)), place
    if not value.strip() and not source.options.text_field:
        value = next(filter(str.strip, own_texts(record)), "")
    where = f"{source.label}, {what} {at}"
    if not value.strip():
        return ArticleError(f"{where}: no text in '{name}'; name its field: --text-field NAME")
    try:
        draft = draft_fields(flat_fields(record), plain_fragment(value))
    except ArticleError as error:
        return ArticleError(f"{where}: {str(error).partition(': ')[2]}")
    key = "-".join(fold(draft.key).split())[:80] or str(at)
    if CUT.search(draft.text):
        source.options.note(f"{where}: only the beginning of its text is there, and read")
    title = plain_title(draft.title)
    for sign in ("-", "|", "–"):
        title = title.removesuffix(f" {sign} {draft.source}") if draft.source else title
    text = CUT.sub("", draft.text)
    return replace(draft, text=text, title=title, key=f"{source.name}-{key}")


def looks_like_lines(text: str) -> bool:
    """Tell whether a text has an object on each of its first lines."""
    lines = [line.strip() for line in text.lstrip().split("\n", 2)[:2]]
    return len(lines) > 1 and all(line.startswith("{") and line.endswith("}") for line in lines)


def reason(error: Exception) -> str:
    """Return why a text is no JSON, as one line."""
    return (
        "nested too deeply"
        if isinstance(error, RecursionError)
        else " ".join(str(error).split())[:120]
    )


def is_lines(head: bytes) -> bool:
    """Tell whether bytes begin as JSON Lines do: with an object that ends with its line."""
    first, _, rest = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    return (
        first.startswith(b"{")
        and first.rstrip().endswith(b"}")
        and b'"' in first
        and bool(rest.strip())
    )


JSON = Form(
    "JSON",
    (".json",),
    lambda head: OPENING.match(head) is not None,
    read_json,
)
LINES = Form("JSON Lines", (".jsonl", ".ndjson", ".jsonlines"), is_lines, read_lines)
