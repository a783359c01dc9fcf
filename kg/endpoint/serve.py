"""A graph on HTTP, for this machine alone unless one says otherwise."""

from __future__ import annotations

import ipaddress
import signal
import socket
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from kg.endpoint.connections import Lines
from kg.endpoint.desk import Desk
from kg.endpoint.explorer.writing import Writer
from kg.endpoint.guard import Guard, Packer, list_names
from kg.endpoint.pool import Pool, Source
from kg.endpoint.reconcile.counter import Shared
from kg.errors import KgError
from kg.store.given.read import AS_IT_IS, Given

#: Connections that may wait to be seen: more at once than files may be open would stop all.
BACKLOG = 64


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


@contextmanager
def open_service(
    graph: str,
    *,
    host: str,
    port: int,
    timeout: float,
    cors: Sequence[str],
    names: Sequence[str] = (),
    writer: Writer | None = None,
    entail: bool = True,
    given: Given = AS_IT_IS,
) -> Iterator[Service]:
    """Open a graph's file or store to requests; raise KgError where that cannot be.

    Port 0 is any that is free. `names` are others by which it is reached. In the end, all processes
    and temporary folders are gone. Where there is a writer, pages take decisions.
    """
    if graph == "-":
        raise KgError("kg serve: reads no standard input; give a file or a store's folder")
    if writer and not Path(graph).is_dir():
        raise KgError(f"kg serve --write: {graph} is no store; decisions go with a store's folder")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    listener = listen(host, port)
    loopback = is_loopback(listener.getsockname()[0])
    if writer and not loopback:  # told before anything is begun
        listener.close()
        raise KgError(f"kg serve --write: {host} lets others in; leave --host out")
    with closing(listener), closing(Source(Path(graph), given)) as source:
        source.check()
        with closing(Pool(Path(graph), timeout)) as pool:
            desk = Desk(source, pool, writer=writer, entail=entail)
            app = make_app(desk, names=list_names(host, names, loopback=loopback), cors=cors)
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


def make_app(desk: Desk, *, names: Collection[str], cors: Sequence[str]) -> Starlette:
    """Make the application: routes, faults in one line, and who may ask."""
    layers = [
        Middleware(Packer),
        Middleware(Guard, names=names, cors=cors),
        Middleware(Shared, cors=cors),
    ]
    faults = dict.fromkeys((HTTPException, KgError, Exception), desk.tell_fault)
    app = Starlette(routes=desk.routes(), middleware=layers, exception_handlers=faults)
    app.router.redirect_slashes = False
    return app
