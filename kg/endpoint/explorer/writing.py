"""Decisions that pages send: who may, and a process of its own that writes them."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from concurrent.futures import BrokenExecutor
from functools import partial
from pathlib import Path

from pebble import ProcessExpired, ProcessPool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.endpoint.crew import Crew, make_context
from kg.errors import KgError
from kg.who.judging import Judged, decide, take_back, whoami

#: What a form may decide, and the cells that it gives.
KINDS = ("same", "different", "wrong", "undo")
CELLS = ("left", "right", "in", "relation", "value", "why")


class Writer:
    """Write decisions on a store, one at a time, for who has the token.

    The token comes once in an address; then it is a cookie that no script reads and no other site
    sends, and a page that the cookie asks for has a key of it in its forms.
    """

    def __init__(self, store: Path, *, by: str = "", decisions: Path | None = None) -> None:
        self.store = store
        self.by = by or whoami()
        self.decisions = decisions
        self.token = secrets.token_urlsafe(24)
        self.lock = asyncio.Lock()
        # A process of its own for each decision, so that its memory goes back when it is done.
        self.crew = Crew(partial(ProcessPool, 1, 1, context=make_context()))

    def close(self) -> None:
        """Stop writing."""
        self.crew.close()

    @property
    def key(self) -> str:
        """Return what the forms of pages hold."""
        return hmac.new(self.token.encode(), b"form", hashlib.sha256).hexdigest()

    def may(self, request: Request) -> bool:
        """Tell whether a request comes from who has the token."""
        return is_same(request.cookies.get(name_cookie(request), ""), self.token)

    def is_token(self, told: str) -> bool:
        """Tell whether a text is the token."""
        return is_same(told, self.token)

    def welcome(self, request: Request, response: Response) -> Response:
        """Let a browser keep the token."""
        response.set_cookie(
            name_cookie(request), self.token, httponly=True, samesite="strict", path="/"
        )
        return response

    def check(self, request: Request, form: Mapping[str, str]) -> None:
        """Raise HTTPException unless a form comes from a page of ours, for who has the token."""
        host = request.headers.get("host", "")
        origin = request.headers.get("origin")
        ours = f"{request.url.scheme}://{host}"
        site = request.headers.get("sec-fetch-site")
        if (origin is None and site is None) or origin not in (None, ours):
            raise HTTPException(403, "decisions come from the forms of this server's own pages")
        if site not in (None, "same-origin"):
            raise HTTPException(403, "pages of other sites may not decide")
        if not self.may(request) or not is_same(form.get("key", ""), self.key):
            told = "open the address with the token that kg serve --write has printed"
            raise HTTPException(403, told)

    async def decide(self, form: Mapping[str, str]) -> Judged:
        """Take a decision, or take one back; raise KgError."""
        kind = form.get("is", "")
        if kind not in KINDS:
            raise HTTPException(400, f"'is' is one of {', '.join(KINDS)}")
        cells = {name: form.get(name, "") for name in CELLS} | {"is": kind, "by": self.by}
        async with self.lock:
            try:
                task = self.crew.schedule(write, self.store, cells, self.decisions)
                return await asyncio.wrap_future(task)
            except (ProcessExpired, BrokenExecutor) as error:
                told = "was stopped; let the store follow its decisions with: kg resolve"
                raise KgError(f"{self.store}: {told}") from error


def is_same(told: str, secret: str) -> bool:
    """Tell whether a text is a secret, in the same time for all.

    >>> is_same("a", "a"), is_same("é", "a")
    (True, False)
    """
    return hmac.compare_digest(told.encode(), secret.encode())


def name_cookie(request: Request) -> str:
    """Return the name of a server's cookie: browsers share cookies between ports."""
    return f"kg-{request.url.port or 80}"


def write(store: Path, cells: Mapping[str, str], decisions: Path | None) -> Judged:
    """Take a decision, or take one back, in a process of its own."""
    if cells["is"] == "undo":
        gone, outcome = take_back(store, cells["left"], cells["right"], decisions)
        return Judged(gone, store, outcome)
    return decide(store, cells, decisions)
