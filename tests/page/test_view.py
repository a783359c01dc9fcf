"""The page's text: what it holds, that it loads nothing, and that no name becomes markup."""

import html
import json
import re
from typing import Any

import pytest
from conftest import MARKED
from luthiers import ALL, CITY, FACTS, HOSTILE, TEXT, hostile_graph, large_graph, make_graph
from rdflib import RDF, Graph, URIRef

from kg.errors import KgError
from kg.graph.terms import FOLDERS
from kg.graph.vocabularies import KG
from kg.page import view
from kg.page.claims import find_claims
from kg.page.view import plain


def draw_page(graph: Graph, **options: str) -> str:
    return view.draw_page(graph, **options).html


def data_of(page: str) -> dict[str, Any]:
    [text] = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    data: dict[str, Any] = json.loads(text)
    return data


def test_the_page_loads_nothing() -> None:
    page = draw_page(make_graph(*FACTS))
    assert not re.search(r"""(?:src|href|action)\s*=\s*["']?\s*(?:https?:)?//""", page)
    assert not re.search(
        r"url\((?!data:font/)|@import|<(?:link|base|iframe|object)"
        r"(?! rel=\"icon\" href=\"data:,\")",
        page,
    )
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert html.unescape(policy).startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_nodes_and_edges_are_those_of_the_graph() -> None:
    data = data_of(draw_page(make_graph(*FACTS)))
    assert len(data["edges"]) == len(FACTS)
    names = {node["label"] for node in data["nodes"]}
    assert names == {entity.name for entity in ALL if entity is not CITY}
    assert [thing["label"] for thing in data["page"]["lone"]] == ["Pérouse"]


def test_what_is_not_drawn_is_counted_so_that_figures_are_those_of_the_graph() -> None:
    graphs = (Graph().parse(path) for path in sorted(MARKED.glob("*.ttl")))
    claims = find_claims(sum(graphs, Graph()), "fr")
    data = data_of(draw_page(claims.graph))
    page = data["page"]
    assert page["left"]["deals"] > 0
    drawn = len(data["edges"]) + len(page["values"])
    assert drawn + page["left"]["parts"] == len(claims.claims)
    things = {it for kind in FOLDERS for it in claims.graph.subjects(RDF.type, KG[kind])}
    assert len(data["nodes"]) + len(page["lone"]) + page["left"]["deals"] == len(things)


def test_agreements_areas_and_modalities_look_their_own() -> None:
    data = data_of(draw_page(make_graph(*FACTS)))
    shapes = {node["thing"][1]: node["shape"] for node in data["nodes"]}
    assert shapes["Memorandum"] == "diamond"
    assert shapes["CooperationArea"] == "hexagon"
    lines = data["page"]["lines"]
    assert list(lines) == ["Actual", "Planned", "Possible", "Denied", "Over"]
    assert len(set(map(str, lines.values()))) == 5


def test_the_title_is_given_or_the_articles() -> None:
    assert "<h1>Luthiers &amp; bois</h1>" in draw_page(make_graph(*FACTS))
    assert "<h1>Violons</h1>" in draw_page(make_graph(*FACTS), title="Violons")


def test_the_page_speaks_two_languages() -> None:
    page = data_of(draw_page(make_graph(*FACTS)))["page"]
    assert page["lang"] == ""
    assert page["terms"]["fr"]["subsidiaryOf"] == "filiale de"
    assert page["terms"]["en"]["subsidiaryOf"] == "subsidiary of"
    assert page["terms"]["fr"]["Disputed"] == "contesté"
    assert {name for it in page["texts"].values() for name in it} == set(page["texts"]["fr"])
    assert data_of(draw_page(make_graph(), lang="en"))["page"]["lang"] == "en"


def test_an_unknown_language_is_one_clear_line() -> None:
    with pytest.raises(KgError, match="page language 'tlh': unknown; give one of fr, en"):
        draw_page(Graph(), lang="tlh")


def test_the_same_graph_gives_the_same_page_whatever_its_order() -> None:
    graph = make_graph(*FACTS)
    turned = Graph()
    for triple in sorted(graph, reverse=True):
        turned.add(triple)
    assert draw_page(graph) == draw_page(turned)


def test_a_text_is_in_the_page_once() -> None:
    page = draw_page(make_graph(*FACTS))
    assert page.count("Valcrux dément tout rachat de Tilsen") == 1
    [article] = data_of(page)["page"]["articles"]
    assert article["text"] == TEXT
    assert len(article["sentences"]) == 6
    assert all(isinstance(end, int) for _, end in article["sentences"])


def test_without_the_text_each_sentence_is_in_the_page_once() -> None:
    page = draw_page(make_graph(*FACTS, text=False))
    [article] = data_of(page)["page"]["articles"]
    assert article["text"] == ""
    assert [text for _, text in article["sentences"]].count("Ormesson fournirait Tilsen.") == 1
    assert page.count("Ormesson fournirait Tilsen") == 1


def test_evidence_is_where_the_text_says_it() -> None:
    data = data_of(draw_page(make_graph(*FACTS)))
    [said] = data["edges"][0]["fact"][-1]
    [[number, sentence, begin, end]] = said[-1]
    assert TEXT[begin:end] == "Ormesson appartient à Valcrux"
    first, last = data["page"]["articles"][number]["sentences"][sentence]
    assert TEXT[first:last] == "🎻 Le luthier Ormesson appartient à Valcrux."


def test_a_fact_whose_article_the_graph_leaves_out_keeps_its_quote() -> None:
    graph = make_graph(*FACTS[:1])
    [article] = graph.subjects(object=URIRef("https://w3id.org/pressgraph/ontology#Article"))
    graph.remove((article, None, None))
    [known] = data_of(draw_page(graph))["page"]["articles"]
    assert known["sentences"][0][1] == "🎻 Le luthier Ormesson appartient à Valcrux."


def test_hostile_texts_never_become_markup() -> None:
    hostile, tame = draw_page(hostile_graph(), title=HOSTILE[0]), draw_page(make_graph(*FACTS))
    for markup in ("<script", "</script", "<img", "<svg", "<!--"):
        assert hostile.count(markup) == tame.count(markup)


def test_plain_leaves_letters_and_emoji_alone() -> None:
    assert plain("Crédit  Agricole 🎻 عربي") == "Crédit Agricole 🎻 عربي"


def test_a_page_shows_itself_in_a_notebook_behind_a_fence() -> None:
    page = view.draw_page(make_graph(*FACTS))
    frame = page._repr_html_()
    assert str(page) == page.html
    [fence] = re.findall(r'<iframe sandbox="([^"]*)"', frame)
    assert "allow-scripts" in fence
    assert "allow-same-origin" not in fence
    assert frame.count("<") == 2
    assert html.unescape(frame).count(page.html) == 1


def test_a_large_page_is_small_enough() -> None:
    graph = large_graph(300)
    page = draw_page(graph)
    facts = [said for edge in data_of(page)["edges"] for said in edge["fact"][-1]]
    assert len(facts) == 900 - 6  # what is said of a thing and itself is no claim
    assert len(page.encode()) < 1_200_000 + 600 * 900
