"""A count of what has been done, where there is much to do and somebody looks."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

Done = TypeVar("Done")


def track(done: Iterable[Done], many: bool = True) -> Iterator[Done]:
    """Yield what comes, with a count of it if it is many and stderr is a terminal."""
    if not many or not sys.stderr.isatty():
        yield from done
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:.0f} articles read"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Reading", total=None)
        for one in done:
            progress.advance(task)
            yield one
