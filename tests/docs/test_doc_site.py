"""The site is built without a warning, leads nowhere that is not there, and asks for nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from conftest import ROOT
from doc_pages import DOCS, TEXTS
from notebooks import read_notebook

import kg
from kg import ontology
from kg.ask.query import list_queries

if not os.environ.get("CI"):
    pytest.importorskip("furo", reason="the extra `docs` is not installed")
#: Elements that a browser loads by themselves, and the attribute that says from where.
LOADED = {("script", "src"), ("img", "src"), ("link", "href"), ("source", "src"), ("iframe", "src")}
#: What a browser loads from a style.
STYLED = re.compile(r"url\(\s*['\"]?(?!data:|#)([^'\")]+)|@import\s+['\"]([^'\"]+)")
PICTURES = ("classes", "relations", "fact", "deal")


class Page(HTMLParser):
    """A page's anchors, what it links to, what it loads, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            elif (tag, name) in LOADED and value:
                self.loaded.append(value)
            elif tag == "a" and name == "href" and value:
                self.links.append(value)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site; a warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    done = subprocess.run(
        [*build, "-d", str(folder / "trees"), str(DOCS), str(folder / "html")],
        capture_output=True, text=True, timeout=300, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "html"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    """Return the site's pages by their files."""
    return {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


def test_each_page_is_there(pages: dict[Path, Page], site: Path) -> None:
    made = {str(path.relative_to(site)) for path in pages}
    assert {str(Path(name).with_suffix(".html")) for name in TEXTS} <= made
    assert len(TEXTS) >= 25


def test_each_page_names_its_language(site: Path, pages: dict[Path, Page]) -> None:
    for path in pages:
        lang = "fr" if path.parent.name == "fr" else "en"
        found = re.search(r'<html[^>]* lang="(\w+)"', path.read_text(encoding="utf-8"))
        assert found and found[1] == lang, path


def test_no_link_is_dead(pages: dict[Path, Page]) -> None:
    checked = 0
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                assert parts.scheme in ("https", "http"), f"{path.name}: {link}"
                continue
            goal = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert goal.exists(), f"{path.name}: {link}"
            if parts.fragment and goal in pages:
                assert unquote(parts.fragment) in pages[goal].ids, f"{path.name}: {link}"
            checked += 1
    assert checked > 500


def test_no_page_loads_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        for address in page.loaded:
            parts = urlsplit(address)
            assert not parts.scheme or parts.scheme == "data", f"{path.name}: {address}"
            assert not parts.netloc, f"{path.name}: {address}"
    for style in site.rglob("*.css"):
        for found in STYLED.finditer(style.read_text(encoding="utf-8")):
            assert not urlsplit(found[1] or found[2]).netloc, f"{style.name}: {found[0]}"


def test_ontology_is_told_whole(pages: dict[Path, Page], site: Path) -> None:
    page = pages[site / "model" / "ontology.html"]
    text = " ".join("".join(page.words).split())
    assert len(ontology.terms()) > 100
    for name, term in ontology.terms().items():
        assert f"kg:{name}" in text
        for lang in ontology.LANGUAGES:
            assert term.labels[lang] in text, (name, lang)
    written = (site / "model" / "ontology.html").read_text(encoding="utf-8")
    written += (site / "model" / "index.html").read_text(encoding="utf-8")
    assert written.count("<svg") - written.count('<svg style="display') >= len(PICTURES)


def test_names_and_questions_are_told(pages: dict[Path, Page], site: Path) -> None:
    python = pages[site / "reference" / "python.html"]
    for name in {*kg.__all__} - {"__version__"}:
        assert any(it.endswith(f".{name}") for it in python.ids), name
    questions = " ".join(pages[site / "reference" / "questions.html"].words)
    assert all(one.name in questions for one in list_queries())


def test_notebooks_are_shown_with_what_they_answered(pages: dict[Path, Page], site: Path) -> None:
    paths = sorted((ROOT / "examples").glob("*.ipynb"))
    assert {path.stem for path in paths} | {"index"} == {
        path.stem for path in pages if path.parent.name == "notebooks"
    }
    for path in paths:
        cells = read_notebook(path)["cells"]
        page = site / "notebooks" / f"{path.stem}.html"
        words = " ".join(" ".join(pages[page].words).split())
        title = "".join(cells[0]["source"]).partition("\n")[0].removeprefix("# ")
        assert words.count(title) >= 1
        text = page.read_text(encoding="utf-8")
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        shown = [output for cell in code for output in cell["outputs"]]
        rich = [it for it in shown if "text/html" in it.get("data", {})]
        assert text.count('<div class="output">') == len(rich)
        assert text.count("highlight-python") == len(code)
        assert text.count("highlight-text") == len(shown) - len(rich)
        assert "<style scoped" not in text


@pytest.fixture(scope="module")
def asked(browser: Any, site: Path) -> Iterator[tuple[Any, list[str]]]:
    """Open the site from the disk; give the tab, and the addresses that it asked for."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    tab, addresses = context.new_page(), list[str]()
    tab.on("request", lambda request: addresses.append(request.url))
    tab.goto((site / "index.html").as_uri())
    yield tab, addresses
    context.close()


@pytest.mark.browser
def test_search_finds_without_a_network(asked: tuple[Any, list[str]]) -> None:
    tab, addresses = asked
    tab.locator("input[name=q]").first.fill("ownership")
    tab.keyboard.press("Enter")
    tab.locator("#search-results li").first.wait_for()
    assert tab.locator("#search-results li").count() >= 2
    assert addresses
    assert all(it.startswith(("file:", "data:")) for it in addresses), addresses


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_drawings_and_pages_fit(asked: tuple[Any, list[str]], site: Path, width: int) -> None:
    tab, _ = asked
    tab.set_viewport_size({"width": width, "height": 800})
    for name in ("index", "tutorial", "model/ontology", "reference/commands"):
        tab.goto((site / f"{name}.html").as_uri())
        wide = tab.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name}: {wide}"
