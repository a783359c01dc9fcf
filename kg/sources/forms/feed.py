"""RSS and Atom: an article an entry, with its title, address, date and author."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urljoin

from kg.errors import ArticleError
from kg.sources.forms.form import Form
from kg.sources.forms.hypertext import plain_fragment, plain_title
from kg.sources.source import LARGEST, Draft, Source

OPENING = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<\?.*?\?>\s*)*"
    rb"<(?:rss\b|feed\b|rdf:RDF\b(?=[^>]*purl\.org/rss))",
    re.I | re.S,
)


#: What some programs write below an entry.
APPEARED = re.compile(
    r"\s*(?:The post\s[^\n]{1,300}\sappeared first on\s[^\n]{1,100}"
    r"|(?:L['’]article|Cet article)\s[^\n]{1,300}\sest apparu en premier sur\s[^\n]{1,100})\s*\Z"
)
#: How a feed ends that is whole.
CLOSING = re.compile(rb"</\s*(?:rss|feed|rdf:RDF)\s*>", re.I)
#: Fields that hold an entry's date, the likeliest first.
DATES = ("published", "updated", "created")


def read_feed(source: Source) -> Iterator[Draft | ArticleError]:
    """Yield the entries of a feed; raise ArticleError where it has none."""
    import feedparser

    data = source.read(LARGEST)
    if b"<!ENTITY" in data[:100_000]:
        raise ArticleError(f"{source.label}: a feed with entities of its own; they are not read")
    try:
        feed: Any = feedparser.parse(io.BytesIO(data))
    except Exception as error:  # feedparser raises whatever a malformed feed makes it stumble over
        told = " ".join(str(error).split())[:100] or type(error).__name__
        raise ArticleError(f"{source.label}: a broken feed ({told}); fetch it again") from error
    if not feed.entries:
        why = f" ({' '.join(str(feed.bozo_exception).split())[:100]})" if feed.bozo else ""
        raise ArticleError(f"{source.label}: no entry in this feed{why}; fetch it again")
    for at, entry in enumerate(feed.entries, 1):
        try:
            draft = draft_entry(entry, feed.feed, f"{source.name}-{at}")
        except ArticleError as error:
            told = str(error).partition(": ")[2]
            yield ArticleError(f"{source.label}, entry {at}: {told}")
            continue
        if draft.text.strip():
            yield draft
        else:
            yield ArticleError(f"{source.label}, entry {at}: no text; fetch its page")
    if feed.bozo and not CLOSING.search(data[-1000:]):
        yield ArticleError(f"{source.label}: breaks off in or after entry {at}; fetch it again")


def draft_entry(entry: Any, feed: Any, key: str) -> Draft:
    """Make a draft of one entry: of its content, or else its summary."""
    title = plain_title(entry.get("title") or "")
    bodies = [one.get("value") or "" for one in entry.get("content") or ()]
    body = max((*bodies, entry.get("summary") or ""), key=len)
    text = APPEARED.sub("", plain_fragment(body)).strip()
    publisher = plain_title((entry.get("source") or {}).get("title") or feed.get("title") or "")
    title = title.removesuffix(f" - {publisher}")
    if re.sub(r"\W+", "", text) == re.sub(r"\W+", "", title + publisher):
        text = title  # a list of headlines has nothing else
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}" if text else title
    said = (entry.get("content") or [{}])[0].get("language") or entry.get("language")
    return Draft(
        text,
        title=title,
        # Asked for what an entry has not, feedparser itself would look elsewhere, and warn.
        published=next(filter(None, (dict.get(entry, name) for name in DATES)), ""),
        source=publisher,
        url=join_address(feed.get("link") or "", entry.get("link") or ""),
        author=plain_title(", ".join(list_authors(entry))),
        lang=said or feed.get("language") or "",
        key=key,
    )


def join_address(base: str, link: str) -> str:
    """Return an entry's address, one that is relative as from its site's; '' without one.

    >>> join_address("https://x.test/", "/1"), join_address("", "/1"), join_address("https://x", "")
    ('https://x.test/1', '/1', '')
    """
    with suppress(ValueError):
        return urljoin(base, link) if link else ""
    return link


def list_authors(entry: Any) -> list[str]:
    """Return the names of an entry's authors."""
    names = [one.get("name") or "" for one in entry.get("authors") or ()]
    return list(filter(None, names)) or [entry.get("author") or ""]


FEED = Form("feed", (".rss", ".atom"), lambda head: OPENING.match(head) is not None, read_feed)
