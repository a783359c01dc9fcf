"""Network to the page of a large graph: a map that opens on communities and unfolds on demand."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg import ontology
from kg.network.network import list_facts
from kg.page.large.islands import find_islands, layout_islands
from kg.page.render import Page, furnish, make_environment, read, read_fonts, write_json

if TYPE_CHECKING:
    from networkx import MultiDiGraph

    Describe = Callable[[str, dict[str, Any]], Any]

#: Things up to which a page is drawn by vis-network (pyvis); more are a map.
MOST = 300
#: Parts of the map's script, in order: those of the small page, and its own where one draws.
SCRIPTS = (
    "large/data.js", "words.js", "facts.js", "state.js", "panel.js", "claim.js", "article.js",
    "legend.js", "empty.js", "table.js", "timeline.js", "search.js", "rings.js",
    "layouts.js", "large/islands.js", "large/camera.js", "large/names.js", "large/ground.js",
    "large/scene.js", "large/map.js", "large/overview.js", "picture.js", "export.js",
    "large/picture.js", "main.js",
)  # fmt: skip


@dataclass(frozen=True)
class Map:
    """Hold what a map draws: things with their places, facts, and which things belong together."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    islands: list[dict[str, list[int]]]


def fill_map(
    network: MultiDiGraph,
    numbers: dict[str, int],
    describe_thing: Describe,
    describe_fact: Describe,
) -> Map:
    """Fill a map with a network's things, each on the island of its community, and its facts."""
    islands = find_islands(network)
    places = layout_islands(network, islands)
    nodes = [
        {"id": numbers[node], "x": x, "y": y, **describe_thing(node, network.nodes[node])}
        for node, (x, y) in places.items()
    ]
    symmetric = {name for name, term in ontology.properties().items() if term.symmetric}
    edges = [
        {
            "from": numbers[start], "to": numbers[end],
            "arrows": "" if said["relation"] in symmetric else "to",
            "fact": describe_fact(fact, said),
        }
        for start, end, fact, said in list_facts(network)
        if end
    ]  # fmt: skip
    parts = [
        {
            part: [numbers[node] for node in getattr(it, part)]
            for part in ("members", "best", "guests")
        }
        for it in islands
    ]
    return Map(nodes, edges, parts)


def render_map(drawing: Map, page: dict[str, Any], *, title: str) -> Page:
    """Render a map with our template; its data is packed, which makes of eight bytes one."""
    own = json.loads(read("large/texts.json"))
    texts = {lang: texts | own[lang] for lang, texts in page["texts"].items()}
    page = page | {"texts": texts, "islands": drawing.islands, "fonts": read_fonts()}
    data = {"page": page, "nodes": drawing.nodes, "edges": drawing.edges}
    script = "\n".join(['"use strict"; (async () => {', *map(read, SCRIPTS), "})();"])
    style = read("page.css") + read("large/map.css")
    told = furnish(page, style, "", script, title=title)
    template = make_environment().get_template("page.html")
    return Page(template.render(**told, packed=pack(data)))


def pack(data: Any) -> str:
    """Pack data as `data.js` unpacks it: JSON, deflated, in letters.

    >>> pack({})
    'eNqrrgUAAXUA+Q=='
    """
    return base64.b64encode(zlib.compress(write_json(data).encode(), 9)).decode()
