"""Ready questions need no script: a form by GET, and a table in which names lead to things."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from luthiers import hostile_graph
from press import press_readings
from servers import Server, fill_store, serve
from test_explorer import PATIENCE, plain, read_body, thing

from kg.ask.questions import list_queries
from kg.endpoint.explorer.words import read_words
from kg.exports.syntaxes import write_nt
from kg.who.view.beside import follow_book

pytestmark = pytest.mark.server
NAMES = [question.name for question in list_queries()]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path = fill_store(tmp_path_factory.mktemp("asked") / "news", *press_readings())
    follow_book(path)
    with serve(path) as server:
        yield server


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=PATIENCE, trust_env=False, follow_redirects=True) as found:
        yield found


def show(
    client: httpx.Client, server: Server, *, lang: str = "fr", status: int = 200, **given: str
) -> str:
    response = client.get(server.at("question"), params=given, headers={"Accept-Language": lang})
    assert response.status_code == status
    return read_body(response.text)


def rows_of(page: str) -> list[list[str]]:
    body = page.partition("<tbody")[2].partition("</tbody>")[0]
    return [[plain(html.unescape(cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]
            for row in body.split("</tr>")[:-1]]  # fmt: skip


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_question_has_a_page_with_its_fields_and_columns(
    client: httpx.Client, news: Server, lang: str
) -> None:
    assert len(NAMES) == 25
    for question in list_queries():
        page = show(client, news, lang=lang, ask=question.name)
        form = page.partition('<form class="fields"')[2].partition("</form>")[0]
        fields = re.findall(r'<(?:input|select) (?!type="hidden")name="(\w+)"', form)
        assert tuple(fields) == question.parameters
        assert "<th" in page or 'role="status"' in page
        assert "column_" not in page
    told = {it.removeprefix("column_") for it in read_words()[lang] if it.startswith("column_")}
    shown = {
        found
        for question in list_queries()
        for found in re.findall(r"AS \?(\w+)\)", question.text.partition("WHERE")[0])
    }
    assert told == shown


def test_rows_have_modality_confidence_voices_article_date_and_words(
    client: httpx.Client, news: Server
) -> None:
    page = show(client, news, ask="deals", of="Nordil")
    heads = [plain(it) for it in re.findall(r"<th [^>]*>(.*?)</th>", page)]
    assert heads[:3] == ["acquéreur", "relation", "cible"]
    assert heads[-4:] == ["modalité", "confiance", "voix", "Ce qui le dit"]
    ((buyer, relation, target, *rest),) = rows_of(page)
    assert (buyer, relation, target) == ("Nordil", "a acquis", "Orvane")
    assert rest[-4:-1] == ["avéré", "100 %", "2"]
    assert rest[-1].startswith("Nordil a racheté Orvane")
    assert rest[-1].endswith("Rachats, 11 juin 2019")
    address = thing("orvane").replace(":", "%3A").replace("/", "%2F")
    assert f'href="thing?of={address}"' in page


def test_conditions_hold_and_are_kept_in_the_form(client: httpx.Client, news: Server) -> None:
    page = show(client, news, ask="plans", modality="planned", since="2018")
    assert '<option value="planned" selected>' in page
    assert '<option value="over">terminé</option>' in page
    assert 'value="2018"' in page
    assert len(rows_of(show(client, news, ask="plans"))) == 0  # as it stands now, all is done
    everything = show(client, news, ask="about", of="Nord")  # a unique beginning
    assert len(rows_of(everything)) > 5
    nothing = show(client, news, ask="deals", since="2050")
    assert "Aucune réponse" in nothing
    assert "La poser sans condition" in nothing


def test_answers_are_saved_as_they_are_shown(client: httpx.Client, news: Server) -> None:
    page = show(client, news, ask="deals", of="Nordil")
    address = html.unescape(re.findall(r'href="(questions/[^"]+csv[^"]*)"', page)[0])
    saved = client.get(news.at(address))
    assert saved.headers["content-type"].startswith("text/csv")
    assert saved.text.count("\n") == 1 + len(rows_of(page))


@pytest.mark.parametrize(
    ("given", "status", "fr", "en"),
    [
        ({"ask": "deals", "of": "Nobody"}, 400, "ne nomme rien « Nobody »", "names no"),
        ({"ask": "deals", "since": "demain"}, 400, "n’est pas une date", "is no date"),
        ({"ask": "deals", "min_confidence": "3"}, 400, "n’est pas une confiance", "no confidence"),
        ({"ask": "plans", "modality": "over"}, 400, "question porte sur", "question is about"),
        ({"ask": "plans", "modality": "actual"}, 400, "question porte sur", "question is about"),
        ({"ask": "none"}, 404, "Aucune question ne s’appelle", "No question is called"),
    ],
)
def test_faults_are_told_in_the_readers_language(
    client: httpx.Client, news: Server, given: dict[str, str], status: int, fr: str, en: str
) -> None:
    for lang, told in (("fr", fr), ("en", en)):
        page = show(client, news, lang=lang, status=status, **given)
        alert = page.partition('role="alert"')[2].partition("</p>")[0]
        assert told in html.unescape(alert).replace("\xa0", " ")
        assert 'lang="en"' not in alert


def test_hostile_names_stay_text(client: httpx.Client, tmp_path: Path) -> None:
    path = tmp_path / "hostile.nt"
    path.write_text(write_nt(hostile_graph()), encoding="utf-8")
    with serve(path) as server:
        for name in NAMES:
            page = show(client, server, ask=name)
            assert not re.search(r"<(?:script|img|svg|iframe)", page)
            assert "javascript:" not in "".join(re.findall(r'href="([^"]*)"', page)).lower()
        page = show(client, server, ask="deals", of="<script>alert(1)</script>", status=400)
        assert "<script" not in page
