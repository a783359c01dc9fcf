"""Pages and surveys of the whole graph, pages of a part: each is made once for all who want it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from kg.endpoint.pool import Pool, Source
from kg.endpoint.protocol import Reply, refuse
from kg.endpoint.snapshots import Stamp, read_stamp
from kg.errors import KgError

#: Pages that are kept until the graph changes.
KEPT = 8
#: Seconds that a drawing which nobody waits for goes on: who was shown that it comes, comes back.
PATIENCE = 10.0
#: Seconds that a fault is told again, and not tried.
FAULTS = 5.0
#: What is drawn: the task that does it, and what that is given beside the graph's folder.
Wanted = tuple[Callable[..., Reply], *tuple[object, ...]]


@dataclass(eq=False)
class Drawing:
    """Hold a page that is drawn, or was: of which graph, who waits for it, and when one asked.

    One that is drawn `ahead` nobody has asked for yet.
    """

    stamp: Stamp
    task: asyncio.Task[Reply] | None = None
    waiting: int = 0
    asked: float = field(default_factory=monotonic)
    ended: float = 0.0
    ahead: bool = False

    def is_left(self) -> bool:
        """Tell whether nobody wants it any more; what is drawn ahead is wanted later."""
        return not (self.ahead or self.waiting) and monotonic() - self.asked > PATIENCE

    def is_stale(self, stamp: Stamp) -> bool:
        """Tell whether it is to be drawn anew: of another graph, or a fault of some time ago."""
        if self.stamp != stamp:
            return True
        if not (self.task and self.task.done()):
            return False
        return self.task.result().status != 200 and monotonic() - self.ended > FAULTS


class Drawings:
    """Draw pages while others are answered, and keep the latest until the graph changes."""

    def __init__(self, source: Source, pool: Pool, closing: Callable[[], bool]) -> None:
        self.source = source
        self.pool = pool
        self.closing = closing
        self.kept: dict[Wanted, Drawing] = {}

    def begin(self, wanted: Wanted, *, ahead: bool = False) -> Drawing:
        """Begin to draw a page, unless it is there or being drawn; raise GraphError."""
        stamp = read_stamp(self.source.path)
        drawing = self.kept.pop(wanted, None)
        if drawing is None or drawing.is_stale(stamp):
            drawing = Drawing(stamp, ahead=ahead)
            drawing.task = asyncio.create_task(self.draw(drawing, wanted))
        drawing.asked = monotonic()
        self.kept[wanted] = drawing
        while len(self.kept) > KEPT:
            del self.kept[next(iter(self.kept))]
        return drawing

    async def wait(self, wanted: Wanted, seconds: float | None = None) -> Reply | None:
        """Return a page when it is drawn; after so many seconds, None: it comes."""
        drawing = self.begin(wanted)
        assert drawing.task
        drawing.waiting += 1
        try:
            await asyncio.wait([drawing.task], timeout=seconds)
        finally:
            drawing.waiting -= 1
            drawing.asked = monotonic()
        return drawing.task.result() if drawing.task.done() else None

    async def draw(self, drawing: Drawing, wanted: Wanted) -> Reply:
        """Let a worker draw a page; what is wrong with the graph is a reply of one line."""

        async def is_gone() -> bool:
            return self.closing() or drawing.is_left()

        try:
            async with self.source.read() as folder:
                return await self.pool.run(is_gone, wanted[0], folder, *wanted[1:])
        except KgError as error:
            return refuse(503, str(error).replace(str(self.source.path), self.source.path.name))
        finally:
            drawing.ended = monotonic()
