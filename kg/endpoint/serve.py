"""A graph on HTTP, for this machine alone unless one says otherwise."""

from __future__ import annotations

import ipaddress
import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.endpoint.connections import Lines
from kg.endpoint.desk import Desk
from kg.endpoint.explorer.writing import Writer
from kg.endpoint.pool import Pool, Source
from kg.endpoint.protocol import takes_gzip
from kg.endpoint.reconcile.counter import PREVIEW, Shared, is_ours
from kg.endpoint.workers import LEVEL, PACKED
from kg.errors import KgError
from kg.store.given.read import AS_IT_IS, Given

#: Names of this machine. Any other in `Host` is that of a page whose name was made to mean us.
OURS = ("localhost", "127.0.0.1", "[::1]", "::1")
#: Headers of every answer.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
#: Connections that may wait to be seen: more at once than files may be open would stop all.
BACKLOG = 64
#: Policies of a page, which brings one of its own, and of data: RDF/XML may hold elements that a
#: browser would take for scripts.
#: Who may show a preview in a frame: programs of this machine, as OpenRefine is.
FRAMES = ("http://127.0.0.1:*", "http://localhost:*")
PAGE, DATA = "frame-ancestors 'none'", "default-src 'none'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class Service:
    """Hold a server that listens: its address, and how to run it until it is told to end.

    `token` lets a browser decide; it is '' where nobody may.
    """

    address: str
    server: uvicorn.Server
    socket: socket.socket
    token: str = ""

    def run(self) -> None:
        """Answer requests until a signal ends it, which is raised as KeyboardInterrupt."""
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as nohup wants it
            end = partial(self.server.handle_exit, signal.SIGINT)
            signal.signal(signal.SIGHUP, lambda _, frame: end(frame))
        self.server.run(sockets=[self.socket])


class Guard:
    """Add the headers of a safe answer to whatever an application answers.

    A page of another site that may not read an answer cannot have one worked out either.
    """

    def __init__(self, app: ASGIApp, cors: Sequence[str]) -> None:
        self.app = app
        self.shared = bool(cors)
        self.frames = f"frame-ancestors {' '.join((*FRAMES, *cors))}"
        # Who may be read by pages of others may be embedded by them too.
        self.headers = HEADERS | {
            "Cross-Origin-Resource-Policy": "cross-origin" if cors else "same-origin"
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""

        async def guard(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.headers)
                headers.add_vary_header("Accept")
                page = headers.get("content-type", "").startswith("text/html")
                headers["Content-Security-Policy"] = PAGE if page else DATA
                if page and scope["path"] == PREVIEW:
                    headers["Content-Security-Policy"] = self.frames
                    del headers["X-Frame-Options"]
            await send(message)

        headers = Headers(scope=scope)
        foreign = headers.get("sec-fetch-site") == "cross-site" and not is_ours(scope)
        if foreign and not self.shared and headers.get("sec-fetch-mode") != "navigate":
            told = "pages of other sites may not ask; kg serve --cors ORIGIN lets them\n"
            await PlainTextResponse(told, 403)(scope, receive, guard)
        else:
            await self.app(scope, receive, guard)


class Packer:
    """Pack what is long for who takes gzip, and for nobody who refuses it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = GZipMiddleware(app, minimum_size=PACKED, compresslevel=LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        name = b"accept-encoding"
        told = ", ".join(Headers(scope=scope).getlist(name.decode()))
        headers = [one for one in scope["headers"] if one[0] != name]
        headers += [(name, b"gzip")] * takes_gzip(told)
        await self.app({**scope, "headers": headers}, receive, send)


@contextmanager
def open_service(
    graph: str,
    *,
    host: str,
    port: int,
    timeout: float,
    cors: Sequence[str],
    writer: Writer | None = None,
    entail: bool = True,
    given: Given = AS_IT_IS,
) -> Iterator[Service]:
    """Open a graph's file or store to requests; raise KgError where that cannot be.

    Port 0 is any that is free. In the end, all processes and temporary folders are gone. Where
    there is a writer, pages take decisions.
    """
    if graph == "-":
        raise KgError("kg serve: reads no standard input; give a file or a store's folder")
    if writer and not Path(graph).is_dir():
        raise KgError(f"kg serve --write: {graph} is no store; decisions go with a store's folder")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    listener = listen(host, port)
    with closing(listener), closing(Source(Path(graph), given)) as source:
        source.check()
        with closing(Pool(Path(graph), timeout)) as pool:
            desk = Desk(source, pool, writer=writer, entail=entail)
            loopback = is_loopback(listener.getsockname()[0])
            if writer and not loopback:
                raise KgError(f"kg serve --write: {host} lets others in; leave --host out")
            app = make_app(desk, hosts=OURS if loopback else (), cors=cors)
            server = uvicorn.Server(configure(app))
            desk.closing = lambda: server.should_exit
            address, token = f"http://{name_address(listener)}/", writer.token if writer else ""
            yield Service(address, server, listener, token)


def listen(host: str, port: int) -> socket.socket:
    """Listen at an address; raise KgError where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host.strip("[]"), port), family=family, backlog=256)
    except (OSError, OverflowError) as error:
        said = (getattr(error, "strerror", None) or str(error)).partition(" (")[0]
        told = "give another --port or --host"
        raise KgError(f"cannot listen at {host}:{port}: {said}; {told}") from error
    # asyncio does not see that the socket is of TCP, and 40 ms would pass before each body.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def is_loopback(address: str) -> bool:
    """Tell whether an address is this machine's own, which no other can reach.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    return ipaddress.ip_address(address).is_loopback


def name_address(listener: socket.socket) -> str:
    """Return the name and port that reach a socket from this machine."""
    host, port = listener.getsockname()[:2]
    if ipaddress.ip_address(host).is_unspecified:
        host = "::1" if ":" in host else "127.0.0.1"
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def configure(app: Starlette) -> uvicorn.Config:
    """Return how the server runs: quiet, without connections that hold it up, soon at its end."""
    lines = Lines()
    return uvicorn.Config(
        app,
        http=lines.open,  # type: ignore[arg-type]
        callback_notify=lines.sweep,
        timeout_notify=1,
        backlog=BACKLOG,
        log_level="error",
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=2,
    )


def make_app(desk: Desk, *, hosts: Sequence[str], cors: Sequence[str]) -> Starlette:
    """Make the application: routes, faults in one line, and who may ask."""
    layers = [
        Middleware(Packer),
        Middleware(Guard, cors=cors),
    ]
    if hosts:
        layers.append(Middleware(TrustedHostMiddleware, allowed_hosts=[*hosts], www_redirect=False))
    layers.append(Middleware(Shared, cors=cors))
    faults = dict.fromkeys((HTTPException, KgError, Exception), desk.tell_fault)
    app = Starlette(routes=desk.routes(), middleware=layers, exception_handlers=faults)
    app.router.redirect_slashes = False
    return app
