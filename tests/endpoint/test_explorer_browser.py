"""A person explores a store: types a name, reads, decides, and comes back to what is new."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from press import make_reading, press_readings
from servers import Server, fill_store, serve

from kg.endpoint.drawn.page import tell_drawing
from kg.model import Article, Entity, Fact, Reading
from kg.store.store import put_readings
from kg.who.book import read_book
from kg.who.view.beside import follow_book, name_book

pytestmark = pytest.mark.browser
#: Names that would like to be markup, to be very long, and to be read from the right.
HOSTILE = (
    '<img src=x onerror="window.hacked=1">',
    "Mortelune " + "x" * 5_000,
    "شركة النور <script>window.hacked=1</script>",
)
#: Milliseconds that anything may take where much else runs.
PATIENCE = 60_000


def own_hostile() -> Reading:
    """Return an article that names what is hostile."""
    owner = Entity("Ormelune", "Company")
    owned = [Entity(name, "Company") for name in HOSTILE]
    text = "\n".join(f"{it.name} appartient à Ormelune" for it in owned)
    facts = tuple(
        Fact(it, "subsidiaryOf", owner, evidence=((text.index(it.name), text.index(it.name) + 5),))
        for it in owned
    )
    return Reading(Article("filiales", text, published="2017-01-02"), (owner, *owned), facts)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = fill_store(
        tmp_path_factory.mktemp("explored") / "news", *press_readings(), own_hostile()
    )
    follow_book(path)
    return path


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with serve(folder, "--write", "--by", "ana") as server:
        yield server


@pytest.fixture(scope="module")
def token(server: Server) -> str:
    """Return the address that lets a browser decide."""
    return server.read_token()


@pytest.fixture
def tab(browser: Any, server: Server) -> Iterator[Any]:
    """Open the explorer in French; see that it asks no other host, complains of nothing."""
    context = browser.new_context(locale="fr-FR")
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(server.address)
    yield tab
    assert [url for url in requests if not url.startswith(server.address)] == []
    assert [one for one in complaints if "status of 4" not in one] == []
    assert tab.evaluate("window.hacked") is None
    context.close()


def test_a_name_is_found_by_its_beginning_with_the_keyboard(tab: Any) -> None:
    tab.keyboard.press("/")
    tab.keyboard.type("fer")
    tab.get_by_role("option").first.wait_for()
    (told,) = tab.get_by_role("option").all_inner_texts()
    assert told.replace("\u00a0", " ") == "Jeanne Ferrand personne · 1 article"
    tab.keyboard.press("ArrowDown")
    box = tab.get_by_role("combobox")
    assert box.get_attribute("aria-activedescendant") == "name-0"
    tab.keyboard.press("Enter")
    tab.get_by_role("heading", name="Jeanne Ferrand").wait_for()
    tab.get_by_role("heading", name="Personnes et fonctions").wait_for()
    tab.get_by_role("link", name="Nordil").first.click()
    tab.get_by_role("heading", name="Nordil", exact=True).wait_for()
    tab.get_by_text("Phrases").first.click()
    assert tab.locator("mark").first.is_visible()


def test_escape_closes_what_is_offered(tab: Any) -> None:
    tab.get_by_role("combobox").fill("nor")
    tab.get_by_role("option").first.wait_for()
    tab.keyboard.press("Escape")
    assert tab.locator("#names").is_hidden()
    tab.keyboard.press("Enter")
    tab.get_by_role("heading", name="Nordil", exact=True).wait_for()


def test_a_name_that_is_offered_is_chosen_with_the_mouse(tab: Any) -> None:
    tab.get_by_role("combobox").fill("nor")
    tab.get_by_role("option").first.click()
    tab.get_by_role("heading", name="Nordil", exact=True).wait_for()


def test_what_is_printed_has_all_sentences_and_no_buttons(tab: Any, server: Server) -> None:
    tab.goto(server.at("thing?of=Nordil"))
    assert tab.locator("#deals mark").first.is_hidden()
    tab.emulate_media(media="print")
    assert tab.locator("#deals mark").first.is_visible()
    for name in ("header", "form", ".ways"):
        assert tab.locator(name).first.is_hidden()


def test_paper_is_white_and_holds_the_whole_picture(tab: Any, server: Server) -> None:
    """A browser in dark colours prints in light ones, and what is asked without what asks."""
    tab.emulate_media(media="print", color_scheme="dark")
    tab.set_viewport_size({"width": 690, "height": 1000})
    tab.goto(server.at("thing?of=Nordil"))
    colour = "it => getComputedStyle(it)"
    assert tab.locator("body").evaluate(f"{colour}.backgroundColor") == "rgb(255, 255, 255)"
    assert tab.locator(".lead").evaluate(f"{colour}.color") == "rgb(86, 96, 112)"
    assert tab.locator("svg.around rect").evaluate(f"{colour}.fill") == "rgb(246, 247, 249)"
    box = tab.locator("svg.around").bounding_box()
    assert box["x"] + box["width"] <= 690
    tab.goto(server.at("question?ask=about&of=Nordil"))
    assert tab.get_by_role("button", name="Demander").is_hidden()
    assert [
        it.get_attribute("name") for it in tab.locator(".fields input").all() if it.is_visible()
    ] == ["of"]  # what was asked stays


def test_pages_work_without_scripts(browser: Any, server: Server) -> None:
    context = browser.new_context(locale="en-GB", java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    tab.goto(server.address)
    tab.get_by_label("Search a name").first.fill("nord")
    tab.get_by_role("button", name="Find").click()
    tab.get_by_role("heading", name="Nordil", exact=True).wait_for()
    tab.get_by_role("link", name="Français").click()
    tab.get_by_role("heading", name="Opérations").wait_for()
    tab.get_by_role("link", name="Hexo").first.click()
    assert tab.locator("html").get_attribute("lang") == "fr"
    tab.goto(server.at("explore"))
    tab.get_by_role("link", name="Explorateur").click()
    tab.get_by_role("heading", name="Explorer le graphe").wait_for()
    context.close()


def test_a_drawing_that_takes_time_is_announced(tab: Any) -> None:
    tab.evaluate("addEventListener('click', event => event.preventDefault())")  # it is never there
    tab.get_by_role("link", name="Dessiner").click()
    assert tab.locator("#waiting").inner_text() == "Le dessin se prépare…"


def test_a_drawing_that_is_not_there_yet_opens_when_it_is(tab: Any, server: Server) -> None:
    answers = [
        {"status": 202, "body": tell_drawing("fr", "explore").body.decode()},
        {"status": 200, "body": "there"},
        {"status": 200, "body": "<h1>Le dessin</h1>"},
    ]
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.resource_type)
        route.fulfill(content_type="text/html; charset=utf-8", **answers[len(asked) - 1])

    tab.route("**/explore", answer)
    tab.goto(server.at("explore"))
    tab.get_by_role("heading", name="Le dessin", exact=True).wait_for()
    assert asked == ["document", "fetch", "document"]


def test_who_types_while_a_drawing_is_made_is_not_disturbed(tab: Any, server: Server) -> None:
    comes = tell_drawing("fr", "explore").body.decode()
    held: list[Any] = []

    def answer(route: Any) -> None:
        if route.request.resource_type == "document":
            route.fulfill(status=202, content_type="text/html; charset=utf-8", body=comes)
        else:
            held.append(route)

    tab.route("**/explore", answer)
    tab.goto(server.at("explore"))
    tab.locator("#typed").fill("nord")
    while not held:
        tab.wait_for_timeout(50)
    held[0].fulfill(status=200, body="there")
    tab.get_by_role("link", name="Le dessin est prêt : l’ouvrir").wait_for()
    assert tab.locator("#typed").input_value() == "nord"


def test_names_around_a_thing_stay_in_their_picture(tab: Any, server: Server) -> None:
    tab.goto(server.at("thing?of=Ormelune"))
    box = tab.locator("svg.around").bounding_box()
    arms = tab.locator("svg.around a bdi")
    assert arms.count() == len(HOSTILE)
    for arm in arms.all():
        place = arm.bounding_box()
        assert box["x"] <= place["x"]
        assert place["x"] + place["width"] <= box["x"] + box["width"] + 1
        assert place["y"] + place["height"] <= box["y"] + box["height"]


def test_buttons_decide_only_where_the_token_was(tab: Any, token: str, folder: Path) -> None:
    tab.goto(token.partition("?")[0] + "thing?of=Vasco")
    assert tab.locator("form[method=post]").count() == 0
    tab.goto(token)
    assert "token" not in tab.url
    tab.get_by_text("Ce navigateur peut décider au nom de ana.").wait_for()
    tab.goto(token.partition("?")[0] + "thing?of=Vasco")
    tab.get_by_label("Autre nom").fill("Belmar")
    tab.get_by_role("button", name="La même chose", exact=True).click()
    tab.get_by_role("heading", name="C’est décidé").wait_for()
    (line,) = read_book(name_book(folder)).list_decisions()
    assert str(line) == "org:Vasco same Belmar"
    tab.get_by_role("link", name="Revenir à la fiche").click()
    tab.get_by_text("aussi appelé").wait_for()
    tab.go_back()
    tab.get_by_role("button", name="Annuler cette décision").click()
    tab.get_by_role("heading", name="Décision annulée").wait_for()
    assert not read_book(name_book(folder)).list_decisions()
    tab.goto(token.partition("?")[0] + "thing?of=Jeanne")
    tab.get_by_text("Faux", exact=True).first.click()
    assert len(read_book(name_book(folder)).list_decisions()) == 0  # it asks first
    tab.get_by_role("button", name="Oui, c’est faux").first.click()
    tab.get_by_role("heading", name="C’est décidé").wait_for()
    tab.get_by_role("button", name="Annuler cette décision").click()
    tab.get_by_role("heading", name="Décision annulée").wait_for()


def test_a_page_of_another_site_decides_nothing(
    tab: Any, token: str, server: Server, folder: Path
) -> None:
    tab.goto(token)
    key = tab.locator("input[name=key]").first.get_attribute("value")
    evil = tab.context.new_page()
    form = "".join(
        f'<input name="{name}" value="{value}">'
        for name, value in {"key": key, "is": "same", "left": "Hexo", "right": "Vasco"}.items()
    )
    page = f'<form method="post" action="{server.at("decide")}">{form}<button>x</button></form>'
    evil.route("https://evil.example/", lambda route: route.fulfill(
        body=page, content_type="text/html"))  # fmt: skip
    evil.goto("https://evil.example/")
    with evil.expect_response(server.at("decide")) as answer:
        evil.get_by_role("button").click()
    assert answer.value.status == 403
    evil.close()
    assert not read_book(name_book(folder)).list_decisions()


def test_hostile_names_stay_text_and_in_their_column(tab: Any, server: Server) -> None:
    tab.goto(server.at("thing?of=Ormelune"))
    names = tab.locator(".tree bdi").all_inner_texts()
    assert {*names} == {*HOSTILE}
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert tab.evaluate(wide) <= 0
    tab.set_viewport_size({"width": 360, "height": 700})
    assert tab.evaluate(wide) <= 0
    tab.locator(".tree a").first.click()
    tab.get_by_role("heading", level=1).wait_for()
    tab.get_by_role("combobox").fill("<img")
    tab.get_by_role("combobox").fill("img")
    tab.get_by_role("option").first.wait_for()
    assert tab.locator("#names img").count() == 0


def test_what_is_new_since_last_time_is_told(tab: Any, server: Server, folder: Path) -> None:
    assert tab.locator("#since").is_hidden()
    said = (("Tilsen a racheté Vasco", Fact(Entity("Tilsen", "Company"), "acquired",
                                           Entity("Vasco", "Company"))),)  # fmt: skip
    list(put_readings(folder, [make_reading("nouveau", "2001-02-03", said)]))
    follow_book(folder)
    tab.reload()
    tab.get_by_role("link", name="Ce qui est nouveau depuis votre dernière visite").click()
    tab.get_by_text("1 article depuis").wait_for()
    assert tab.locator(".claim .said").all_inner_texts() == ["Tilsen acquiert Vasco"]
    tab.goto(server.address)
    tab.get_by_role("heading", name="Explorer le graphe").wait_for()
    assert tab.locator("#since").is_hidden()


def test_questions_that_were_asked_at_the_start_are_still_answered(
    tab: Any, server: Server
) -> None:
    tab.goto(server.at("#question=partners-of&of=nordil"))
    tab.reload()
    tab.wait_for_url(server.at("ask#question=partners-of&of=nordil"))
    tab.locator("#answer[aria-busy=false] tbody").wait_for()
