"""Measure large pages in headless Chromium, beside what pyvis makes of the same networks."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from made_up import made_up_readings
from maps import compare_map
from steps import report

CHROMIUM = "/usr/bin/chromium"
#: So that the browser asks the network for nothing, and draws without a graphics card.
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
#: Nodes, edges, and the most seconds from opening a page of so many to where one can use it.
SIZES = ((1_000, 3_000, 3.0), (10_000, 30_000, 10.0))
#: Of these, the map whose clicks are measured beside those on a small page.
LARGEST, SMALL = SIZES[-1][:2], (300, 900)
#: The most MB of a page without edges, and MB an edge.
PAGE, EDGE = 1.2, 0.0006
#: Seconds that a page is given.
PATIENCE = 30.0


class Kind(NamedTuple):
    """How to find the thing with most links on a kind of page, and how to tell it is shown."""

    hub: str
    shown: str


#: Where in the window a page has its hub, once there is a network; a map first shows the community.
OURS = Kind(
    """() => {
      const { network, things } = window.pressgraph || {};
      if (!network) return null;
      const facts = (thing) => thing.facts.length;
      const hub = things.reduce((one, other) => facts(one) < facts(other) ? other : one);
      const { x, y } = network.placeOf ? network.placeOf(hub.id)
        : network.canvasToDOM(network.getPosition(hub.id));
      const box = document.getElementById("canvas").getBoundingClientRect();
      return [x + box.left, y + box.top];
    }""",
    "document.querySelector('#panel .heading')",
)
#: Physics runs before pyvis draws anything, and after that for some time: nodes still move.
PYVIS = Kind(
    """() => {
      const network = window.network?.physics?.ready && window.network;
      if (!network) return null;
      const links = id => network.getConnectedEdges(id).length;
      const hub = network.body.nodeIndices.reduce((a, b) => links(a) < links(b) ? b : a);
      const { x, y } = network.canvasToDOM(network.getPosition(hub));
      const box = network.canvas.frame.getBoundingClientRect();
      return [x + box.left, y + box.top];
    }""",
    "network.getSelectedNodes().length",
)
#: Whether the click has shown something, in the frame after it.
SHOWN = """() => new Promise(done => requestAnimationFrame(() => done(Boolean({shown}))))"""


@contextmanager
def open_tab() -> Iterator[Any]:
    """Open a tab in a browser of its own that reaches no network."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        # What pyvis asks of other servers fails at once, wherever this runs.
        tab = browser.new_context(offline=True).new_page()
        tab.set_viewport_size({"width": 1440, "height": 900})
        tab.set_default_timeout(PATIENCE * 4000)
        yield tab
        browser.close()


def open_page(path: Path, kind: Kind) -> str | float:
    """Open a page; return the seconds until a click on a node shows it, or what went wrong."""
    from playwright.sync_api import Error, TimeoutError

    with open_tab() as tab:
        try:
            return seconds_until_shown(tab, path, kind)
        except TimeoutError:
            return f"not in {PATIENCE:.0f} s"
        except Error as error:
            return f"failed: {str(error).splitlines()[0]}"


def seconds_until_shown(tab: Any, path: Path, kind: Kind) -> float:
    """Click on a page's hub, again if it has moved on, until the page shows it."""
    begin = time.perf_counter()

    def wait_for(code: str) -> Any:
        left = PATIENCE - (time.perf_counter() - begin)
        found = tab.wait_for_function(code, timeout=max(1, left * 1000), polling=20)
        return found.json_value()

    tab.goto(path.as_uri(), wait_until="commit", timeout=PATIENCE * 1000)
    while True:
        tab.mouse.click(*wait_for(kind.hub))
        if tab.evaluate(SHOWN.format(shown=kind.shown)):
            return time.perf_counter() - begin
        wait_for("() => true")


def write_pages(folder: Path, things: int, facts: int) -> tuple[Path, Path]:
    """Write our page and pyvis's of made-up news; tell how long ours took."""
    from kg.graph.rdf import build_graph
    from kg.network.network import build_network
    from kg.page.view import draw_page

    graph = build_graph(made_up_readings(things, facts))
    network = build_network(graph)
    size = (network.number_of_nodes(), network.number_of_edges())
    assert size == (things, facts), size
    begin = time.perf_counter()
    page = draw_page(graph).html
    print(
        f"page of {things:,} things, {facts:,} facts: drawn in {time.perf_counter() - begin:.1f} s"
    )
    ours, theirs = folder / "ours.html", folder / "pyvis.html"
    ours.write_text(page, encoding="utf-8")
    theirs.write_text(draw_with_pyvis(network), encoding="utf-8")
    return ours, theirs


def write_small(folder: Path) -> Path:
    """Write the page of a small network."""
    from kg.graph.rdf import build_graph
    from kg.page.view import draw_page

    path = folder / "small.html"
    path.write_text(draw_page(build_graph(made_up_readings(*SMALL))).html, encoding="utf-8")
    return path


def draw_with_pyvis(network: Any) -> str:
    """Draw a network as pyvis does by itself: names, relations, physics."""
    from pyvis.network import Network

    drawing = Network(directed=True, cdn_resources="in_line")
    for node, name in network.nodes(data="name"):
        drawing.add_node(node, label=name)
    for start, end, label in network.edges(data="label"):
        drawing.add_edge(start, end, label=label)
    return str(drawing.generate_html())


def measure_page(things: int, facts: int, most: float) -> bool:
    """Measure the pages of a size; return whether ours is within its limits."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = write_pages(Path(folder), things, facts)
        seconds, others = open_page(ours, OURS), open_page(theirs, PYVIS)
        within = []
        if (things, facts) == LARGEST:
            small = write_small(Path(folder))
            within.append(compare_map(Path(folder), ours, small, open_tab, OURS.hub))
        size, other_size = (path.stat().st_size / 1e6 for path in (ours, theirs))
    if isinstance(seconds, str):
        print(f"  {seconds}")
        seconds = float("inf")
    other = others if isinstance(others, str) else f"{others:.2f} s"
    within += [
        report("  from opening to a click that shows a thing", seconds, most, "s"),
        report("  its file", size, PAGE + EDGE * facts, "MB"),
    ]
    print(f"  plain pyvis, physics as it comes: {other}, {other_size:.2f} MB")
    return all(within)


def main() -> int:
    """Measure each size; return 1 if a figure is over its limit."""
    if not Path(CHROMIUM).exists():
        print(f"pages not measured: no {CHROMIUM}; install Debian's package `chromium`")
        return 0
    within = [measure_page(*size) for size in SIZES]
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
