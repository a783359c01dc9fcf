"""What a worker does for decisions: lists of those that a store follows, and of suspects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg.endpoint.explorer.cards import decision_graph, read_line
from kg.endpoint.explorer.drawing import Asked, draw
from kg.endpoint.explorer.sections import PAGE
from kg.endpoint.explorer.work import View, on_view
from kg.endpoint.protocol import Reply
from kg.who.decisions import Decision
from kg.who.view.describe import LINE
from kg.who.view.suspects import find_suspects


def decisions_task(folder: str, asked: Asked) -> Reply:
    """Draw the decisions that a store follows, the newest first, so many a page."""

    def work(view: View) -> Reply:
        found = sorted(list_decisions(view.store), key=lambda it: (it.on, str(it)), reverse=True)
        return draw_part("decisions", asked, found)

    return on_view(folder, asked, work)


def suspects_task(folder: str, asked: Asked) -> Reply:
    """Draw the names that may be one thing and that nobody has judged, so many a page."""

    def work(view: View) -> Reply:
        found = find_suspects(view.store, [*list_decisions(view.store)])
        return draw_part("suspects", asked, found)

    return on_view(folder, asked, work)


def draw_part(name: str, asked: Asked, found: Sequence[object]) -> Reply:
    """Draw so many of what was found as one page, from where it is asked for."""
    part, more = found[asked.skip :][:PAGE], asked.skip + PAGE
    return draw(
        name, asked, found=part, count=len(found), step=PAGE,
        more=more if len(found) > more else 0,
    )  # fmt: skip


def list_decisions(store: ox.Store) -> Iterator[Decision]:
    """Yield the decisions that a store follows.

    >>> [*list_decisions(ox.Store())]
    []
    """
    graph = decision_graph(store)
    for quad in store.quads_for_pattern(None, LINE, None, graph):
        if isinstance(quad.subject, ox.NamedNode):
            if line := read_line(store, quad.subject.value, graph):
                yield line
