"""What requests are answered from: the graph, its workers, the ontology and the pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.ask.questions import list_queries
from kg.endpoint.bodies import read_body
from kg.endpoint.drawn.drawings import Drawings
from kg.endpoint.drawn.page import draw_task, tell_drawing
from kg.endpoint.drawn.survey import communities_task, survey_task
from kg.endpoint.explorer.drawing import name_address
from kg.endpoint.explorer.reception import LONGEST, Reception, read_text
from kg.endpoint.explorer.words import choose_lang
from kg.endpoint.explorer.work import start_task
from kg.endpoint.explorer.writing import Writer
from kg.endpoint.faults import tell_fault
from kg.endpoint.glossary import ENDINGS, NAME, draw_ontology, read_file, write_turtle
from kg.endpoint.pages import draw_ask, list_questions
from kg.endpoint.pool import Pool, Source
from kg.endpoint.protocol import (
    HTML,
    ROWS,
    TRIPLES,
    Reply,
    choose_media,
    describe_service,
    list_media,
    negotiate,
    read_parameters,
    read_request,
    refuse,
    takes_gzip,
)
from kg.endpoint.reconcile.counter import Counter
from kg.endpoint.workers import Task, answer_task, pack_reply
from kg.errors import KgError
from kg.files.links import follow_links
from kg.graph.terms import digest

#: How many facts away from a name a drawing goes, and seconds until a reader is told that it comes.
DEEPEST, SOON = 9, 1.0


class Desk:
    """Hold what requests are answered from: the graph, the workers, and what they draw."""

    def __init__(
        self, source: Source, pool: Pool, *, writer: Writer | None = None, entail: bool = True
    ) -> None:
        self.source = source
        self.pool = pool
        self.writer = writer
        self.entail = entail
        self.closing: Callable[[], bool] = lambda: False
        self.drawings = Drawings(source, pool, lambda: self.closing())
        self.reception = Reception(self.run, read_body, graph=self.name_graph(), writer=writer)

    def routes(self) -> list[Route]:
        """Return where requests go."""
        return [
            Route("/ask", show_ask),
            Route("/sparql", self.answer_query, methods=["GET", "POST"]),
            Route("/questions", show_questions),
            Route("/questions/{name}", self.answer_question),
            Route("/explore", self.explore),
            Route("/communities", self.communities),
            Route("/ontology", show_ontology),
            Route("/ontology.{ending}", show_ontology),
            Route("/shapes.ttl", show_file),
            Route("/areas.ttl", show_file),
            Route("/context.jsonld", show_file),
            *Counter(self.run, read_body).routes(),
            *self.reception.routes(),
        ]

    def name_graph(self) -> str:
        """Return what tells this graph from another one that was served here."""
        return digest(str(follow_links(self.source.path)), 12)

    async def run(self, request: Request, work: Callable[..., Reply], *given: object) -> Response:
        """Run a task on the graph's folder as it is now.

        Who reads the page to start from is likely to want the graph drawn next: it is, meanwhile.
        """
        if work is start_task and is_reader(request):
            self.drawings.begin((draw_task, "", 1, lang_of(request)), ahead=True)
        async with self.source.read() as folder:
            return await self.work(request, work, folder, *given)

    async def work(self, request: Request, work: Callable[..., Reply], *given: object) -> Response:
        """Let a worker do a task, and pack what comes of it for who takes that."""
        packed = takes_gzip(request.headers.get("accept-encoding", ""))
        reply = await self.pool.run(self.is_gone(request), pack_reply, packed, work, *given)
        return respond(reply, request)

    async def answer_query(self, request: Request) -> Response:
        """Answer a query, or describe the service where there is none."""
        if request.method != "POST" and not request.url.query:
            return describe(request)
        body = await read_body(request)
        post = request.method == "POST"
        content_type = request.headers.get("content-type", "") if post else None
        asked = read_request(request.url.query, body, content_type)
        rows, triples = choose(asked.form, request)
        async with self.source.read() as folder:
            task = Task(folder, asked.query, rows, triples, graphs=asked.graphs, entail=self.entail)
            return await self.work(request, answer_task, task)

    async def answer_question(self, request: Request) -> Response:
        """Answer a ready question."""
        name = request.path_params["name"]
        question = next((one for one in list_queries() if one.name == name), None)
        if question is None:
            raise HTTPException(404, "no such question; /questions lists all")
        given = {n: value for n, value in read_parameters(request.url.query) if value.strip()}
        rows, triples = choose(given.pop("format", ""), request)
        if wrong := given.keys() - {*question.parameters}:
            told = ", ".join(question.parameters)
            raise HTTPException(400, f"{name} takes no '{min(wrong)}'; it takes {told}")
        async with self.source.read() as folder:
            task = Task(folder, name, rows, triples, given)
            return await self.work(request, answer_task, task)

    async def explore(self, request: Request) -> Response:
        """Show the graph drawn, or what is around a name; a reader is soon told that it comes."""
        focus = request.query_params.get("focus", "").strip()
        depth = request.query_params.get("depth", "") or "1"
        if not (depth.isdecimal() and 1 <= int(depth) <= DEEPEST):
            raise HTTPException(400, f"the depth is a number from 1 to {DEEPEST}")
        lang, patience = lang_of(request), SOON if is_reader(request) else None
        drawn = await self.drawings.wait((draw_task, focus, int(depth), lang), patience)
        return respond(drawn or tell_drawing(lang, name_address(request)), request)

    async def communities(self, request: Request) -> Response:
        """Show the communities, or that of a thing; a reader is soon told that they come."""
        of, patience = read_text(request, "of", LONGEST), SOON if is_reader(request) else None
        survey = await self.drawings.wait((survey_task,), patience)
        if survey and survey.status == 200:
            return await self.reception.tell(request, communities_task, survey.body, of)
        coming = tell_drawing(lang_of(request), name_address(request), groups=True)
        return respond(survey or coming, request)

    def is_gone(self, request: Request) -> Callable[[], Awaitable[bool]]:
        """Return what tells whether nobody waits for an answer any more."""

        async def is_gone() -> bool:
            return self.closing() or await request.is_disconnected()

        return is_gone

    async def tell_fault(self, request: Request, error: Exception) -> Response:
        """Say in one line what is wrong."""
        if isinstance(error, HTTPException):
            usual = {
                "Not Found": "nothing is here; see /",
                "Method Not Allowed": f"{request.method} is not for this address",
            }
            line = usual.get(error.detail, error.detail)
            return respond(refuse(error.status_code, line), request, error.headers)
        if isinstance(error, KgError):
            said = str(error).replace(str(self.source.path), self.source.path.name)
            return respond(refuse(503, said), request)
        return respond(refuse(500, "a fault of the server; its log says more"), request)


def lang_of(request: Request) -> str:
    """Return the language that an address names, or else the one that a client likes best."""
    accepted = request.headers.get("accept-language", "")
    return choose_lang(request.query_params.get("lang", ""), accepted)


def is_reader(request: Request) -> bool:
    """Tell whether a person's browser asks, to show what comes."""
    return request.headers.get("sec-fetch-dest") == "document"


def choose(form: str, request: Request) -> tuple[str, str]:
    """Choose media types for rows and for triples; raise HTTPException where none would do."""
    media = choose_media(form, accept_of(request))
    if not any(media):
        raise HTTPException(406, f"answers come in {list_media(ROWS)}, {list_media(TRIPLES)}")
    return media


def accept_of(request: Request) -> str:
    """Return what media types a client accepts."""
    return ", ".join(request.headers.getlist("accept"))


def respond(
    reply: Reply, request: Request | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a reply as a response; a fault is told as who requests it reads it."""
    reply = tell_fault(request, reply) if request else reply
    found = Response(reply.body, reply.status, headers)
    found.headers["Content-Type"] = reply.kind
    if reply.packed:
        found.headers["Content-Encoding"] = "gzip"
        found.headers.add_vary_header("Accept-Encoding")
    if reply.status == 503:
        found.headers["Retry-After"] = "5"
    return found


def describe(request: Request) -> Response:
    """Describe the service; a browser is shown the page to ask on."""
    kind = choose_ending(request)
    if kind == "html":
        return RedirectResponse("ask", 303)
    turtle = describe_service(quote(str(request.url.replace(query="")), safe=":/[]")).encode()
    return respond(write_turtle(turtle, kind))


def choose_ending(request: Request) -> str:
    """Choose what a client reads Turtle as; raise HTTPException."""
    kind = negotiate(accept_of(request), [*ENDINGS.values()])
    if not kind:
        raise HTTPException(406, f"this comes in {', '.join(ENDINGS.values())}")
    return next(ending for ending, it in ENDINGS.items() if it == kind)


def show_ask(request: Request) -> Response:
    """Show the page to ask on."""
    return respond(Reply(200, HTML, draw_ask().encode()))


def show_questions(request: Request) -> Response:
    """List the ready questions."""
    return JSONResponse(list_questions())


def show_ontology(request: Request) -> Response:
    """Show the ontology as the address says, or else as the client likes best."""
    ending = request.path_params.get("ending") or choose_ending(request)
    if ending not in ENDINGS:
        raise HTTPException(404)
    if ending == "html":
        page = Reply(200, HTML, draw_ontology(lang_of(request)).encode())
        return respond(page, headers={"Vary": "Accept, Accept-Language"})
    return respond(write_turtle(read_file(NAME), ending))


def show_file(request: Request) -> Response:
    """Show another file of the ontology's folder."""
    name = request.url.path.lstrip("/")
    media = ENDINGS[name.rpartition(".")[2]]
    return respond(Reply(200, f"{media}; charset=utf-8", read_file(name)))
