"""The articles of the tutorial as one file to download."""

from __future__ import annotations

import zipfile
from pathlib import Path

from sphinx.application import Sphinx

#: What is packed: the articles, what is known of each, and some of them as PDF.
PACKED = ("articles/*.txt", "articles.csv", "pdfs/*.pdf")


def pack_articles(app: Sphinx) -> None:
    """Write `_made/articles.zip`: the same bytes for the same articles."""
    docs = Path(app.srcdir)
    target = docs / "_made" / "articles.zip"
    target.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parcel:
        for path in sorted(path for pattern in PACKED for path in docs.glob(pattern)):
            parcel.writestr(
                zipfile.ZipInfo(str(path.relative_to(docs)), (2024, 1, 1, 0, 0, 0)),
                path.read_bytes(),
                zipfile.ZIP_DEFLATED,
            )


def setup(app: Sphinx) -> dict[str, bool]:
    """Pack before anything is read."""
    app.connect("builder-inited", pack_articles)
    return {"parallel_read_safe": True}
