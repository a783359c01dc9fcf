"""Who may ask, and how answers go out: named as we are, safe for a browser, packed."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.endpoint.protocol import takes_gzip
from kg.endpoint.reconcile.counter import PREVIEW, is_ours
from kg.endpoint.workers import LEVEL, PACKED

#: Names of this machine for itself; the name in `Host`, with or without a port.
OURS = ("localhost", "127.0.0.1", "::1")
NAMED = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^:\[\]/@]+))(?::[0-9]{1,5})?", re.IGNORECASE)
#: What stands for all addresses among names: nobody can make an address mean another machine.
ADDRESSES = "*"
#: Headers of every answer.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
#: Who may show a preview in a frame: programs of this machine, as OpenRefine is.
FRAMES = ("http://127.0.0.1:*", "http://localhost:*")
#: Policies of a page, which brings one of its own, and of data: RDF/XML may hold elements that a
#: browser would take for scripts.
PAGE, DATA = "frame-ancestors 'none'", "default-src 'none'; frame-ancestors 'none'"


class Guard:
    """Add the headers of a safe answer to whatever an application answers.

    A page of another site that may not read an answer cannot have one worked out either, nor can
    one whose name was made to mean this machine.
    """

    def __init__(self, app: ASGIApp, names: Collection[str], cors: Sequence[str]) -> None:
        self.app = app
        self.names = names
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

        if told := self.refuse(Headers(scope=scope), scope):
            status, line = told
            await PlainTextResponse(f"{line}\n", status)(scope, receive, guard)
        else:
            await self.app(scope, receive, guard)

    def refuse(self, headers: Headers, scope: Scope) -> tuple[int, str] | None:
        """Return the status and the line that a request is refused with, if it is."""
        host = headers.get("host", "")
        if not is_named(host, self.names):
            return 400, f"this server is not called {host[:200]!r}; kg serve --name NAME lets it be"
        if self.shared or is_ours(scope) or headers.get("sec-fetch-mode") == "navigate":
            return None
        if is_foreign(headers.get("sec-fetch-site", ""), headers.get("origin", ""), host):
            return 403, "pages of other sites may not ask; kg serve --cors ORIGIN lets them"
        return None


def list_names(host: str, more: Sequence[str], *, loopback: bool) -> frozenset[str]:
    """Return the names by which a server at a host is reached.

    >>> sorted(list_names("127.0.0.1", ["kg.example"], loopback=True))
    ['127.0.0.1', '::1', 'kg.example', 'localhost']
    """
    names = {*OURS, *(name.lower() for name in more)}
    if not loopback:
        own = socket.gethostname().lower()
        names |= {ADDRESSES, own, f"{own}.local", host.lower()}
    return frozenset(names)


def is_named(host: str, names: Collection[str]) -> bool:
    """Tell whether a request's `Host` is one of some names.

    Any other is that of a page whose name was made to mean us.

    >>> [is_named(host, ["localhost"]) for host in ("LOCALHOST:80", "a.example", "10.0.0.1")]
    [True, False, False]
    >>> [is_named(host, ["*"]) for host in ("[::1]:80", "10.0.0.1", "a.example")]
    [True, True, False]
    """
    if (found := NAMED.fullmatch(host)) is None:
        return False
    name = (found[1] or found[2]).lower().rstrip(".")
    return name in names or (ADDRESSES in names and is_address(name))


def is_address(name: str) -> bool:
    """Tell whether a name is an address.

    >>> is_address("::1"), is_address("1.example")
    (True, False)
    """
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_foreign(site: str, origin: str, host: str) -> bool:
    """Tell whether a page of another site asks, by what its browser says of it.

    >>> is_foreign("cross-site", "", "localhost"), is_foreign("same-origin", "", "localhost")
    (True, False)
    >>> is_foreign("", "http://a.example", "localhost:80"), is_foreign("", "", "localhost:80")
    (True, False)
    """
    return site == "cross-site" if site else bool(origin) and urlsplit(origin).netloc != host


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
