"""Reading: what an article names and says; `read` is the one way in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Article, Reading


def read(article: Article) -> Reading:
    """Read one article: what it names and what it says."""
    return next(read_each([article]))


def read_each(articles: Iterable[Article]) -> Iterator[Reading]:
    """Read articles in their order; what reads them is loaded once."""
    from kg.reader.deals import add_deals
    from kg.rules.extract import READER, extract_articles

    for reading in extract_articles(articles):
        yield replace(add_deals(reading), reader=READER)
