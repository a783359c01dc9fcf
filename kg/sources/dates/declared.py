"""The date that a web page declares of itself, where it is no day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from kg.sources.datelines import read_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: What an element that declares a date may be called.
NAMED = re.compile(
    r"(?:article:|og:|dc\.|dcterms\.|dc:|dcterms:|sailthru\.|parsely-|citation_|cxenseparse:)*"
    r"(?:published?[_-]?(?:time|date|on)?|publication[_-]?date|date(?:[._-]?published|\.issued"
    r"|\.created)?|issued|pub-?date|online_date|release_date|recs:publishtime)",
    re.IGNORECASE,
)
#: The same in a script's data.
SCRIPT = re.compile(r"\"datePublished\"\s*:\s*\"(?P<when>[^\"<>]{1,60})\"")
#: Moments counted in seconds, which no page shows.
COUNTED = re.compile(r"data-(?:utime|timestamp)")


def choose_date(tree: HtmlElement, text: str, found: str) -> str:
    """Return the date of a page: the one found, or what the page declares where that is no day.

    What finds a page's date makes a day of a month, and of '2024-03' one that hangs on the day
    on which it is asked. So a day that nowhere stands in the page is none.
    """
    if found and (stands(found, text) or COUNTED.search(text)):
        return found
    declared = list(declared_dates(tree, text))
    return next(filter(read_date, declared), next(iter(declared), ""))


def declared_dates(tree: HtmlElement, text: str) -> Iterator[str]:
    """Yield what a page says of when it was published, the surest first."""
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if NAMED.fullmatch(name.strip()) and (said := (element.get("content") or "").strip()):
            yield said
    yield from (found["when"] for found in SCRIPT.finditer(text))
    moments = list(tree.iter("time"))
    if len(moments) == 1:  # of several, none is surely the article's
        said = " ".join((moments[0].get("datetime") or moments[0].text_content()).split())
        if read_date(said):
            yield said


def stands(day: str, text: str) -> bool:
    """Tell whether a day in ISO form stands in a page, in whatever way it is written.

    >>> stands("2024-03-01", "Le 1er mars 2024"), stands("2024-03-30", "2024-03")
    (True, False)
    """
    try:
        when = date.fromisoformat(day)
    except ValueError:
        return False
    year, month, number = str(when.year), f"0?{when.month}", f"0?{when.day}(?:er|st|nd|rd|th)?"
    short = f"(?:{year}|{year[2:]})"
    word = r"[^\W\d_]{3,12}\.?"
    ways = (
        rf"{year}\W?{month}\W?{number}", rf"{number}\W{{1,3}}{month}\W{{1,3}}{short}",
        rf"{month}\W{{1,3}}{number}\W{{1,3}}{short}",
        rf"{number}\W+(?:de )?{word}\W+(?:de )?{year}",
        rf"{word}\W+{number}\W{{1,3}}{year}", day.replace("-", "") + r"\d{4,6}",
    )  # fmt: skip
    return re.search(rf"(?<!\d)(?:{'|'.join(ways)})(?!\d)", text) is not None
