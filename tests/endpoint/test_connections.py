"""Connections that are too slow or too many are cut, and others answered meanwhile."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
import uvicorn

from kg.endpoint.connections import BODY, HEAD, REST, TAKES, Bounds, Line, Lines
from kg.endpoint.serve import configure, listen

LARGE = 24 << 20
SLOW = Bounds(rest=0.3, head=0.3, body=0.3, patience=0.3, pace=1 << 40)
HELLO = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nA"


async def answer(scope: Any, receive: Any, send: Any) -> None:
    """Answer with much or with little, with or without having read what was sent."""
    if scope["path"] == "/read":
        while (await receive()).get("more_body"):
            pass
    if scope["path"] == "/late":
        await asyncio.sleep(0.1)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    if scope["path"] == "/half":
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        await asyncio.sleep(0.1)
    body = b"x" * (LARGE if scope["path"] == "/large" else 1)
    await send({"type": "http.response.body", "body": body})


class Place:
    """Hold a server and its connections."""

    def __init__(self, bounds: Bounds) -> None:
        self.lines = Lines(bounds)
        self.socket = listen("127.0.0.1", 0)
        self.opened: list[asyncio.StreamWriter] = []

    async def open(self, sent: bytes) -> asyncio.StreamReader:
        """Open a connection and send something."""
        host, port = self.socket.getsockname()
        reader, writer = await asyncio.open_connection(host, port, limit=1 << 12)
        self.opened.append(writer)
        writer.write(sent)
        return reader

    async def count(self, wanted: int) -> int:
        """Return how many connections there are once these are as many as wanted, or soon."""
        for _ in range(100):
            await self.lines.sweep()
            if len(self.lines.lines) == wanted:
                break
            await asyncio.sleep(0.05)
        return len(self.lines.lines)

    async def ask(self) -> bytes:
        """Return what comes of a request of somebody else."""
        reader = await self.open(HELLO + b"Connection: close\r\n\r\n")
        return await asyncio.wait_for(reader.read(), 5)


@asynccontextmanager
async def serve_lines(bounds: Bounds) -> AsyncIterator[Place]:
    """Serve until the end of a test."""
    place = Place(bounds)
    config = uvicorn.Config(
        answer, http=place.lines.open, lifespan="off", log_level="error", timeout_keep_alive=60
    )  # type: ignore[arg-type]
    server = uvicorn.Server(config)
    running = asyncio.create_task(server._serve([place.socket]))
    try:
        yield place
    finally:
        for writer in place.opened:
            writer.transport.abort()
        server.should_exit = True
        await running


async def is_cut(reader: asyncio.StreamReader) -> bool:
    """Tell whether a connection ends."""
    with suppress(ConnectionError):
        while await asyncio.wait_for(reader.read(1 << 16), 5):
            pass
    return True


@pytest.mark.parametrize("sent", [b"", HELLO, POST % b"/read", POST % b"/", HELLO + b"\r\n"])
def test_what_comes_too_slowly_is_cut(sent: bytes) -> None:
    async def check() -> None:
        async with serve_lines(SLOW) as place:
            readers = [await place.open(sent) for _ in range(3)]
            await asyncio.sleep(0.1)
            assert b"200 OK" in await place.ask()
            assert await place.count(0) == 0
            assert all([await is_cut(reader) for reader in readers])

    asyncio.run(check())


def test_who_takes_an_answer_too_slowly_is_cut() -> None:
    async def check() -> None:
        async with serve_lines(SLOW) as place:
            await place.open(HELLO.replace(b"/ ", b"/large ") + b"\r\n")
            assert await place.count(1) == 1
            assert b"200 OK" in await place.ask()
            assert await place.count(0) == 0

    asyncio.run(check())


def test_answers_that_wait_hold_so_much_memory_and_no_more() -> None:
    async def check() -> None:
        async with serve_lines(Bounds(held=2 * LARGE)) as place:
            for _ in range(4):
                await place.open(HELLO.replace(b"/ ", b"/large ") + b"\r\n")
                await asyncio.sleep(0.2)
            assert await place.count(2) == 2
            assert sum(line.left for line in place.lines.lines.values()) <= 2 * LARGE
            assert b"200 OK" in await place.ask()

    asyncio.run(check())


def test_many_connections_do_not_keep_others_out() -> None:
    async def check() -> None:
        async with serve_lines(Bounds(most=5)) as place:
            for _ in range(40):
                await place.open(HELLO)
            assert b"200 OK" in await place.ask()
            assert len(place.lines.lines) <= 5

    asyncio.run(check())


@pytest.mark.parametrize(
    ("line", "seconds", "late"),
    [
        (Line(HEAD), 11, True), (Line(HEAD), 9, False), (Line(BODY), 29, False),
        (Line(REST), 3, True), (Line(TAKES, first=10**6, left=1), 31, False),
        (Line(TAKES, first=10**6, left=10**6), 29, False),
        (Line(TAKES, first=10**6, left=8 * 10**5), 31, True), (Line(5), 10**6, False),
    ],
)  # fmt: skip
def test_what_is_late_is_told_by_what_is_done(line: Line, seconds: float, late: bool) -> None:
    assert Lines().is_late(line, seconds) is late


def test_server_looks_at_its_connections_each_second() -> None:
    config = configure(answer)  # type: ignore[arg-type]
    assert config.timeout_notify == 1
    assert isinstance(config.http.__self__, Lines)  # type: ignore[union-attr]
    assert config.callback_notify == config.http.__self__.sweep  # type: ignore[union-attr]


@pytest.mark.parametrize(("path", "refused"), [(b"/late", True), (b"/", False), (b"/half", False)])
def test_a_request_that_breaks_off_while_it_is_answered_is_no_fault(
    path: bytes, refused: bool, caplog: pytest.LogCaptureFixture
) -> None:
    head = b"POST %s HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" % path

    async def check() -> None:
        async with serve_lines(Bounds()) as place:
            reader = await place.open(head)
            await asyncio.sleep(0.05)
            place.opened[-1].write(b"no chunk\r\n")
            with suppress(ConnectionError):
                said = await asyncio.wait_for(reader.read(), 5)
                assert said.startswith(b"HTTP/1.1 400") == refused
            await asyncio.sleep(0.2)
            assert b"200 OK" in await place.ask()

    logging.getLogger("uvicorn.error").propagate = True
    asyncio.run(check())
    assert {it.getMessage() for it in caplog.records} <= {"Invalid HTTP request received."}
