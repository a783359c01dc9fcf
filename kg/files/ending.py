"""What is undone where a process ends at once, whatever it was at."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import NoReturn

#: What would be left behind, each with what removes it; the last to come is the first to go.
_UNDONE: dict[object, Callable[[], object]] = {}


def remember(undo: Callable[[], object]) -> Callable[[], object]:
    """Have something undone should the process end at once; return what forgets it again.

    >>> forget = remember(list)
    >>> forget() is list
    True
    """
    key = object()
    _UNDONE[key] = undo
    return partial(_UNDONE.pop, key, None)


def end_at_once(code: int, line: str) -> NoReturn:
    """Undo what is half done, say a line on stderr and end the process.

    Nothing less ends what runs in code of C or Rust: no exception reaches it.
    """
    for undo in reversed([*_UNDONE.values()]):
        with suppress(Exception):
            undo()
    with suppress(OSError):
        os.write(2, f"kg: {line}\n".encode())
    os._exit(code)


def start_sweeper() -> None:
    """Start what removes the semaphores of a process that ends at once; it tells nothing of it."""
    from multiprocessing import resource_tracker  # whose import few commands need

    name = "PYTHONWARNINGS"
    before = os.environ.get(name)
    os.environ[name] = "ignore"
    try:
        resource_tracker.ensure_running()
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
