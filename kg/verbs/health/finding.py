"""What is found of one thing that may ail, in words that hold nothing private."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold what was looked at, what was found, and what to do where that is not well.

    `mend` does it, where it can be done without asking: nobody else uses what goes.
    """

    what: str
    told: str
    remedy: str = ""
    mend: Callable[[], object] | None = None

    @property
    def well(self) -> bool:
        """Tell whether there is nothing to do."""
        return not self.remedy


def finding_line(one: Finding) -> str:
    """Return a finding as a line.

    >>> finding_line(Finding("home", "missing", "set HOME")), finding_line(Finding("weights", "ok"))
    ('FAULT home: missing; set HOME', 'weights: ok')
    """
    told = f"{one.what}: {one.told}"
    return told if one.well else f"FAULT {told}; {one.remedy}"


def hide_paths(text: str, hidden: Iterable[tuple[str | Path, str]]) -> str:
    """Return a text with folders called by other names, the longest first.

    >>> hide_paths("/home/ann/news/x /home/anna", [("/home/ann", "~"), ("/home/ann/news", "STORE")])
    'STORE/x /home/anna'
    """
    for path, name in sorted(hidden, key=lambda it: -len(str(it[0]))):
        if len(str(path)) > 1:
            text = re.sub(rf"(?<![\w/]){re.escape(str(path))}(?![\w-])", name, text)
    return text


def tell_size(size: float) -> str:
    """Return a number of bytes as people say it.

    >>> tell_size(210_820), tell_size(3_100_000_000), tell_size(12)
    ('211 kB', '3.1 GB', '12 B')
    """
    for unit, least in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= least:
            return f"{size / least:.3g} {unit}"
    return f"{size:.0f} B"
