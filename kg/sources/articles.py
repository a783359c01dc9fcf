"""Articles from whatever a user names: files in any form, folders, feeds, standard input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kg.errors import ArticleError
from kg.model import Article
from kg.sources.forms.exports import part_export
from kg.sources.forms.forms import choose_form
from kg.sources.openings import open_sources
from kg.sources.packed import BROKEN
from kg.sources.source import Draft, Options, Source, make_article
from kg.sources.splits import split_digest

#: What a source gives: an article, or why it gives none.
Found = Article | ArticleError


def read_articles(
    sources: Iterable[str | Path], *, lang: str | None = None, options: Options | None = None
) -> Iterator[Article]:
    """Read articles one after the other; raise ArticleError at the first that cannot be read.

    A source is a file in any form that `kg.sources.forms` knows (packed or not), a folder, an
    address, or standard input (`-`); it may hold many articles. A text keeps every character,
    line breaks too, but a byte order mark; of other forms, the text is what was found in them.
    The language is that of the file's name (`NAME.fr.txt`), else what the file says, else
    `lang`, else guessed.
    """
    for found in find_articles(sources, options or Options(lang=lang)):
        if isinstance(found, ArticleError):
            raise found
        yield found


def read_article(source: str | Path, *, lang: str | None = None) -> Article:
    """Read the one article of a source; raise ArticleError where there is none, or several."""
    articles = read_articles([source], lang=lang)
    article = next(articles, None)
    if article is None:
        raise ArticleError(f"{source}: no article in it; name a file with text")
    if next(articles, None) is not None:
        raise ArticleError(f"{source}: several articles; read them with read_articles")
    return article


def find_articles(sources: Iterable[str | Path], options: Options) -> Iterator[Found]:
    """Yield the articles of sources, and the error of each that cannot be read."""
    return (found for _, found in find_labelled(sources, options))


def find_labelled(sources: Iterable[str | Path], options: Options) -> Iterator[tuple[str, Found]]:
    """Yield what `find_articles` does, each with the name of its file for messages."""
    for source in open_sources(sources, options):
        if isinstance(source, ArticleError):
            yield "", source
        else:
            yield from ((source.label, found) for found in read_source(source))
    if line := options.details.sum_up():
        options.note(line)


def part_draft(draft: Draft, source: Source) -> Iterator[Draft]:
    """Yield the articles that a draft holds: those of an export, and of a digest if so asked."""
    for part in part_export(draft, source.name):
        yield from split_draft(part, source) if source.options.split else [part]


def split_draft(draft: Draft, source: Source) -> Iterator[Draft]:
    """Yield the items of a draft that is a digest, each as a draft of its own, or the draft."""
    spans = split_digest(draft.text)
    if len(spans) == 1:
        yield draft
        return
    for at, (begin, end) in enumerate(spans, 1):
        key = f"{draft.key or source.name}-{at}"
        # The address is the whole digest's: two articles in a store cannot have one.
        yield replace(draft, text=draft.text[begin:end], title="", url="", key=key)


def read_source(source: Source) -> Iterator[Found]:
    """Yield the articles of one source, and the error of each that cannot be read."""
    try:
        for draft in choose_form(source).read(source):
            if isinstance(draft, ArticleError):
                yield draft
                continue
            for part in part_draft(draft, source):
                try:
                    yield make_article(source, part)
                except ArticleError as error:
                    yield error
    except ArticleError as error:
        yield error
    except BROKEN as error:
        told = " ".join(str(error).split())[:100]
        yield ArticleError(f"{source.label}: cannot be read to its end ({told}); make it again")
