"""DOCX: the paragraphs of a word processor's document, its tables row by row."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from kg.errors import ArticleError
from kg.sources.forms.form import Form
from kg.sources.source import LARGEST, Draft, Source

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: What is in a paragraph and is no text of it, or the same text once more.
SILENT = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText"}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


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
        raise ArticleError(f"{source.label}: a document without text")
    yield Draft(text, author=named(details["author"]), lang=details["lang"])


def check_size(data: bytes, label: str) -> None:
    """Raise ArticleError for a document that would not fit into memory when unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(one.file_size for one in archive.infolist() if one.filename.endswith(".xml"))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ArticleError(f"{label}: no DOCX file; save it again") from error
    if size > LARGEST:
        raise ArticleError(f"{label}: {size >> 20} MB of text when unpacked; split it")


def named(author: str) -> str:
    """Return an author's name, '' for that of a program."""
    return "" if author.lower() in ("python-docx", "un-named", "user", "utilisateur") else author


def list_blocks(body: Any) -> Iterator[str]:
    """Yield a text's paragraphs and its tables' rows, in their order."""
    for block in body:
        if block.tag == f"{W}p":
            yield paragraph_text(block)
        elif block.tag == f"{W}tbl":
            for row in block.iter(f"{W}tr"):
                cells = (
                    " ".join(map(paragraph_text, cell.iter(f"{W}p"))) for cell in row.iter(f"{W}tc")
                )
                yield " | ".join(filter(None, (cell.strip() for cell in cells)))
        elif block.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from list_blocks(block)


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
        elif element.tag not in SILENT:
            stack.append(iter(element))
    return "\n".join(line.strip() for line in "".join(parts).split("\n")).strip()


DOCX = Form("DOCX", (".docx", ".docm"), lambda head: False, read_docx)
