"""PDF: the lines of its pages, put in the order in which they are read."""

from __future__ import annotations

import io
import logging
import time
import zlib
from collections.abc import Iterator
from typing import Any

from kg.errors import ArticleError
from kg.sources.forms.columns import PageLine, drop_margins, gather_text, order_lines
from kg.sources.forms.form import Form
from kg.sources.forms.printed.browsers import drop_prints
from kg.sources.language import read_code
from kg.sources.source import LARGEST, LONGEST, Draft, Source

#: Pages and seconds that one PDF may take; an article has ten pages and takes one second.
MOST_PAGES, MOST_SECONDS = 400, 120
#: Bytes that one stream of a PDF may become.
UNPACKED = 128 << 20


def read_pdf(source: Source) -> Iterator[Draft | ArticleError]:
    """Yield the text of a PDF; raise ArticleError where it has none."""
    data = source.read(LARGEST)
    check_streams(data, source.label)
    pages, images, lang = read_pages(data, source.label)
    lines = [line for page in pages for line in page]
    letters = "".join(line.text for line in lines)
    if not letters.strip():
        told = "a scanned PDF: pictures of pages, no text" if images else "a PDF without text"
        raise ArticleError(f"{source.label}: {told}; run it through OCR first (ocrmypdf)")
    if letters.count("(cid:") > 0.02 * len(letters):
        raise ArticleError(f"{source.label}: a PDF whose fonts hide their letters; print it anew")
    if images and (bare := [at for at, page in enumerate(pages, 1) if not page]):
        told = f"page {', '.join(map(str, bare[:20]))} of {len(pages)} without text"
        source.options.note(f"{source.label}: {told}; if it is scanned, run it through OCR")
    pages, url = drop_prints(pages)
    ordered = [order_lines(page) for page in drop_margins(pages)]
    text, title = gather_text(ordered)
    yield Draft(text, title=title, lang=lang, url=url)


def check_streams(data: bytes, label: str) -> None:
    """Raise ArticleError where a stream would not fit into memory, packed twice over as well."""
    place = data.find(b"stream")
    while place >= 0:
        begin = place + 6
        begin += 2 if data[begin : begin + 2] == b"\r\n" else 1
        size, part = 0, data[begin : begin + 2]
        packed: bytes | memoryview = memoryview(data)[begin:]
        while part[:1] == b"\x78":
            try:
                unpacked = zlib.decompressobj().decompress(packed, UNPACKED + 1)
            except zlib.error:
                break
            size, part, packed = len(unpacked), unpacked[:2], unpacked
            if size > UNPACKED:
                raise ArticleError(f"{label}: over {UNPACKED >> 20} MB in one page; print it anew")
        place = data.find(b"stream", begin)


def read_pages(data: bytes, label: str) -> tuple[list[list[PageLine]], int, str]:
    """Return the lines of each page, how many pictures there are, and the language.

    Raises ArticleError.
    """
    try:
        from pdfminer.high_level import extract_pages
        from pdfminer.layout import LAParams
        from pdfminer.pdfdocument import PDFPasswordIncorrect
    except ImportError as error:
        told = "PDF takes more packages: pip install 'pressgraph[documents]'"
        raise ArticleError(f"{label}: {told}") from error
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # one line is all that we tell
    begun, size, images = time.monotonic(), 0, 0
    pages: list[list[PageLine]] = []
    try:
        layout = LAParams(boxes_flow=None, char_margin=1.6, line_margin=0.1)
        for page in extract_pages(io.BytesIO(data), laparams=layout, maxpages=MOST_PAGES):
            lines, pictures = split_page(page, len(pages))
            pages.append(lines)
            images += pictures
            size += sum(len(line.text) for line in lines)
            if size > LONGEST or time.monotonic() - begun > MOST_SECONDS:
                raise ArticleError(f"{label}: too long for one article; split it by its pages")
        return pages, images, find_lang(data)
    except ArticleError:
        raise
    except PDFPasswordIncorrect as error:
        raise ArticleError(f"{label}: locked with a password; save it without one") from error
    except Exception as error:  # pdfminer raises whatever a malformed file makes it stumble over
        told = " ".join(str(error).split())[:100] or type(error).__name__
        raise ArticleError(f"{label}: a broken PDF ({told}); print it anew") from error


def split_page(page: Any, number: int) -> tuple[list[PageLine], int]:
    """Return the lines of a page's layout, and how many pictures it has."""
    from pdfminer.layout import LTChar, LTImage, LTTextLineHorizontal

    lines, images, stack = [], 0, [page]
    while stack:
        item = stack.pop()
        if isinstance(item, LTTextLineHorizontal):
            sizes = sorted(one.size for one in item if isinstance(one, LTChar))
            if sizes and item.get_text().strip():
                height, size = page.height or 1, sizes[len(sizes) // 2]
                box = (item.x0, item.y0 / height, item.x1, item.y1 / height)
                lines.append(PageLine(item.get_text(), box, size, number, height))
        elif isinstance(item, LTImage):
            images += 1
        elif hasattr(item, "__iter__"):
            stack.extend(item)
    return lines, images


def find_lang(data: bytes) -> str:
    """Return the language that a PDF's catalogue names, or ''."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser

    said = PDFDocument(PDFParser(io.BytesIO(data))).catalog.get("Lang")
    return read_code(said.decode("latin-1")) if isinstance(said, bytes) else ""


PDF = Form("PDF", (".pdf",), lambda head: head[:1024].lstrip().startswith(b"%PDF-"), read_pdf)
