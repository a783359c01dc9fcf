"""Where links lead, those too that lead nowhere."""

from __future__ import annotations

import os
from pathlib import Path


def follow_links(path: str | Path) -> Path:
    """Return where a path leads; of links that lead to each other, one of them.

    >>> follow_links("/").is_absolute()
    True
    """
    return Path(os.path.realpath(path))
