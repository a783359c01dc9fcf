"""What a reader sees of claims: one line for each, who says it, how it moved; and in lists."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from luthiers import chronicle, quarrel_graph
from rdflib import Graph

from kg.graph.rdf import build_graph
from kg.model import Article, Entity, Fact, Reading
from kg.page.view import draw_page

pytestmark = pytest.mark.browser

#: The same claim whatever its IRI.
CLAIM = "pressgraph.facts.find(it => it.relation === name)"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a page of few articles that disagree, and one of many about 296 things."""
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    graphs = {"few": quarrel_graph(), "many": build_graph(chronicle(360)), "lands": land_graph()}
    for name, graph in graphs.items():
        found[name] = folder / f"{name}.html"
        found[name].write_text(draw_page(graph, title="Qui tient l'archet ?").html, "utf-8")
    return found


def land_graph() -> Graph:
    """Return makers in a country that French and English name, and one who serves two of them."""
    one, other, third = (Entity(name, "Company") for name in ("Ébène", "Sillet", "Volute"))
    said = [
        (one, "basedIn", Entity("Belgique", "Country"), "fr"),
        (other, "basedIn", Entity("Belgique", "Country"), "fr"),
        (third, "basedIn", Entity("Belgium", "Country"), "en"),
        (one, "acquired", third, "fr"),
    ]
    return build_graph(
        Reading(
            Article(f"pays-{n}", "Rien d'autre.", lang=lang), (start, end),
            (Fact(start, relation, end, "Denied" if relation == "acquired" else "Actual",
                  evidence=((0, 4),), confidence=0.9),),
        )
        for n, (start, relation, end, lang) in enumerate(said)
    )  # fmt: skip


@pytest.fixture
def look(browser: Any, pages: dict[str, Path]) -> Iterator[Any]:
    """Return a function that opens a page; it must complain of nothing and ask for nothing."""
    opened: list[tuple[Any, list[str]]] = []

    def open_page(name: str = "few", hash: str = "", **options: Any) -> Any:
        tab = browser.new_page(**{"locale": "fr-FR", **options})
        heard: list[str] = []
        tab.on("console", lambda message: heard.append(message.text))
        tab.on("pageerror", lambda error: heard.append(str(error)))
        tab.on("request", lambda request: heard.append(request.url))
        tab.goto(pages[name].as_uri() + hash)
        opened.append((tab, heard))
        return tab

    yield open_page
    for tab, heard in opened:
        assert len(heard) == 1, heard  # the page itself
        tab.close()


def choose(tab: Any, relation: str) -> str:
    """Choose the line of a relation and return what the panel tells."""
    tab.evaluate(f"name => pressgraph.choose({CLAIM})", relation)
    text: str = tab.locator("#panel").inner_text()
    return text


def untick(tab: Any, choice: str) -> None:
    tab.locator("#legend label", has_text=choice).locator("input").uncheck()


def pick(tab: Any, name: str) -> None:
    tab.evaluate("name => pressgraph.choose(pressgraph.things.find(it => it.name === name))", name)


def save(tab: Any, name: str) -> bytes:
    tab.locator("#export summary").click()
    with tab.expect_download() as download:
        tab.get_by_role("button", name=name, exact=True).click()
    return Path(download.value.path()).read_bytes()


def test_a_claim_is_one_line_as_wide_as_voices_with_a_mark_for_its_standing(look: Any) -> None:
    tab = look()
    assert tab.evaluate("pressgraph.facts.length") == 4  # of eight facts
    drawn = tab.evaluate(
        """Object.fromEntries(pressgraph.facts.map(({ id, relation, standing }) => {
          const { width, arrows } = pressgraph.network.body.edges[id].options;
          return [relation, [standing, width, arrows.from.enabled && arrows.from.type]]; }))"""
    )
    assert drawn["acquired"][::2] == ["Disputed", "bar"]
    assert drawn["supplierOf"][::2] == ["Agreed", "circle"]
    assert drawn["basedIn"][::2] == ["Reported", False]
    assert drawn["acquired"][1] > drawn["supplierOf"][1] > drawn["basedIn"][1]
    assert "Contesté\n1" in tab.locator("#legend").inner_text()


def test_a_click_lists_who_says_it_when_and_how_it_moved(look: Any) -> None:
    tab = look()
    panel = choose(tab, "acquired")
    assert re.search(r"Statut\s+contesté · 3 voix", panel)
    steps = tab.locator("#panel .history li").all_inner_texts()
    assert [step.partition(" : ")[0] for step in steps] == [
        "10 janvier 2020", "2 mars 2020", "2 mars 2020",
    ]  # fmt: skip
    assert {step.partition(" : ")[2] for step in steps} == {
        "prévu (1 article)", "avéré (1 article)", "démenti (1 article)",
    }  # fmt: skip
    assert tab.locator("#panel blockquote").count() == 3
    assert "Rien n'est signé : Tilsen reste libre" in panel
    assert "L'Archet, 2 mars 2020" in panel


def test_a_copy_is_no_voice_of_its_own_and_is_told_with_what_it_copies(look: Any) -> None:
    tab = look()
    panel = choose(tab, "supplierOf")
    assert re.search(r"Statut\s+concordant · 2 voix", panel)
    assert tab.locator("#panel blockquote").count() == 2  # of three articles
    assert re.search(r"Copies : (L'Archet|Le Cordier)", panel)
    assert tab.locator("#panel .history").count() == 0


def test_an_address_may_name_what_one_article_says(look: Any) -> None:
    tab = look()
    fact = tab.evaluate(f"name => {CLAIM}.said[1].iri", "acquired")
    again = look(hash=f"#select={fact.rpartition('/id/')[2]}")
    assert "Ormesson a acquis Tilsen" in again.locator("#panel h2").inner_text()


def test_selecting_fades_all_that_is_not_next_to_it(look: Any) -> None:
    tab = look("many")
    told = """() => { const { network, facts, state } = pressgraph, id = state.select?.id;
      const near = new Set(facts.flatMap(({ from, to }) => from === id ? [to] : to === id ? [from] : []));
      const clear = Object.values(network.body.nodes).filter(it => it.options.opacity === 1);
      return [clear.length, clear.every(it => it.id === id || near.has(it.id)), near.size,
              Object.values(network.body.edges).filter(it => it.options.color.opacity === 1).length]; }"""  # noqa: E501
    assert tab.evaluate(told)[0] == 296
    pick(tab, "Belbel")
    things, right, near, lines = tab.evaluate(told)
    assert right
    assert things == near + 1 < 150
    assert lines < 400
    tab.keyboard.press("Escape")
    assert tab.evaluate(told)[0] == 296


#: Draws anew and returns how many names are written, and the most that one covers of another.
OVERLAP = """scale => {
  pressgraph.network.moveTo({ scale });
  const boxes = [], pen = CanvasRenderingContext2D.prototype, before = pen.fillText;
  pen.fillText = function (words, x, y) {
    const half = this.measureText(words).width / 2, size = parseFloat(/([\\d.]+)px/.exec(this.font)[1]);
    boxes.push([x - half, y - size / 2, x + half, y + size / 2]);
    before.call(this, words, x, y);
  };
  pressgraph.network.redraw();
  pen.fillText = before;
  let most = 0;
  boxes.forEach(([a, b, c, d], place) => boxes.slice(place + 1).forEach(([e, f, g, h]) => {
    const over = Math.max(0, Math.min(c, g) - Math.max(a, e)) * Math.max(0, Math.min(d, h) - Math.max(b, f));
    most = Math.max(most, over / Math.min((c - a) * (d - b), (g - e) * (h - f)));
  }));
  return [boxes.length, most];
}"""  # noqa: E501


@pytest.mark.parametrize("selected", [False, True])
def test_no_two_names_overlap_at_five_zooms(look: Any, selected: bool) -> None:
    tab = look("many")
    if selected:
        pick(tab, "Belbel")
    for scale in (0.15, 0.3, 0.6, 1, 2):
        written, most = tab.evaluate(OVERLAP, scale)
        assert written >= (1 if selected else 20)
        assert most <= 0.1


def test_hide_pin_and_undo(look: Any) -> None:
    tab = look()
    shown = "[...pressgraph.shown.things].map(id => pressgraph.things[id].name).sort()"
    everything = tab.evaluate(shown)
    pick(tab, "Valcrux")
    tab.get_by_role("button", name="Masquer", exact=True).click()
    assert tab.evaluate(shown) == ["Crémone", "Ormesson", "Tilsen"]
    assert "Valcrux" in tab.locator("#legend fieldset", has_text="Masqués").inner_text()
    again = look(hash=tab.evaluate("location.hash"))
    assert again.evaluate(shown) == ["Crémone", "Ormesson", "Tilsen"]
    tab.get_by_role("button", name="Annuler", exact=True).click()
    assert tab.evaluate(shown) == everything
    assert tab.locator("#undo").is_disabled()
    pick(tab, "Tilsen")
    where = "pressgraph.network.getPosition(pressgraph.things.find(it => it.name === 'Tilsen').id)"
    place = tab.evaluate(where)
    tab.get_by_role("button", name="Épingler", exact=True).click()
    tab.locator("#layout").select_option("timeline")
    assert tab.evaluate(where) == place
    tab.get_by_role("button", name="Libérer", exact=True).click()
    assert tab.evaluate(where) != place
    for _ in range(3):
        tab.keyboard.press("Control+z")
    assert tab.evaluate("location.hash").count("layout") == 0


def test_the_legend_stays_short_and_filters_by_publisher_period_and_country(look: Any) -> None:
    tab = look("many")
    assert tab.locator("#legend .choice").count() < 50  # of 360 articles
    groups = tab.locator("#legend legend").all_inner_texts()
    assert {"éditeurs", "périodes", "pays"} <= {group.lower() for group in groups}
    most = tab.evaluate(
        "Math.max(...[...document.querySelectorAll('fieldset')].map(it => it.querySelectorAll('.choice').length))"  # noqa: E501
    )
    assert most <= 8
    tab.get_by_label("Éditeurs : seul", exact=True).select_option("=Gazette no 3")
    cited = """[...new Set(pressgraph.shown.facts.flatMap(it => it.publisher))].length"""
    assert tab.evaluate("pressgraph.shown.facts.every(it => it.publisher.includes('Gazette no 3'))")
    assert tab.evaluate(cited) > 0
    address = tab.evaluate("location.hash")
    assert look("many", hash=address).locator("#summary").inner_text() == (
        tab.locator("#summary").inner_text()
    )
    untick(tab, "2019")
    assert tab.evaluate("pressgraph.shown.facts.every(it => it.period.some(key => key !== '2019'))")


def test_a_country_is_one_whatever_it_is_called_and_no_path_leads_through_it(look: Any) -> None:
    tab = look("lands")
    countries = "[...new Set(pressgraph.facts.flatMap(it => it.country))]"
    assert tab.evaluate(countries) == ["BE"]
    assert tab.evaluate("pressgraph.facts.length") == 4
    steps = """names => { const { state, things } = pressgraph;
      pressgraph.go({ path: names.map(name => things.find(it => it.name === name).id) });
      return pressgraph.shown.facts.length; }"""
    assert tab.evaluate(steps, ["Ébène", "Sillet"]) == 0  # both are in Belgium, as many are
    assert tab.evaluate(steps, ["Ébène", "Belgique"]) == 1
    assert tab.evaluate(steps, ["Ébène", "Volute"]) == 1


def test_a_path_that_is_searched_is_in_view_and_the_browser_leads_back(look: Any) -> None:
    tab = look("lands")
    tab.evaluate("pressgraph.choose(pressgraph.things.find(it => it.name === 'Ébène'))")
    tab.get_by_role("button", name="Chemin vers…").click()
    tab.keyboard.type("volute")
    tab.keyboard.press("Enter")
    assert "(démenti)" in tab.locator("#panel li").inner_text()
    inside = """[...pressgraph.shown.things].every(id => { const { network } = pressgraph;
      const { x, y } = network.canvasToDOM(network.getPosition(id)), box = network.canvas.frame;
      return x > 0 && y > 0 && x < box.clientWidth && y < box.clientHeight; })"""
    assert tab.evaluate("pressgraph.shown.things.size") == 2
    assert tab.evaluate(inside)
    tab.locator("#panel li button").click()
    assert tab.locator("#panel h2").inner_text().endswith("(démenti)")
    tab.go_back()
    tab.go_back()
    assert tab.evaluate("pressgraph.state.path") is None
    assert tab.locator("#panel h2").inner_text() == "Ébène"
    assert tab.evaluate(inside)


def test_where_nothing_is_dated_the_layout_by_date_says_so(look: Any) -> None:
    tab = look("lands")
    where = "JSON.stringify(pressgraph.network.getPositions())"
    before = tab.evaluate(where)
    tab.locator("#layout").select_option("timeline")
    assert "n’est daté" in tab.locator("#notice").inner_text()
    assert tab.evaluate(where) == before


def test_where_nothing_is_shown_it_says_what_hides_it(look: Any) -> None:
    tab = look()
    untick(tab, "Concordant")
    tab.locator("#least").fill("100")
    untick(tab, "Établie à")
    untick(tab, "Contesté")
    told = "Rien à montrer : sont masqués 4 affirmations : Relation, Statut, Confiance ≥ 100 %."
    assert re.sub(r"\s", " ", tab.locator("#empty p").inner_text()) == told
    tab.get_by_role("button", name="Tableau").click()
    assert "Rien à montrer" in tab.locator("#table").inner_text()
    tab.locator("#table").get_by_role("button", name="Tout cocher").click()
    assert tab.locator("#table tbody tr").count() == 4


def test_the_table_has_voices_article_publisher_date_and_quote(look: Any) -> None:
    tab = look(hash="#view=table")
    row = tab.locator("#table tbody tr", has_text="fournisseur de")
    cells = {
        cell.get_attribute("data-cell"): cell.inner_text()
        for cell in row.locator("[data-cell]").all()
    }
    assert cells["voices"] == "2"
    assert cells["standing"] == "concordant"
    assert cells["published"] == "1 juin 2022"
    assert cells["publisher"] == "La Volute"
    assert cells["article"] == "Lutherie, no 5 (+ 2)"
    assert cells["sentence"].startswith("Chez Ormesson")


def test_owners_stand_above_what_they_own_and_shares_are_on_the_lines(look: Any) -> None:
    tab = look("many", hash="#layout=ownership&no-relation=partnerOf~supplierOf~basedIn~acquired")
    above = tab.evaluate(
        """() => { const { network, shown } = pressgraph;
          const up = (one, other) => network.getPosition(one).y < network.getPosition(other).y;
          const list = shown.facts.map(({ relation, from, to }) =>
            relation === "subsidiaryOf" ? up(to, from) : up(from, to));
          return [list.length, list.filter(Boolean).length]; }"""
    )
    assert above[0] > 100
    assert above[1] > above[0] / 2  # the news is made up: who owns whom goes in circles
    assert tab.evaluate("pressgraph.shown.facts.every(it => it.relation !== 'partnerOf')")


def test_by_date_the_first_told_stand_at_the_left(look: Any) -> None:
    tab = look(hash="#layout=timeline")
    thing = "pressgraph.things.find(it => it.name === name)"
    x = f"name => pressgraph.network.getPosition({thing}.id).x"
    places = [tab.evaluate(x, name) for name in ("Tilsen", "Valcrux", "Italie")]
    assert places == sorted(places)
    assert places[0] < places[1]


def test_around_a_thing_its_neighbours_are_nearest(look: Any) -> None:
    tab = look()
    pick(tab, "Valcrux")
    tab.get_by_role("button", name="Autour de l’élément").click()
    far = tab.evaluate(
        """() => { const { network, things } = pressgraph;
          const at = name => network.getPosition(things.find(it => it.name === name).id);
          const way = name => Math.hypot(at(name).x - at("Valcrux").x, at(name).y - at("Valcrux").y);
          return ["Ormesson", "Tilsen", "Crémone"].map(way); }"""  # noqa: E501
    )
    assert far == sorted(far)
    assert far[0] < far[1] < far[2]


def test_a_picture_has_a_title_a_legend_and_its_sources_on_a_light_ground(look: Any) -> None:
    tab = look(color_scheme="dark", viewport={"width": 1200, "height": 700})
    image = save(tab, "Image (SVG)").decode()
    for words in ("Qui tient l'archet ?", "Entreprise", "Contesté", "Sources : La Volute", "2022"):
        assert words in image
    assert "var(" not in image
    assert 'fill="#ffffff"' in image
    assert "#14181e" not in image  # the page's own ground
    assert save(tab, "Image (PNG)").startswith(b"\x89PNG")


def test_the_csv_tells_standing_and_voices(look: Any) -> None:
    lines = list(
        csv.DictReader(io.StringIO(save(look(), "Faits montrés (CSV)").decode("utf-8-sig")))
    )
    told = {line["Relation"]: (line["Statut"], line["Voix"]) for line in lines}
    assert told["a acquis"] == ("contesté", "3")
    assert told["fournisseur de"] == ("concordant", "2")
    said = {line["Relation"]: (line["Éditeur"], line["Paru"], line["Article"]) for line in lines}
    assert said["fournisseur de"] == ("La Volute", "2022-06-01", "Lutherie, no 5")


def test_a_french_excel_opens_what_is_exported(look: Any) -> None:
    tab = look()
    tab.evaluate("pressgraph.facts[0].confidence = 0.75")
    told = save(tab, "Faits montrés (Excel)")
    assert told.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(told.decode("utf-8-sig")), delimiter=";"))
    plain = save(tab, "Faits montrés (CSV)")
    assert not plain.startswith(b"\xef\xbb\xbf")
    known = list(csv.DictReader(io.StringIO(plain.decode("utf-8"))))
    assert [it["Confiance"].replace(",", ".") for it in rows] == [it["Confiance"] for it in known]
    assert any("," in it["Confiance"] for it in rows)
    tab.get_by_role("button", name="English").click()
    english = save(tab, "Facts shown (Excel)").decode("utf-8-sig")
    assert "Confidence" in next(iter(csv.DictReader(io.StringIO(english))))


def test_a_page_of_ones_own_leads_to_no_explorer(look: Any) -> None:
    tab = look()
    tab.evaluate("pressgraph.choose(pressgraph.things[0])")
    assert tab.get_by_role("link", name="Sa fiche").count() == 0
    assert tab.get_by_role("link", name="Explorateur").count() == 0
