"""Signals that end a run, within a second even where it is in code that no exception reaches."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from kg.files.ending import end_at_once

#: Signals that end a run. One that is ignored, as nohup has it, stays so.
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
#: Seconds of the processor, and of the clock, until an exception must have reached the run, and
#: until it must be over then: on a machine that is overworked it may wait for its turn.
REACH, LEAVE = (0.2, 0.6), (0.6, 1.5)
#: Seconds between two looks at that.
LOOK = 0.05
#: What tells the guard that there is nothing more to guard.
OVER = b"\0"


class Watch:
    """Hold which signal came (0: none), and whether the run knows of it."""

    def __init__(self) -> None:
        self.signal = 0
        self.owner = os.getpid()
        self.reached, self.over = threading.Event(), threading.Event()

    def take(self, number: int, frame: FrameType | None) -> None:
        """Raise KeyboardInterrupt in the run; a second signal ends it at once."""
        if os.getpid() != self.owner:
            if number == signal.SIGINT:
                raise KeyboardInterrupt
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        if self.signal:
            end_at_once(*tell_signal(number))
        self.signal = number
        self.reached.set()
        raise KeyboardInterrupt

    def guard(self, pipe: int) -> None:
        """End the process where a signal that came does not."""
        while (byte := os.read(pipe, 1)) not in (b"", OVER):
            # Who has put something else in the place of `take` minds the signal itself.
            if byte[0] not in ENDING or signal.getsignal(byte[0]) != self.take:
                continue
            if not (await_event(self.reached, *REACH) and await_event(self.over, *LEAVE)):
                end_at_once(*tell_signal(byte[0]))


def await_event(event: threading.Event, processor: float, clock: float) -> bool:
    """Wait for an event as long as so many seconds pass; tell whether it came in time.

    >>> await_event(threading.Event(), 0, 0)
    False
    """
    worked, end = time.process_time() + processor, time.monotonic() + clock
    while not event.wait(LOOK):
        if time.process_time() > worked or time.monotonic() > end:
            return False
    return True


def tell_signal(number: int) -> tuple[int, str]:
    """Return the exit code of a run that a signal ended, and how that is told.

    >>> tell_signal(signal.SIGINT), tell_signal(signal.SIGTERM)
    ((130, 'interrupted'), (143, 'ended by SIGTERM'))
    """
    name = signal.Signals(number).name
    return 128 + number, "interrupted" if number == signal.SIGINT else f"ended by {name}"


@contextmanager
def watch_signals() -> Iterator[Watch]:
    """Watch for signals that end a run, which come as KeyboardInterrupt; only in the main thread.

    >>> with watch_signals() as watch:
    ...     watch.signal
    0
    """
    watch = Watch()
    if threading.current_thread() is not threading.main_thread():
        yield watch
        return
    usual = (signal.SIG_DFL, signal.default_int_handler)
    before = {it: signal.getsignal(it) for it in ENDING if signal.getsignal(it) in usual}
    with guarded(watch):
        for number in before:
            signal.signal(number, watch.take)
        try:
            yield watch
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


@contextmanager
def guarded(watch: Watch) -> Iterator[None]:
    """Have a thread look at signals: it hears of one at once, a run between two steps of Python."""
    reads, writes = os.pipe()
    os.set_blocking(writes, False)
    before = signal.set_wakeup_fd(writes, warn_on_full_buffer=False)
    os.register_at_fork(after_in_child=leave_pipe(writes))
    thread = threading.Thread(target=watch.guard, args=(reads,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        watch.over.set()
        signal.set_wakeup_fd(before)
        os.write(writes, OVER)
        thread.join()
        os.close(reads)
        os.close(writes)


def leave_pipe(pipe: int) -> Callable[[], None]:
    """Return what lets a forked process not tell its parent's guard of its own signals."""

    def leave() -> None:
        if threading.current_thread() is threading.main_thread():
            if (held := signal.set_wakeup_fd(-1)) != pipe:
                signal.set_wakeup_fd(held)

    return leave
