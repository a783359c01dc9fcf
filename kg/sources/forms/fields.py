"""Which objects of JSON are articles, and which of their fields holds the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.errors import ArticleError
from kg.names.key import fold
from kg.sources.details import ADDRESS, field_of
from kg.sources.source import Source

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
#: Levels of objects in which a list of articles is looked for.
DEEPEST = 3
Record = Mapping[str, Any]


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
    if any(ADDRESS.match(str(value)) for record in records for value in record.values()):
        if any(field_of(str(name)) == "title" for record in records for name in record):
            told = "headlines and addresses, no texts; read the pages: kg build ADDRESS…"
            raise ArticleError(f"{source.label}: {told}")
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
