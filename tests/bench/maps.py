"""Measure the map of a large graph beside cytoscape.js, and a click on it beside a small page's."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import tarfile
import time
import zlib
from pathlib import Path
from typing import Any

from steps import report

#: What the map is measured beside: drawn on a canvas as well, so without a graphics card too.
CYTOSCAPE = "cytoscape@3.35.0"
#: The most that the map may take of cytoscape's time to open, and a click of one on a small page.
OPENING, CLICK = 1.5, 3.0
#: Milliseconds that a page has worked when it is drawn.
DRAWN = """() => {{ if (!({ready})) return null;
  return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(
    () => done(performance.now())))); }}"""
#: Clicks in the page, from the button going down to the frame after the panel has changed.
LISTEN = """() => {
  let begin = 0;
  window.took = null;
  addEventListener("pointerdown", () => { begin = performance.now(); },
    { once: true, capture: true });
  new MutationObserver((_, seen) => {
    seen.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(
      () => { window.took = performance.now() - begin; }));
  }).observe(document.getElementById("panel"), { childList: true });
}"""
THEIRS = """
const { nodes, edges } = JSON.parse(document.getElementById("data").textContent);
window.cy = cytoscape({
  container: document.getElementById("canvas"), layout: { name: "preset" },
  elements: {
    nodes: nodes.map(([id, x, y]) => ({ data: { id: `n${id}` }, position: { x, y } })),
    edges: edges.map(([a, b], id) =>
      ({ data: { id: `e${id}`, source: `n${a}`, target: `n${b}` } })),
  },
  style: [
    { selector: "node", style: { width: 12, height: 12 } },
    { selector: "edge", style: { width: 1, "curve-style": "haystack" } },
  ],
});
"""


def compare_map(folder: Path, ours: Path, small: Path, tab: Any, hub: str) -> bool:
    """Tell how a map compares; return whether it is within its limits.

    `tab` opens a page in a browser of its own, `hub` finds a page's thing with most facts.
    """
    few, many = (min(time_clicks(tab, path, hub)) for path in (small, ours))
    print(f"  a click: {few:.0f} ms with 300 things, {many:.0f} ms on the map")
    within = report("  a click on the map, beside one with 300 things", many / few, CLICK, "x")
    theirs = write_cytoscape(folder, ours)
    if theirs is None:
        print(f"  not measured beside {CYTOSCAPE}: no npm that gets it")
        return within
    one = min(time_opening(tab, ours, "window.pressgraph") for _ in range(2))
    other = min(time_opening(tab, theirs, "window.cy") for _ in range(2))
    print(f"  drawn: {one:.2f} s; {CYTOSCAPE}, same places and no names: {other:.2f} s")
    return report("  opening the map, beside cytoscape", one / other, OPENING, "x") and within


def time_opening(tab: Any, path: Path, ready: str) -> float:
    """Return the seconds in which a page opens until it is drawn, or those it was given."""
    from playwright.sync_api import TimeoutError

    begin = time.perf_counter()
    with tab() as page:
        try:
            page.goto(path.as_uri(), wait_until="commit")
            code = DRAWN.format(ready=ready)
            return float(page.wait_for_function(code, polling=20).json_value()) / 1000
        except TimeoutError:
            return time.perf_counter() - begin


def time_clicks(tab: Any, path: Path, hub: str) -> list[float]:
    """Return the milliseconds of clicks on a page: each until the panel tells of what is there."""
    times = []
    with tab() as page:
        page.goto(path.as_uri())
        spot = page.wait_for_function(hub, polling=20).json_value()
        for _ in range(4):
            page.evaluate(LISTEN)
            page.mouse.click(*spot)
            page.wait_for_function("() => window.took !== null", polling=20)
            times.append(page.evaluate("window.took"))
            page.wait_for_timeout(700)  # or two clicks were a double click
            page.keyboard.press("Escape")
            spot = page.evaluate(hub)
    return times


def write_cytoscape(folder: Path, ours: Path) -> Path | None:
    """Write a page on which cytoscape draws a map's things and facts, if npm gets cytoscape."""
    if not shutil.which("npm"):
        return None
    command = ["npm", "pack", "--silent", CYTOSCAPE]
    if subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode:
        return None
    with tarfile.open(next(folder.glob("cytoscape-*.tgz"))) as packed:
        member = packed.extractfile("package/dist/cytoscape.min.js")
        assert member
        bundle = member.read().decode()
    found = re.search(r'id="data">([^<]*)<', ours.read_text(encoding="utf-8"))
    assert found
    data = json.loads(zlib.decompress(base64.b64decode(found[1])))
    nodes = [[node["id"], node["x"], node["y"]] for node in data["nodes"]]
    edges = [[edge["from"], edge["to"]] for edge in data["edges"]]
    page = folder / "cytoscape.html"
    page.write_text(
        "<!DOCTYPE html><style>html, body, #canvas { margin: 0; height: 100% }</style>"
        f'<div id="canvas"></div><script type="application/json" id="data">'
        f"{json.dumps({'nodes': nodes, 'edges': edges})}</script>"
        f"<script>{bundle}</script><script>{THEIRS}</script>",
        encoding="utf-8",
    )
    return page
