"""Reports as agencies send them (NITF, NewsML): an article each, with what their heads say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.errors import ArticleError
from kg.sources.forms.form import Form
from kg.sources.forms.markup.odt import attribute
from kg.sources.forms.markup.tree import local_name, parse_xml
from kg.sources.language import read_code
from kg.sources.source import LARGEST, Draft, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

OPENING = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*"
    rb"<(?:\w+:)?(?:nitf|newsItem|newsMessage|NewsML|NewsItem)\b",
    re.DOTALL,
)
#: Elements that are one report, the widest first.
ITEMS = ("newsItem", "NewsItem", "nitf")
#: Elements that hold its text, and those in which no text of it stands.
BODIES = ("body.content", "inlineXML", "DataContent", "inlineData", "body")
ASIDE = frozenset("caption media media-caption figcaption media-producer note tagline".split())
#: Where a report tells what it is, the likeliest first.
FIELDS = {
    "title": ("headline", "hl1", "HeadLine", "title"),
    "published": (
        "versionCreated", "firstCreated", "contentCreated", "story.date", "date.issue",
        "date.release", "ThisRevisionCreated", "FirstCreated", "DateAndTime", "DateId", "pubdata",
    ),
    "source": ("creditline", "CreditLine", "provider", "distributor", "copyrightHolder", "pubdata"),
    "author": ("byline", "by", "ByLine", "creator"),
    "lang": ("language", "Language"),
}  # fmt: skip
#: Attributes in which an element may tell it.
TELLING = ("norm", "date.publication", "literal", "tag", "name", "FormalName", "literal")
BY = re.compile(r"^(?:par|by)\s+", re.IGNORECASE)


def read_news(source: Source) -> Iterator[Draft | ArticleError]:
    """Yield the reports of a file; raise ArticleError where it holds no text."""
    root = parse_xml(source.read(LARGEST), source.label)
    items = next(filter(None, (find_items(root, name) for name in ITEMS)), [root])
    for at, item in enumerate(items, 1):
        text = "\n\n".join(list_paragraphs(item))
        if not text:
            yield ArticleError(f"{source.label}, report {at}: no text; give reports with some")
            continue
        told = {what: find_field(item, names) for what, names in FIELDS.items()}
        if told["title"] and not text.startswith(told["title"]):
            text = f"{told['title']}\n\n{text}"
        told["author"] = BY.sub("", told["author"])
        told["lang"] = read_code(attribute(item, "lang") or told["lang"])
        yield Draft(text, **told, key=f"{source.name}-{at}" if len(items) > 1 else "")


def find_items(root: _Element, name: str) -> list[_Element]:
    """Return the reports of some name in a file."""
    return [one for one in root.iter() if local_name(one) == name]


def list_paragraphs(item: _Element) -> list[str]:
    """Return the paragraphs of a report, without captions."""
    for name in BODIES:
        bodies = find_items(item, name)
        found = [
            " ".join("".join(map(str, one.itertext())).split())
            for body in bodies
            for one in body.iter()
            if local_name(one) in ("p", "hl2")
            and not any(local_name(above) in ASIDE for above in one.iterancestors())
        ]
        if any(found):
            return list(filter(None, found))
    return []


def find_field(item: _Element, names: tuple[str, ...]) -> str:
    """Return what the first element of some names says, in its words or its attributes."""
    for name in names:
        for one in find_items(item, name):
            words = " ".join("".join(map(str, one.itertext())).split())
            told = next(filter(None, (attribute(one, it) for it in TELLING)), "")
            if found := told if name.endswith(("date", "issue", "release")) else words or told:
                return found
    return ""


NEWS = Form("agency's report", (), lambda head: OPENING.match(head) is not None, read_news)
