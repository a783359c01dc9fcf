"""A reader asks on the page: ready questions, queries of his own, and no other host is asked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import TEXT, read_nordil
from luthiers import HOSTILE, hostile_graph
from servers import Server, serve

from kg.exports.syntaxes import write_nt
from kg.graph.rdf import build_graph

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the hand-made article, and beside it names that would like to be scripts."""
    path = tmp_path_factory.mktemp("served") / "graph.nt"
    graph = build_graph([read_nordil()]) + hostile_graph()
    path.write_text(write_nt(graph), encoding="utf-8")
    with serve(path) as server:
        yield server


@pytest.fixture
def tab(browser: Any, server: Server) -> Iterator[Any]:
    """Open the page in French; see that it asks no other host, complains of nothing, is not had."""
    context = browser.new_context(locale="fr-FR", accept_downloads=True)
    tab = context.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(server.at("ask"))
    yield tab
    assert [url for url in requests if not url.startswith((server.address, "blob:"))] == []
    assert [one for one in complaints if "status of 4" not in one] == []
    assert tab.evaluate("window.hacked") is None
    context.close()


def cells(tab: Any) -> list[list[str]]:
    """Return what the answer's table shows, when it is there."""
    tab.locator("#answer[aria-busy=false] tbody").wait_for()
    found: list[list[str]] = tab.evaluate(
        "[...document.querySelectorAll('#result tbody tr')]"
        ".map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return found


def write(tab: Any, query: str) -> None:
    tab.locator("#query").fill(query)
    tab.keyboard.press("Control+Enter")


def test_ready_question_is_answered_and_shared(tab: Any, server: Server) -> None:
    tab.get_by_text("(23 faits)").wait_for()
    tab.get_by_role("button", name="Qui travaille avec qui : accords").click()
    assert len(cells(tab)) == 2
    tab.get_by_label("Nom", exact=True).fill("nordil")
    tab.keyboard.press("Enter")
    tab.get_by_text("1 ligne ·").wait_for()
    assert cells(tab)[0][:3] == ["Nordil", "Vasco", "avéré"]
    assert cells(tab)[0][3] in TEXT
    assert tab.locator("#around").get_attribute("href") == "explore?focus=nordil"
    assert tab.url == server.at("ask#question=partners-of&of=nordil")
    tab.reload()
    assert cells(tab)[0][:2] == ["Nordil", "Vasco"]
    tab.get_by_label("Nom", exact=True).fill("Nordyl")
    tab.keyboard.press("Enter")
    tab.get_by_text("le plus proche : Nordil").wait_for()


def test_numbers_of_answers_are_written_in_french_and_lead_nowhere(tab: Any) -> None:
    tab.get_by_role("button", name="Tout ce qui est dit d’un élément").click()
    share = tab.locator("tbody tr", has_text="part de marché").first
    share.wait_for()
    words = share.locator("td").all_inner_texts()
    assert "12,5" in words
    assert share.get_by_role("link", name="12,5").count() == 0
    assert re.fullmatch(r"0,\d+|1", words[5])
    tab.get_by_role("button", name="English").click()
    tab.locator("tbody tr", has_text="12.5").first.wait_for()


def test_answers_and_the_drawing_lead_to_the_pages_of_things(tab: Any, server: Server) -> None:
    tab.get_by_role("button", name="Qui travaille avec qui : accords").click()
    tab.locator("tbody").get_by_role("link", name="Vasco").first.click()
    tab.get_by_role("heading", level=1, name="Vasco").wait_for()
    tab.goto(server.at("ask"))
    write(tab, "SELECT DISTINCT ?who { ?who a kg:Company } ORDER BY ?who")
    tab.get_by_role("link", name="fiche").first.click()
    tab.get_by_role("link", name="Dessiner ce qui l’entoure").click()
    tab.locator("#canvas canvas").first.wait_for()  # after a page that tells that it comes, perhaps
    name = tab.evaluate("pressgraph.choose(pressgraph.things[0]), pressgraph.things[0].name")
    tab.get_by_role("link", name="Sa fiche").click()
    tab.get_by_role("heading", level=1, name=name).wait_for()
    tab.go_back()
    tab.get_by_role("link", name="Explorateur").click()
    tab.wait_for_url(server.address)


def test_query_of_ones_own_is_answered_sorted_described_and_saved(tab: Any) -> None:
    write(tab, "SELECT ?fact ?c { ?fact kg:confidence ?c } ORDER BY ?c LIMIT 18")
    assert cells(tab)[0][1] == "0.9"
    tab.get_by_role("button", name="c", exact=True).click()
    tab.get_by_role("button", name="c", exact=True).click()
    assert cells(tab)[-1][1] == "0.9"
    for name in ("CSV", "JSON"):
        with tab.expect_download() as download:
            tab.get_by_role("button", name=name, exact=True).click()
        saved = Path(download.value.path()).read_text(encoding="utf-8")
        rows = saved.split()[1:] if name == "CSV" else json.loads(saved)["results"]["bindings"]
        assert len(rows) == 18
    tab.locator("tbody a").last.click()
    described = tab.locator("#result pre")
    described.wait_for()
    assert "a kg:Fact" in described.inner_text()
    described.get_by_text("o:nordil").first.click()
    tab.get_by_text('rdfs:label "Nordil"@fr').wait_for()
    tab.go_back()
    tab.get_by_text("a kg:Fact").wait_for()


def test_fault_is_told_with_its_place(tab: Any) -> None:
    write(tab, "SELECT * {\n  ?a a kg:Fact .\n  ?b = ?c\n}")
    tab.get_by_text("Cette question n’a pas été comprise : ligne 3, colonne 3").wait_for()
    place = "[document.activeElement.id, document.activeElement.selectionStart]"
    assert tab.evaluate(place) == ["query", len("SELECT * {\n  ?a a kg:Fact .\n  ")]
    write(tab, "ASK {}")
    assert tab.locator(".truth").inner_text() == "Oui"
    assert tab.locator("#fault").is_hidden()


def test_endless_query_can_be_stopped(tab: Any) -> None:
    write(tab, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    tab.get_by_role("button", name="Arrêter").click()
    tab.get_by_text("Arrêté.").wait_for()
    write(tab, "ASK {}")
    tab.get_by_text("Oui", exact=True).wait_for()


def test_language_and_light_are_ones_own(tab: Any) -> None:
    tab.get_by_role("button", name="English").click()
    assert tab.title() == "Ask the graph"
    tab.get_by_role("button", name="Light or dark").click()
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    assert tab.url.endswith("#lang=en&theme=dark")
    tab.get_by_role("button", name="Who works with whom: agreements").click()
    assert len(cells(tab)) == 2
    assert tab.url.endswith("#question=partners-of&lang=en&theme=dark")


def test_hostile_names_stay_text(tab: Any, server: Server) -> None:
    write(tab, "SELECT DISTINCT ?n { ?c a kg:Company ; rdfs:label ?n }")
    assert {name for (name,) in cells(tab)} >= set(HOSTILE)
    write(tab, "SELECT DISTINCT ?l { ?c skos:exactMatch ?l }")
    assert len(cells(tab)) == 2
    assert tab.locator("tbody a[href^='#']").count() >= 1
    assert tab.locator("tbody a:not([href^='#'])").count() == 0
    write(tab, "DESCRIBE ?c { ?c rdfs:label ?n FILTER(STRSTARTS(?n, '<')) }")
    tab.locator("#result pre").wait_for()
    for name in HOSTILE[:2]:
        tab.goto(f"{server.address}explore?focus={name.replace('/', '%2F')}#view=table")
        tab.locator("#table tbody tr").first.wait_for()
    tab.goto(f"{server.address}explore?focus=%3Cimg src=x onerror=window.hacked=1%3E%3Cb")
    tab.get_by_text(re.compile("Le graphe ne nomme rien.*<img")).wait_for()
