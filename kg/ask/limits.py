"""A limit in time that stops whatever runs, Oxigraph's own code too."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kg.files.ending import end_at_once


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End the process with one line on stderr and exit code 1 after so many seconds; 0 is never.

    Nothing less stops a query: Oxigraph evaluates it in one call that no exception interrupts.
    """
    timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), stop, [seconds])
    timer.daemon = True
    if seconds > 0:
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


def stop(seconds: float) -> None:
    """Say that the time is over, and end the process at once; nothing stays behind."""
    told = "ask for less, or allow more with --timeout"
    end_at_once(1, f"the query ran for {seconds:g} s and was stopped; {told}")
