"""The explorer for everybody: keyboard, screen reader, phone, dark; WCAG 2.2 AA by axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from axes import find_faults, read_axe
from press import press_readings
from servers import Server, fill_store, serve
from test_explorer import own_many

from kg.who.view.beside import follow_book

pytestmark = pytest.mark.browser
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
#: Pages, each looked at on a desk and on a phone, light and dark.
PATHS = (
    "", "thing?of=Nordil", "thing?of=Ormelune", "thing?of=Jeanne", "search?q=tirvane",
    "search?q=nobody", "claims?of=Ormelune&section=owners", "news", "news?since=2019-06-11",
    "alike?of=Nordil", "question", "question?ask=deals", "question?ask=about&of=Hexo",
    "question?ask=deals&of=nobody", "question?ask=market-shares", "nowhere", "CLAIM",
    "ask", "ask#question=deals", "explore?focus=nobody", "ontology.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path = fill_store(tmp_path_factory.mktemp("access") / "news", *press_readings(), own_many())
    follow_book(path)
    with serve(path, "--write", "--by", "ana") as server:
        yield server


@pytest.fixture(scope="module")
def token(server: Server) -> str:
    return server.read_token()


@pytest.fixture(scope="module")
def axe() -> str:
    return read_axe()


@pytest.fixture
def visit(browser: Any, server: Server) -> Iterator[Callable[..., Any]]:
    """Give a function that opens a page of the explorer in a window of its own."""
    contexts = []

    def visit(path: str, token: str = "", **options: Any) -> Any:
        context = browser.new_context(**{"locale": "fr-FR", **options})
        contexts.append(context)
        context.set_default_timeout(60_000)
        tab = context.new_page()
        if token:
            tab.goto(token)
        if path == "CLAIM":
            tab.goto(server.at("thing?of=Hexo"))
            path = tab.locator("a[href^='claim?']").first.get_attribute("href")
        tab.goto(server.at(path))
        if path.startswith("ask#"):
            tab.locator("#answer[aria-busy=false] tbody").wait_for()
        return tab

    yield visit
    for context in contexts:
        with closing(context):
            pass


#: What one clicks and is smaller than 24 by 24 pixels, but for links within words.
SMALL = """[...document.querySelectorAll("button, input:not([type=hidden]), select, summary")]
  .filter(it => it.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
  .filter(it => { const { width, height } = it.getBoundingClientRect(); return width < 24 || height < 24; })
  .map(it => it.outerHTML.slice(0, 80))"""  # noqa: E501


@pytest.mark.parametrize(
    ("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"]
)
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_all_is_large_enough(
    visit: Callable[..., Any], axe: str, path: str, size: dict[str, int], scheme: str
) -> None:
    tab = visit(path, viewport=size, color_scheme=scheme)
    assert find_faults(tab, axe) == []
    assert tab.evaluate(SMALL) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "dark"), (PHONE, "light")])
def test_axe_finds_nothing_in_the_other_colours(
    visit: Callable[..., Any], axe: str, size: dict[str, int], scheme: str
) -> None:
    for path in ("", "thing?of=Nordil", "question?ask=deals"):
        assert find_faults(visit(path, viewport=size, color_scheme=scheme), axe) == []


@pytest.mark.parametrize("path", ["thing?of=Nordil", "alike?of=Nordil", "CLAIM"])
def test_axe_finds_nothing_where_one_may_decide(
    visit: Callable[..., Any], axe: str, token: str, path: str
) -> None:
    tab = visit(path, token=token, viewport=PHONE)
    assert find_faults(tab, axe) == []
    assert tab.evaluate(SMALL) == []


def test_axe_finds_nothing_while_names_are_offered(visit: Callable[..., Any], axe: str) -> None:
    tab = visit("")
    tab.get_by_role("combobox").fill("tir")
    tab.get_by_role("option").first.wait_for()
    assert find_faults(tab, axe) == []


def test_a_question_is_asked_without_scripts(visit: Callable[..., Any]) -> None:
    tab = visit("", java_script_enabled=False)
    tab.get_by_role("link", name="Qui achète, fusionne").first.click()
    tab.get_by_label("Nom", exact=True).fill("nord")
    tab.get_by_label("Modalité").select_option("actual")
    tab.get_by_role("button", name="Demander").click()
    assert tab.get_by_label("Nom", exact=True).input_value() == "nord"
    assert tab.locator("tbody tr").count() == 1
    assert "Nordil a racheté Orvane" in tab.locator(".proof").inner_text()
    tab.locator("tbody").get_by_role("link", name="Orvane").click()
    assert tab.get_by_role("heading", level=1).inner_text() == "Orvane"


def test_the_keyboard_is_seen_wherever_it_is(visit: Callable[..., Any]) -> None:
    tab = visit("question?ask=about&of=Nordil")
    names = set()
    for _ in range(40):
        tab.keyboard.press("Tab")
        name, seen = tab.evaluate(
            """() => { const it = document.activeElement, style = getComputedStyle(it);
              const thick = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
              const other = it === document.body || it.classList.contains("skip");
              return [it.outerHTML.slice(0, 60), thick || other]; }"""
        )
        assert seen, name
        names.add(name)
    assert len(names) > 15
