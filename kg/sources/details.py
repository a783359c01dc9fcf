"""What a user's table says of articles: title, date, publisher, address, author, language."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import ArticleError
from kg.sources.encodings import decode
from kg.sources.filenames import split_name
from kg.sources.source import Details, Draft, plain_path

#: What a field of a file may be called → what it is of an article.
FIELDS = {
    "title": "title", "titre": "title", "headline": "title", "subject": "title",
    "date": "published", "published": "published", "publication_date": "published",
    "date_published": "published", "datepublished": "published", "published_at": "published",
    "publishedat": "published", "pubdate": "published", "created": "published",
    "publish_date": "published", "date_publication": "published", "created_at": "published",
    "source": "source", "publisher": "source", "publication": "source", "media": "source",
    "journal": "source", "site": "source", "sitename": "source", "site_name": "source",
    "editeur": "source", "éditeur": "source", "outlet": "source",
    "url": "url", "link": "url", "address": "url", "lien": "url", "adresse": "url", "uri": "url",
    "permalink": "url", "canonical": "url", "href": "url",
    "author": "author", "authors": "author", "auteur": "author", "byline": "author",
    "auteurs": "author", "creator": "author",
    "lang": "lang", "language": "lang", "langue": "lang", "locale": "lang",
    "id": "key", "guid": "key", "identifier": "key", "uuid": "key", "doc_id": "key",
}  # fmt: skip
#: What the column that tells the article may be called, and the likeliest separators.
ARTICLES = ("file", "fichier", "path", "article", "name", "nom", "id", "url")
SEPARATORS = ",;\t|"


def read_details(path: Path) -> Details:
    """Return what a table says of each article, by its file, name, key or address.

    The table is CSV; its first row names its columns, one of which is `file` (or `name`, `id`,
    `url`). Raises ArticleError.
    """
    try:
        text = decode(path.read_bytes(), str(path))
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read: {error.strerror}") from error
    text = re.sub(r"\r\n?", "\n", text)
    text = re.sub(r"\Asep=.\s*\n", "", text)  # as Excel writes it
    head = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=max(SEPARATORS, key=head.count))
    columns = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
    telling = next((columns[name] for name in ARTICLES if name in columns), None)
    if telling is None:
        told = f"no column that tells the article; name one of them: {', '.join(ARTICLES)}"
        raise ArticleError(f"{path}: {told}")
    found: dict[str, Mapping[str, str]] = {}
    try:
        for row in rows:
            if key := plain_path((row[telling] or "").strip()):
                found.setdefault(key, name_details(row, telling))
    except csv.Error as error:
        raise ArticleError(f"{path}, line {rows.line_num}: no CSV: {error}") from error
    return Details(found, path)


def read_beside(path: Path) -> dict[str, str]:
    """Return what `NAME.meta.json` beside a file says of its article; raise ArticleError.

    >>> read_beside(Path("nowhere.txt"))
    {}
    """
    for name in beside_names(path.name):
        beside = path.with_name(name)
        if beside.is_file():
            try:
                return parse_beside(beside.read_bytes(), str(beside))
            except OSError as error:
                raise ArticleError(f"{beside}: cannot be read: {error.strerror}") from error
    return {}


def beside_names(file: str) -> list[str]:
    """Return the names that a file of an article's details may have, the likeliest first.

    >>> beside_names("a.b.fr.txt")
    ['a.b.fr.txt.meta.json', 'a.b.fr.meta.json', 'a.b.meta.json']
    """
    _, lang, ending = split_name(file)
    stem = re.sub(r"(?<=.)\.gz$", "", file, flags=re.IGNORECASE)
    stems = [file, stem, stem[: len(stem) - len(ending)]]
    stems.append(stems[-1].removesuffix(f".{lang}") if lang else stems[-1])
    names = dict.fromkeys(f"{stem}.meta.json" for stem in stems)
    forms = [unicodedata.normalize(form, name) for name in names for form in ("NFC", "NFD")]
    return [name for name in dict.fromkeys([*names, *forms]) if name != file]


def parse_beside(data: bytes, label: str) -> dict[str, str]:
    """Return what a file beside an article's says of it; raise ArticleError."""
    try:
        said = json.loads(decode(data, label))
    except (ValueError, RecursionError) as error:
        told = " ".join(str(error).split())[:100]
        raise ArticleError(f"{label}: no JSON of an article's details: {told}") from error
    return name_details(said, None) if isinstance(said, dict) else {}


def name_details(row: Mapping[Any, Any], telling: str | None) -> dict[str, str]:
    """Return what a row says, under the names that a draft has for it."""
    found = {}
    for name, value in row.items():
        what = FIELDS.get((name or "").strip().lower().replace(" ", "_").replace("-", "_"))
        if what and what != "key" and isinstance(value, str) and value.strip():
            if name != telling or what == "url":
                found[what] = " ".join(value.split())
    return found


def draft_fields(fields: Mapping[str, object], text: str) -> Draft:
    """Make a draft of a text and fields under the names that people give them.

    >>> draft_fields({"Titre": "Fusion", "Lien": "https://x.test"}, "Un accord.").title
    'Fusion'
    """
    found: dict[str, str] = {}
    for name, value in fields.items():
        what = FIELDS.get(str(name).strip().lower().replace(" ", "_").replace("-", "_"))
        if what and value is not None and what not in found:
            found[what] = plain_field(value)
    return Draft(text, **{what: value for what, value in found.items() if value})


def plain_field(value: object) -> str:
    """Return a field's value as one line; names of a list are joined, of an object its name."""
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("@id") or value.get("title") or ""
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, map(plain_field, value[:20])))
    return " ".join(str(value).split())[:2000]
