"""Pictures fit to publish: letters of their own, title, legend, sources, on a light ground."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import guilds
import pytest
from luthiers import FACTS, HOSTILE, hostile_graph, make_graph
from windows import write_pages

from kg.page.render import read

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"
#: The colour of what is printed small, on white.
PRINT = "#566070"
COLOUR = re.compile("#[0-9a-f]{6}")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    graphs = {
        "small": make_graph(*FACTS), "hostile": hostile_graph(),
        "map": guilds.make_guilds(24, 20), "three": guilds.make_guilds(3, 5),
    }  # fmt: skip
    return write_pages(tmp_path_factory.mktemp("pages"), graphs)


def dark_colours() -> set[str]:
    """Return the colours that only the dark page has."""
    light, _, dark = read("page.css").partition('[data-theme="dark"] {')
    return {*COLOUR.findall(dark.partition("}")[0])} - {*COLOUR.findall(light)}


def save(tab: Any, name: str) -> Path:
    tab.locator("#export summary").click()
    with tab.expect_download() as download:
        tab.get_by_role("button", name=name, exact=True).click()
    return Path(download.value.path())


def show(browser: Any, image: Path, tmp_path: Path) -> Any:
    """Open a picture by itself."""
    path = tmp_path / "image.svg"
    path.write_bytes(image.read_bytes())
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.goto(path.as_uri())
    return tab


def save_png(tab: Any, name: str = "Image (PNG)") -> tuple[bytes, str]:
    """Save a picture as points; return it, and what was drawn into it before it became points."""
    tab.evaluate(
        """() => { const found = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, "src");
          Object.defineProperty(HTMLImageElement.prototype, "src", { ...found, set(value) { window.drawn = decodeURIComponent(value); found.set.call(this, value); } }); }"""  # noqa: E501
    )
    points = save(tab, name).read_bytes()
    drawn: str = tab.evaluate("window.drawn")
    return points, drawn


@pytest.mark.parametrize(
    ("lang", "word", "sources"),
    [
        ("fr", "Image", "Sources : Le Fil · 3 articles · 4 mai 2000 – 4 mai 2002. PressGraph"),
        ("en", "Picture", "Sources: Le Fil · 3 articles · May 4, 2000 – May 4, 2002. PressGraph"),
    ],
)
def test_a_picture_tells_its_sources_last_in_both_forms(
    look: Any, lang: str, word: str, sources: str
) -> None:
    tab = look("three", f"#lang={lang}")
    texts = []
    points, drawn = save_png(tab, f"{word} (PNG)")
    for image in (save(tab, f"{word} (SVG)").read_text(encoding="utf-8"), drawn.partition(",")[2]):
        written = [*ElementTree.fromstring(image).iter(f"{SVG}text")]
        texts.append([it.text for it in written])
        assert written[-1].text == sources
        assert written[-1].get("font-size") == "12"
        assert written[-1].get("fill") == PRINT
    assert texts[0] == texts[1]  # points are drawn of the same picture
    frame = ElementTree.fromstring(drawn.partition(",")[2])
    sides = (int(points[at : at + 4].hex(), 16) for at in (16, 20))
    for side, drawn_side in zip(sides, ("width", "height"), strict=True):
        assert side == pytest.approx(2 * float(frame.attrib[drawn_side]), abs=2)


def test_a_picture_has_its_letters_with_it_and_asks_for_nothing(
    browser: Any, look: Any, tmp_path: Path
) -> None:
    tab = look("small", color_scheme="dark")
    image = save(tab, "Image (SVG)")
    root = ElementTree.fromstring(image.read_bytes())
    texts = list(root.iter(f"{SVG}text"))
    assert all(it.get("font-family", "").startswith("SourceSans, ") for it in texts)
    style = root.findtext(f"{SVG}style") or ""
    letters = re.findall(r"font-weight:(\d+);src:url\(data:font/woff2;base64,([^)]+)\)", style)
    assert [weight for weight, _ in letters] == ["400", "600"]
    assert all(base64.b64decode(it).startswith(b"wOF2") for _, it in letters)
    addresses = re.findall(r"https?://[^\"'<> ]+", image.read_text(encoding="utf-8"))
    assert set(addresses) == {"http://www.w3.org/2000/svg"}
    alone = show(browser, image, tmp_path)
    alone.wait_for_function("[...document.fonts].every(it => it.status === 'loaded')")
    alone.close()


def test_in_a_picture_nothing_covers_the_legend_or_leaves_the_frame(
    browser: Any, look: Any, tmp_path: Path
) -> None:
    alone = show(browser, save(look("small"), "Image (SVG)"), tmp_path)
    alone.wait_for_function("[...document.fonts].every(it => it.status === 'loaded')")
    boxes = alone.evaluate(
        """[...document.querySelectorAll("text")].map(it => { const { x, y, width, height } = it.getBoundingClientRect();
             return [it.textContent, x, y, width, height]; })"""  # noqa: E501
    )
    width = alone.evaluate("document.documentElement.width.baseVal.value")
    for place, (words, x, y, w, h) in enumerate(boxes):
        assert x >= 0, words
        assert x + w <= width, words
        for _, a, b, c, d in boxes[place + 1 :]:
            over = max(0, min(x + w, a + c) - max(x, a)) * max(0, min(y + h, b + d) - max(y, b))
            assert over <= 0.1 * min(w * h, c * d), words
    alone.close()


@pytest.mark.parametrize("hash", ["", "#island=2"])
def test_a_map_is_saved_light_with_title_legend_and_sources(look: Any, hash: str) -> None:
    tab = look("map", hash, color_scheme="dark", viewport={"width": 1000, "height": 700})
    before = tab.evaluate("document.querySelector('#canvas canvas:last-child').toDataURL()")
    points, image = save_png(tab)
    assert points.startswith(b"\x89PNG")
    for words in ("Graphe de connaissances", "Entreprise", "Démenti", "Sources : Le Fil"):
        assert words in image
    assert 'fill="#ffffff"' in image
    assert not {*COLOUR.findall(image)} & dark_colours()
    tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    after = tab.evaluate("document.querySelector('#canvas canvas:last-child').toDataURL()")
    assert after == before  # the page itself is as dark as it was


def test_names_with_markup_are_written_in_a_picture(look: Any) -> None:
    root = ElementTree.fromstring(save(look("hostile"), "Image (SVG)").read_bytes())
    words = " ".join(it.text or "" for it in root.iter(f"{SVG}text"))
    assert HOSTILE[1][:8] in words
    assert {it.tag.removeprefix(SVG) for it in root.iter()} <= {
        "svg", "title", "style", "rect", "g", "text", "line", "polyline", "polygon", "circle",
    }  # fmt: skip
