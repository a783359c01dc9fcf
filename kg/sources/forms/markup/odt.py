"""OpenDocument texts (.odt): their paragraphs, their tables row by row."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.errors import ArticleError
from kg.files.archives import open_archive
from kg.sources.forms.form import Form
from kg.sources.forms.markup.tree import local_name, parse_xml
from kg.sources.language import read_code
from kg.sources.packed import BROKEN
from kg.sources.source import LARGEST, Draft, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

#: What is in a document and is no text of it: notes, remarks, what was deleted, pictures' names.
SILENT = frozenset(
    "annotation annotation-end note tracked-changes deletion title desc forms event-listeners"
    " sequence-decls bookmark-ref".split()
)
SIGNS = {"tab": " ", "line-break": "\n"}


def read_odt(source: Source) -> Iterator[Draft | ArticleError]:
    """Yield the text of a document, with its headline; raise ArticleError where it has none."""
    data = source.read(LARGEST)
    try:
        with open_archive(io.BytesIO(data)) as archive:
            size = sum(one.file_size for one in archive.infolist() if one.filename.endswith(".xml"))
            if size > LARGEST:
                raise ArticleError(f"{source.label}: {size >> 20} MB when unpacked; split it")
            body = parse_xml(archive.read("content.xml"), source.label)
            names = archive.namelist()
            known = archive.read("meta.xml") if "meta.xml" in names else b""
    except (KeyError, RuntimeError, ValueError, *BROKEN) as error:
        told = "a broken or locked OpenDocument file; save it again without a password"
        raise ArticleError(f"{source.label}: {told}") from error
    heads: list[str] = []
    text = "\n\n".join(filter(None, list_blocks(body, heads)))
    if not text:
        raise ArticleError(f"{source.label}: no text in it; save it with some")
    fields = read_meta(known, source.label)
    yield Draft(
        f"{text}\n",
        title=" ".join(heads[0].split()) if len(heads) == 1 else "",
        author=fields.get("initial-creator") or fields.get("creator") or "",
        lang=read_code(fields.get("language", "")),
    )


def list_blocks(element: _Element, heads: list[str]) -> Iterator[str]:
    """Yield the paragraphs and rows of a document in their order; note its first headings."""
    for part in element:
        name = local_name(part)
        if name in SILENT:
            continue
        if name == "table-row":
            cells = (" ".join(list_blocks(cell, [])) for cell in part)
            yield " | ".join(filter(None, cells))
        elif name in ("p", "h"):
            words = "".join(list_words(part)).strip()
            first = name == "h" and attribute(part, "outline-level") in ("", "1")
            if words and (first or attribute(part, "style-name") == "Title"):
                heads.append(words)
            yield words
            for box in part.iter():
                if local_name(box) == "text-box":
                    yield from list_blocks(box, [])
        else:
            yield from list_blocks(part, heads)


def list_words(element: _Element) -> Iterator[str]:
    """Yield the words of a paragraph, without notes and boxes in it."""
    yield element.text or ""
    for part in element:
        name = local_name(part)
        if name == "s":
            count = attribute(part, "c")[:3]
            yield " " * min(int(count) if count.isdecimal() else 1, 20)
        elif name in SIGNS:
            yield SIGNS[name]
        elif name not in SILENT and name != "text-box":
            yield from list_words(part)
        yield part.tail or ""


def attribute(element: Any, name: str) -> str:
    """Return an element's attribute of some name, whatever its namespace; '' without one."""
    found = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return str(next(found, ""))


def read_meta(data: bytes, label: str) -> dict[str, str]:
    """Return what a document's properties say, by their names."""
    if not data:
        return {}
    return {local_name(one): (one.text or "").strip() for one in parse_xml(data, label).iter()}


ODT = Form("OpenDocument text", (".odt", ".ott"), lambda head: False, read_odt)
