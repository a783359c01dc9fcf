"""What people do most on the page, in Firefox by WebDriver."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import guilds
import pytest
from foxes import ENTER, ESCAPE, FIREFOX, Firefox, start_firefox
from luthiers import FACTS, make_graph, quarrel_graph
from windows import write_pages

pytestmark = [
    pytest.mark.firefox,
    pytest.mark.skipif(not FIREFOX, reason="no Firefox; install Debian's `firefox-esr`"),
]

SHOWN = "[...pressgraph.shown.things].map(id => pressgraph.things[id].name).sort()"
#: Where a point of the network is in the window.
SPOT = """(() => { const { network, facts, things } = pressgraph, name = arguments[0];
  const fact = facts.find(it => it.relation === name);
  const at = network.canvasToDOM(fact ? network.body.edges[fact.id].edgeType.getPoint(0.35)
    : network.getPosition(things.find(it => it.name === name).id));
  const box = document.getElementById("canvas").getBoundingClientRect();
  return [at.x + box.left, at.y + box.top]; })()"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    graphs = {
        "small": make_graph(*FACTS), "quarrel": quarrel_graph(), "map": guilds.make_guilds(24, 20),
    }  # fmt: skip
    return write_pages(tmp_path_factory.mktemp("pages"), graphs)


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with start_firefox(tmp_path_factory.mktemp("firefox")) as fox:
        yield fox


@pytest.fixture
def fox(firefox: Firefox, pages: dict[str, Path]) -> Firefox:
    firefox.open(pages["small"].as_uri())
    return firefox


def search(fox: Firefox, words: str) -> None:
    fox.type("/")
    fox.type(words)
    fox.type(ENTER)


def test_it_opens_and_all_is_drawn(fox: Firefox) -> None:
    assert fox.text("#summary") == "7 éléments · 10 affirmations"
    assert fox.run("pressgraph.network.body.data.edges.length") == len(FACTS)


def test_search_opens_a_thing_by_the_keyboard(fox: Firefox) -> None:
    search(fox, "celebre")
    assert fox.text("#panel h2") == "Ormesson"
    fox.type(ESCAPE)
    assert fox.run("pressgraph.state.select") is None


def test_a_click_on_a_thing_tells_of_it_and_fades_the_rest(fox: Firefox) -> None:
    fox.press(*fox.run(SPOT, "Orphée Lind"))
    fox.wait("document.querySelector('#panel h2').textContent === 'Orphée Lind'")
    faded = "Object.values(pressgraph.network.body.nodes).filter(it => it.options.opacity < 1)"
    assert fox.run(f"{faded}.length") == 5


def test_a_click_on_a_line_shows_its_sentence(fox: Firefox) -> None:
    fox.press(*fox.run(SPOT, "subsidiaryOf"))
    fox.wait("document.querySelector('#panel blockquote')")
    assert fox.text("#panel mark") == "Ormesson appartient à Valcrux"


def test_a_double_click_keeps_what_is_around(fox: Firefox) -> None:
    fox.press(*fox.run(SPOT, "Orphée Lind"), times=2)
    fox.wait("pressgraph.shown.things.size === 2")
    assert fox.run(SHOWN) == ["Orphée Lind", "Valcrux"]
    fox.click("#whole")
    assert fox.run("pressgraph.shown.things.size") == 7


def test_a_path_leads_from_one_to_the_other(fox: Firefox) -> None:
    search(fox, "orphee")
    fox.click("#panel .actions button:nth-child(3)")
    fox.type("archets")
    fox.type(ENTER)
    assert fox.text("#panel h2") == "Orphée Lind → archets"
    assert fox.run(SHOWN) == ["Orphée Lind", "Valcrux", "archets"]


def test_the_legend_filters_and_undo_brings_back(fox: Firefox) -> None:
    fox.click("#legend [data-filter='kind Person']")
    assert "Orphée Lind" not in fox.run(SHOWN)
    fox.click("#undo")
    assert "Orphée Lind" in fox.run(SHOWN)


def test_the_table_sorts(fox: Firefox) -> None:
    fox.click("button[data-view=table]")
    fox.click("[data-column=subject] button")
    order = "[...document.querySelectorAll('tbody th')].map(it => it.textContent)"
    names = fox.run(order)
    assert names == sorted(names, key=str.casefold)
    assert len(names) == len(FACTS)


def test_the_article_leads_to_the_graph(fox: Firefox) -> None:
    fox.click("button[data-side=article]")
    fox.click("#article .mention.Person")
    assert fox.text("#panel h2") == "Orphée Lind"


def test_the_timeline_tells_a_story(fox: Firefox, pages: dict[str, Path]) -> None:
    fox.open(pages["quarrel"].as_uri())
    fox.click("#timeline .story li:last-child button")
    assert fox.text("#panel h2") == "Ormesson a acquis Tilsen"
    assert "L'Archet" in fox.run("document.activeElement.textContent")


def test_layouts_languages_and_themes_change(fox: Firefox) -> None:
    fox.run("(document.getElementById('layout').value = 'timeline', "
            "document.getElementById('layout').dispatchEvent(new Event('change')))")  # fmt: skip
    assert "layout=timeline" in fox.run("location.hash")
    fox.click("#lang")
    assert fox.text("#panel h2") == "Article"
    assert fox.run("document.documentElement.lang") == "en"
    before = fox.run("document.documentElement.dataset.theme")
    fox.click("#theme")
    assert fox.run("document.documentElement.dataset.theme") != before


def test_a_picture_and_a_table_are_saved(fox: Firefox) -> None:
    for place, name in (
        (2, "luthiers-bois.svg"),
        (3, "luthiers-bois.csv"),
        (1, "luthiers-bois.png"),
    ):
        fox.click("#export summary")
        fox.click(f"#export li:nth-child({place}) button")
        wait_for(fox.downloads / name)
    image = ElementTree.parse(fox.downloads / "luthiers-bois.svg").getroot()
    assert image.tag.endswith("svg")
    assert "font-family:SourceSans" in (fox.downloads / "luthiers-bois.svg").read_text(
        encoding="utf-8"
    )
    assert "Ormesson" in (fox.downloads / "luthiers-bois.csv").read_text(encoding="utf-8")
    assert (fox.downloads / "luthiers-bois.png").read_bytes().startswith(b"\x89PNG")


def wait_for(path: Path) -> None:
    """Wait until a file is saved."""
    end = time.monotonic() + 20
    while not path.exists() or not path.stat().st_size or path.with_suffix(".part").exists():
        assert time.monotonic() < end, path.name
        time.sleep(0.1)


def test_a_map_unfolds_a_community(fox: Firefox, pages: dict[str, Path]) -> None:
    fox.open(pages["map"].as_uri())
    assert fox.text("#panel h2") == "Vue d’ensemble"
    fox.click("#panel ul li button")
    fox.wait("pressgraph.shown.things.size < 30")
    assert "island=" in fox.run("location.hash")
    fox.click("#notice button")
    assert fox.run("pressgraph.shown.things.size") == 24 * 20 + 1
