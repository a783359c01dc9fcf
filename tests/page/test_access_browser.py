"""The page for everybody: keyboard, screen reader, phone, dark, paper; WCAG 2.2 AA by axe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import guilds
import pytest
from axes import find_faults, read_axe
from luthiers import FACTS, make_graph, quarrel_graph
from rdflib import Graph
from windows import PHONE, write_pages

pytestmark = pytest.mark.browser

DESK, TABLET = {"width": 1280, "height": 800}, {"width": 820, "height": 700}
#: Page and state, each looked at on a desk and on a phone, light and dark.
STATES = (
    ("small", ""), ("small", "#view=table"), ("small", "#side=article"),
    ("small", "#side=legend&select=org/valcrux"), ("small", "#layout=timeline"),
    ("quarrel", "#select=org/tilsen"), ("empty", ""), ("map", ""), ("map", "#island=2"),
)  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    graphs = {
        "small": make_graph(*FACTS), "quarrel": quarrel_graph(), "empty": Graph(),
        "map": guilds.make_guilds(24, 20),
    }  # fmt: skip
    return write_pages(tmp_path_factory.mktemp("pages"), graphs)


@pytest.fixture(scope="module")
def axe() -> str:
    return read_axe()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(("page", "hash"), STATES)
def test_axe_finds_nothing(
    look: Any, axe: str, page: str, hash: str, size: dict[str, int], scheme: str
) -> None:
    assert find_faults(look(page, hash, viewport=size, color_scheme=scheme), axe) == []


def test_axe_finds_nothing_while_one_searches_exports_and_reads_a_claim(
    look: Any, axe: str
) -> None:
    tab = look("quarrel")
    for words in ("tils", "nobody"):
        tab.keyboard.press("/")
        tab.keyboard.type(words)
        assert find_faults(tab, axe) == []
        tab.keyboard.press("Escape")
    tab.locator("#export summary").click()
    tab.evaluate("pressgraph.choose(pressgraph.facts.find(it => it.relation === 'acquired'))")
    assert find_faults(tab, axe) == []
    tab.locator("#legend input").first.uncheck()
    assert find_faults(tab, axe) == []


#: Of what has the keyboard: what it is, and what is wrong with how one sees that.
FOCUS = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect(), style = getComputedStyle(it);
  const name = it.id || it.dataset.view || it.dataset.side || it.dataset.filter || it.dataset.label || it.textContent.trim();
  const faults = [];
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push("no outline");
  if (box.right > innerWidth + 1 || box.left < -1 || box.bottom < 0 || box.top > innerHeight) faults.push("outside");
  const spots = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].map(([x, y]) =>
    document.elementFromPoint(box.left + x * box.width, box.top + y * box.height));
  if (!spots.some(spot => spot && (it.contains(spot) || spot.contains(it) || it.labels?.[0]?.contains(spot)))) faults.push("covered");
  return it === document.body ? null : [name, faults];
}"""  # noqa: E501


def walk(tab: Any, most: int = 400) -> dict[str, list[str]]:
    """Press Tab until one is through; return what had the keyboard, with what was wrong."""
    seen: dict[str, list[str]] = {}
    tab.evaluate("document.activeElement.blur()")
    for _ in range(most):
        tab.keyboard.press("Tab")
        found = tab.evaluate(FOCUS)
        if found is None:
            break
        seen[found[0]] = found[1]
    return seen


@pytest.mark.parametrize("size", [DESK, TABLET, PHONE], ids=["desk", "tablet", "phone"])
@pytest.mark.parametrize(("page", "hash"), [
    ("small", "#select=org/valcrux"), ("small", "#side=article&select=org/valcrux"),
    ("quarrel", "#side=legend&view=table&select=org/tilsen"), ("map", "#side=legend"),
])  # fmt: skip
def test_the_keyboard_is_seen_wherever_it_is_and_nothing_covers_it(
    look: Any, page: str, hash: str, size: dict[str, int]
) -> None:
    seen = walk(look(page, hash, viewport=size))
    assert len(seen) > 12
    assert {name: faults for name, faults in seen.items() if faults} == {}


def test_the_keyboard_reaches_all_that_the_mouse_does(look: Any) -> None:
    tab = look("small")
    seen = walk(tab)
    tools = {"skip", "query", "graph", "table", "legend", "article", "Exporter", "lang", "theme"}
    assert tools | {"moves", "layout", "in", "out", "whole", "least", "kind Company"} <= {*seen}
    for fact in tab.evaluate("pressgraph.facts.map(it => it.id)"):  # each line of the drawing
        tab.evaluate("id => pressgraph.choose(pressgraph.facts[id])", fact)
        assert tab.locator("#panel h2 button").count() >= 1
    tab.keyboard.press("/")
    tab.keyboard.type("valcrux")
    tab.keyboard.press("Enter")
    assert (
        tab.evaluate("document.activeElement.textContent") == "Valcrux"
    )  # what comes next is of it
    actions = walk_panel(tab)
    for name in ("Voisinage", "Chemin vers…", "Autour de l’élément", "Masquer", "Épingler"):
        assert name in actions
    assert any("Orphée Lind" in name for name in actions)


def walk_panel(tab: Any) -> list[str]:
    """Press Tab from the panel's heading on; return the names that one comes to."""
    names = []
    for _ in range(15):
        tab.keyboard.press("Tab")
        names.append(tab.evaluate("document.activeElement.textContent"))
    return names


def test_the_keyboard_moves_and_zooms_the_drawing(look: Any) -> None:
    tab = look("small")
    tab.locator(".vis-network").focus()
    tab.wait_for_timeout(1200)  # vis-network looks at its size each second, and fits at the first
    before = tab.evaluate("pressgraph.network.getScale()")
    tab.keyboard.press("+")
    assert tab.evaluate("pressgraph.network.getScale()") == pytest.approx(1.4 * before)
    tab.keyboard.press("-")
    tab.keyboard.press("-")
    assert tab.evaluate("pressgraph.network.getScale()") < before
    place = tab.evaluate("pressgraph.network.getViewPosition().x")
    tab.keyboard.down("ArrowRight")
    tab.wait_for_function("place => pressgraph.network.getViewPosition().x > place", arg=place)
    tab.keyboard.up("ArrowRight")
    tab.keyboard.press("Home")
    assert tab.evaluate("pressgraph.network.getScale()") == pytest.approx(before, rel=0.05)


def test_what_is_chosen_from_a_list_comes_into_view(look: Any) -> None:
    tab = look("small")
    tab.evaluate("pressgraph.network.moveTo({ position: { x: 9000, y: 9000 } })")
    tab.evaluate("pressgraph.choose(pressgraph.facts[0])")
    assert tab.evaluate(
        """() => { const { network, facts: [{ from, to }] } = pressgraph;
          const { clientWidth, clientHeight } = document.getElementById("canvas");
          return [from, to].map(id => network.canvasToDOM(network.getPosition(id)))
            .some(({ x, y }) => x > 0 && y > 0 && x < clientWidth && y < clientHeight); }"""
    )


def test_a_screen_reader_hears_what_is_chosen_and_not_the_whole_panel(look: Any) -> None:
    tab = look("quarrel")
    spoken = tab.locator("#spoken")
    assert spoken.get_attribute("role") == "status"
    assert tab.locator("[aria-live]").count() == 0
    tab.evaluate("pressgraph.choose(pressgraph.facts.find(it => it.relation === 'acquired'))")
    assert spoken.inner_text() == "Ormesson a acquis Tilsen"
    tab.keyboard.press("Escape")
    assert spoken.inner_text() == ""
    nameless = tab.evaluate(
        """[...document.querySelectorAll("button, input, select, summary, [tabindex='0'], [role]")].filter(it =>
             it.checkVisibility() && !["status", "group", "option", "search"].includes(it.role)
             && !(it.textContent.trim() || it.ariaLabel || it.labels?.length)).map(it => it.outerHTML)"""  # noqa: E501
    )
    assert nameless == []


def test_leaving_the_exports_gives_the_keyboard_back(look: Any) -> None:
    tab = look("small")
    tab.locator("#export summary").focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Image (PNG)"
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.textContent") == "Exporter"
    assert not tab.evaluate("document.getElementById('export').open")


#: What one clicks and is smaller than 24 by 24 pixels, but for words within a sentence.
SMALL = """[...document.querySelectorAll("button, input, select, summary")]
  .filter(it => it.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !it.closest("blockquote, h2"))
  .map(it => (it.type === "checkbox" ? it.labels[0] : it)).filter(it => {
    const { width, height } = it.getBoundingClientRect();
    return width < 24 || height < 24;
  }).map(it => `${it.id} ${it.textContent}`)"""  # noqa: E501


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(("page", "hash"), STATES)
def test_whatever_one_clicks_is_large_enough(
    look: Any, page: str, hash: str, size: dict[str, int]
) -> None:
    assert look(page, hash, viewport=size).evaluate(SMALL) == []


#: What stands out of the window to the right, but for what one scrolls across.
WIDE = """[...document.querySelectorAll("body *")].filter(it => it.checkVisibility({ visibilityProperty: true })
  && !it.closest("table, canvas, .unseen, .story ol") && (it.getBoundingClientRect().right > innerWidth + 0.5 || it.getBoundingClientRect().left < -0.5))
  .map(it => `${it.tagName} ${it.id} ${it.textContent.slice(0, 40)}`)"""  # noqa: E501


@pytest.mark.parametrize(("page", "hash"), STATES)
def test_on_a_narrow_phone_nothing_stands_out_of_the_window(
    look: Any, page: str, hash: str
) -> None:
    tab = look(page, hash, viewport=PHONE)
    tab.locator("#export summary").click()
    assert tab.evaluate(WIDE) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_nothing_moves_by_itself(look: Any) -> None:
    for page in ("small", "map"):
        tab = look(page, reduced_motion="reduce")
        tab.keyboard.press("/")
        tab.keyboard.type("valcrux" if page == "small" else "grand luthier 5")
        tab.keyboard.press("Enter")
        tab.locator("#whole").click()
        moving = tab.evaluate(
            """[...document.querySelectorAll("*")].filter(it => { const style = getComputedStyle(it);
                 return style.transitionDuration !== "0s" || style.animationName !== "none"
                   || style.scrollBehavior !== "auto"; }).length + document.getAnimations().length"""  # noqa: E501
        )
        assert moving == 0


@pytest.mark.parametrize("page", ["quarrel", "map"])
def test_on_paper_a_dark_page_is_light_and_shows_all(look: Any, page: str) -> None:
    tab = look(page, "#side=article", color_scheme="dark", viewport=DESK)
    tab.evaluate("pressgraph.choose(pressgraph.things[1])")
    tab.emulate_media(media="print")
    tab.locator("html[data-theme=light]").wait_for()
    assert tab.locator("#panel h2").is_visible()
    assert tab.locator("#article").is_visible()
    assert tab.locator("#printed svg text").count() > 3  # the picture, with its legend and sources
    for hidden in ("#tools", "#search", "#zoom", "#legend"):
        assert tab.locator(hidden).is_hidden()
    cut = tab.evaluate(
        """[...document.querySelectorAll("body, #panel, #article")].filter(it =>
             getComputedStyle(it).overflowY !== "visible" || it.scrollHeight > it.clientHeight + 1).map(it => it.id)"""  # noqa: E501
    )
    assert cut == []
    assert tab.pdf(format="A4").startswith(b"%PDF")
    tab.emulate_media(media="screen")
    tab.locator("html[data-theme=dark]").wait_for()


def test_on_paper_a_table_has_all_its_columns(look: Any) -> None:
    tab = look("quarrel", "#view=table", viewport={"width": 740, "height": 1123})
    tab.emulate_media(media="print")
    assert tab.evaluate("document.querySelector('table').getBoundingClientRect().right") <= 740
    assert tab.locator("tbody tr").count() == 4


def test_words_may_stand_further_apart(look: Any) -> None:
    """See that spacing as WCAG 1.4.12 lets readers set it cuts no words off."""
    tab = look("quarrel", "#side=legend&select=org/tilsen", viewport=PHONE, bypass_csp=True)
    tab.add_style_tag(
        content="""* { line-height: 1.5 !important; letter-spacing: .12em !important;
          word-spacing: .16em !important; }"""
    )
    assert tab.evaluate(WIDE) == []
    cut = tab.evaluate(
        """[...document.querySelectorAll("button, summary, .choice bdi")].filter(it =>
             it.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && it.scrollWidth > it.clientWidth + 1).map(it => it.textContent)"""  # noqa: E501
    )
    assert cut == []


#: Of a page's colours, how each stands out from the ground and from the sides: the least of both.
STANDING_OUT = """names => { const canvas = document.createElement("canvas").getContext("2d");
  const light = (name) => {
    canvas.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
    const parts = [1, 3, 5].map(at => parseInt(canvas.fillStyle.slice(at, at + 2), 16) / 255);
    return parts.map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
      .reduce((sum, v, place) => sum + v * [0.2126, 0.7152, 0.0722][place], 0);
  };
  const ratio = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  return names.map(name => Math.min(ratio(light(name), light("ground")), ratio(light(name), light("side")))); }"""  # noqa: E501
MARKS = ["Actual", "Planned", "Possible", "Denied", "Over", "accent", "control"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_and_borders_stand_out_three_to_one(look: Any, scheme: str) -> None:
    tab = look("small", color_scheme=scheme)
    names = [*MARKS, "outline"] if scheme == "light" else MARKS  # of nodes: their borders, or they
    if scheme == "dark":
        names += ["Company", "Organization", "PublicBody", "Person", "Place", "Market", "Thing"]
    found = dict(zip(names, tab.evaluate(STANDING_OUT, names), strict=True))
    assert {name: ratio for name, ratio in found.items() if ratio < 3} == {}
