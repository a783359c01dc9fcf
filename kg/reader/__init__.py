"""Reading: what an article names and says; `read` is the one way in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Article, Reader, Reading


def read(article: Article, *, model: str = "") -> Reading:
    """Read one article: what it names and what it says, at the characters of its own text.

    What is read is its folded text: lines unwrapped, accents composed, no furniture; paragraphs in
    another language that is read are read in that. `model` is a folder that `kg train` wrote;
    without one it is that of $KG_MODEL, or the one that is shipped.
    """
    from kg.sources.folding import fold_parts, unfold_reading

    readings = []
    for lang, folded in fold_parts(article):
        if folded.text == article.text:
            return read_plain(article, model)
        part = read_plain(replace(article, text=folded.text, lang=lang), model)
        readings.append(unfold_reading(part, folded, article))
    if len(readings) == 1:
        return readings[0]
    from kg.reader.nodes.joined import join_readings

    return join_readings(readings)


def read_each(articles: Iterable[Article], *, model: str = "") -> Iterator[Reading]:
    """Read articles in their order; what reads them is loaded once."""
    return map(partial(read, model=model) if model else read, articles)


def name_reader(model: str = "") -> Reader:
    """Return who reads: that is known without loading it; raise DataError where nobody does."""
    from kg.reader import package

    return package.name_reader(package.choose_model(model))


def read_plain(article: Article, model: str = "") -> Reading:
    """Read one article whose text needs no folding."""
    from kg.reader.component import read_article
    from kg.reader.nodes.agreements import add_agreements
    from kg.reader.nodes.deals import add_deals
    from kg.reader.nodes.registrations import add_registrations

    return add_registrations(add_deals(add_agreements(read_article(article, model))))
