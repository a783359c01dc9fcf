"""A person looks at a store that is too large to draw: what it holds comes, and unfolds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axes import find_faults, read_axe
from servers import Server, fill_store, serve
from test_explorer_browser import PATIENCE
from test_overview import RINGS, ring

import kg.endpoint.drawn.page
from kg.endpoint.drawn.page import draw_task
from kg.endpoint.drawn.survey import SHOWN
from kg.who.view.beside import follow_book

pytestmark = pytest.mark.browser
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = fill_store(tmp_path_factory.mktemp("large") / "news", *map(ring, range(RINGS)))
    follow_book(path)
    return path


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with serve(folder) as server:
        yield server


@pytest.fixture(scope="module")
def overview(folder: Path) -> str:
    """Return the page of a graph that has more facts than one page may draw."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kg.endpoint.drawn.page, "DRAWN", 100)
        return draw_task(str(folder), "", 1, "fr").body.decode()


@pytest.fixture
def tab(browser: Any, server: Server, overview: str) -> Iterator[Any]:
    """Give a window that shows the overview where the whole graph is asked for."""
    context = browser.new_context(locale="fr-FR", viewport=DESK)
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.route(
        "**/explore?lang=fr",
        lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=overview),
    )
    yield tab
    assert complaints == []
    context.close()


def test_an_overview_unfolds(tab: Any, server: Server) -> None:
    tab.goto(server.address)
    tab.get_by_role("link", name="Dessiner").click()
    tab.get_by_role("heading", name="Vue d’ensemble").wait_for()
    tab.locator("#groups li").first.wait_for()
    assert tab.locator("#grouping").count() == 0  # no more is told that they come
    assert tab.locator("#groups li").count() == SHOWN
    tab.locator("#groups a").first.click()
    tab.get_by_role("heading", name="Communauté : Firme 00-00").wait_for()
    tab.get_by_role("link", name="Suite").click()
    tab.get_by_role("link", name="Firme 00-").last.click()
    assert tab.locator("svg.around a").count() > 0
    tab.go_back()
    tab.get_by_role("link", name="Toutes les communautés").click()
    tab.get_by_role("link", name="Suite").click()
    assert tab.locator("#groups li").count() == RINGS - SHOWN


def test_best_known_lead_to_their_pages(tab: Any, server: Server) -> None:
    tab.goto(server.at("explore?lang=fr"))
    best = tab.locator("section", has=tab.get_by_role("heading", name="Les plus cités"))
    best.get_by_role("link").first.click()
    tab.get_by_role("heading", name="Firme 00-00", exact=True).wait_for()


def test_why_communities_do_not_come_is_told(tab: Any, server: Server) -> None:
    told = '<!DOCTYPE html><main><p class="fault">Trop long.</p></main>'
    tab.route(
        "**/communities?lang=fr",
        lambda route: route.fulfill(status=200, content_type="text/html", body=told),
    )
    tab.goto(server.at("explore?lang=fr"))
    tab.get_by_text("Trop long.").wait_for()


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "dark"), (PHONE, "light")])
def test_overview_and_communities_are_for_everybody(
    tab: Any, server: Server, size: dict[str, int], scheme: str
) -> None:
    axe = read_axe()
    tab.set_viewport_size(size)
    tab.emulate_media(color_scheme=scheme)
    for path in ("explore?lang=fr", "communities?lang=fr", "communities?lang=fr&skip=20"):
        tab.goto(server.at(path))
        tab.locator("#groups li").first.wait_for()
        assert find_faults(tab, axe) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= size["width"]
    tab.locator("#groups a").first.click()
    tab.get_by_role("heading", name="Membres").wait_for()
    assert find_faults(tab, axe) == []


def test_communities_are_there_without_scripts(browser: Any, server: Server, overview: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    tab.route("**/explore", lambda it: it.fulfill(content_type="text/html", body=overview))
    tab.goto(server.at("explore"))
    tab.get_by_role("link", name="Toutes les communautés").click()
    tab.locator("#groups li").first.wait_for()
    context.close()
