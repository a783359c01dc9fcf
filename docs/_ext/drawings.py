"""Drawings as SVG: the ontology's classes as a tree, its relations as links, a fact's parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from kg import ontology
from kg.endpoint.glossary import short_name

#: Sizes in pixels: of a line of the tree, of a box, and what a letter takes at most.
LINE, HIGH, LETTER = 26, 30, 8
HEAD = (
    '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
    'markerHeight="7" orient="auto-start-reverse"><path class="head" d="M0 0 10 5 0 10z"/>'
    "</marker></defs>"
)


class Box(NamedTuple):
    """A box with a word in it, by its middle."""

    word: str
    x: int
    y: int

    @property
    def wide(self) -> int:
        """Return how wide it is."""
        return max(len(it) for it in self.word.split("\n")) * LETTER + 24

    @property
    def high(self) -> int:
        """Return how high it is."""
        return HIGH + 16 * self.word.count("\n")


def draw_classes() -> str:
    """Draw the classes as a tree: what is below another stands below it, further in."""
    found = ontology.classes()
    rows: list[tuple[int, str]] = []

    def add(name: str, depth: int) -> None:
        rows.append((depth, name))
        for other, term in found.items():
            if name in term.parents:
                add(other, depth + 1)

    for name, term in found.items():
        if not any(parent in found for parent in term.parents):
            add(name, 0)
    shapes, last = [], {0: 0}
    for at, (depth, name) in enumerate(rows):
        x, y = 12 + depth * 28, 20 + at * LINE
        if depth:
            left = x - 20
            shapes.append(f'<path class="line" d="M{left} {last[depth - 1] + 6}V{y - 4}H{x - 4}"/>')
        last[depth] = y
        labels = found[name].labels
        said = f"{labels['en']} · {labels['fr']}"
        shapes.append(f'<text x="{x}" y="{y}">{escape(name)}</text>')
        shapes.append(f'<text class="said" x="260" y="{y}">{escape(said)}</text>')
    return wrap(shapes, 520, 20 + len(rows) * LINE, "The classes as a tree, with labels")


def draw_relations() -> str:
    """Draw the relations as links, those between the same two classes on one line."""
    ends: dict[tuple[str, str], list[str]] = {}
    for name in ontology.relations():
        term = ontology.properties()[name]
        ends.setdefault((term.domain, short_name(term.range)), []).append(name)
    shapes, y = [], 10
    for (domain, goal), names in ends.items():
        lines = [", ".join(names[at : at + 3]) for at in range(0, len(names), 3)]
        high = max(HIGH, 16 * len(lines) + 14)
        middle = y + high // 2
        boxes = Box(domain, 80, middle), Box(goal, 620, middle)
        shapes += [draw_box(box) for box in boxes]
        shapes.append(draw_line(*boxes))
        shapes += [
            f'<text class="said" text-anchor="middle" x="350" y="{middle - 6 - 14 * at}">'
            f"{escape(line)}</text>"
            for at, line in enumerate(reversed(lines))
        ]
        y += high + 14
    return wrap(shapes, 710, y, "The relations from class to class")


def draw_boxes(
    boxes: Sequence[Box], links: Iterable[tuple[int, int, str]], size: tuple[int, int], told: str
) -> str:
    """Draw boxes and the links between them, each with the name of a property."""
    shapes = []
    for one, other, name in links:
        from_box, to_box = boxes[one], boxes[other]
        x, y = (from_box.x + to_box.x) // 2, (from_box.y + to_box.y) // 2
        shapes.append(draw_line(from_box, to_box))
        across = abs(from_box.y - to_box.y) < HIGH
        place = f'x="{x if across else x + 6}" y="{y - 6 if across else y + 4}"'
        anchor = ' text-anchor="middle"' if across else ""
        shapes.append(f'<text class="said"{anchor} {place}>{escape(name)}</text>')
    shapes += [draw_box(box) for box in boxes]
    return wrap(shapes, *size, told)


def draw_line(one: Box, other: Box) -> str:
    """Draw an arrow from the side of one box to the side of another."""
    if abs(one.y - other.y) < HIGH:
        way = 1 if other.x > one.x else -1
        ends = (one.x + way * one.wide // 2, one.y, other.x - way * other.wide // 2, other.y)
    else:
        way = 1 if other.y > one.y else -1
        ends = (one.x, one.y + way * one.high // 2, other.x, other.y - way * other.high // 2)
    x1, y1, x2, y2 = ends
    return f'<path class="line" d="M{x1} {y1}L{x2} {y2}" marker-end="url(#head)"/>'


def draw_box(box: Box) -> str:
    """Draw a box with its words."""
    x, y = box.x - box.wide // 2, box.y - box.high // 2
    shape = f'<rect class="box" x="{x}" y="{y}" width="{box.wide}" height="{box.high}" rx="6"/>'
    words = [
        f'<text text-anchor="middle" x="{box.x}" y="{y + 20 + 16 * at}">{escape(word)}</text>'
        for at, word in enumerate(box.word.split("\n"))
    ]
    return shape + "".join(words)


def wrap(shapes: Iterable[str], wide: int, high: int, told: str) -> str:
    """Return a whole drawing, which tells those who do not see it what it shows."""
    return (
        f'<figure class="drawing"><svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {wide} {high}" width="{wide}" aria-label="{escape(told)}">{HEAD}'
        f"{''.join(shapes)}</svg></figure>"
    )
