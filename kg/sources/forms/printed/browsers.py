"""What a browser prints around a page: the time, the page's name, its address."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.sources.forms.columns import PageLine, at_edge

#: When a page was printed, which is not when it was published.
PRINTED = re.compile(
    r"\s*\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},?\s+(?:à\s+)?\d{1,2}[:h]\d\d(?::\d\d)?(?:\s*[AP]M)?\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\s*(?P<url>(?:https?|file)://\S+)(?:\s+(?:page\s*)?\d+\s*/\s*\d+)?\s*", re.I)


def drop_prints(
    pages: Sequence[Sequence[PageLine]],
) -> tuple[list[list[PageLine]], str]:
    """Return the lines of pages without what a browser has printed around, and the address.

    >>> line = PageLine("https://x.test/a 1/2", (30, 0.01, 200, 0.02), 8, 0, 800)
    >>> drop_prints([[line]])
    ([[]], 'https://x.test/a')
    """
    kept, url = [], ""
    for page in pages:
        times = [line for line in page if at_edge(line) and PRINTED.match(line.text)]
        lines = []
        for line in page:
            address = ADDRESS.fullmatch(line.text) if at_edge(line) else None
            if address:
                url = url or address["url"]
            elif not any(is_beside(line, time) for time in times):
                lines.append(line)
        kept.append(lines)
    return kept, url if url.lower().startswith("http") and "…" not in url else ""


def is_beside(line: PageLine, other: PageLine) -> bool:
    """Tell whether two lines stand at the same height of a page's edge."""
    return at_edge(line) and abs(line.top - other.top) < 0.5 * max(line.size, other.size)
