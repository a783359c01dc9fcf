"""The page: what it holds, that it asks for nothing, and what a reader sees in a browser."""

import html
import itertools
import json
import os
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph

from kg.errors import KgError
from kg.model import Article, Entity, Fact, Reading
from kg.rdf import build_graph
from kg.view import draw_page, plain

CHROMIUM = Path("/usr/bin/chromium")
#: So that the browser, too, asks the network for nothing.
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip

TEXT = (
    "🎻 Le luthier Ormesson appartient à Valcrux. Orphée Lind préside Valcrux depuis 2011. "
    "Ormesson et Tilsen signeront un pacte sur les bois rares. "
    "Valcrux dément tout rachat de Tilsen. Ormesson fournirait Tilsen. "
    "Selon Tilsen, Valcrux tient 12,5 % du marché des archets. Pérouse a été citée."
)
ORMESSON = Entity("Ormesson", "Company", ("le luthier",), ("https://www.wikidata.org/entity/Q1",))
VALCRUX, TILSEN = Entity("Valcrux", "Company"), Entity("Tilsen", "Organization")
LIND, CITY = Entity("Orphée Lind", "Person"), Entity("Pérouse", "City")
PACT, WOOD = Entity("pacte", "Memorandum"), Entity("bois rares", "CooperationArea")
BOWS = Entity("archets", "Market")
ALL = (ORMESSON, VALCRUX, TILSEN, LIND, CITY, PACT, WOOD, BOWS)
SENTENCES = tuple(found.span() for found in re.finditer(r"[^ .][^.]*\.", TEXT))


def say(*spec: Any, quote: str, **options: Any) -> Fact:
    start = TEXT.index(quote)
    return Fact(*spec, evidence=((start, start + len(quote)),), **options)


FACTS = (
    say(ORMESSON, "subsidiaryOf", VALCRUX, quote="Ormesson appartient à Valcrux", confidence=0.62),
    say(LIND, "holdsPosition", VALCRUX, quote="préside", qualifiers={"role": "présidente"}),
    say(PACT, "party", ORMESSON, "Planned", quote="signeront un pacte"),
    say(PACT, "party", TILSEN, "Planned", quote="signeront un pacte"),
    say(PACT, "hasArea", WOOD, "Planned", quote="bois rares"),
    say(ORMESSON, "partnerOf", TILSEN, "Planned", quote="Ormesson et Tilsen"),
    say(ORMESSON, "supplierOf", TILSEN, "Possible", quote="fournirait"),
    say(TILSEN, "supplierOf", ORMESSON, quote="fournirait", ended=True),
    say(VALCRUX, "acquired", TILSEN, "Denied", quote="dément tout rachat"),
    say(
        VALCRUX, "marketShare", Decimal("12.5"), quote="12,5 %", attributed_to=TILSEN,
        qualifiers={"market": BOWS, "asOf": "2019-09"},
    ),
)  # fmt: skip


def make_graph(*facts: Fact, entities: tuple[Entity, ...] = ALL) -> Graph:
    article = Article("luthiers", TEXT, title="Luthiers & bois", published="2020-05-04")
    return build_graph([Reading(article, entities, facts, SENTENCES)])


def data_of(page: str) -> dict[str, Any]:
    [text] = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    data: dict[str, Any] = json.loads(text)
    return data


HOSTILE = (
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "\"'><svg onload=window.hacked=1>",
    "{{ 7 * 7 }}{% raw %}<!--",
    "\u202eevil\u2066 \u0007\u0085name\u2028",
    "عربي 🎻 " + "x" * 10_000,
)


def hostile_graph() -> Graph:
    """Return a graph whose every text is hostile."""
    text = " ".join(HOSTILE)
    link = ("javascript:window.hacked=1",)
    things = [Entity(name, "Company", HOSTILE, link) for name in HOSTILE]
    facts = tuple(
        Fact(
            one, "holdsPosition", other, rule=HOSTILE[0], attributed_to=one,
            qualifiers={"role": HOSTILE[0]}, evidence=((0, len(text)),),
        )
        for one, other in itertools.pairwise(things)
    )  # fmt: skip
    article = Article("x", text, title=HOSTILE[0], source=HOSTILE[1])
    return build_graph([Reading(article, tuple(things), facts, ((0, len(text)),))])


# The text


def test_the_page_loads_nothing() -> None:
    page = draw_page(make_graph(*FACTS))
    assert not re.search(r"""(?:src|href|action)\s*=\s*["']?\s*(?:https?:)?//""", page)
    assert not re.search(
        r"url\(|@import|<(?:link|base|iframe|object)(?! rel=\"icon\" href=\"data:,\")", page
    )
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert html.unescape(policy).startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_nodes_and_edges_are_those_of_the_graph() -> None:
    data = data_of(draw_page(make_graph(*FACTS)))
    assert len(data["edges"]) == len(FACTS)
    assert sorted(node["thing"]["name"] for node in data["nodes"]) == sorted(
        entity.name for entity in ALL if entity is not CITY
    )
    assert data["page"]["lone"] == ["Pérouse"]


def test_agreements_areas_and_modalities_look_their_own() -> None:
    data = data_of(draw_page(make_graph(*FACTS)))
    shapes = {node["thing"]["kind"]: node["shape"] for node in data["nodes"]}
    assert shapes["Memorandum"] == "diamond"
    assert shapes["CooperationArea"] == "hexagon"
    assert [line["id"] for line in data["page"]["lines"]] == [
        "Actual", "Planned", "Possible", "Denied", "Ended",
    ]  # fmt: skip
    dashes = [str(line["dashes"]) for line in data["page"]["lines"][:4]]
    assert len(set(dashes)) == 4


def test_the_title_is_given_or_the_articles() -> None:
    assert "<h1>Luthiers &amp; bois</h1>" in draw_page(make_graph(*FACTS))
    assert "<h1>Violons</h1>" in draw_page(make_graph(*FACTS), title="Violons")


def test_the_page_speaks_english_too() -> None:
    page = draw_page(make_graph(*FACTS), lang="en")
    assert "Show all" in page
    assert "subsidiary of" in {edge["label"] for edge in data_of(page)["edges"]}


def test_an_unknown_language_is_one_clear_line() -> None:
    with pytest.raises(KgError, match="page language 'tlh': unknown; give one of fr, en"):
        draw_page(Graph(), lang="tlh")


def test_the_same_graph_gives_the_same_page_whatever_its_order() -> None:
    graph = make_graph(*FACTS)
    turned = Graph()
    for triple in sorted(graph, reverse=True):
        turned.add(triple)
    assert draw_page(graph) == draw_page(turned)


def test_a_sentence_is_in_the_page_once() -> None:
    texts = [
        sentence["text"] for sentence in data_of(draw_page(make_graph(*FACTS)))["page"]["sentences"]
    ]
    assert len(texts) == len(set(texts)) == 6


def test_hostile_texts_never_become_markup() -> None:
    hostile, tame = draw_page(hostile_graph(), title=HOSTILE[0]), draw_page(make_graph(*FACTS))
    for markup in ("<script", "</script", "<img", "<svg", "<!--"):
        assert hostile.count(markup) == tame.count(markup)


def test_plain_leaves_letters_and_emoji_alone() -> None:
    assert plain("Crédit  Agricole 🎻 عربي") == "Crédit Agricole 🎻 عربي"


# The browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM.exists() and not os.environ.get("CI"):
        pytest.skip(f"no Chromium at {CHROMIUM}; install Debian's package `chromium`")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


class Opened:
    """Hold a page that is open, with what it asked for and complained of."""

    def __init__(self, browser: Any, path: Path, **options: Any) -> None:
        self.tab = browser.new_page(**options)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.tab.on("request", lambda request: self.requests.append(request.url))
        self.tab.on("console", lambda message: self.complaints.append(message.text))
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.goto(path.as_uri())
        self.tab.wait_for_function("window.pressgraph !== undefined")
        self.address = path.as_uri()

    def find_fact(self, relation: str) -> tuple[float, float]:
        """Return where an edge is: a little before its middle, beside its label."""
        x, y = self.tab.evaluate(
            """relation => {
              const { network } = pressgraph;
              const all = network.body.data.edges.get();
              const { id } = all.find(({ fact }) => fact.relation === relation);
              const at = network.canvasToDOM(network.body.edges[id].edgeType.getPoint(0.35));
              const box = document.getElementById("network").getBoundingClientRect();
              return [at.x + box.left, at.y + box.top];
            }""",
            relation,
        )
        return x, y

    def click_fact(self, relation: str) -> None:
        self.tab.mouse.click(*self.find_fact(relation))

    def panel(self) -> str:
        text: str = self.tab.locator("#panel").inner_text()
        return text


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Any]:
    pages: list[Opened] = []

    def open_page(graph: Graph, **options: Any) -> Opened:
        path = tmp_path / f"une page {len(pages)}.html"
        path.write_text(draw_page(graph), encoding="utf-8")
        pages.append(Opened(browser, path, **options))
        return pages[-1]

    yield open_page
    for page in pages:
        assert page.requests == [page.address]
        assert page.complaints == []
        assert page.tab.evaluate("window.hacked") is None
        page.tab.close()


@pytest.mark.browser
def test_all_is_drawn_and_the_legend_is_seen(opened: Any) -> None:
    tab = opened(make_graph(*FACTS)).tab
    drawn = tab.evaluate(
        "[pressgraph.network.body.data.nodes.length, pressgraph.network.body.data.edges.length]"
    )
    assert drawn == [len(ALL) - 1, len(FACTS)]
    legend = tab.locator("#legend")
    assert legend.is_visible()
    for word in ("Entreprise", "Personne", "Accord", "Domaine de coopération", "Prévu", "Démenti"):
        assert word in legend.inner_text()


@pytest.mark.browser
def test_the_network_fits_the_window(opened: Any) -> None:
    tab = opened(make_graph(*FACTS), viewport={"width": 900, "height": 600}).tab
    assert tab.evaluate(
        """() => {
          const { clientWidth, clientHeight } = document.getElementById("network");
          return Object.values(pressgraph.network.getPositions())
            .map(place => pressgraph.network.canvasToDOM(place))
            .every(({ x, y }) => x > 0 && y > 0 && x < clientWidth && y < clientHeight);
        }"""
    )


@pytest.mark.browser
def test_a_click_on_a_link_shows_its_very_sentence(opened: Any) -> None:
    page = opened(make_graph(*FACTS))
    page.click_fact("subsidiaryOf")
    assert page.tab.locator("#panel blockquote").inner_text() == (
        "🎻 Le luthier Ormesson appartient à Valcrux."
    )
    assert page.tab.locator("#panel mark").inner_text() == "Ormesson appartient à Valcrux"
    assert re.search(r"Confiance\s+62\s%", page.panel())
    assert "Luthiers & bois (4 mai 2020)" in page.panel()


@pytest.mark.browser
def test_a_fact_tells_who_says_it_and_how(opened: Any) -> None:
    page = opened(make_graph(*FACTS))
    page.click_fact("marketShare")
    panel = page.panel()
    assert re.search(r"part de marché 12,5\s%", panel)
    assert re.search(r"Selon\s+Tilsen", panel)
    assert "septembre 2019" in panel
    page.click_fact("acquired")
    assert re.search(r"Modalité\s+démenti", page.panel())


@pytest.mark.browser
def test_a_tooltip_shows_the_sentence(opened: Any) -> None:
    page = opened(make_graph(*FACTS))
    tip = page.tab.locator("#tip")
    assert tip.is_hidden()
    page.tab.mouse.move(*page.find_fact("marketShare"))
    tip.wait_for(state="visible")
    assert tip.locator("mark").inner_text() == "12,5 %"
    assert tip.locator("blockquote").inner_text() == (
        "Selon Tilsen, Valcrux tient 12,5 % du marché des archets."
    )
    for word in ("avéré", "Selon Tilsen", "septembre 2019", "Luthiers & bois"):
        assert word in tip.inner_text()
    page.tab.mouse.move(4, 4)
    page.click_fact("marketShare")
    assert tip.is_hidden()  # the panel says it now


@pytest.mark.browser
def test_a_node_shows_its_names_and_facts_and_a_fact_opens(opened: Any) -> None:
    page = opened(make_graph(*FACTS))
    page.tab.evaluate(
        """() => pressgraph.select(
          pressgraph.network.body.data.nodes.get().find(node => node.thing.name === "Ormesson"))"""
    )
    assert "le luthier" in page.panel()
    address = page.tab.locator("#panel a").get_attribute("href")
    assert address == "https://www.wikidata.org/entity/Q1"
    page.tab.get_by_role("button", name="Ormesson – Tilsen (prévu)").click()
    assert page.tab.locator("#panel mark").inner_text() == "Ormesson et Tilsen"
    assert page.tab.evaluate("pressgraph.network.getSelectedEdges().length") == 1


@pytest.mark.browser
def test_hostile_texts_do_nothing(opened: Any) -> None:
    page = opened(hostile_graph())
    nodes = page.tab.evaluate("pressgraph.network.body.data.nodes.getIds()")
    for number in nodes:
        page.tab.evaluate(
            "id => pressgraph.select(pressgraph.network.body.data.nodes.get(id))", number
        )
        assert page.tab.locator("#panel a").count() == 0
    for number in page.tab.evaluate("pressgraph.network.body.data.edges.getIds()"):
        page.tab.evaluate(
            "id => pressgraph.select(pressgraph.network.body.data.edges.get(id))", number
        )
        assert HOSTILE[0] in page.panel()
    assert page.tab.locator("#panel img, #panel script, #panel svg").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("graph", [Graph(), make_graph()])
def test_a_graph_without_facts_says_so(opened: Any, graph: Graph) -> None:
    tab = opened(graph).tab
    assert tab.locator("#empty").inner_text() == "Ce graphe ne contient aucun fait."
    assert tab.locator("#whole").is_hidden()


@pytest.mark.browser
def test_the_page_follows_a_dark_system(opened: Any) -> None:
    page = opened(make_graph(*FACTS), color_scheme="dark")
    ground = page.tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(20, 24, 30)"
    page.tab.emulate_media(color_scheme="light")
    ground = page.tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    page.click_fact("subsidiaryOf")
    assert "Valcrux" in page.panel()
