"""A count of what has been done, where there is much to do and somebody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.training.loop import Step

Done = TypeVar("Done")


def track(
    done: Iterable[Done], many: bool = True, *, what: str = "articles read", step: int = 1
) -> Iterator[Done]:
    """Yield what comes, with a count of it if it is many and stderr is a terminal.

    It is drawn anew after each `step` of them: to draw a million costs more than to read them.
    """
    if not many or not sys.stderr.isatty():
        yield from done
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn(f"{{task.completed:,.0f}} {what}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Reading", total=None)
        for at, one in enumerate(done, 1):
            if at % step == 0:
                progress.advance(task, step)
            yield one


@contextmanager
def show_lesson(stopped: str) -> Iterator[Callable[[int, Step], None]]:
    """Give what shows steps of learning, if stderr is a terminal; raise KgError if interrupted.

    It draws when it is told a step and has no thread of its own, since processes are forked.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn()
    console = Console(stderr=True)
    shown = Progress(
        *columns,
        console=console,
        auto_refresh=False,
        transient=True,
        disable=not sys.stderr.isatty(),
    )

    def tell(worker: int, step: Step) -> None:
        if not worker:
            told = f"step {step.number}, loss {sum(step.losses.values()):.2f}"
            shown.update(task, completed=step.done, description=told, refresh=True)

    try:
        with shown:
            task = shown.add_task("learning", total=1.0)
            yield tell
    except KeyboardInterrupt:
        raise KgError(stopped) from None
