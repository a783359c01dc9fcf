"""What a notebook shows: facts with their words, and small networks; no text becomes markup."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

import networkx as nx
import pytest
from conftest import TEXT, read_nordil
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.rdf import build_graph
from kg.model import Article, Entity, Fact, Reading
from kg.network.network import build_network
from kg.notebook.drawing import MOST, draw_svg
from kg.notebook.words import list_names, mark_names, show_reading

SVG = "{http://www.w3.org/2000/svg}"


class Text(HTMLParser):
    """Gather the text and the tags of HTML, those of marks' labels apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags, self.inside = "", set[str](), 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        self.inside += tag == "span"

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == "span"

    def handle_data(self, data: str) -> None:
        self.text += "" if self.inside else data


def test_each_fact_is_shown_with_its_words() -> None:
    shown = show_reading(read_nordil())
    assert shown.count("<li>") == 17
    assert "17 facts" in shown
    assert "according to Gartex" in shown
    assert "actual, over" in shown
    text = Text(shown).text
    assert "Jeanne Ferrand, directrice générale de Nordil" in " ".join(text.split())


@given(
    st.text("ab<>&\"' é\n", min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=4),
)
def test_marked_words_are_the_words_and_no_markup(text: str, spans: list[tuple[int, int]]) -> None:
    entities = tuple(
        Entity(text[begin:end], "<b>", mentions=((begin, end),))
        for begin, end in spans
        if begin < end <= len(text)
    )
    reading = Reading(Article("a", text), entities)
    parsed = Text(mark_names(reading, (0, len(text))))
    assert parsed.tags <= {"div", "mark", "span", "br"}
    assert "".join(parsed.text.split()) == "".join(text.split())
    marks = list_names(reading, (0, len(text)))
    ends = [(mark["start"], mark["end"]) for mark in marks]
    assert ends == sorted(ends)
    assert all(one[1] <= other[0] for one, other in pairwise(ends))  # type: ignore[operator]


@given(st.text("<>&\"'a;", min_size=1, max_size=12))
def test_a_drawing_is_well_formed_whatever_names_are(name: str) -> None:
    ends = Entity(f"A{name}", "Company"), Entity(f"B{name}", "Company")
    fact = Fact(ends[0], "acquired", ends[1], evidence=((0, 1),))
    network = build_network(build_graph([Reading(Article("a", f"x{name}"), ends, (fact,))]))
    root = ElementTree.fromstring(draw_svg(network))
    said = {it.text for it in root.iter(f"{SVG}text")}
    assert {f"A{name}".strip(), f"B{name}".strip()} <= {str(it).strip() for it in said}


def test_a_drawing_has_every_fact_once_in_its_direction_and_asks_for_nothing() -> None:
    network = build_network(build_graph([read_nordil()]))
    svg = draw_svg(network)
    assert not any(word in svg for word in ("<script", "href", "url(http", "@import", "<image"))
    root = ElementTree.fromstring(svg)
    lines = root.findall(f".//{SVG}line")
    arrows = [it for it in lines if it.get("marker-end")]
    titles = [str(it.text) for it in root.iter(f"{SVG}title")]
    edges = network.edges(data=True)
    facts = Counter(f"{about['relation']} « {about['quote']} »" for _, _, about in edges)
    assert Counter(told for title in titles for told in title.split("; ") if "«" in told) == facts
    assert len(lines) - len(arrows) == 2  # partner of, competes with: both ways
    assert {it.get("stroke-dasharray") for it in lines} == {None, "9,6", "2,5", "12,4,2,4", "18,4"}


def test_the_most_linked_are_drawn_of_many() -> None:
    graph = nx.MultiDiGraph(nx.star_graph(MOST + 5))
    about = {
        "relation": "partnerOf", "label": "partenaire", "quote": "", "modality": "Actual",
        "ended": False,
    }  # fmt: skip
    nx.set_edge_attributes(graph, dict.fromkeys(graph.edges(keys=True), about))
    nx.set_node_attributes(graph, {n: {"name": str(n), "kind": "Company"} for n in graph})
    named = nx.relabel_nodes(graph, str)
    svg = draw_svg(named)
    assert f"The {MOST} most linked of {MOST + 6} things." in svg
    assert svg.count("<circle") == MOST


@pytest.mark.parametrize("text", ["", TEXT])
def test_an_article_without_facts_is_shown(text: str) -> None:
    assert "0 facts" in show_reading(Reading(Article("a", text)))
