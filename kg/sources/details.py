"""What a user's table says of articles: title, date, publisher, address, author, language."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import ArticleError
from kg.files.faults import tell_fault
from kg.sources.datelines import read_date
from kg.sources.dates.partial import tell_loss
from kg.sources.encodings import decode
from kg.sources.filenames import split_name
from kg.sources.language import read_code
from kg.sources.source import Details, Draft, plain_path

#: What a field of a file may be called → what it is of an article.
FIELDS = {
    name: what
    for what, names in {
        "title": "title titre headline subject objet headlines webtitle",
        "published": "date published publication_date date_published datepublished published_at "
        "publishedat pubdate pub_date created publish_date date_publication created_at "
        "date_de_publication date_de_parution date_parution date_publish seendate parution "
        "published_date publie publie_le "
        "webpublicationdate date_gmt datepublication publicationdate publishdate firstpublished "
        "first_published_at issued versioncreated jour",
        "source": "source publisher publication media journal site sitename site_name editeur "
        "outlet source_domain source_hostname media_name news_source source_name support "
        "titre_de_presse",
        "url": "url link address lien adresse uri permalink canonical href weburl web_url "
        "mainentityofpage",
        "author": "author authors auteur byline auteurs creator journaliste journalist",
        "lang": "lang language langue locale inlanguage",
        "key": "id guid identifier uuid doc_id",
    }.items()
    for name in names.split()
}  # fmt: skip
#: What an object may be called, or hold, in place of a name.
NAMES = ("name", "@id", "title", "rendered", "main", "original", "text", "value")
ADDRESS = re.compile(r"https?://", re.IGNORECASE)
WHOLE = re.compile(r"[a-zA-Z][\w+.-]*:[^\s<>\"{}|\\^`]+")
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
        raise ArticleError(f"{path}: cannot be read: {tell_fault(error)}") from error
    text = re.sub(r"\r\n?", "\n", text)
    text = re.sub(r"\Asep=.\s*\n", "", text)  # as Excel writes it
    head = text.partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    rows = csv.DictReader(io.StringIO(text), delimiter=separator, strict=True)
    columns = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
    telling = next((columns[name] for name in ARTICLES if name in columns), None)
    if telling is None:
        told = f"no column that tells the article; name one of them: {', '.join(ARTICLES)}"
        raise ArticleError(f"{path}: {told}")
    found: dict[str, Mapping[str, str]] = {}
    others = [name for name in columns if name not in ARTICLES and not field_of(name)]
    notes = [f"{path}: columns of no known name are left out: {', '.join(others)[:200]}"]
    notes = notes if any(others) else []
    try:
        for row in rows:
            if key := plain_path((row[telling] or "").strip()):
                said = name_details(row, telling)
                notes += (f"{path}, line {rows.line_num}: {it}" for it in find_faults(row, said))
                keep_date(said)
                if found.setdefault(key, said) != said:
                    notes.append(f"{path}, line {rows.line_num}: {key} stands above already")
    except csv.Error as error:
        raise ArticleError(
            f"{path}, line {rows.line_num + 1}: no CSV: {error}; save it anew as CSV"
        ) from error
    return Details(found, path, notes)


def find_faults(row: Mapping[Any, Any], told: Mapping[str, str]) -> Iterator[str]:
    """Yield what of a table's row is left out: cells without a column, a date that is none.

    >>> list(find_faults({None: ["b"]}, {}))
    ["'b' is in no column; put cells with separators in quotes"]
    >>> list(find_faults({}, {"published": "T1 2024"}))
    ["the date 'T1 2024' is kept as 2024"]
    """
    if any(rest := [cell.strip() for cell in row.get(None) or ()]):
        yield f"'{' '.join(rest)[:60]}' is in no column; put cells with separators in quotes"
    when = told.get("published", "")
    if loss := tell_loss(when, read_date(when)):
        yield loss
    if (url := told.get("url", "")) and not WHOLE.fullmatch(url):
        yield f"no address: '{url[:60]}'; write it whole, like https://gazette.example/a"
    if (lang := told.get("lang", "")) and not read_code(lang):
        yield f"no language: '{lang[:60]}'; write it like fr or en"


def keep_date(told: dict[str, str]) -> None:
    """Leave of a row's date what can be kept, where that is told already."""
    when = told.pop("published", "")
    read = read_date(when)
    if kept := read if tell_loss(when, read) else when:
        told["published"] = kept


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
                raise ArticleError(f"{beside}: cannot be read: {tell_fault(error)}") from error
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
        what = field_of(str(name or ""))
        if what and what != "key" and (said := "" if value is None else plain_field(value)):
            if name != telling or what == "url":
                found[what] = said
    return found


def field_of(name: str) -> str:
    """Return what a field of some name is of an article, '' for none.

    >>> field_of("Média"), field_of("Date de parution"), field_of("word-count")
    ('source', 'published', '')
    """
    plain = unicodedata.normalize("NFKD", name.strip().lower())
    return FIELDS.get(re.sub(r"[ -]", "_", re.sub("[\u0300-\u036f]", "", plain)), "")


def draft_fields(fields: Mapping[str, object], text: str) -> Draft:
    """Make a draft of a text and fields under the names that people give them.

    >>> draft_fields({"Titre": "Fusion", "Lien": "https://x.test"}, "Un accord.").title
    'Fusion'
    """
    found: dict[str, str] = {}
    # When a record was made tells less than when an article was.
    for name, value in sorted(
        fields.items(), key=lambda it: str(it[0]).lower().startswith("creat")
    ):
        what = field_of(str(name))
        known = found.get(what, "")
        if (
            what
            and value is not None
            and (not known or (what == "url" and not ADDRESS.match(known)))
        ):
            found[what] = plain_field(value) or known
    if ADDRESS.match(found.get("source", "")) and not found.get("url"):
        found["url"] = found["source"]
    if ADDRESS.match(found.get("source", "")):
        others = (plain_field(it) for name, it in fields.items() if field_of(str(name)) == "source")
        found["source"] = next((it for it in others if not ADDRESS.match(it)), "")
    return Draft(text, **{what: value for what, value in found.items() if value})


def plain_field(value: object) -> str:
    """Return a field's value as one line; names of a list are joined, of an object its name."""
    if isinstance(value, Mapping):
        value = next(filter(None, map(value.get, NAMES)), "")
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, map(plain_field, value[:20])))
    return " ".join(str(value).split())[:2000]
