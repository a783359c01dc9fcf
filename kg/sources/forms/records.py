"""JSON and JSON Lines: an article an object, in the field that holds text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from kg.errors import ArticleError
from kg.names.key import fold
from kg.sources.details import draft_fields, field_of
from kg.sources.encodings import decode, find_wide
from kg.sources.forms.form import Form
from kg.sources.forms.hypertext import plain_fragment, plain_title
from kg.sources.source import LARGEST, LONGEST, Draft, Source

#: What a field that holds an article's text is called, the likeliest first.
TEXT_FIELDS = (
    "text", "texte", "content", "contenu", "body", "corps", "article", "fulltext", "full text",
    "maintext", "raw text", "article text", "plain text", "articlebody", "content text",
    "body text", "bodytext", "story text", "corps du texte", "texte integral", "content html",
    "html", "description", "summary",
)  # fmt: skip
#: What of an object is its text: '{"content": {"rendered": "…"}}'.
INNER = ("rendered", "text", "content", "value", "html", "body", "main")
#: Records by which the field is found, and characters of a text in it.
LOOKED, LONG = 20, 80
#: JSON that is one value: a list, or an object on lines of its own.
WHOLE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[|\{\s*\n)")
#: How JSON begins, and no text: '[AFP] Paris'.
OPENING = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*["}]|\[\s*[\[{\]"]|[\[{]\s*\Z)')
#: Levels of objects in which a list of articles is looked for.
DEEPEST = 3
Record = Mapping[str, Any]


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
    return replace(draft, title=plain_title(draft.title), key=f"{source.name}-{key}")


def find_text_field(records: Sequence[Record], source: Source) -> str:
    """Return the name of the field that holds the text; raise ArticleError."""
    if source.options.text_field:
        return source.options.text_field
    if not records:
        raise ArticleError(f"{source.label}: empty; give a file with text")
    sizes: dict[str, int] = {}
    for record in records:
        for name, value in record.items():
            if " " in (text := join_texts(value)).strip():
                sizes[name] = sizes.get(name, 0) + len(text)
    for wanted in TEXT_FIELDS:
        for name in sizes:
            if is_text_field(name, (wanted,)):
                return name
    inside = {
        f"{name}.{inner}": record[name]
        for record in records
        for name in record
        if isinstance(record[name], Mapping)
        for inner in record[name]
    }
    for wanted in TEXT_FIELDS:
        for path in inside:
            named = is_text_field(path.rpartition(".")[2], (wanted,))
            if named and any(" " in join_texts(pick(one, path)) for one in records):
                return path
    longest = max(sizes, key=lambda name: sizes[name], default="")
    if sizes.get(longest, 0) >= LONG * len(records):
        return longest
    names = ", ".join(dict.fromkeys(str(name) for record in records for name in record))
    told = "no field of text is found; name it: --text-field NAME"
    raise ArticleError(f"{source.label}: {told} (fields: {names[:200] or 'none'})")


def own_texts(record: Record) -> Iterator[str]:
    """Yield the texts of a record in fields that texts usually have, the likeliest first."""
    for wanted in TEXT_FIELDS:
        for name, value in record.items():
            if is_text_field(str(name), (wanted,)):
                yield join_texts(value)


def flat_fields(record: Record) -> dict[str, object]:
    """Return a record's fields, and after them those of objects in it.

    >>> flat_fields({"id": 1, "fields": {"byline": "X"}})["byline"]
    'X'
    """
    inner = [value for value in record.values() if isinstance(value, Mapping)]
    nested = {
        str(name): value
        for one in inner
        for name, value in one.items()
        if not isinstance(value, Mapping)
        and name not in ("name", "id", "title", "url", "link", "href")
    }
    return {**nested, **{str(name): value for name, value in record.items()}}


def pick(record: Record, name: str) -> object:
    """Return a field's value; 'data.text' is a field in a field."""
    if name in record or "." not in name:
        return record.get(name)
    found: object = record
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def find_records(found: object, named: str | None = None) -> Iterator[Record]:
    """Yield the objects of a file: itself if it has a text of its own, else those of a list in it.

    >>> list(find_records({"data": {"articles": [{"text": "Un accord."}]}}))
    [{'text': 'Un accord.'}]
    """
    if isinstance(found, Mapping):
        found = turn_columns(found)
    if isinstance(found, Mapping):
        lists = list(nested_lists(found))
        telling = [one for one in lists if any(has_text(it, named) for it in one[:LOOKED])]
        # A summary beside articles is that of them all.
        own = has_text(found, named, TEXT_FIELDS[:-2]) or (not telling and has_text(found, named))
        found = [found] if own or not lists else max(telling or lists, key=len)
    if isinstance(found, list):
        # Texts alone, a list of them, are articles of which no more is known.
        texts = ({"text": one} for one in found if isinstance(one, str) and " " in one)
        objects = [one for one in found if isinstance(one, Mapping)]
        yield from objects or texts


def turn_columns(found: Record) -> Record | list[Record]:
    """Return the records of an object that has them by key, or column by column.

    >>> turn_columns({"a": {"text": "Un accord."}})
    [{'text': 'Un accord.', 'id': 'a'}]
    >>> turn_columns({"text": {"0": "Un accord."}, "lang": {"0": "fr"}})
    [{'text': 'Un accord.', 'lang': 'fr'}]
    """
    values = list(found.values())
    if not values or not all(isinstance(one, Mapping) for one in values):
        return found
    keys = list(values[0])
    column = next((one for name, one in found.items() if is_text_field(str(name))), None)
    if column and all(list(one) == keys for one in values):
        if not set(keys) & set(INNER):
            return [{name: column[key] for name, column in found.items()} for key in keys]
    known = any(field_of(str(name)) or is_text_field(str(name)) for name in found)
    if not known and all(has_text(one, None) for one in values):
        return [{**one, "id": one.get("id", key)} for key, one in found.items()]
    return found


def nested_lists(found: Record, depth: int = DEEPEST) -> Iterator[list[Record]]:
    """Yield the lists of objects in an object, and in objects in it."""
    for value in found.values():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield [one for one in value if isinstance(one, Mapping)]
        elif isinstance(value, Mapping) and depth > 1:
            yield from nested_lists(value, depth - 1)


def has_text(record: Record, named: str | None, fields: Sequence[str] = TEXT_FIELDS) -> bool:
    """Tell whether an object holds a text: under the name that the user gives, or a usual one."""
    if named:
        return bool(join_texts(pick(record, named)))
    return any(
        " " in join_texts(value).strip() and is_text_field(str(name), fields)
        for name, value in record.items()
    )


def is_text_field(name: str, fields: Sequence[str] = TEXT_FIELDS) -> bool:
    """Tell whether a field has a name that texts of articles usually have.

    >>> is_text_field("full_text"), is_text_field("titre")
    (True, False)
    """
    return fold(name.replace("_", " ")) in fields


def join_texts(value: object) -> str:
    r"""Return a field's text: a string, or the paragraphs of a list or an object; '' of all else.

    >>> join_texts(["Un accord.", "Il est signé."]), join_texts({"rendered": "Un accord."})
    ('Un accord.\n\nIl est signé.', 'Un accord.')
    """
    if isinstance(value, Mapping):
        value = next((value[name] for name in INNER if value.get(name)), "")
    if isinstance(value, list):
        parts = [join_texts(part) if isinstance(part, Mapping) else part for part in value]
        texts = [part for part in parts if isinstance(part, str)]
        return "\n\n".join(filter(None, texts)) if len(texts) == len(parts) else ""
    return value if isinstance(value, str) else ""


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
