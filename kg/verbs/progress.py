"""Readings with a progress bar, where there are many articles and somebody looks."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Article, Reading


def track_readings(articles: Sequence[Article]) -> Iterator[Reading]:
    """Extract from articles, with a progress bar if there are many and stderr is a terminal."""
    from kg.reader import read_each

    readings = read_each(articles)
    if len(articles) < 2 or not sys.stderr.isatty():
        yield from readings
        return
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(readings, "Reading", total=len(articles), console=console, transient=True)
