"""Where requests to the reconciliation service go, and who may send them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.endpoint.protocol import FORM, Reply, decode, read_parameters
from kg.endpoint.reconcile.manifest import (
    propose_properties,
    suggest_kinds,
    suggest_properties,
)
from kg.endpoint.reconcile.work import (
    manifest_task,
    preview_task,
    reconcile_task,
    suggest_task,
)

PATH, PREVIEW = "/reconcile", "/reconcile/preview"
#: Pages that programs of this machine show, as OpenRefine does: they may ask without being told.
LOOPBACK = re.compile(r"https?://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?")
#: Runs a task on the graph and gives its response.
Run = Callable[..., Any]
#: Reads a request's body.
Body = Callable[[Request], Any]


class Counter:
    """Answer the Reconciliation API with what `run` does on the graph."""

    def __init__(self, run: Run, read_body: Body) -> None:
        self.run = run
        self.read_body = read_body

    def routes(self) -> list[Route]:
        """Return where requests go."""
        return [
            Route(PATH, self.answer, methods=["GET", "POST"]),
            Route(f"{PATH}/", self.answer, methods=["GET", "POST"]),
            Route(PREVIEW, self.preview),
            Route(f"{PATH}/properties", propose),
            Route(f"{PATH}/suggest/entity", self.suggest),
            Route(f"{PATH}/suggest/type", suggest_type),
            Route(f"{PATH}/suggest/property", suggest_property),
        ]

    async def answer(self, request: Request) -> Response:
        """Answer a batch of queries or extend a table; tell of the service where neither is."""
        given = read_parameters(request.url.query)
        if request.method == "POST":
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind != FORM:
                raise HTTPException(415, f"queries come by POST as {FORM}")
            given += read_parameters(decode(await self.read_body(request)))
        asked = [(name, text) for name, text in given if name in ("queries", "extend")]
        if len(asked) > 1:
            raise HTTPException(400, "give one of 'queries' and 'extend', once")
        if asked:
            return await self.tell(request, reconcile_task, *asked[0])
        if request.method == "POST":
            raise HTTPException(400, "neither 'queries' nor 'extend' in the form")
        return await self.tell(request, manifest_task, str(request.base_url))

    async def preview(self, request: Request) -> Response:
        """Show a thing."""
        return await self.tell(request, preview_task, request.query_params.get("id", ""))

    async def suggest(self, request: Request) -> Response:
        """Suggest things."""
        prefix, kind = (request.query_params.get(name, "") for name in ("prefix", "type"))
        return await self.tell(request, suggest_task, prefix, kind, read_skip(request))

    async def tell(self, request: Request, task: Callable[..., Reply], *given: object) -> Response:
        """Run a task on the graph and return its response."""
        response: Response = await self.run(request, task, *given)
        return response


def read_skip(request: Request, name: str = "cursor") -> int:
    """Return how many suggestions are to be skipped; raise HTTPException for what is no number."""
    told = request.query_params.get(name, "") or "0"
    if not (told.isascii() and told.isdecimal() and len(told) < 9):
        raise HTTPException(400, f"'{name}' is a number")
    return int(told)


def suggest_type(request: Request) -> Response:
    """Suggest classes."""
    prefix = request.query_params.get("prefix", "")
    return JSONResponse({"result": suggest_kinds(prefix, read_skip(request))})


def suggest_property(request: Request) -> Response:
    """Suggest properties."""
    prefix = request.query_params.get("prefix", "")
    return JSONResponse({"result": suggest_properties(prefix, read_skip(request))})


def propose(request: Request) -> Response:
    """Propose properties to extend a table by."""
    kind = request.query_params.get("type", "")
    return JSONResponse(propose_properties(kind, read_skip(request, "limit")))


def is_ours(scope: Scope) -> bool:
    """Tell whether a request is to this service, from a page of a program of this machine.

    >>> is_ours({"path": "/reconcile", "headers": [(b"origin", b"http://127.0.0.1:3333")]})
    True
    >>> is_ours({"path": "/sparql", "headers": [(b"origin", b"http://127.0.0.1:3333")]})
    False
    """
    origin = Headers(raw=scope["headers"]).get("origin", "")
    return is_path(scope["path"]) and LOOPBACK.fullmatch(origin) is not None


def is_path(path: str) -> bool:
    """Tell whether a path is one of this service.

    >>> is_path("/reconcile/preview"), is_path("/reconciled")
    (True, False)
    """
    return path == PATH or path.startswith(f"{PATH}/")


class Shared:
    """Let pages of others read answers: of this service those of this machine, and who is named."""

    def __init__(self, app: ASGIApp, cors: Sequence[str]) -> None:
        told: dict[str, Any] = {
            "allow_origins": [*cors],
            "allow_methods": ["GET", "POST"],
            "allow_headers": ["Accept", "Content-Type"],
        }
        self.here = CORSMiddleware(app, allow_origin_regex=LOOPBACK.pattern, **told)
        self.rest: ASGIApp = CORSMiddleware(app, **told) if cors else app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        here = scope["type"] == "http" and is_path(scope["path"])
        await (self.here if here else self.rest)(scope, receive, send)
