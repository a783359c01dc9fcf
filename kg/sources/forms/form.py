"""What a form of texts is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.errors import ArticleError
from kg.sources.source import Draft, Source


@dataclass(frozen=True, slots=True)
class Form:
    """Hold how a form of texts is told and read.

    `fits` tells it by a source's first bytes; `endings` are those of files that surely have it.
    `read` yields the articles found, and the error of each that cannot be read.
    """

    name: str
    endings: tuple[str, ...]
    fits: Callable[[bytes], bool]
    read: Callable[[Source], Iterator[Draft | ArticleError]]
