"""The articles of the tutorial and of the how-tos as one file to download."""

from __future__ import annotations

import zipfile
from pathlib import Path

from sphinx.application import Sphinx

#: What is packed: the articles, what is known of each, some as PDF, and sheets to teach by.
PACKED = ("articles/*.txt", "articles.csv", "pdfs/*.pdf", "sheets/*")


def pack_articles(app: Sphinx) -> None:
    """Write `_made/articles.zip`: the same bytes for the same articles."""
    docs = Path(app.srcdir)
    target = docs / "_made" / "articles.zip"
    target.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, path in list_packed(docs):
            parcel.writestr(
                zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)),
                path.read_bytes(),
                zipfile.ZIP_DEFLATED,
            )


def list_packed(docs: Path) -> list[tuple[str, Path]]:
    """List what is packed: each file's name in the parcel, and where it lies."""
    taught = docs.parent / "examples" / "teach"
    found = [(path.relative_to(docs), path) for it in PACKED for path in docs.glob(it)]
    found += [(path.relative_to(taught.parent), path) for path in taught.glob("*.ann")]
    return sorted((name.as_posix(), path) for name, path in found)


def setup(app: Sphinx) -> dict[str, bool]:
    """Pack before anything is read."""
    app.connect("builder-inited", pack_articles)
    return {"parallel_read_safe": True}
