"""Faults as whoever asks reads them: a browser a page, others a line, in their language."""

from __future__ import annotations

from starlette.requests import Request

from kg.endpoint.explorer.drawing import Asked, draw, name_address
from kg.endpoint.explorer.ready.questions import Answered, draw_question, find_question
from kg.endpoint.explorer.words import choose_lang
from kg.endpoint.lines import tell_line
from kg.endpoint.protocol import TEXT, Reply, refuse

#: The status from which on a reply is a fault.
FAULT = 400


def tell_fault(request: Request, reply: Reply) -> Reply:
    """Return a fault for who asks: as a page for a person's browser, else as a line.

    A ready question keeps its form, in which one can ask for less. Who does not say which language
    it likes is told in English.
    """
    if reply.status < FAULT or reply.kind != TEXT:
        return reply
    line = reply.body.decode("utf-8", "replace").strip()
    lang, accepted = request.query_params.get("lang", ""), request.headers.get("accept-language")
    asked = choose_lang(lang, f"{accepted or ''}, en;q=0")
    if "text/html" in request.headers.get("accept", ""):
        page = Asked(asked, bool(lang), address=name_address(request))
        question = find_question(request.query_params.get("ask", ""))
        if question and request.url.path == "/question":
            told = {it: request.query_params.get(it, "") for it in question.parameters}
            return draw_question(
                page, question, told, found=Answered(), fault=line, status=reply.status
            )
        return draw("fault", page, status=reply.status, fault=line)
    return refuse(reply.status, tell_line(line, asked))
