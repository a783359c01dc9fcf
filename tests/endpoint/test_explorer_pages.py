"""Pages of the explorer as a worker draws them, without a server."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from press import press_readings
from servers import fill_store
from starlette.requests import Request

from kg.endpoint.explorer.drawing import Asked
from kg.endpoint.explorer.judged.listing import decisions_task, suspects_task
from kg.endpoint.explorer.press.news import article_task, news_task
from kg.endpoint.explorer.work import claim_task, search_task, start_task
from kg.endpoint.faults import tell_fault
from kg.endpoint.protocol import Reply, refuse
from kg.endpoint.workers import load_file
from kg.exports.syntaxes import write_ttl
from kg.graph.rdf import build_graph
from kg.model import Article, Entity, Fact, Reading
from kg.who.judging import decide
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


def test_suspects_are_listed_until_they_are_judged_and_decisions_then(tmp_path: Path) -> None:
    def say(name: str) -> Reading:
        ends = Entity(name, "Company"), Entity("Quessart", "Company")
        text = f"{name} et Quessart sont partenaires."
        fact = Fact(ends[0], "partnerOf", ends[1], evidence=((0, len(text)),))
        return Reading(Article(name, text, published="2020-01-01"), ends, (fact,))

    path = fill_store(tmp_path / "news", say("Valmontane Énergie"), say("Valmontanne Énergie"))
    follow_book(path)
    may = Asked("fr", key="k")
    page = suspects_task(str(path), may)
    assert "Valmontane Énergie = Valmontanne Énergie" in plain(page)
    assert 'name="is" value="different"' in body(page)
    assert "1 paire" in plain(page)
    left, right = "org:Valmontane Énergie", "org:Valmontanne Énergie"
    decide(path, {"left": left, "is": "different", "right": right, "by": "ana"})
    assert "0 paire" in plain(suspects_task(str(path), may))
    listed = plain(decisions_task(str(path), FRENCH))
    assert "Valmontane Énergie n’est pas la même chose que Valmontanne Énergie" in listed
    assert "ana" in listed


def test_a_claim_leads_to_its_article_and_dates_are_labelled(news: str) -> None:
    page = body(news_task(news, FRENCH, ""))
    claim = unquote(re.findall(r'href="claim\?of=([^"&]*)"', page)[0])
    told = claim_task(news, FRENCH, claim)
    assert re.search(r"dit en dernier le\s+\d+ \w+ 20\d\d", plain(told))
    article = unquote(re.findall(r'href="article\?of=([^"&]*)"', body(told))[0])
    words = plain(article_task(news, FRENCH, article))
    assert f'href="claim?of={quote(claim, safe="")}"' in body(article_task(news, FRENCH, article))
    assert "Affirmations" in words
    dated = r"articles datés du \d+ \w+ \d{4} au \d+ \w+ \d{4}"
    assert re.search(dated, plain(start_task(news, FRENCH)))


def test_what_is_typed_is_quoted_as_the_language_does(news: str) -> None:
    assert "« zzz »" in plain(search_task(news, FRENCH, "zzz"))
    assert "“zzz”" in plain(search_task(news, ENGLISH, "zzz"))
