"""What the files beside must read as: which twins, or which one line."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """Hold what a file must give: its twins, and how the first is known besides."""

    twins: tuple[str, ...]
    headed: bool = True
    known: dict[str, str] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)


TAKEOVER = Case(("takeover",), known={"published": "2024-03-12", "lang": "fr"})
BATTERIES = Case(("batteries",))
POST = Case(("post",))
MAIL = {"published": "2024-03-12", "source": "Service de presse", "author": "Service de presse"}
ENTRY = {
    "published": "2024-03-12", "source": "La Gazette", "author": "Irène Sablon",
    "url": "https://gazette.example/1", "name": "feed-1",
}  # fmt: skip
RECORD = {"published": "2024-03-12", "source": "La Gazette", "url": "https://gazette.example/1"}
RECORDS = Case(("takeover", "post"), headed=False, known=RECORD)
#: File → what it gives.
CASES: dict[str, Case] = {
    **dict.fromkeys(
        (
            "one-line-paragraphs.txt", "no-blank-lines.txt", "crlf.txt", "old-mac.txt",
            "unicode-breaks.txt", "form-feed.txt", "no-end.txt", "wrapped-72.txt", "column-34.txt",
            "divided.txt", "divided-soft.txt", "trailing-blanks.txt", "decomposed.txt",
            "decomposed-wrapped.txt", "soft-hyphens.txt", "zero-width.txt", "ligatures.txt",
            "utf-8-mark.txt", "utf-16.txt", "utf-16-be.txt", "utf-16-bare.txt", "utf-32.txt",
            "cp1252.txt", "page.html", "page.xhtml", "page-without-ending", "page-as-text.txt",
            "page-cp1252.html", "page-latin-1.html", "page-utf-16.html", "page-silent.html",
            "page-notes.html", "page-also.html", "note.md", "libreoffice.docx", "libreoffice.odt",
            "libreoffice.pdf",
            "reportlab.pdf", "divided.pdf", "packed.fr.txt.gz",
        ),
        TAKEOVER,
    ),
    **dict.fromkeys(
        (
            "wrapped-60-crlf.txt", "wrapped-100.txt", "column-28.txt", "indented.txt",
            "chromium-plain.pdf", "chromium-columns.pdf", "columns.pdf",
        ),
        BATTERIES,
    ),
    **dict.fromkeys(("notice.vf.txt", "furniture.txt", "page-beside-consent.html"), POST),
    "mac.txt": Case(("takeover",), options={"encoding": "mac-roman"}),
    "english-wrapped.txt": Case(("tarrow",), known={"lang": "en"}),
    "page-known.html": Case(
        ("post",),
        known={
            "published": "2024-03-12", "source": "La Gazette de Morvanches",
            "author": "Irène Sablon", "url": "https://gazette.example/castigne", "lang": "fr",
        },
    ),
    "page-several.html": Case(("takeover", "batteries", "post"), known={"name": "page-several-1"}),
    "matter.md": Case(
        ("post",), headed=False, known={"published": "2024-03-12", "author": "Irène Sablon"}
    ),
    "quoted.eml": Case(("takeover",), known=MAIL),
    "base64.eml": Case(("takeover",), known=MAIL),
    **dict.fromkeys(("newsletter.eml", "forwarded.eml", "reply.eml"), Case(("post",), known=MAIL)),
    "feed.rss": Case(("takeover", "post"), known=ENTRY),
    "feed.xml": Case(("takeover", "post"), known=ENTRY),
    **dict.fromkeys(
        (
            "corpus.jsonl", "corpus-escaped.jsonl", "corpus.json", "corpus.csv",
            "corpus-excel.csv", "corpus.tsv", "packed.jsonl.gz",
        ),
        RECORDS,
    ),
    "single.json": Case(("post",), headed=False),
}  # fmt: skip
#: Files of tables: rows are in the text, but not in what the reader sees.
TABLES = ("page-table.html", "table.docx")
#: File → what its one line says.
FAULTS = {
    "german.txt": "in German; French and English are read",
    "cp850.txt": "name it, perhaps: --encoding cp850",
    "page-consent.html": "only a request for consent",
    "page-paywall.html": "only a paywall",
    "page-empty.html": "no article found in this page",
    "feed-empty.rss": "no entry in this feed",
    "no-field.json": "--text-field NAME (fields: a, b)",
    "cut.txt.gz": "a broken gzip file",
    "bomb.txt.gz": "over 1,000,000 characters",
    "bomb.zip": "85 MB when unpacked",
    "empty.docx": "no text in it",
    "libreoffice.doc": "an old Office file",
    "libreoffice.rtf": "a file in RTF",
    "locked.pdf": "locked with a password",
    "scan.pdf": "a scanned PDF",
    "broken.pdf": "a broken PDF",
}
#: Files of which some is read and some is not; see `test_forms.py`.
MIXED = ("corpus-broken.jsonl", "packed.zip", "both-languages.fr.txt", "latin-9.txt")
