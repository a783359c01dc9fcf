"""Standard output and error: every byte arrives, or the command says that it did not."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import TextIO

import typer

from kg.errors import Exit, KgError
from kg.files.faults import tell_fault

#: Who reads nothing more has what he wanted; what cannot be told to him is no fault.
UNHEARD = (errno.EPIPE, errno.EBADF)
#: Faults of lines that were told on the way: the work went on.
_faults: list[str] = []


def open_streams() -> None:
    """Let standard streams be in UTF-8, write all or raise, and be there where they are closed.

    Python's own, with PYTHONUNBUFFERED, drop what a disk takes no more, without a word.
    """
    _faults.clear()
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, open_nothing(number))
    sys.stdout = make_whole(sys.stdout, errors="replace")
    sys.stderr = make_whole(sys.stderr, errors="backslashreplace")


def make_whole(stream: TextIO, *, errors: str) -> TextIO:
    """Return a stream of text in UTF-8 that raises where not all was written."""
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    if isinstance(stream.buffer, io.RawIOBase):
        raw = io.FileIO(
            stream.fileno(), "w", closefd=False
        )  # the stream's own, which outlives this
        buffer = io.BufferedWriter(raw)
        return io.TextIOWrapper(buffer, encoding="utf-8", errors=errors, line_buffering=True)
    stream.reconfigure(encoding="utf-8", errors=errors)
    return stream


def open_nothing(number: int) -> io.TextIOWrapper:
    """Open a stream in the place of one that is closed: stderr takes all, stdout fails."""
    held = os.open(os.devnull, os.O_WRONLY if number == 2 else os.O_RDONLY)
    if held != number:  # so that no file that is opened later takes its place
        os.dup2(held, number)
        os.close(held)
    raw = io.FileIO(number, "w" if number else "r", closefd=False)
    return io.TextIOWrapper(io.BufferedWriter(raw) if number else io.BufferedReader(raw))


def answer(*parts: str, sep: str = "\n", end: str = "\n") -> None:
    """Write a part of what was asked for on stdout; end quietly where nobody reads on.

    Raises KgError where it cannot be written.
    """
    try:
        print(*parts, sep=sep, end=end, flush=True)
    except BrokenPipeError:
        mute()
        raise typer.Exit(Exit.unread) from None
    except OSError as error:
        mute()
        raise KgError(f"standard output: {tell_fault(error)}") from error


def say(*lines: str, sep: str = "\n", end: str = "\n") -> None:
    """Tell on stdout what is being done; where nobody hears it, the work goes on."""
    try:
        print(*lines, sep=sep, end=end, flush=True)
    except OSError as error:
        mute()
        if error.errno not in UNHEARD:
            _faults.append(f"standard output: {tell_fault(error)} (all else was done)")


def mute() -> None:
    """Let nothing more go to stdout, which takes no more."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):
        os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)


def end_streams() -> str:
    """Write what waits to be written; return what went wrong on stdout, or ''."""
    try:
        sys.stdout.flush()
    except OSError as error:
        mute()
        if error.errno not in UNHEARD:
            _faults.append(f"standard output: {tell_fault(error)}")
    return _faults[0] if _faults else ""
