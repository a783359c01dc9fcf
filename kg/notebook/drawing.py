"""A small network as a drawing (SVG) that asks for nothing: no script, no network."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from kg.network.layout import layout_network
from kg.page.view import DASHES, FAMILIES, is_deal, is_symmetric

if TYPE_CHECKING:
    from networkx import MultiDiGraph

    Place = tuple[int, int]
    Lines = dict[tuple[str, str, str, bool], list[dict[str, Any]]]

#: Things that are drawn at most: the most linked ones.
MOST = 30
#: Family of classes → its colour.
COLOURS = {
    "Company": "#2f6fb3", "Organization": "#2f6fb3", "PublicBody": "#4c55b5", "Person": "#b0651a",
    "Place": "#2e7d32", "Product": "#8e44ad", "CooperationArea": "#00796b", "Market": "#8a6d00",
    "Agreement": "#ad1457",
}  # fmt: skip
MARGIN = 90
ARROW = (
    '<defs><marker id="kg-arrow" viewBox="0 0 8 8" refX="16" refY="4" markerWidth="8" '
    'markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#777"/></marker></defs>'
)


def draw_svg(network: MultiDiGraph, most: int = MOST) -> str:
    """Draw the most linked things of a network and the facts between them; deals are left out.

    >>> import networkx as nx
    >>> draw_svg(nx.MultiDiGraph())
    '<p>No fact links two things.</p>'
    """
    kept = network.subgraph([n for n, kind in network.nodes(data="kind") if not is_deal(kind)])
    linked = sorted((n for n, degree in kept.degree if degree), key=lambda n: (-kept.degree[n], n))
    part = kept.subgraph(linked[:most])
    if not part:
        return "<p>No fact links two things.</p>"
    places = layout_network(part)
    left, top = (min(it[axis] for it in places.values()) - MARGIN for axis in (0, 1))
    width = max(x for x, _ in places.values()) - left + MARGIN
    height = max(y for _, y in places.values()) - top + MARGIN
    marks = [ARROW, *(draw_line(places[key[0]], places[key[1]], key[2:], facts)
                      for key, facts in sorted(group_facts(part).items()))]  # fmt: skip
    marks += [draw_thing(places[node], about) for node, about in sorted(part.nodes(data=True))]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}"'
    style = 'style="max-width:100%;background:#fff" font-family="sans-serif" font-size="13"'
    drawn = f'{head} width="{width}" role="img" {style}>{"".join(marks)}</svg>'
    told = f"<p>The {most} most linked of {len(linked)} things.</p>"
    return drawn + (told if len(linked) > most else "")


def group_facts(network: MultiDiGraph) -> Lines:
    """Group the facts that one line shows: of the same two things, put in the same way."""
    lines: Lines = {}
    for a, b, key in sorted(network.edges(keys=True)):
        about = network.edges[a, b, key]
        both = is_symmetric(about["relation"])
        ends = sorted((a, b)) if both else (a, b)
        way = "Over" if about["ended"] else about["modality"]
        if a != b:
            lines.setdefault((ends[0], ends[1], way, both), []).append(about)
    return lines


def draw_line(start: Place, end: Place, way: tuple[str, bool], facts: list[dict[str, Any]]) -> str:
    """Draw a line between two things, dashed as facts are put, with the facts' labels."""
    dashes = ",".join(map(str, DASHES[way[0]]))
    look = f' stroke-dasharray="{dashes}"' if dashes else ""
    look += "" if way[1] else ' marker-end="url(#kg-arrow)"'
    told = "; ".join(f"{it['relation']} « {it['quote']} »" for it in facts)
    label = ", ".join(dict.fromkeys(str(it["label"]) for it in facts))
    x, y = ((3 * start[axis] + 2 * end[axis]) // 5 for axis in (0, 1))
    line = f'<line x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}"'
    return (
        f'<g><title>{escape(told)}</title>{line} stroke="#777"{look}/>'
        f'<text x="{x}" y="{y}" text-anchor="middle" fill="#555" font-size="11">'
        f"{escape(label[:60])}</text></g>"
    )


def draw_thing(place: Place, about: dict[str, Any]) -> str:
    """Draw a thing as a dot with its name.

    >>> "A &amp; B</text>" in draw_thing((0, 0), {"name": "A & B", "kind": "Company"})
    True
    """
    colour = COLOURS.get(FAMILIES.get(about["kind"], ""), "#555")
    name = escape(str(about["name"])[:60])
    return (
        f'<g><title>{escape(about["kind"])}</title><circle cx="{place[0]}" cy="{place[1]}" r="8" '
        f'fill="{colour}"/><text x="{place[0]}" y="{place[1] + 22}" text-anchor="middle" '
        f'fill="#1b1b1b">{name}</text></g>'
    )
