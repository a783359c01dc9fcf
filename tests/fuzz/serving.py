"""A server of a store in this process, and raw requests to it: none may end in a fault of ours."""

from __future__ import annotations

import asyncio
import http.client
import logging
import re
import socket
import threading
import traceback
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from trying import Fault

from kg.endpoint.desk import Desk
from kg.endpoint.explorer.writing import Writer
from kg.endpoint.guard import OURS
from kg.endpoint.pool import Pool, Source
from kg.endpoint.protocol import Reply
from kg.endpoint.serve import configure, make_app

#: Seconds that a query may take, that a client waits for an answer, and for one to half a request.
LONG, WAIT, PATIENCE = 10, 60, 0.5
LENGTH = re.compile(rb"^content-length: *(\d+)\r$", re.MULTILINE | re.IGNORECASE)
#: What lets a server wait for more.
MORE = re.compile(
    rb"^(?:transfer-encoding|expect|upgrade|connection):", re.MULTILINE | re.IGNORECASE
)


class Here(Pool):
    """Do tasks in this process, where a fault is seen."""

    def __init__(self) -> None:
        self.size = 1

    async def run(
        self, gone: Callable[[], Awaitable[bool]], work: Callable[..., Reply], *given: Any
    ) -> Reply:
        """Run a task; one that lasts ends the process with a line."""
        from kg.ask.limits import time_limit

        with time_limit(LONG):
            return work(*given)


class Hand:
    """Do what a process of its own would do, in this one."""

    def schedule(self, work: Callable[..., Any], *given: Any) -> Future[Any]:
        """Do it at once."""
        done: Future[Any] = Future()
        try:
            done.set_result(work(*given))
        except Exception as error:
            done.set_exception(error)
        return done

    def close(self) -> None:
        """Do nothing."""


class Heard(logging.Handler):
    """Keep what a server complains of."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        told = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
        self.said.append(f"{record.getMessage()}\n{told}")


class Served:
    """Hold a server's port, its writer's secrets, and what it complained of."""

    def __init__(self, port: int, writer: Writer, heard: Heard) -> None:
        self.port, self.writer, self.heard = port, writer, heard

    def send(self, raw: bytes) -> None:
        """Send a request and read its answer to the end; raise Fault."""
        raw = raw.replace(b"COOKIE", f"kg-{self.port}={self.writer.token}".encode())
        raw = raw.replace(b"KEY", self.writer.key.encode())
        self.heard.said.clear()
        status, headers, body = ask(self.port, raw)
        if status >= 500 and status != 503:
            raise Fault(f"status {status}: {body[:300]!r}\n{''.join(self.heard.said)}")
        if status >= 400 and headers.get("content-type", "").startswith("text/plain"):
            if body and body.count(b"\n") > 1:
                raise Fault(f"status {status}, in several lines: {body[:300]!r}")
        if wrong := [it for it in self.heard.said if not it.startswith("Invalid HTTP request")]:
            raise Fault(wrong[0])


def is_whole(raw: bytes) -> bool:
    """Tell whether bytes are a request to its end, so that an answer must come."""
    head, end, body = raw.partition(b"\r\n\r\n")
    lengths = [*map(int, LENGTH.findall(head + b"\r"))]
    return bool(end) and not MORE.search(head) and all(one <= len(body) for one in lengths)


def ask(port: int, raw: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send bytes; return status, headers and body, (0, {}, b"") where nothing comes."""
    patience = WAIT if is_whole(raw) else PATIENCE
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as client:
        try:
            client.sendall(raw)
            answer = http.client.HTTPResponse(
                client, method=raw.split(b" ", 1)[0].decode("latin-1")
            )
            answer.begin()
            client.settimeout(WAIT)
            body = answer.read()
        except (TimeoutError, ConnectionError, http.client.BadStatusLine):
            return 0, {}, b""
        except http.client.IncompleteRead as error:
            raise Fault(f"half an answer: {error}") from error
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


@contextmanager
def serving(store: Path) -> Iterator[Served]:
    """Serve a store from a thread, with a page that may decide; raise Fault if it is dead then."""
    source, writer, heard = Source(store), Writer(store, by="fuzz"), Heard()
    writer.crew.close()
    writer.crew = Hand()  # type: ignore[assignment]
    desk = Desk(source, Here(), writer=writer)
    server = uvicorn.Server(configure(make_app(desk, names=OURS, cors=())))
    for name in ("uvicorn.error", "asyncio"):
        logging.getLogger(name).handlers = [heard]
        logging.getLogger(name).propagate = False
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    thread = threading.Thread(
        target=partial(asyncio.run, server.serve(sockets=[listener])), daemon=True
    )
    thread.start()
    try:
        yield Served(port, writer, heard)
        status, _, _ = ask(port, b"GET /questions HTTP/1.1\r\nHost: localhost\r\n\r\n")
        if status != 200:
            raise Fault(f"the server answers {status} after all that")
    finally:
        server.should_exit = True
        thread.join(10)
        source.close()
