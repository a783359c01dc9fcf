"""Plain text, as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import ArticleError
from kg.sources.forms.form import Form
from kg.sources.source import Draft, Source, read_text


def read_plain(source: Source) -> Iterator[Draft | ArticleError]:
    """Yield a text file's text: every character, but for a byte order mark at its start."""
    yield Draft(read_text(source))


PLAIN = Form("plain text", (".txt", ".text"), lambda head: True, read_plain)
