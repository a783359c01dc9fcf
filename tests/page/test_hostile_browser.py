"""Names and graphs at the edge: very long, from right to left, a hub of thousands, no fact."""

from __future__ import annotations

import csv
import io
import itertools
from pathlib import Path
from typing import Any

import guilds
import pytest
from luthiers import HOSTILE, make_graph
from rdflib import Graph
from windows import PHONE, write_pages

from kg.graph.rdf import build_graph
from kg.model import Article, Entity, Fact, Reading

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 800}
LONG = ("Luthier" * 715)[:5000], ("maison de lutherie " * 270)[:5000].strip()
ARABIC, HEBREW = "مجموعة النور القابضة", "קבוצת אורות"
KINDS = (
    "partnerOf", "supplierOf", "acquired", "holdsStakeIn", "subsidiaryOf", "investedIn",
    "competesWith", "licensedTo",
)  # fmt: skip


def pair_graph(*names: str) -> Graph:
    """Return a graph in which each of some names supplies the next."""
    text = " ".join(names)
    things = [Entity(it, "Company", (it + " SA",)) for it in names]
    facts = tuple(
        Fact(one, "supplierOf", other, evidence=((0, 40),))
        for one, other in itertools.pairwise(things)
    )
    article = Article("a", text, title=names[0], source=names[-1], published="2020-05-04")
    return build_graph([Reading(article, tuple(things), facts, ((0, len(text)),))])


def hub_graph(others: int, relations: int) -> Graph:
    """Return a graph in which one thing has so many relations to so many others."""
    hub = Entity("Grande Fabrique", "Company")
    rest = [Entity(f"Atelier {number}", "Company") for number in range(others)]
    text = "La Grande Fabrique travaille avec tous les ateliers de la vallée."
    facts = tuple(
        Fact(hub, kind, one, evidence=((0, 17),)) for one in rest for kind in KINDS[:relations]
    )
    article = Article("hub", text, title="La Fabrique")
    return build_graph([Reading(article, (hub, *rest), facts, ((0, len(text)),))])


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    graphs = {
        "long": pair_graph(*LONG, "Ormesson"), "right": pair_graph(ARABIC, HEBREW, "Ormesson"),
        "hub": hub_graph(286, 7), "star": hub_graph(2000, 1), "nothing": make_graph(),
        "map": guilds.make_guilds(24, 20, (*HOSTILE, *LONG, ARABIC, HEBREW)),
    }  # fmt: skip
    return write_pages(tmp_path_factory.mktemp("pages"), graphs)


#: What stands out of the window, but for what one scrolls across.
WIDE = """[...document.querySelectorAll("body *")].filter(it => it.checkVisibility({ visibilityProperty: true })
  && !it.closest("table, canvas, .unseen, .story ol") && it.getBoundingClientRect().right > innerWidth + 0.5)
  .map(it => `${it.tagName} ${it.id} ${it.textContent.slice(0, 40)}`)"""  # noqa: E501


def choose(tab: Any, kind: str, place: int) -> None:
    tab.evaluate(f"pressgraph.choose(pressgraph.{kind}[{place}])")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("page", ["long", "right", "map"])
def test_no_name_pushes_anything_out_of_the_window(
    look: Any, page: str, size: dict[str, int]
) -> None:
    tab = look(page, viewport=size)
    many = min(12, tab.evaluate("pressgraph.things.length"))
    for view in ("graph", "table"):
        tab.locator(f"button[data-view={view}]").click()
        for place in range(many):
            choose(tab, "things", place)
            assert tab.evaluate(WIDE) == []
            assert tab.locator("#panel h2").bounding_box()["height"] < 700
        choose(tab, "facts", 0)
        assert tab.evaluate(WIDE) == []
        tab.locator("#panel .heading > button").click()
    rows = tab.evaluate(
        "[...document.querySelectorAll('tbody tr')].map(it => [...it.querySelectorAll('[data-cell=subject], [data-cell=object]')].map(cell => cell.textContent.length))"  # noqa: E501
    )
    assert max(max(row) for row in rows) <= 300
    tab.keyboard.press("/")
    tab.keyboard.type("luthier")
    assert tab.evaluate(WIDE) == []


def test_a_long_name_is_whole_in_the_csv(look: Any) -> None:
    tab = look("long")
    tab.locator("#export summary").click()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Affirmations montrées (CSV)").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    names = {line["Sujet"] for line in csv.DictReader(io.StringIO(text))}
    assert names == {*LONG}


#: Where words of an element stand, from left to right.
SPOTS = """(it, words) => { const walker = document.createTreeWalker(it, NodeFilter.SHOW_TEXT), found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) for (const word of words) {
    const from = node.data.indexOf(word);
    if (from < 0) continue;
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, from + word.length);
    found.push([word, range.getBoundingClientRect().x]);
  }
  return found.sort(([, one], [, other]) => one - other).map(([word]) => word); }"""  # noqa: E501


def test_names_from_right_to_left_keep_who_does_what_to_whom(look: Any) -> None:
    tab = look("right", viewport=DESK)
    line = tab.locator("#panel li button", has_text=ARABIC)
    assert line.evaluate(SPOTS, [ARABIC, "→", HEBREW]) == [ARABIC, "→", HEBREW]
    line.click()
    title = tab.locator("#panel h2")
    assert title.evaluate(SPOTS, [ARABIC, "fournisseur", HEBREW]) == [ARABIC, "fournisseur", HEBREW]
    tab.locator("button[data-view=table]").click()
    row = tab.locator("#table tr[aria-current]")
    assert row.evaluate(SPOTS, [HEBREW, ARABIC])[:2] == [ARABIC, HEBREW]
    tab.keyboard.press("/")
    tab.keyboard.type(ARABIC[:6])
    tab.keyboard.press("Enter")
    assert tab.locator("#panel h2").inner_text() == ARABIC


@pytest.mark.parametrize(("page", "times"), [("hub", 2002), ("star", 2000)])
def test_two_thousand_facts_on_one_thing_are_all_there(look: Any, page: str, times: int) -> None:
    tab = look(page, viewport=DESK)
    tab.keyboard.press("/")
    tab.keyboard.type("grande fabrique")
    tab.keyboard.press("Enter")
    assert tab.evaluate("pressgraph.state.select.facts.length") == times
    heads = tab.locator("#panel h3").all_inner_texts()
    counts = [int("".join(filter(str.isdigit, head.rpartition("(")[2]))) for head in heads]
    assert sum(counts) == times
    groups = tab.locator("#panel ul")
    before = groups.last.locator("li").count()
    tab.locator("#panel").get_by_role("button", name="Afficher plus").last.click()
    assert groups.last.locator("li").count() > before
    took = tab.evaluate(
        """() => { const begin = performance.now();
          pressgraph.choose(pressgraph.facts[1000]);
          pressgraph.choose(pressgraph.things.find(it => it.name === "Grande Fabrique"));
          return performance.now() - begin; }"""
    )
    assert took < 4000  # some 0.2 s alone; tests may share their cores
    tab.locator("button[data-view=table]").click()
    assert "2" in tab.locator("caption").inner_text()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_graph_without_facts_names_what_it_has(look: Any, size: dict[str, int]) -> None:
    tab = look("nothing", viewport=size)
    assert "aucun fait" in tab.locator("#empty").inner_text()
    assert tab.locator("#timeline").is_hidden()
    tab.locator("button[data-view=table]").click()
    assert "aucun fait" in tab.locator("#table").inner_text()
    tab.keyboard.press("/")
    tab.keyboard.type("ormes")
    tab.keyboard.press("Enter")
    assert tab.locator("#panel h2").inner_text() == "Ormesson"
    assert tab.evaluate(WIDE) == []
