"""The explorer: pages of a store, each of which tells what is so, and decides only for whom may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import ROOT, read_nordil
from hypothesis import given
from hypothesis import strategies as st
from luthiers import hostile_graph
from press import make_reading, press_readings
from rdflib import RDF, RDFS, Graph, URIRef
from servers import Server, fill_store, serve

from kg.endpoint.explorer.drawing import Pen
from kg.endpoint.explorer.names import WHOLE, Entry, find_one, make_names
from kg.endpoint.explorer.ready.cells import WORDS
from kg.endpoint.explorer.words import LANGS, read_words
from kg.exports.syntaxes import write_nt
from kg.graph.terms import BASE
from kg.graph.vocabularies import KG
from kg.model import Article, Entity, Fact, Reading
from kg.names.key import fold
from kg.page.render import PAGE
from kg.store.arrivals import list_arrived
from kg.store.store import put_readings
from kg.who.book import read_book
from kg.who.view.beside import follow_book, name_book

pytestmark = pytest.mark.server
#: Seconds that an answer may take where much else runs.
PATIENCE = 60
CLIENT = httpx.Client(timeout=PATIENCE, trust_env=False)
PACKAGE = ROOT / "kg" / "endpoint" / "explorer"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MARKUP = '<img src=x onerror="window.hacked=1">'
#: Companies of one owner: more than a page shows.
MANY = 130


@pytest.fixture(scope="module", autouse=True)
def client() -> Iterator[httpx.Client]:
    with CLIENT:
        yield CLIENT


def make_client() -> httpx.Client:
    """Return a client that keeps cookies of its own."""
    return httpx.Client(timeout=PATIENCE, trust_env=False)


def own_many() -> Reading:
    """Return an article in which one owns many, and another's name would like to be markup."""
    owner = Entity("Ormelune", "Company")
    owned = [Entity(f"Tirvane {n:03}", "Company") for n in range(MANY)]
    owned.append(Entity(MARKUP, "Company"))
    text = " ".join(f"{it.name} appartient à Ormelune." for it in owned)
    facts, at = [], 0
    for one in owned:
        words = f"{one.name} appartient à Ormelune"
        at = text.index(words, at)
        facts.append(Fact(one, "subsidiaryOf", owner, evidence=((at, at + len(words)),)))
    return Reading(Article("filiales", text, published="2017-01-02"), (owner, *owned), tuple(facts))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explored") / "news"
    fill_store(path, *press_readings(), own_many())
    follow_book(path)
    return path


@pytest.fixture(scope="module")
def news(folder: Path) -> Iterator[Server]:
    with serve(folder) as server:
        yield server


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[tuple[Server, Path, httpx.Client]]:
    """Serve a store of its own to a browser that may decide."""
    path = fill_store(tmp_path / "news", *press_readings())
    follow_book(path)
    with serve(path, "--write", "--by", "ana") as server, make_client() as mine:
        told = [server.process.stdout.readline() for _ in range(6)] if server.process.stdout else []
        (token,) = (line.split()[0] for line in told if "token=" in line)
        answer = mine.get(token)
        assert (answer.status_code, answer.headers["location"]) == (303, "./")
        yield server, path, mine


def thing(name: str) -> str:
    return f"{BASE}org/{name}"


def show(server: Server, path: str, lang: str = "fr", **given: Any) -> str:
    """Return a page as text, without its style and script."""
    accepted = {"Accept-Language": lang}
    response = CLIENT.get(server.at(path), params=given or None, headers=accepted)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return read_body(response.text)


def read_body(html: str) -> str:
    """Return what stands between a page's style and its script."""
    return html.partition("</style>")[2].partition("<script>")[0]


def plain(html: str) -> str:
    """Return the words of markup, with single spaces."""
    return re.sub(r"[ \n\xa0]+", " ", re.sub(r"<[^>]*>", "", html)).strip()


def part(html: str, name: str) -> str:
    """Return a section of a page, as words."""
    return plain(html.partition(f'<section id="{name}">')[2].partition("</section>")[0])


# Pages


def test_start_tells_what_there_is_and_the_newest_claims(news: Server) -> None:
    page = show(news, "")
    words = plain(page)
    assert "4 articles" in words
    assert "2 juillet 2019" in words
    assert "entreprise" in words
    assert (
        words.index("Hexo acquiert Belmar") < words.index("Vasco et Belmar")
        if ("Vasco et Belmar" in words)
        else True
    )
    assert 'href="question?ask=partners-of"' in page


def test_thing_has_its_people_deals_owners_and_sentences(news: Server) -> None:
    page = show(news, "thing", of=thing("nordil"))
    assert "<title>Nordil</title>" in page or "Nordil" in page
    assert "Jeanne Ferrand est présidente chez Nordil" in part(page, "people")
    assert "Nordil acquiert Orvane" in part(page, "deals")
    assert "45\u202f000\u202f000 EUR / 40\u202f000\u202f000 EUR · 2 voix" in part(page, "deals")
    assert "Nordil et Vasco sont partenaires" in part(page, "partners")
    assert "14 %" in part(page, "markets")
    assert "marché « batteries »" in part(page, "markets")
    assert "Hexo" in plain(page.partition('class="tree"')[2].partition("</ul>")[0])
    assert "<mark>Nordil a racheté Orvane</mark>" in page
    assert "Jeanne Ferrand" in part(page, "people")
    assert thing("hexo").replace(":", "%3A").replace("/", "%2F") in page


def test_denied_and_disputed_are_told(news: Server) -> None:
    page = plain(show(news, "thing", of=thing("hexo")))
    assert "Hexo acquiert Belmar" in page
    claim = re.search(r'href="(claim\?of=[^"]+)"', show(news, "claims", of=thing("hexo"),
                                                         section="deals"))  # fmt: skip
    assert claim
    told = plain(show(news, claim[1]))
    assert "démenti" in told
    assert "11 juin 2019" in told
    assert "Évolution" in told
    assert "Hexo n'a pas racheté Belmar".replace("'", "&#39;") in told


def test_pages_speak_the_readers_language(news: Server) -> None:
    assert "Nordil acquires Orvane" in plain(show(news, "thing", "en-GB,en;q=0.9",
                                                  of=thing("nordil")))  # fmt: skip
    page = show(news, f"thing?of={thing('nordil')}&lang=fr", "en")
    assert "Nordil acquiert Orvane" in plain(page)
    assert "&amp;lang=fr" in page
    assert f"thing?of={thing('nordil').replace(':', '%3A').replace('/', '%2F')}&amp;lang=en" in page


def test_texts_are_the_same_in_both_languages() -> None:
    words = read_words()
    assert {*words} == {*LANGS}
    assert {*words["fr"]} == {*words["en"]}
    pages = "".join(path.read_text(encoding="utf-8") for path in PAGE.glob("explorer/*.html"))
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    asked = {*re.findall(r"words\.(\w+)", pages), *re.findall(r'words\["(\w+)"\]', code)}
    asked |= {*WORDS.values()}
    assert asked <= {*words["fr"]}
    made = ("section_", "scheme_", "way_", "column_", "judged_")
    counted = {*re.findall(r'pen\.count\([^"]*"(\w+)"', pages)}
    assert counted
    spare = {
        it for it in {*words["fr"]} - asked
        if not it.startswith(made) and it.removesuffix("s") not in counted
    }  # fmt: skip
    assert spare == set()


def test_a_long_section_is_paged(news: Server) -> None:
    page = show(news, "thing", of=thing("ormelune"))
    assert page.count('class="claim') < 40
    assert f"Tout voir ({MANY + 1})" in plain(page)
    assert page.count('<a class="meta" href="claim') == 20
    assert f"+ {MANY + 1 - 20} autres" in plain(page)
    seen: list[str] = []
    path = f"claims?of={thing('ormelune')}&section=owners"
    for _ in range(5):
        page = show(news, path)
        seen += re.findall(r'href="(claim\?of=[^"]+)">Qui', page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        if not more:
            break
        path = more[1].replace("&amp;", "&")
    assert len(seen) == len({*seen}) == MANY + 1


def test_hostile_names_stay_text(news: Server) -> None:
    for path, asked in (
        ("claims", {"of": thing("ormelune"), "section": "owners", "skip": "100"}),
        ("search", {"q": "<img"}),
        ("search", {"q": '"><script>alert(1)</script>'}),
        ("thing", {"of": "<script>alert(1)</script>"}),
    ):
        response = CLIENT.get(news.at(path), params=asked, follow_redirects=True)
        body = read_body(response.text)
        assert "<img" not in body
        assert "<script" not in body
    assert "default-src &#39;none&#39;" in CLIENT.get(news.at("")).text


def test_hostile_graph_of_others_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "hostile.nt"
    path.write_text(write_nt(hostile_graph()), encoding="utf-8")
    with serve(path) as server:
        start = show(server, "")
        for address in {*re.findall(r'href="(thing\?[^"]+|claim\?[^"]+)"', start)}:
            page = show(server, address)
            drawn = page.replace('<svg class="around"', "")  # ours
            assert not re.search(r"<(?:script|img|svg|iframe)", drawn)
            assert "javascript:" not in "".join(re.findall(r'href="([^"]*)"', page)).lower()


def test_graph_of_classes_says_that_it_holds_no_thing(tmp_path: Path) -> None:
    graph = Graph()
    graph.add((URIRef("urn:a"), RDF.type, RDFS.Class))
    path = tmp_path / "classes.nt"
    path.write_text(write_nt(graph), encoding="utf-8")
    with serve(path) as server:
        assert "ni entreprise, ni personne" in plain(show(server, ""))
        assert CLIENT.get(server.at("search"), params={"q": "a"}).status_code == 404
        assert "Aucune affirmation" in plain(show(server, ""))
        assert "Rien de nouveau" in plain(show(server, "news"))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("thing?of=urn:none", 404), ("claim?of=%3Cq%3E", 404), ("claims?of=urn:x&section=no", 404),
        ("claims?of=Nordil&skip=-1", 400), ("claims?of=Nordil&skip=9999999999", 400),
        ("news?since=yesterday", 400), (f"names?q={'a' * 300}", 400), ("decide", 405),
        (f"thing?of={'a' * 5000}", 400), ("search", 200),
    ],
)  # fmt: skip
def test_wrong_addresses_are_told(news: Server, path: str, status: int) -> None:
    assert CLIENT.get(news.at(path)).status_code == status


# Search


def test_names_are_suggested_as_one_types(news: Server) -> None:
    found = CLIENT.get(news.at("names"), params={"q": "fer"}).json()
    assert [it["name"] for it in found["names"]] == ["Jeanne Ferrand"]
    assert CLIENT.get(news.at(found["names"][0]["href"])).status_code == 200
    many = CLIENT.get(news.at("names"), params={"q": "TIRV"}).json()
    assert (len(many["names"]), many["more"]) == (10, MANY - 10)
    assert CLIENT.get(news.at("names"), params={"q": " "}).json()["names"] == []


@pytest.mark.parametrize("typed", ["Nordil", "NORD", "nordil", thing("nordil")])
def test_a_unique_beginning_goes_to_the_thing(news: Server, typed: str) -> None:
    for path, name in (("search", "q"), ("thing", "of")):
        if (path, typed) == ("thing", thing("nordil")):
            continue
        response = CLIENT.get(news.at(path), params={name: typed})
        assert response.status_code == 303
        assert response.headers["location"].endswith("org%2Fnordil")


def test_what_several_names_begin_with_is_listed(news: Server) -> None:
    words = plain(show(news, "search", q="tirvane"))
    assert f"{MANY} noms" in words
    assert "Tirvane 049" in words
    assert "Tirvane 050" not in words
    assert "Tirvane 050" in plain(show(news, "search", q="tirvane", skip=50))


@given(st.lists(st.text("aé b-'", min_size=1, max_size=9), min_size=1, max_size=8, unique=True),
       st.text("aé b", min_size=1, max_size=4))  # fmt: skip
def test_search_finds_what_begins_so(names: list[str], typed: str) -> None:
    index = make_names([Entry(f"urn:{n}", "Company", (it,)) for n, it in enumerate(names)])
    found = {hit.entry.iri for hit in index.search(typed)}
    key = fold(typed)
    wanted = {
        f"urn:{n}" for n, it in enumerate(names) if key and f" {key}" in f" {fold(it)}"
    }  # fmt: skip
    assert found == wanted
    one = find_one(index.search(typed))
    whole = [it for it in names if key and fold(it) == key]
    assert one is None or one.fit == WHOLE or not whole


# What is new


def test_what_came_since_is_told_by_arrival_or_by_date(tmp_path: Path) -> None:
    path = fill_store(tmp_path / "news", *press_readings())
    follow_book(path)
    with serve(path) as server:
        assert 'data-mark="3"' in show(server, "")
        assert "Rien de nouveau" in plain(show(server, "news", since=3))
        late = make_reading("ancien", "2001-02-03", (
            ("Vasco a racheté Tilsen", Fact(Entity("Vasco", "Company"), "acquired",
                                            Entity("Tilsen", "Company"))),
        ))  # fmt: skip
        list(put_readings(path, [late]))
        follow_book(path)
        assert len(list_arrived(path)) == 4
        assert 'data-mark="4"' in show(server, "")
        words = plain(show(server, "news", since=3))
        assert "1 article depuis" in words
        assert "Vasco acquiert Tilsen" in words
        assert "Nordil" not in words
        by_date = plain(show(server, "news", since="2019-06-11"))
        assert "Hexo acquiert Belmar" in by_date
        assert "Tilsen" not in by_date
        list(put_readings(path, [late]))
        assert len(list_arrived(path)) == 4


def test_a_file_tells_what_is_new_by_date(tmp_path: Path) -> None:
    from kg.graph.rdf import build_graph, write_turtle

    path = tmp_path / "graph.ttl"
    path.write_text(write_turtle(build_graph(press_readings())), encoding="utf-8")
    with serve(path) as server:
        assert 'data-mark="2019-07-02"' in show(server, "")
        assert "Hexo acquiert Belmar" in plain(show(server, "news", since="2019-06-11"))
        assert "Nordil acquiert Orvane" in plain(show(server, "thing", of=thing("nordil")))


# Decisions


def key_of(page: str) -> str:
    found = re.search(r'name="key" value="(\w+)"', page)
    assert found
    return found[1]


def test_nothing_is_decided_without_write(news: Server, folder: Path) -> None:
    page = show(news, "thing", of=thing("nordil"))
    assert "<form method" not in page
    form = {"is": "same", "left": "Nordil", "right": "Vasco", "key": "x"}
    response = CLIENT.post(news.at("decide"), data=form, headers={"Origin": news.address[:-1]})
    assert (response.status_code, response.text) == (
        403, "only reading; kg serve STORE --write takes decisions\n",
    )  # fmt: skip
    assert not name_book(folder).exists()


def test_buttons_decide_and_take_back(writing: tuple[Server, Path, httpx.Client]) -> None:
    server, path, mine = writing
    page = mine.get(server.at("thing"), params={"of": thing("nordil"), "lang": "fr"}).text
    assert "La même chose" in page
    origin = {"Origin": server.address[:-1]}
    form = {"key": key_of(page), "left": "org:Nordil", "right": "Vasco", "is": "same",
            "of": thing("nordil"), "lang": "fr"}  # fmt: skip
    done = mine.post(server.at("decide"), data=form, headers=origin)
    assert "C’est décidé" in done.text
    (line,) = read_book(name_book(path)).list_decisions()
    assert (str(line), line.by) == ("org:Nordil same Vasco", "ana")
    page = mine.get(server.at("thing"), params={"of": thing("nordil"), "lang": "fr"}).text
    assert "aussi appelé <bdi>Vasco</bdi>" in page
    assert "Nordil est la même chose que Vasco" in page
    listed = mine.get(server.at("decisions"), params={"lang": "fr"}).text
    assert "Nordil est la même chose que Vasco" in listed
    gone = mine.get(server.at("thing"), params={"of": thing("vasco")})
    assert gone.headers["location"].endswith("org%2Fnordil")
    again = mine.post(server.at("decide"), data=form, headers=origin)
    assert "Déjà décidé" in again.text
    against = mine.post(server.at("decide"), data=form | {"is": "different"}, headers=origin)
    assert against.status_code == 409
    assert "rien n’a changé" in against.text
    mine.post(server.at("decide"), data=form | {"is": "undo"}, headers=origin)
    assert not read_book(name_book(path)).list_decisions()


def test_a_claim_is_marked_wrong(writing: tuple[Server, Path, httpx.Client]) -> None:
    server, path, mine = writing
    page = mine.get(server.at("thing"), params={"of": thing("nordil"), "lang": "fr"}).text
    people = page.partition('<section id="people">')[2].partition("</section>")[0]
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', people))
    assert (form["is"], form["relation"], form["value"]) == ("wrong", "holdsPosition", "présidente")
    origin = {"Origin": server.address[:-1]}
    assert "décidé" in mine.post(server.at("decide"), data=form, headers=origin).text
    page = mine.get(server.at("thing"), params={"of": thing("nordil"), "lang": "fr"}).text
    assert 'id="people"' not in page
    (line,) = read_book(name_book(path)).list_decisions()
    assert str(line).startswith("person:Jeanne Ferrand wrong holdsPosition")


def test_alike_names_are_offered_until_they_are_judged(tmp_path: Path) -> None:
    firm, other = Entity("Valmontane", "Company"), Entity("Valmontane Énergie", "Company")
    said = (("Valmontane achète Valmontane Énergie", Fact(firm, "acquired", other)),)
    path = fill_store(tmp_path / "news", make_reading("a", "2020-01-01", said))
    follow_book(path)
    with serve(path) as server:
        assert "Valmontane Énergie" in plain(show(server, "alike", of=thing("valmontane")))
        from kg.who.judging import decide

        cells = {"left": "Valmontane", "is": "different", "right": "Valmontane Énergie"}
        decide(path, cells)
        assert "tout est jugé" in plain(show(server, "alike", of=thing("valmontane")))


@pytest.mark.parametrize(
    "wrong",
    [
        {"headers": {"Origin": "https://evil.example"}},
        {"headers": {"Origin": "null"}},
        {"headers": {"Origin": ""}},
        {"headers": {"Origin": None}},
        {"headers": {"Sec-Fetch-Site": "same-site"}},
        {"headers": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}},
        {"headers": {"Host": "evil.example"}},
        {"headers": {"Content-Type": "text/plain"}},
        {"form": {"key": "0" * 64}},
        {"form": {"key": ""}},
        {"cookie": "guessed"},
        {"cookie": None},
        {"form": {"is": "call"}},
        {"form": {"is": ""}},
    ],
)
def test_what_is_no_form_of_ours_is_refused(
    writing: tuple[Server, Path, httpx.Client], wrong: dict[str, Any]
) -> None:
    server, path, mine = writing
    key = key_of(mine.get(server.at("thing"), params={"of": thing("nordil")}).text)
    ((name, token),) = mine.cookies.items()
    form = {"key": key, "is": "same", "left": "Nordil", "right": "Vasco"} | wrong.get("form", {})
    cookie = wrong.get("cookie", token)
    headers = {"Origin": server.address[:-1], **FORM} | wrong.get("headers", {})
    if cookie is not None:
        headers["Cookie"] = f"{name}={cookie}"
    told = {name: value for name, value in headers.items() if value is not None}
    response = CLIENT.post(server.at("decide"), data=form, headers=told)
    assert response.status_code in (400, 403, 415)
    assert not name_book(path).exists()
    assert CLIENT.get(server.at("decide"), headers=told).status_code in (400, 405, 403)


def test_who_has_no_token_sees_no_form(writing: tuple[Server, Path, httpx.Client]) -> None:
    server, _, mine = writing
    assert "<form method" not in show(server, "thing", of=thing("nordil"))
    other = CLIENT.get(server.at(""), params={"token": "guessed"})
    assert other.status_code == 200
    assert "set-cookie" not in other.headers
    cookie = mine.get(server.at("")).request.headers["cookie"]
    assert cookie.startswith("kg-")


@pytest.mark.parametrize("options", [("--host", "0.0.0.0"), ()])
def test_write_is_for_stores_and_this_machine(tmp_path: Path, options: tuple[str, ...]) -> None:
    import subprocess

    from servers import KG_COMMAND

    path = tmp_path / "graph.nt"
    if options:
        path = fill_store(tmp_path / "news", read_nordil())
    else:
        path.write_text(f"<urn:a> <{RDF.type}> <{KG.Company}> .\n", encoding="utf-8")
    command = [*KG_COMMAND, "serve", str(path), "--port", "0", "--write", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "kg serve --write: " in done.stderr
    assert done.stderr.count("\n") == 1


def test_addresses_are_safe() -> None:
    from kg.endpoint.explorer.drawing import Asked

    pen = Pen(Asked("fr", chosen=True, address="thing?of=a"))
    assert pen.link("thing", of='"><b>&') == "thing?of=%22%3E%3Cb%3E%26&lang=fr"
    assert pen.other() == ("en", "thing?of=a&lang=en")
