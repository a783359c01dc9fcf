"""What a worker draws of a graph: a page of it, or of a part, or an overview of a large one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.endpoint.drawn.survey import draw_overview
from kg.endpoint.explorer.drawing import Asked
from kg.endpoint.explorer.drawing import draw as draw_html
from kg.endpoint.explorer.work import View
from kg.endpoint.protocol import HTML, Reply
from kg.endpoint.workers import reply_to
from kg.errors import QueryError
from kg.store.engine import hold

if TYPE_CHECKING:
    from rdflib import Graph

#: Facts up to which a page draws a graph as a whole (9 s on one core, a file of 7 MB).
DRAWN = 20_000


def draw_task(folder: str, focus: str, depth: int, lang: str = "en") -> Reply:
    """Draw a graph, or what is around a name, as a page.

    Of a graph that is too large there is an overview; a part that is asks for another name.
    """
    from kg.ask.focus import focus_graph
    from kg.page.view import draw_page

    def choose(status: int, *, count: int = 0, fault: str = "") -> Reply:
        given = {"count": count, "focus": focus, "depth": depth, "fault": fault}
        return draw_html("choice", asked, status=status, **given)

    def draw(store: ox.Store) -> Reply:
        graph = hold(store)
        try:
            part = focus_graph(graph, focus, depth=depth) if focus else graph
        except QueryError as error:
            return choose(404, fault=str(error))
        if (count := count_facts(part)) > DRAWN:
            return choose(200, count=count) if focus else draw_overview(View(store, asked))
        return Reply(200, HTML, draw_page(part, home="./").html.encode())

    address = f"explore?{urlencode({'focus': focus, 'depth': depth})}" if focus else "explore"
    asked = Asked(lang, chosen=True, address=address)
    return reply_to(folder, draw)


def tell_drawing(lang: str, address: str, *, groups: bool = False) -> Reply:
    """Tell that a drawing comes, or communities: a page that leads there once they are there."""
    asked = Asked(lang, chosen=True, address=address)
    return draw_html("coming", asked, status=202, groups=groups)


def count_facts(graph: Graph) -> int:
    """Count a graph's facts."""
    from kg.graph.triples import read_members
    from kg.graph.vocabularies import KG

    return sum(1 for _ in read_members(graph, KG.Fact))
