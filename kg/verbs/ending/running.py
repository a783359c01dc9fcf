"""A command from its beginning to its exit code: what a user or a machine causes is one line."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import Exit, KgError
from kg.files.ending import end_at_once
from kg.files.faults import is_machines, name_place, tell_fault
from kg.files.interrupts import tell_signal, watch_signals
from kg.verbs.ending.streams import end_streams, open_streams
from kg.verbs.tables import clean
from kg.verbs.terminal import tell

#: How Oxigraph begins to say that files of a store are not as they were written.
DAMAGE = "Corruption"
#: How Python holds a byte of a name that is none of the text's encoding.
SURROGATE = re.compile("[\ud800-\udfff]")


class Run:
    """Hold the exit code of a command, which is known when it is over."""

    def __init__(self) -> None:
        self.code: int = Exit.ok


@contextmanager
def run_to_end() -> Iterator[Run]:
    """Run a command and give its exit code; what is no user's fault keeps its traceback."""
    open_streams()
    run, stdout = Run(), sys.stdout
    with watch_signals() as watch:
        try:
            yield run
        except (SystemExit, KeyboardInterrupt, Exception) as error:
            run.code, fault = judge(error)
            if run.code == Exit.fault and stdout is not sys.stdout:
                run.code = Exit.unread  # what Typer ends its help with where nobody reads on
            if watch.signal and run.code in (Exit.fault, Exit.interrupted):
                code, said = tell_signal(watch.signal)
                end_streams()
                end_at_once(code, clean(fault or said))  # taking leave of libraries takes a second
            if fault:
                tell(fault)
        if (fault := end_streams()) and run.code == Exit.ok:
            tell(fault)
            run.code = Exit.fault


def judge(error: BaseException) -> tuple[int, str]:
    """Return the exit code of what ended a command, and what to tell; raise what is a bug."""
    match error:
        case SystemExit():
            code = error.code
            return (code if isinstance(code, int) else int(bool(code))), ""
        case KeyboardInterrupt():
            return Exit.interrupted, ""
        case KgError():
            return Exit.fault, str(error)
        case MemoryError():
            return Exit.fault, "out of memory; read less at once, or give it more memory"
        case UnicodeEncodeError() if SURROGATE.search(error.object):
            told = "is no UTF-8; give it another name, or set PYTHONUTF8=1"
            return Exit.fault, f"{error.object}: {told}"
        case FileNotFoundError() if error.filename is None:  # what os.getcwd says
            return Exit.fault, "the folder in which this runs is gone; go to another, then again"
        case OSError() if is_machines(error):
            place = name_place(error)
            return Exit.fault, f"{place}: {tell_fault(error)}" if place else tell_fault(error)
        case RuntimeError() if str(error).startswith(DAMAGE):
            return Exit.fault, f"the store is damaged: {error}; look at it with: kg doctor STORE"
    raise error
