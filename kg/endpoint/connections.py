"""Connections: those that are too slow, or too many, are cut, so that others are answered."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

#: What a connection does, those that are cut first before others: it brings what is read no more,
#: a request's head or its body; it takes an answer; it waits for one.
REST, HEAD, BODY, TAKES, WAITS = range(5)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Hold how long connections may be slow, and what they may hold at once.

    Seconds for what comes in; for answers, bytes a second after so many seconds; bytes of answers
    that are still to be taken, and connections, of all clients together.
    """

    rest: float = 2
    head: float = 10
    body: float = 30
    patience: float = 30
    pace: int = 10_000
    held: int = 512 << 20
    most: int = 400


@dataclass(eq=False, slots=True)
class Line:
    """Hold what a connection does, for which request, since when, and what it then had to take."""

    doing: int = HEAD
    cycle: object = None
    since: float = field(default_factory=time.monotonic)
    first: int = 0
    left: int = 0


class Speaker(H11Protocol):
    """Speak HTTP on a connection whose request may break off while it is being answered.

    uvicorn would refuse such a request beside the answer, which then fails with a traceback.
    """

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, unless an answer has begun, and drop what is still to come."""
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            super().send_400_response(msg)
        else:
            self.transport.close()


class Lines:
    """Hold the connections of a server."""

    def __init__(self, bounds: Bounds | None = None) -> None:
        self.bounds = bounds or Bounds()
        self.lines: dict[H11Protocol, Line] = {}
        self.most = min(self.bounds.most, count_files() // 2)

    def open(self, **given: Any) -> H11Protocol:
        """Return what speaks HTTP on a new connection; another is cut if there are too many."""
        if len(self.lines) >= self.most:
            self.look()
            self.cut_first(len(self.lines) + 1 - self.most, lambda line: line.doing < WAITS)
        protocol = Speaker(**given)
        self.lines[protocol] = Line()
        return protocol

    async def sweep(self) -> None:
        """Cut what is too slow, and those that have taken longest if too much is held for all."""
        self.look()
        now = time.monotonic()
        for protocol, line in [*self.lines.items()]:
            if self.is_late(line, now - line.since):
                self.cut(protocol)
        while sum(line.left for line in self.lines.values()) > self.bounds.held:
            self.cut_first(1, lambda line: line.left > 0)

    def look(self) -> None:
        """See what each connection does."""
        for protocol, line in [*self.lines.items()]:
            if protocol.transport is None:
                continue  # it is just being made
            if protocol not in protocol.connections:
                del self.lines[protocol]
                continue
            line.left = protocol.transport.get_write_buffer_size()
            now = tell(protocol, line.left), protocol.cycle
            if now != (line.doing, line.cycle):
                line.doing, line.cycle = now
                line.since, line.first = time.monotonic(), line.left

    def is_late(self, line: Line, seconds: float) -> bool:
        """Tell whether a connection is too slow in what it has done for so many seconds."""
        bounds = self.bounds
        if line.doing == TAKES:
            return seconds > bounds.patience and line.first - line.left < bounds.pace * seconds
        limit = {REST: bounds.rest, HEAD: bounds.head, BODY: bounds.body}
        return line.doing in limit and seconds > limit[line.doing]

    def cut_first(self, count: int, may: Callable[[Line], bool]) -> None:
        """Cut some of the connections that may be, the least wanted and the oldest first."""
        found = [(line.doing, line.since, it) for it, line in self.lines.items() if may(line)]
        for _, _, protocol in sorted(found, key=lambda one: one[:2])[:count]:
            self.cut(protocol)

    def cut(self, protocol: H11Protocol) -> None:
        """Cut a connection at once."""
        del self.lines[protocol]
        if protocol.transport is not None:
            protocol.transport.abort()


def tell(protocol: H11Protocol, left: int) -> int:
    """Tell what a connection does that has so many bytes to take."""
    if left:
        return TAKES
    coming = protocol.conn.their_state
    done = protocol.cycle is None or protocol.cycle.response_complete
    if coming is h11.SEND_BODY:
        return REST if done else BODY
    return HEAD if done else WAITS


def count_files() -> int:
    """Return how many files a process may have open.

    >>> count_files() > 100
    True
    """
    try:
        import resource
    except ImportError:
        return 1 << 10  # Windows, which does not tell
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return 1 << 20 if limit == resource.RLIM_INFINITY else int(limit)
