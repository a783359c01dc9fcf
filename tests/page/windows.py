"""Windows of a browser: each page opens in one, asks for nothing more and complains of nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rdflib import Graph

from kg.page.view import draw_page

#: A phone's width and height, as narrow as they come.
PHONE = {"width": 360, "height": 740}


def write_pages(folder: Path, graphs: Mapping[str, Graph]) -> dict[str, Path]:
    """Write the page of each graph and return where they are, by their names."""
    found = {name: folder / f"{name}.html" for name in graphs}
    for name, path in found.items():
        path.write_text(draw_page(graphs[name]).html, encoding="utf-8")
    return found


@contextmanager
def opening(browser: Any, pages: Mapping[str, Path]) -> Iterator[Any]:
    """Give a function that opens a page by its name; in the end, see that all were quiet."""
    opened: list[tuple[Any, list[str]]] = []

    def open_page(name: str, hash: str = "", **options: Any) -> Any:
        tab = browser.new_page(**{"locale": "fr-FR", **options})
        heard: list[str] = []
        tab.on("console", lambda message: heard.append(message.text))
        tab.on("pageerror", lambda error: heard.append(str(error)))
        tab.on("request", lambda request: heard.append(request.url))
        tab.goto(pages[name].as_uri() + hash)
        tab.wait_for_function("window.pressgraph")
        opened.append((tab, heard))
        return tab

    yield open_page
    for tab, heard in opened:
        assert len(heard) == 1, heard  # the page itself
        assert tab.evaluate("window.hacked") is None
        tab.close()


def leave(pages: Iterable[Any]) -> None:
    """Close pages that tests have opened, once it is seen that they were quiet."""
    for page in pages:
        assert [it.partition("#")[0] for it in page.requests] == [page.address]
        assert page.complaints == []
        assert page.tab.evaluate("window.hacked") is None
        page.tab.close()
