"""Where requests to the explorer go."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg.ask.questions import PARAMETERS
from kg.endpoint.explorer.alike import alike_task
from kg.endpoint.explorer.drawing import Asked, draw, name_address
from kg.endpoint.explorer.judged.listing import decisions_task, suspects_task
from kg.endpoint.explorer.press.news import article_task, news_task
from kg.endpoint.explorer.ready.questions import question_task
from kg.endpoint.explorer.words import choose_lang
from kg.endpoint.explorer.work import (
    claim_task,
    claims_task,
    names_task,
    search_task,
    start_task,
    thing_task,
)
from kg.endpoint.explorer.writing import Writer
from kg.endpoint.protocol import FORM, decode, read_parameters
from kg.errors import KgError

#: Letters that what is typed may have, and an IRI.
TYPED, LONGEST = 200, 4_000
#: What 'since' may be: how many articles had come, or a date.
SINCE = re.compile(r"\d{1,9}|\d{4}-\d\d-\d\d", re.ASCII)
#: Runs a task on the graph and gives its response; reads a request's body.
Run = Callable[..., Any]
Body = Callable[[Request], Any]


class Reception:
    """Answer requests for pages of the explorer, and take decisions where a writer is there."""

    def __init__(self, run: Run, read_body: Body, *, graph: str, writer: Writer | None) -> None:
        self.run = run
        self.read_body = read_body
        self.graph = graph
        self.writer = writer

    def routes(self) -> list[Route]:
        """Return where requests go."""
        return [
            Route("/", self.start),
            Route("/names", self.names),
            Route("/search", self.search),
            Route("/thing", self.thing),
            Route("/claims", self.claims),
            Route("/claim", self.claim),
            Route("/news", self.news),
            Route("/article", self.article),
            Route("/alike", self.alike),
            Route("/question", self.question),
            Route("/suspects", self.suspects),
            Route("/decisions", self.decisions),
            Route("/decide", self.decide, methods=["POST"]),
        ]

    def ask(self, request: Request) -> Asked:
        """Return how a page is asked for."""
        lang = request.query_params.get("lang", "")
        writer = self.writer
        may = writer is not None and writer.may(request)
        return Asked(
            choose_lang(lang, request.headers.get("accept-language", "")),
            bool(lang),
            read_number(request, "skip"),
            name_address(request),
            writer.key if writer and may else "",
            writer.by if writer and may else "",
            self.graph,
        )

    async def tell(self, request: Request, task: Callable[..., Any], *given: object) -> Response:
        """Run a task for a page, and go where it leads to."""
        response: Response = await self.run(request, task, self.ask(request), *given)
        if response.status_code == 303:
            return RedirectResponse(bytes(response.body).decode(), 303)
        response.headers["Vary"] = "Accept-Language, Cookie"
        return response

    async def start(self, request: Request) -> Response:
        """Show the page to start from; who brings the token may decide from now on."""
        told = request.query_params.get("token", "")
        if told and self.writer and self.writer.is_token(told):
            return self.writer.welcome(request, RedirectResponse(self.ask(request).address, 303))
        return await self.tell(request, start_task)

    async def names(self, request: Request) -> Response:
        """Suggest names."""
        return await self.tell(request, names_task, read_text(request, "q", TYPED))

    async def search(self, request: Request) -> Response:
        """Look for a name."""
        typed = read_text(request, "q", LONGEST)
        return await self.tell(request, search_task, typed)

    async def thing(self, request: Request) -> Response:
        """Show a thing."""
        return await self.tell(request, thing_task, read_text(request, "of", LONGEST))

    async def claims(self, request: Request) -> Response:
        """Show what is said of a thing, of one kind."""
        of, section = read_text(request, "of", LONGEST), read_text(request, "section", TYPED)
        return await self.tell(request, claims_task, of, section)

    async def claim(self, request: Request) -> Response:
        """Show a claim and who says it."""
        of = read_text(request, "of", LONGEST)
        return await self.tell(request, claim_task, of)

    async def news(self, request: Request) -> Response:
        """Show what is new."""
        since = read_text(request, "since", TYPED)
        if since and not SINCE.fullmatch(since):
            raise HTTPException(400, "'since' is a number of articles, or a date: 2024-05-31")
        return await self.tell(request, news_task, since)

    async def article(self, request: Request) -> Response:
        """Show an article and what it claims."""
        return await self.tell(request, article_task, read_text(request, "of", LONGEST))

    async def alike(self, request: Request) -> Response:
        """Show what may be the same as a thing."""
        return await self.tell(request, alike_task, read_text(request, "of", LONGEST))

    async def suspects(self, request: Request) -> Response:
        """Show which names may be one thing."""
        return await self.tell(request, suspects_task)

    async def decisions(self, request: Request) -> Response:
        """Show what was decided."""
        return await self.tell(request, decisions_task)

    async def question(self, request: Request) -> Response:
        """Show a ready question with its form and its answer."""
        given = {name: read_text(request, name, LONGEST) for name in PARAMETERS}
        return await self.tell(request, question_task, read_text(request, "ask", TYPED), given)

    async def decide(self, request: Request) -> Response:
        """Take a decision that a form sends."""
        if self.writer is None:
            raise HTTPException(403, "only reading; kg serve STORE --write takes decisions")
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != FORM:
            raise HTTPException(415, f"a decision comes by POST as {FORM}")
        form = dict(read_parameters(decode(await self.read_body(request))))
        self.writer.check(request, form)
        asked = self.ask(request)
        back = form.get("of", "")
        try:
            judged, fault = await self.writer.decide(form), ""
        except KgError as error:
            judged, fault = None, str(error)
        undone = form["is"] == "undo"
        status = 409 if fault else 200
        reply = draw(
            "decided", asked, status=status, judged=judged, fault=fault, undone=undone, back=back
        )
        return Response(reply.body, reply.status, media_type=reply.kind)


def read_text(request: Request, name: str, most: int) -> str:
    """Return a parameter, '' where there is none; raise HTTPException for one that is too long."""
    told = request.query_params.get(name, "").strip()
    if len(told) > most:
        raise HTTPException(400, f"'{name}' is longer than {most} characters")
    return told


def read_number(request: Request, name: str) -> int:
    """Return how much is to be skipped; raise HTTPException for what is no number."""
    told = request.query_params.get(name, "") or "0"
    if not (told.isascii() and told.isdecimal() and len(told) < 9):
        raise HTTPException(400, f"'{name}' is a number")
    return int(told)
