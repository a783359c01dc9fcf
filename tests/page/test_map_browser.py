"""What a reader sees and does on the map of a large graph, in a browser, without a network."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import guilds
import pytest
from luthiers import HOSTILE
from windows import leave

from kg.page.view import draw_page

pytestmark = pytest.mark.browser

GUILDS, MEMBERS = 12, 40
CROWDED = 80  # guilds that leave little room for names


class Opened:
    """Hold a map that is open, with what it asked for and complained of."""

    def __init__(self, browser: Any, path: Path, hash: str = "", **options: Any) -> None:
        self.tab = browser.new_page(**{"locale": "fr-FR", **options})
        self.tab.set_default_timeout(60_000)  # tests may share their processors
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.tab.on("request", lambda request: self.requests.append(request.url))
        self.tab.on("console", lambda message: self.complaints.append(message.text))
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.goto(path.as_uri() + hash)
        self.tab.wait_for_function("() => window.pressgraph?.network")
        self.address = path.as_uri()
        self.frame()

    def frame(self) -> None:
        """Wait for the frame in which what has changed is drawn."""
        self.tab.evaluate(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def place(self, name: str) -> tuple[float, float]:
        """Return where a thing is in the window."""
        x, y = self.tab.evaluate(
            """name => { const { network, things } = pressgraph;
              const box = document.getElementById("canvas").getBoundingClientRect();
              const at = network.placeOf(things.find(it => it.name === name).id);
              return [at.x + box.left, at.y + box.top]; }""",
            name,
        )
        return x, y

    def names(self) -> list[str]:
        """Return the names that are written on the map."""
        found: list[str] = self.tab.evaluate("pressgraph.network.names().map(it => it.lines[0])")
        return found

    def shown(self) -> set[str]:
        names: list[str] = self.tab.evaluate(
            "[...pressgraph.shown.things].map(id => pressgraph.things[id].name)"
        )
        return set(names)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.tab.keyboard.press(key)
        self.frame()

    def click(self, name: str) -> None:
        self.tab.get_by_role("button", name=name, exact=True).first.click()
        self.frame()

    def heading(self) -> str:
        text: str = self.tab.locator("#panel h2").inner_text()
        return text


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("maps") / "une carte.html"
    path.write_text(draw_page(guilds.make_guilds(GUILDS, MEMBERS)).html, encoding="utf-8")
    return path


@pytest.fixture
def opened(browser: Any, drawn: Path, tmp_path: Path) -> Iterator[Any]:
    pages: list[Opened] = []

    def open_map(names: tuple[str, ...] = (), hash: str = "", **options: Any) -> Opened:
        path = drawn
        if names:
            path = tmp_path / "une carte.html"
            text = draw_page(guilds.make_guilds(GUILDS, MEMBERS, names)).html
            path.write_text(text, encoding="utf-8")
        pages.append(Opened(browser, path, hash, **options))
        return pages[-1]

    yield open_map
    leave(pages)


def test_a_map_opens_on_communities_the_best_known_and_the_newest(opened: Any) -> None:
    page = opened()
    assert page.heading() == "Vue d’ensemble"
    lists = page.tab.locator("#panel ul")
    communities = lists.nth(0).locator("button").all_inner_texts()
    assert len(communities) == GUILDS
    masters = {guilds.master(number).name for number in range(GUILDS)}
    assert {words.partition(" · ")[0] for words in communities} == masters
    assert not any("Pérouse" in words for words in communities)
    assert len(page.shown()) == GUILDS * MEMBERS + 1
    assert masters >= {words.partition(" (")[0] for words in lists.nth(1).all_inner_texts()[:1]}
    assert "4 mai 2011" in lists.nth(2).locator("li").first.inner_text()
    assert masters <= set(page.names())


def test_a_communitys_name_covers_none_of_its_things(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "foule.html"
    path.write_text(draw_page(guilds.make_guilds(CROWDED, 16)).html, encoding="utf-8")
    page = Opened(browser, path, viewport={"width": 900, "height": 700})
    covered = page.tab.evaluate(
        """() => { const { network, things } = pressgraph;
          const drawn = things.filter(it => it.x !== undefined);
          const spots = drawn.map(({ id }) => network.placeOf(id));
          return network.names().map(({ box }) => spots.filter(({ x, y }) =>
            box.left < x && x < box.right && box.top < y && y < box.bottom).length); }"""
    )
    assert len(covered) >= CROWDED / 2
    assert sum(covered) == 0
    leave([page])


def test_names_on_the_map_do_not_cover_each_other(opened: Any) -> None:
    page = opened()
    spot = """() => { const { network, things: [{ id }] } = pressgraph;
      const { x, y } = network.placeOf(id);
      const { left, top } = document.getElementById("canvas").getBoundingClientRect();
      return [x + left, y + top]; }"""
    page.tab.mouse.move(*page.tab.evaluate(spot))
    for _ in range(5):
        covered = page.tab.evaluate(
            """() => { const boxes = pressgraph.network.names().map(it => it.box);
              return boxes.filter((one, place) => boxes.slice(0, place).some(other =>
                one.left < other.right && other.left < one.right
                && one.top < other.bottom && other.top < one.bottom)).length; }"""
        )
        assert covered == 0
        assert page.names()
        page.tab.mouse.wheel(0, -200)  # nearer to where the mouse is
        page.frame()


def test_a_click_unfolds_a_community_and_the_address_says_so(opened: Any, drawn: Path) -> None:
    page = opened()
    page.tab.mouse.click(*page.place("Maître Archet 3"))
    page.frame()
    assert page.heading().startswith("Maître Archet 3")
    assert len(page.shown()) in (MEMBERS, MEMBERS + 1)
    assert "Atelier 3-7" in page.names()
    again = opened(hash="#" + page.tab.evaluate("location.hash").partition("#")[2])
    assert again.shown() == page.shown()
    page.tab.locator("#notice button").click()
    assert len(page.shown()) == GUILDS * MEMBERS + 1
    assert page.tab.evaluate("location.hash") in ("", "#")


def test_search_finds_a_thing_and_the_panel_its_sentence_and_article(opened: Any) -> None:
    page = opened()
    page.press("/")
    page.tab.keyboard.type("grand luthier 5")
    page.press("Enter")
    assert page.heading() == "Maître Archet 5"
    assert "Maître Archet 5" in page.names()
    page.tab.locator("#panel li button", has_text="Atelier 5-7").first.click()
    assert "Atelier 5-7 et Maître Archet 5" in page.tab.locator("#panel blockquote").inner_text()
    assert "Guilde 5 (Le Fil, 4 mai 2005)" in page.tab.locator("#panel dl").inner_text()
    page.tab.get_by_role("button", name="Lire dans l’article").first.click()
    assert "Atelier 5-7" in page.tab.locator("#article .on").first.inner_text()


def test_a_line_is_clicked_like_a_thing(opened: Any) -> None:
    page = opened()
    page.tab.mouse.click(*page.place("Maître Archet 3"))
    page.tab.wait_for_timeout(600)  # a second click at once would be a double click
    spot = page.tab.evaluate(
        """() => { const { shown, network } = pressgraph;
          const box = document.getElementById("canvas").getBoundingClientRect();
          const [one, other] = shown.facts.filter(it => it.relation === "acquired")
            .map(it => [network.placeOf(it.from), network.placeOf(it.to)])
            .sort(([a, b], [c, d]) => Math.hypot(c.x - d.x, c.y - d.y) - Math.hypot(a.x - b.x, a.y - b.y))[0];
          return [box.left + (one.x + other.x) / 2, box.top + (one.y + other.y) / 2]; }"""  # noqa: E501
    )
    page.tab.mouse.click(*spot)
    assert page.tab.locator("#panel blockquote").count() == 1


def test_a_double_click_keeps_what_is_around_a_thing(opened: Any) -> None:
    page = opened(hash="#island=2")
    [name] = [it for it in page.names() if it.startswith("Atelier")][:1]
    page.tab.mouse.dblclick(*page.place(name))
    page.frame()
    assert 3 <= len(page.shown()) <= 5
    assert name in page.shown()
    page.click("Tout voir")
    assert len(page.shown()) == GUILDS * MEMBERS + 1


def test_relations_and_modalities_are_filtered_by_the_legend(opened: Any) -> None:
    page = opened()
    whole = page.tab.evaluate("pressgraph.shown.facts.length")
    denied = sum(n % 3 == 2 for n in range(MEMBERS - 1)) * GUILDS
    page.tab.locator("#legend label", has_text="Démenti").locator("input").uncheck()
    assert page.tab.evaluate("pressgraph.shown.facts.length") == whole - denied
    page.tab.locator("#legend label", has_text="Établie à").locator("input").uncheck()
    assert "Pérouse" not in page.shown()
    page.press("Control+z")  # while the box that was clicked has the keyboard
    assert "Pérouse" in page.shown()


def test_where_nothing_is_shown_the_map_says_why_and_has_no_names(opened: Any) -> None:
    page = opened()
    page.tab.locator("#least").fill("100")
    page.frame()
    assert page.names() == []
    page.tab.locator("#empty button").click()
    assert len(page.shown()) == GUILDS * MEMBERS + 1


def test_a_thing_on_the_map_is_hidden_and_comes_back(opened: Any) -> None:
    page = opened()
    page.press("/")
    page.tab.keyboard.type("grand luthier 5")
    page.press("Enter")
    page.click("Masquer")
    assert "Maître Archet 5" not in page.shown()
    page.tab.locator("#undo").click()
    assert "Maître Archet 5" in page.shown()


def test_what_is_near_a_thing_is_laid_out_around_it_and_pinned(opened: Any) -> None:
    page = opened(hash="#island=2")
    page.press("/")
    page.tab.keyboard.type("atelier 2-7")
    page.press("ArrowDown", "Enter")  # the first that is found
    assert page.heading() == "Atelier 2-7"
    page.click("Autour de l’élément")
    away = page.tab.evaluate(
        """() => { const { shown, facts, state, network } = pressgraph;
          const middle = network.placeOf(state.centre);
          const near = new Set(facts.filter(it => it.from === state.centre || it.to === state.centre)
            .flatMap(it => [it.from, it.to]));
          const far = id => Math.hypot(network.placeOf(id).x - middle.x, network.placeOf(id).y - middle.y);
          const list = keep => [...shown.things].filter(id => near.has(id) === keep).map(far);
          return [Math.max(...list(true)), Math.min(...list(false))]; }"""  # noqa: E501
    )
    assert away[0] < away[1] * 1.31  # rings are wider than high
    page.click("Épingler")
    assert page.tab.evaluate("pressgraph.state.pins.size") == 1
    page.tab.locator("#layout").select_option("timeline")
    page.tab.locator("#whole").click()
    assert page.tab.evaluate("pressgraph.state.layout") == ""


def test_counts_follow_what_is_filtered(opened: Any) -> None:
    page = opened()
    first = page.tab.locator("#panel ul").first.locator("li").first
    count = page.tab.locator("#legend .choice", has_text="A acquis").locator(".count")
    before, acquired = first.inner_text(), count.inner_text()
    assert acquired != "0"
    page.tab.locator("#legend .choice", has_text="Fournisseur").locator("input").uncheck()
    page.tab.locator("#legend .choice", has_text="Établie").locator("input").uncheck()
    page.tab.locator("#legend .choice", has_text="Démenti").locator("input").uncheck()
    assert count.inner_text() == "0"
    assert first.inner_text() != before


def test_the_table_of_a_community_has_its_head_in_sight(opened: Any) -> None:
    page = opened(hash="#island=2&view=table")
    notice, head = (page.tab.locator(it).bounding_box() for it in ("#notice", "thead"))
    assert notice["y"] + notice["height"] <= head["y"]


def test_the_keyboard_moves_the_map(opened: Any) -> None:
    page = opened()
    page.tab.locator("#canvas canvas").last.focus()
    before = page.tab.evaluate("({ ...pressgraph.network.camera })")
    page.press("+", "ArrowRight")
    after = page.tab.evaluate("({ ...pressgraph.network.camera })")
    assert after["scale"] > before["scale"]
    assert after["x"] > before["x"]
    page.press("Home")
    home = page.tab.evaluate("({ ...pressgraph.network.camera })")
    assert home["scale"] == pytest.approx(before["scale"])


def test_the_map_speaks_two_languages_and_goes_dark(opened: Any) -> None:
    page = opened()
    page.tab.locator("#lang").click()
    assert page.heading() == "Overview"
    before = page.tab.evaluate("document.querySelector('#canvas canvas').toDataURL()")
    page.tab.locator("#theme").click()
    page.frame()
    assert page.tab.evaluate("document.querySelector('#canvas canvas').toDataURL()") != before


def test_hostile_names_are_shown_as_they_are_written(opened: Any) -> None:
    page = opened(names=HOSTILE, hash="#side=legend")
    page.press("/")
    page.tab.keyboard.type("img src")
    page.press("Enter")
    assert page.heading() == HOSTILE[1]
    assert page.tab.locator("#panel img, #panel svg[onload]").count() == 0


def test_a_picture_of_the_map_is_saved(opened: Any) -> None:
    page = opened()
    page.tab.locator("#export summary").click()
    with page.tab.expect_download() as download:
        page.click("Image (PNG)")
    assert Path(download.value.path()).read_bytes()[:4] == b"\x89PNG"
    page.tab.locator("#export summary").click()
    with page.tab.expect_download() as download:
        page.click("Image (SVG)")
    image = Path(download.value.path()).read_text("utf-8")
    assert "<image" not in image  # lines and names are drawn, so that one may zoom in
    assert "Maître Archet 3</text>" in image
    assert image.count("<path") > 4
