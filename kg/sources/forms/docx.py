"""DOCX: the paragraphs of a word processor's document, its tables row by row."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from kg.errors import ArticleError
from kg.files.archives import open_archive
from kg.sources.forms.form import Form
from kg.sources.source import LARGEST, Draft, Source

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: What is in a paragraph and is no text of it, or the same text once more.
SILENT = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText"}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
BOX = f"{W}txbxContent"
#: What stands around paragraphs, rows and cells and is none.
WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml"))
SIGNS = {
    f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\u00ad",
}  # fmt: skip
#: Characters of the longest cell of data: a longer one holds a text.
CELL = 300


def read_docx(source: Source) -> Iterator[Draft | ArticleError]:
    """Yield the text of a document, with what its properties say; raise ArticleError."""
    data = source.read(LARGEST)
    check_size(data, source.label)
    try:
        import docx
    except ImportError as error:
        told = "DOCX takes more packages: pip install 'pressgraph[documents]'"
        raise ArticleError(f"{source.label}: {told}") from error
    try:
        document = docx.Document(io.BytesIO(data))
        text = "\n\n".join(filter(None, list_blocks(document.element.body))) + "\n"
        known = document.core_properties
        details = {"author": known.author or "", "lang": known.language or ""}
    except Exception as error:  # python-docx raises whatever its XML makes it stumble over
        told = " ".join(str(error).split())[:100] or type(error).__name__
        raise ArticleError(f"{source.label}: a broken DOCX file ({told}); save it again") from error
    if not text.strip():
        raise ArticleError(f"{source.label}: no text in it; save it with some")
    title = find_heading(document)
    yield Draft(text, title=title, author=named(details["author"]), lang=details["lang"])


def find_heading(document: Any) -> str:
    """Return the paragraph that a document has as its title, '' for none or several."""
    styled = [
        (str(one.style.name), paragraph_text(one._p))
        for one in document.paragraphs[:40]
        if one.style is not None
    ]
    for name in ("Title", "Heading 1"):
        heads = [text for style, text in styled if style == name and text]
        if len(heads) == 1:
            return " ".join(heads[0].split())
    return ""


def check_size(data: bytes, label: str) -> None:
    """Raise ArticleError for a document that would not fit into memory when unpacked."""
    try:
        with open_archive(io.BytesIO(data)) as archive:
            size = sum(one.file_size for one in archive.infolist() if one.filename.endswith(".xml"))
    except zipfile.BadZipFile as error:
        raise ArticleError(f"{label}: no DOCX file; save it again") from error
    if size > LARGEST:
        raise ArticleError(f"{label}: {size >> 20} MB of text when unpacked; split it")


def named(author: str) -> str:
    """Return an author's name, '' for that of a program."""
    return "" if author.lower() in ("python-docx", "un-named", "user", "utilisateur") else author


def list_blocks(body: Any) -> Iterator[str]:
    """Yield a text's paragraphs, its boxes' and its tables' rows, in their order."""
    for block in body:
        if block.tag == f"{W}p":
            yield paragraph_text(block)
            for box in boxes_of(block):
                yield from list_blocks(box)
        elif block.tag == f"{W}tbl":
            yield from list_rows(block)
        elif block.tag in WRAPPERS:
            yield from list_blocks(block)


def list_rows(table: Any) -> Iterator[str]:
    """Yield the rows of a table, and after each the tables and boxes in its cells."""
    for row in inside(table, f"{W}tr"):
        cells, inner = [], []
        for cell in inside(row, f"{W}tc"):
            paragraphs = list(inside(cell, f"{W}p"))
            words = list(filter(None, map(paragraph_text, paragraphs)))
            cells.append(("\n\n" if sum(map(len, words)) > CELL else " ").join(words))
            inner += [one for it in inside(cell, f"{W}tbl") for one in list_rows(it)]
            boxes = [box for one in paragraphs for box in boxes_of(one)]
            inner += [one for box in boxes for one in list_blocks(box)]
        long = any(len(cell) > CELL for cell in cells)
        yield ("\n\n" if long else " | ").join(filter(None, (cell.strip() for cell in cells)))
        yield from inner


def inside(element: Any, tag: str) -> Iterator[Any]:
    """Yield the parts of an element that have a tag, in wrappers too, and none in another part."""
    for part in element:
        if part.tag == tag:
            yield part
        elif part.tag in WRAPPERS:
            yield from inside(part, tag)


def boxes_of(paragraph: Any) -> Iterator[Any]:
    """Yield the boxes of text that are anchored in a paragraph, each once."""
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag == BOX:
            yield element
        elif element.tag not in SILENT:
            stack.append(iter(element))


def paragraph_text(paragraph: Any) -> str:
    """Return the text of a paragraph, what was inserted with it and what was deleted without."""
    parts: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag == f"{W}t":
            parts.append(element.text or "")
        elif element.tag in SIGNS:
            parts.append(SIGNS[element.tag])
        elif element.tag not in SILENT and element.tag != BOX and not is_hidden(element):
            stack.append(iter(element))
    return "\n".join(line.strip() for line in "".join(parts).split("\n")).strip()


def is_hidden(run: Any) -> bool:
    """Tell whether a run of text is one that a word processor does not show."""
    mark = run.find(f"{W}rPr/{W}vanish") if run.tag == f"{W}r" else None
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off")


DOCX = Form("DOCX", (".docx", ".docm"), lambda head: False, read_docx)
