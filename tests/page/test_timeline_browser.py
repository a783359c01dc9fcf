"""The timeline: what is over, planned and denied, told apart by shape; how a story moved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from luthiers import Press, quarrel_graph
from rdflib import Graph
from windows import PHONE, write_pages

from kg.graph.rdf import build_graph
from kg.model import Entity, Fact

pytestmark = pytest.mark.browser

HOUSES = tuple(Entity(it, "Company") for it in ("Ormesson", "Tilsen", "Valcrux", "Brisolle"))


def dated_graph() -> Graph:
    """Return what is so, planned, possible, denied and over, four of it of one year."""
    one, other, third, fourth = HOUSES
    press = Press()
    on = {"date": "2021-03"}
    press.write("2020-01-10", "La Volute", (
        "Ormesson a repris Tilsen.", Fact(one, "acquired", other, qualifiers={"date": "2015"}),
    ), (
        "Ormesson reprendra Valcrux.", Fact(one, "acquired", third, "Planned", qualifiers=on),
    ), (
        "Ormesson dément reprendre Brisolle.",
        Fact(one, "acquired", fourth, "Denied", qualifiers=on),
    ), (
        "Brisolle pourrait reprendre Tilsen.",
        Fact(fourth, "acquired", other, "Possible", qualifiers=on),
    ), (
        "Valcrux ne fournit plus Tilsen.",
        Fact(third, "supplierOf", other, ended=True, qualifiers=on),
    ), (
        "Valcrux reprendra Brisolle.", Fact(third, "acquired", fourth, "Planned", qualifiers=on),
    ))  # fmt: skip
    return build_graph(press.readings)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    graphs = {"dated": dated_graph(), "quarrel": quarrel_graph()}
    return write_pages(tmp_path_factory.mktemp("pages"), graphs)


def test_each_modality_has_a_mark_of_its_own_shape_above_its_day(look: Any) -> None:
    tab = look("dated")
    marks = tab.evaluate(
        """[...document.querySelectorAll("#timeline .days button")].map(it =>
             [it.firstChild.dataset.glyph, it.firstChild.innerHTML.replace(/--\\w+/g, ""), it.getAttribute("aria-label"),
              Math.round(it.getBoundingClientRect().x), Math.round(it.getBoundingClientRect().y)])"""  # noqa: E501
    )
    assert [line for line, *_ in marks] == [
        "Actual", "Planned", "Possible", "Denied", "Over",
    ]  # fmt: skip
    assert len({shape for _, shape, *_ in marks}) == 5  # without its colour
    assert len({(x, y) for *_, x, y in marks}) == 5
    assert len({x for *_, x, _ in marks[1:]}) == 1
    told = {line: label for line, _, label, *_ in marks}
    assert told["Denied"] == "mars 2021 : Ormesson — a acquis — Brisolle (démenti)"
    assert told["Over"].endswith("(terminé)")
    assert told["Planned"] == "mars 2021 : 2 affirmations (prévu)"


def test_a_mark_lists_its_facts_and_the_address_keeps_them(look: Any) -> None:
    tab = look("dated")
    mark = tab.locator("#timeline button[aria-label*='(prévu)']")
    mark.focus()
    tab.keyboard.press("Enter")
    assert tab.locator("#panel h2").inner_text() == "mars 2021 : prévu"
    assert tab.locator("#panel ul li").count() == 2
    assert tab.evaluate("document.activeElement.dataset.tick") == "Planned 2021-03"
    again = look("dated", hash=tab.evaluate("location.hash"))
    assert again.locator("#panel ul li").count() == 2
    tab.locator("#legend label", has_text="Prévu").locator("input").uncheck()
    assert mark.count() == 0


def test_the_legend_explains_the_marks(look: Any) -> None:
    tab = look("dated")
    marks = tab.locator("#legend [data-glyph]")
    assert [it.get_attribute("data-glyph") for it in marks.all()] == [
        "Actual", "Planned", "Possible", "Denied", "Over",
    ]  # fmt: skip


def test_a_claims_story_is_told_step_by_step(look: Any) -> None:
    tab = look("quarrel")
    story = tab.locator("#timeline .story")
    assert story.locator("p").inner_text() == "Ormesson — a acquis — Tilsen"
    steps = story.locator("li button")
    assert [words.replace("\n", " ") for words in steps.all_inner_texts()] == [
        "10 janvier 2020 : prévu", "2 mars 2020 : avéré", "2 mars 2020 : démenti",
    ]  # fmt: skip
    glyphs = [it.get_attribute("data-glyph") for it in story.locator("[data-glyph]").all()]
    assert glyphs == ["Planned", "Actual", "Denied"]
    steps.nth(2).click()
    assert tab.locator("#panel h2").inner_text() == "Ormesson a acquis Tilsen"
    assert "L'Archet" in tab.evaluate("document.activeElement.textContent")  # who denied it


def test_the_panel_lists_what_has_changed(look: Any) -> None:
    tab = look("quarrel")
    changed = tab.locator("#panel h3", has_text="Ce qui a changé").locator("+ ul li")
    assert changed.all_inner_texts() == ["Ormesson — a acquis — Tilsen prévu → avéré → démenti"]
    changed.locator("button").click()
    assert tab.locator("#panel .history li").count() == 3


def test_a_thing_shows_its_own_stories_alone(look: Any) -> None:
    tab = look("quarrel", "#select=org/tilsen")
    assert tab.locator("#timeline .story").count() == 1
    tab.evaluate("pressgraph.choose(pressgraph.things.find(it => it.name === 'Valcrux'))")
    assert tab.locator("#timeline").is_hidden()


def test_on_a_phone_no_story_makes_the_page_wider(look: Any) -> None:
    tab = look("quarrel", viewport=PHONE)
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_on_a_phone_a_button_brings_up_what_has_changed(look: Any) -> None:
    tab = look("quarrel", viewport=PHONE)
    assert tab.locator("#panel").is_hidden()
    tab.get_by_role("button", name="Ce qui a changé (1)").click()
    tab.locator("#panel").get_by_role("button", name="Fermer").click()
    assert tab.locator("#panel").is_hidden()
    tab.get_by_role("button", name="Ce qui a changé (1)").click()
    tab.locator("#panel h3", has_text="Ce qui a changé").locator("+ ul button").click()
    assert tab.locator("#panel .history li").count() == 3
