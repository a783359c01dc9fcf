"""A command from its beginning to its exit code: what a user or a machine causes is one line."""

from __future__ import annotations

import sys
from collections.abc import Callable

from kg.errors import Exit, KgError
from kg.files.faults import is_machines, name_place, tell_fault
from kg.files.interrupts import Watch, tell_signal, watch_signals
from kg.verbs.ending.streams import end_streams, open_streams
from kg.verbs.terminal import tell

#: How Oxigraph begins to say that files of a store are not as they were written.
DAMAGE = "Corruption"


def run_command(command: Callable[[], object]) -> int:
    """Run a command and return its exit code; what is no user's fault keeps its traceback."""
    open_streams()
    with watch_signals() as watch:
        code = attempt(command, watch)
        if (fault := end_streams()) and code == Exit.ok:
            tell(fault)
            code = Exit.fault
        return code


def attempt(command: Callable[[], object], watch: Watch) -> int:
    """Run a command; tell what a user or a machine caused, and that it was interrupted."""
    fault, stdout = "", sys.stdout
    try:
        command()
        code = 0
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else int(bool(done.code))
        if stdout is not sys.stdout:  # what Typer does where nobody reads its help to the end
            code = Exit.unread
    except KeyboardInterrupt:
        code = Exit.interrupted
    except KgError as error:
        code, fault = Exit.fault, str(error)
    except MemoryError:
        code, fault = Exit.fault, "out of memory; read less at once, or give it more memory"
    except RuntimeError as error:
        if not str(error).startswith(DAMAGE):
            raise
        code, fault = Exit.fault, f"the store is damaged: {error}; look at it with: kg doctor STORE"
    except OSError as error:
        if not is_machines(error):
            raise
        place = name_place(error)
        code, fault = Exit.fault, f"{place}: {tell_fault(error)}" if place else tell_fault(error)
    if fault:
        tell(fault)
    if watch.signal and code in (Exit.fault, Exit.interrupted):
        code, said = tell_signal(watch.signal)
        if not fault:
            tell(said)
    return code
