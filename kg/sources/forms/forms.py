"""All forms that are read, in the order in which they are tried, and which one a source has."""

from __future__ import annotations

import re

from kg.errors import ArticleError
from kg.sources.forms.docx import DOCX
from kg.sources.forms.feed import FEED
from kg.sources.forms.form import Form
from kg.sources.forms.mail import MAIL, is_raw_mail
from kg.sources.forms.markdown import MARKDOWN
from kg.sources.forms.markup.newsml import NEWS
from kg.sources.forms.markup.odt import ODT
from kg.sources.forms.page import PAGE
from kg.sources.forms.pdf import PDF
from kg.sources.forms.plain import PLAIN
from kg.sources.forms.records import JSON, LINES
from kg.sources.forms.sheet import SHEET, is_told_sheet
from kg.sources.forms.timed.subtitles import SUBTITLES
from kg.sources.source import Source

FORMS: tuple[Form, ...] = (
    PDF, DOCX, ODT, FEED, NEWS, PAGE, SUBTITLES, MAIL, LINES, JSON, MARKDOWN, SHEET, PLAIN,
)  # fmt: skip
#: Forms that are told by their first bytes whatever the ending says.
SURE = (PDF, FEED, NEWS, PAGE, SUBTITLES)
XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b")
PIECE = re.compile(rb"\s*<(?:p|div|h[1-6]|section|main|span|table|ul)\b[^<>]*>", re.IGNORECASE)
#: What a .txt may hold that was saved with its form's own marks: an object of JSON.
OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"[^"\n]{1,60}"\s*:')
#: First bytes of files that are not read → what they are and what to do.
REFUSED = (
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .msg); save it as .docx or .eml"),
    (b"{\\rtf", "a file in RTF; save it as .docx or .txt"),
    (b"\x89PNG", "a picture; give its text"),
    (b"\xff\xd8\xff", "a picture; give its text"),
    (b"GIF8", "a picture; give its text"),
    (b"%!PS", "a file in PostScript; save it as PDF"),
    (b"BZh", "packed with bzip2; unpack it or use .gz"),
    (b"\xfd7zXZ", "packed with xz; unpack it or use .gz"),
    (b"7z\xbc\xaf", "packed with 7-Zip; unpack it or use .zip"),
    (b"Rar!", "packed with RAR; unpack it or use .zip"),
)


#: Endings of graphs, which are no text to read.
GRAPHS = (
    ".ttl", ".turtle", ".nt", ".ntriples", ".nq", ".nquads", ".trig", ".n3", ".hext", ".owl",
    ".trix",
)  # fmt: skip


def choose_form(source: Source) -> Form:
    """Return the form of a source, by its first bytes and its ending; raise ArticleError."""
    for magic, told in REFUSED:
        if source.head.startswith(magic):
            raise ArticleError(f"{source.label}: {told}")
    if source.head[257:262] == b"ustar":
        raise ArticleError(f"{source.label}: a tar archive; unpack it or use .zip")
    for form in SURE:
        if form.fits(source.head):
            return form
    if source.ending in PLAIN.endings:
        return choose_raw(source.head)
    for form in FORMS:
        if source.ending in form.endings:
            return form
    if source.ending in GRAPHS:
        told = "a graph, and no article; ask it with: kg query, claims or draw"
        raise ArticleError(f"{source.label}: {told}")
    if source.ending == ".xml" or XML.match(source.head):
        told = "XML that is no feed, no page and no agency's report; give its text as .txt"
        raise ArticleError(f"{source.label}: {told}")
    if source.ending in ("", ".dat", ".data", ".tmp", ".out"):
        return next(form for form in FORMS if form.fits(source.head) or is_piece(form, source.head))
    return PLAIN


def choose_raw(head: bytes) -> Form:
    """Return the form of a file that is called a text: another where its first lines surely say so.

    >>> choose_raw(b'{"text": "Un accord."}').name, choose_raw(b'{Lyon} "Un accord": oui').name
    ('JSON', 'plain text')
    """
    if is_piece(PAGE, head):
        return PAGE
    if OBJECT.match(head):
        return LINES if LINES.fits(head) else JSON
    if is_raw_mail(head):
        return MAIL
    return SHEET if is_told_sheet(head) else PLAIN


def is_piece(form: Form, head: bytes) -> bool:
    """Tell whether bytes begin as a piece of a page, without the page around it."""
    return form is PAGE and PIECE.match(head) is not None
