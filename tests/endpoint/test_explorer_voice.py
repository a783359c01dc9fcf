"""One voice in `kg serve`: its pages use the words of the list, and each is of one language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from press import press_readings
from servers import fill_store
from test_voice import find_words, list_texts

from kg.endpoint.explorer.alike import alike_task
from kg.endpoint.explorer.drawing import Asked
from kg.endpoint.explorer.judged.listing import decisions_task, suspects_task
from kg.endpoint.explorer.press.news import article_task, news_task
from kg.endpoint.explorer.ready.questions import question_task
from kg.endpoint.explorer.work import claim_task, claims_task, search_task, start_task, thing_task
from kg.endpoint.protocol import Reply
from kg.who.judging import decide
from kg.who.view.beside import follow_book

TEXTS = Path(__file__).parents[2] / "kg" / "page" / "explorer" / "texts.json"
#: What is no text of the page itself.
QUOTED = re.compile(r"<(style|script|mark|q|blockquote)\b.*?</\1>", re.DOTALL)
OTHER = {"fr": "en", "en": "fr"}
Pages = dict[str, str]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Fill a store, with a decision."""
    path = fill_store(tmp_path_factory.mktemp("voice") / "news", *press_readings())
    follow_book(path)
    decide(path, {"left": "Nordil", "is": "different", "right": "Vasco", "by": "ana"}, force=True)
    return str(path)


@pytest.fixture(scope="module", params=["en", "fr"])
def lang(request: pytest.FixtureRequest) -> str:
    """Return a language of the explorer."""
    return str(request.param)


@pytest.fixture(scope="module")
def pages(store: str, lang: str) -> Pages:
    """Return what the pages of the explorer say, by what they are."""
    asked = Asked(lang, key="k")
    news = news_task(store, asked, "")
    claim = find_address(news, "claim")
    told = claim_task(store, asked, claim)
    article, thing = find_address(told, "article"), find_address(told, "thing")
    drawn: dict[str, Callable[[], Reply]] = {
        "start": lambda: start_task(store, asked),
        "search": lambda: search_task(store, asked, "zzz"),
        "thing": lambda: thing_task(store, asked, thing),
        "claims": lambda: claims_task(store, asked, thing, "people"),
        "article": lambda: article_task(store, asked, article),
        "alike": lambda: alike_task(store, asked, thing),
        "question": lambda: question_task(store, asked, "deals", {}),
        "suspects": lambda: suspects_task(store, asked),
        "decisions": lambda: decisions_task(store, asked),
    }
    return {name: words_of(draw()) for name, draw in drawn.items()} | {
        "news": words_of(news),
        "claim": words_of(told),
    }


def find_address(reply: Reply, page: str) -> str:
    """Return what the first link to a page is about."""
    return unquote(re.findall(rf'href="{page}\?of=([^"&]*)', reply.body.decode())[0])


def words_of(reply: Reply) -> str:
    """Return the words of a page and of its labels, but for style and quotes."""
    assert reply.status in (200, 404)
    html = QUOTED.sub(" ", reply.body.decode())
    labels = re.findall(r'(?:title|aria-label|placeholder)="([^"]*)"', html)
    return " ".join(unescape(f"{re.sub(r'<[^>]*>', ' ', html)} {' '.join(labels)}").split())


def list_own(lang: str) -> Iterator[str]:
    """Yield the texts of a language that are long enough to be no word of both."""
    texts = json.loads(TEXTS.read_text(encoding="utf-8"))
    others = {*list_texts(texts[OTHER[lang]])}
    for text in list_texts(texts[lang]):
        parts = re.split(r"\{[^}]*\}", text)
        yield from (part.strip() for part in parts if len(part.strip()) > 12 and text not in others)


def test_pages_use_the_words_of_the_list(pages: Pages, lang: str) -> None:
    assert len(pages) == 11
    assert all(len(text) > 100 for text in pages.values())
    found = {name: find_words(text, lang) for name, text in pages.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_pages_are_of_one_language(pages: Pages, lang: str) -> None:
    own, other = [*list_own(lang)], [*list_own(OTHER[lang])]
    assert min(len(own), len(other)) > 30
    assert sum(any(text in page for page in pages.values()) for text in own) >= 10
    found = {(name, text) for name, page in pages.items() for text in other if text in page}
    assert found == set()
