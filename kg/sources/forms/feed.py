"""RSS and Atom: an article an entry, with its title, address, date and author."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from kg.errors import ArticleError
from kg.sources.forms.form import Form
from kg.sources.forms.hypertext import plain_fragment, plain_title
from kg.sources.source import LARGEST, Draft, Source

OPENING = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<\?.*?\?>\s*)*"
    rb"<(?:rss\b|feed\b|rdf:RDF\b(?=[^>]*purl\.org/rss))",
    re.I | re.S,
)


def read_feed(source: Source) -> Iterator[Draft | ArticleError]:
    """Yield the entries of a feed; raise ArticleError where it has none."""
    import feedparser

    data = source.read(LARGEST)
    if b"<!ENTITY" in data[:100_000]:
        raise ArticleError(f"{source.label}: a feed with entities of its own; they are not read")
    feed: Any = feedparser.parse(io.BytesIO(data))
    if not feed.entries:
        why = f" ({' '.join(str(feed.bozo_exception).split())[:100]})" if feed.bozo else ""
        raise ArticleError(f"{source.label}: no entry in this feed{why}")
    for at, entry in enumerate(feed.entries, 1):
        draft = draft_entry(entry, feed.feed, f"{source.name}-{at}")
        if draft.text.strip():
            yield draft
        else:
            yield ArticleError(f"{source.label}, entry {at}: no text")


def draft_entry(entry: Any, feed: Any, key: str) -> Draft:
    """Make a draft of one entry: of its content, or else its summary."""
    title = plain_title(entry.get("title", ""))
    bodies = [one.get("value", "") for one in entry.get("content", ())]
    body = max((*bodies, entry.get("summary", "")), key=len)
    text = plain_fragment(body).strip()
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}" if text else title
    said = (entry.get("content") or [{}])[0].get("language") or entry.get("language")
    return Draft(
        text,
        title=title,
        published=entry.get("published") or entry.get("updated") or entry.get("created") or "",
        source=plain_title((entry.get("source") or {}).get("title") or feed.get("title", "")),
        url=entry.get("link", "") or "",
        author=plain_title(entry.get("author", "")),
        lang=said or feed.get("language", ""),
        key=key,
    )


FEED = Form("feed", (".rss", ".atom"), lambda head: OPENING.match(head) is not None, read_feed)
