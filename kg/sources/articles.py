"""Articles from whatever a user names: files in any form, folders, feeds, standard input."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple, replace
from pathlib import Path
from urllib.parse import urljoin

from kg.errors import ArticleError
from kg.model import Article
from kg.sources.datelines import find_agency, find_date, find_title, read_date
from kg.sources.dates.partial import tell_loss
from kg.sources.folding import fold_text
from kg.sources.forms.exports import part_export
from kg.sources.forms.forms import choose_form
from kg.sources.furniture.wires import find_author
from kg.sources.language import (
    READ,
    count_votes,
    guess_language,
    guess_read,
    language_name,
    read_code,
    vote,
)  # fmt: skip
from kg.sources.openings import open_sources
from kg.sources.packed import BROKEN
from kg.sources.source import LONGEST, Draft, Options, Source, too_long
from kg.sources.splits import split_digest

#: What a source gives: an article, or why it gives none.
Found = Article | ArticleError
HALF = re.compile(r"[\ud800-\udfff]")


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
    for line in options.details.sum_up():
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
    first = fold_text(draft.text[:20_000]).text  # what dates the whole dates its items
    known = {
        "published": draft.published or find_date(first, draft.lang),
        "source": draft.source or source.options.publisher or find_agency(first),
        "author": draft.author or find_author(draft.text),
    }
    for at, (begin, end) in enumerate(spans, 1):
        key = f"{draft.key or source.name}-{at}"
        # The address is the whole digest's: two articles in a store cannot have one.
        item = {"text": draft.text[begin:end], "title": "", "url": "", "key": key}
        yield replace(draft, **known, **item)


def read_source(source: Source) -> Iterator[Found]:
    """Yield the articles of one source, and the error of each that cannot be read."""
    found = False
    try:
        for draft in choose_form(source).read(source):
            found = True
            if isinstance(draft, ArticleError):
                yield draft
                continue
            for part in part_draft(draft, source):
                try:
                    yield make_article(source, part)
                except ArticleError as error:
                    yield error
        if not found:
            yield ArticleError(f"{source.label}: empty; give a file with text")
    except ArticleError as error:
        yield error
    except BROKEN as error:
        told = " ".join(str(error).split())[:100]
        yield ArticleError(f"{source.label}: cannot be read to its end ({told}); make it again")


def make_article(source: Source, draft: Draft) -> Article:
    """Make an article of what a form has found; raise ArticleError for what is none.

    What the user says of it in a table goes before what the file says, and that before what its
    text tells: a headline, a dateline, the language of its words.
    """
    draft = replace(draft, **told_details(source, draft))
    # Halves of characters are none: JSON may hold them, and no file can be written with them.
    draft = Draft(*(HALF.sub("\ufffd", value) for value in astuple(draft)))
    text = draft.text
    if not re.search(r"[^\W\d_]", text):
        raise ArticleError(f"{source.label}: empty; give a file with text")
    if len(text) > LONGEST:
        raise too_long(source.label)
    folded = fold_text(text).text
    first = folded[:20_000]
    lang = choose_language(source, draft, folded)
    tag = draft.lang if read_code(draft.lang) == lang else lang
    when = read_date(draft.published, tag)
    source.tell(tell_loss(draft.published, when))
    if set(count_votes(folded)) - {lang}:
        note_languages(source, text, lang)
    return Article(
        name=draft.key or source.name,
        text=text,
        lang=lang,
        url=whole_address(draft.url, source.address),
        title=fold_text(draft.title).text if draft.title else find_title(first),
        published=when or find_date(first, tag) or source.options.date,
        source=draft.source or source.options.publisher or find_agency(first),
        author=plain_author(draft.author) or find_author(text),
    )


def whole_address(url: str, base: str) -> str:
    """Return an article's address, '' for a part of one whose rest is not known.

    >>> whole_address("/1", "https://x.test/feed"), whole_address("/1", ""), whole_address("", "")
    ('https://x.test/1', '', '')
    """
    try:
        whole = urljoin(base, url) if base else url
    except ValueError:
        whole = base
    return whole.partition("#")[0] if re.match(r"[a-zA-Z][\w+.-]*:", whole) else ""


def plain_author(author: str) -> str:
    """Return an author's name without what stands around it; '' for a mere number.

    >>> plain_author("Par Irène Sablon le"), plain_author("By Tom Ellis"), plain_author("17")
    ('Irène Sablon', 'Tom Ellis', '')
    """
    found = re.fullmatch(r"(?:(?i:par|by)\s+(?=[A-ZÀ-ÝŒ]))?(.*?)(?:\s+le)?", author.strip())
    return found[1] if found and re.search(r"[^\W\d_]", found[1]) else ""


def note_languages(source: Source, text: str, lang: str) -> None:
    """Tell which paragraphs are left out because they are in a language that is not read."""
    known = {f"in {language_name(code)}" for code in READ}
    left = [why for _, why in fold_text(text, lang=lang).left_out if why.startswith("in ")]
    gone = [why for why in left if why not in known]
    for why, times in Counter(gone).items():
        many = "1 paragraph is" if times == 1 else f"{times} paragraphs are"
        source.options.note(f"{source.label}: {many} {why} and not read")


def told_details(source: Source, draft: Draft) -> dict[str, str]:
    """Return what the user says of an article: in a table, or in a file beside its own.

    The file beside `a.txt` is `a.meta.json`.
    """
    told = source.options.details.find(source.label, draft.url, draft.key, source.name)
    return dict(told or source.beside)


def choose_language(source: Source, draft: Draft, text: str) -> str:
    """Return the language of a text; raise ArticleError if it is none that is read.

    The file's name tells it, else the file itself, else the user, unless the text's words surely
    tell another one; else it is guessed.
    """
    said = source.options.lang or ""
    told = source.lang or read_code(draft.lang) or read_code(said) or said
    seen = vote(text, 12, 6)
    lang = seen if seen and (not told or (told in READ and not source.options.lang)) else told
    if not lang:
        # Of a text in capitals, names are no longer known as such once it is in small letters.
        whole = draft.text if draft.text.isupper() else text
        lang = guess_language(whole if draft.title in whole else f"{draft.title}\n{whole}")
    if lang not in READ and not told and not seen:
        lang = guess_read(text) or lang
    if lang not in READ and lang != (read_code(said) or said):
        known = "French and English are read; if it is one of these, say so: --lang fr"
        raise ArticleError(f"{source.label}: in {language_name(lang)}; {known}")
    return lang
