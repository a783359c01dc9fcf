"""Pages of the explorer as a worker draws them, without a server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from press import press_readings
from servers import fill_store
from starlette.requests import Request

from kg.endpoint.explorer.drawing import Asked
from kg.endpoint.explorer.work import start_task
from kg.endpoint.faults import tell_fault
from kg.endpoint.protocol import Reply, refuse
from kg.endpoint.workers import load_file
from kg.exports.syntaxes import write_ttl
from kg.graph.rdf import build_graph
from kg.who.view.beside import follow_book

FRENCH, ENGLISH = Asked("fr"), Asked("en")


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = fill_store(tmp_path_factory.mktemp("pages") / "news", *press_readings())
    follow_book(path)
    return str(path)


def body(reply: Reply) -> str:
    """Return what stands between a page's style and its script."""
    html = reply.body.decode()
    return html.partition("</style>")[2].partition("<script>")[0]


def plain(reply: Reply) -> str:
    """Return the words of a page, with single spaces."""
    return re.sub(r"[ \n\xa0\u202f]+", " ", re.sub(r"<[^>]*>", "", body(reply))).strip()


def test_a_file_of_one_article_has_claims_to_show(tmp_path: Path) -> None:
    """An article alone is said by one voice, and is no empty page."""
    file, folder = tmp_path / "graph.ttl", tmp_path / "store"
    file.write_text(write_ttl(build_graph(press_readings()[:1])), encoding="utf-8")
    load_file(str(file), str(folder))
    words = plain(start_task(str(folder), FRENCH))
    assert "Aucune affirmation" not in words
    assert re.search(r"\b[1-9]\d* affirmations", words)


def ask(path: str, query: str = "") -> Request:
    """Return what a browser of a Frenchman asks for."""
    headers = [(b"accept", b"text/html"), (b"accept-language", b"fr")]
    told = {"path": path, "query_string": query.encode(), "headers": headers}
    return Request({"type": "http", "method": "GET", "server": ("a", 80), "scheme": "http", **told})


def test_a_question_that_takes_too_long_keeps_its_form() -> None:
    late = refuse(503, "the query ran for 10 s and was stopped; ask for less")
    page = tell_fault(ask("/question", "ask=disagreements&of=Hexo"), late)
    assert page.status == 503
    assert "la requête a duré 10 s" in body(page).lower()
    assert 'name="of" value="Hexo"' in body(page)
    assert 'href="./"' in body(tell_fault(ask("/thing"), late))
