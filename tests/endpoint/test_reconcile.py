"""Names of a table are matched with the things of a graph, as the Reconciliation API 0.2 has it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from conftest import ROOT
from registers import VALMONTANE
from schemas import Schema
from servers import Server, serve

from kg.endpoint.reconcile.asked import read_batch, read_extension
from kg.endpoint.reconcile.manifest import make_manifest, propose_properties, suggest_things
from kg.endpoint.reconcile.matching import answer
from kg.endpoint.reconcile.things import Things, read_things
from kg.endpoint.reconcile.values import extend
from kg.errors import QueryError
from kg.graph.terms import BASE
from kg.model import Article, Entity, Fact, Reading
from kg.store.engine import engine_of, load_graph
from kg.store.store import put_readings
from kg.who.book import Book, add_decisions, write_book
from kg.who.decisions import read_decision
from kg.who.tables import read_table
from kg.who.view.beside import follow_book, name_book

#: What the W3C community group gives: schemas, and examples that fit them and that do not.
GIVEN = ROOT.parent / "shared" / "data" / "reconcile"
FIRM, GROUP = Entity("Valmontane SA", "Company"), Entity("Valmontane", "Company", ("VLM",))
OTHER, MEDIA = Entity("Valmontane Énergie", "Company"), Entity("Orvane", "Organization")
MAN, FRANCE = Entity("Paul Orvane", "Person"), Entity("France", "Country")
HOSTILE = Entity('<img src=x onerror="a()">', "Company")
IRIS = {name: f"{BASE}org/{name}" for name in ("valmontane", "valmontane-energie", "orvane")}


def say(name: str, *facts: tuple[Entity, str, Entity], more: tuple[Entity, ...] = ()) -> Reading:
    text = ". ".join(f"{one.name} {way} {two.name}" for one, way, two in facts)
    told = tuple(Fact(*fact, evidence=((0, len(text)),)) for fact in facts)
    ends = dict.fromkeys(end for one, _, two in facts for end in (one, two))
    return Reading(Article(name, text), (*ends, *more), told)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "news"
    readings = [
        say("a", (FIRM, "basedIn", FRANCE), (OTHER, "subsidiaryOf", FIRM)),
        say("b", (GROUP, "partnerOf", MEDIA), more=(MAN, HOSTILE)),
    ]
    list(put_readings(path, readings))
    line = {"left": "Valmontane", "is": "same", "right": f"siren:{VALMONTANE}"}
    write_book(name_book(path), add_decisions(Book(), [read_decision(line)]))
    follow_book(path)
    return path


@pytest.fixture(scope="module")
def store(folder: Path) -> ox.Store:
    return engine_of(load_graph(folder))


@pytest.fixture(scope="module")
def things(store: ox.Store) -> Things:
    return read_things(store)


def ask(store: ox.Store, things: Things, **query: Any) -> list[dict[str, Any]]:
    (asked,) = read_batch(json.dumps({"q": query})).values()
    return answer(store, things, asked)


# Names


@pytest.mark.parametrize("name", ["VALMONTANE S.A.", "Valmontane", "VLM", IRIS["valmontane"]])
def test_a_name_that_one_thing_has_is_a_match(store: ox.Store, things: Things, name: str) -> None:
    first, *rest = ask(store, things, query=name)
    assert (first["id"], first["match"]) == (IRIS["valmontane"], True)
    assert first["score"] >= 99
    assert not any(it["match"] or it["score"] > 98 for it in rest)
    assert first["description"].endswith("2 articles")


def test_what_is_only_alike_is_no_match_and_says_why(store: ox.Store, things: Things) -> None:
    first = ask(store, things, query="Valmontanne Énergie")[0]
    assert (first["id"], first["match"]) == (IRIS["valmontane-energie"], False)
    assert first["description"] == "'valmontanne' for 'valmontane'; 1 article"
    assert {it["id"] for it in first["features"]} == {"name", "sure", "articles"}
    assert ask(store, things, query="Brindeleau") == []


def test_a_name_of_two_things_is_no_match(store: ox.Store, tmp_path: Path) -> None:
    path = tmp_path / "news"
    list(
        put_readings(
            path, [say("a", (FIRM, "basedIn", FRANCE), more=(Entity("Valmontane", "Person"),))]
        )
    )
    follow_book(path)
    held = engine_of(load_graph(path))
    found = ask(held, read_things(held), query="Valmontane")
    assert [(it["score"], it["match"]) for it in found] == [(99, False), (99, False)]
    (one,) = ask(held, read_things(held), query="Valmontane", type="Company")
    assert one["match"] is True


def test_a_number_is_a_match_and_another_number_none(store: ox.Store, things: Things) -> None:
    number = [{"pid": "siren", "v": f"{VALMONTANE[:3]} {VALMONTANE[3:]}"}]
    (first,) = ask(store, things, properties=number)
    assert (first["id"], first["score"], first["match"]) == (IRIS["valmontane"], 100, True)
    assert {"id": "siren", "value": True} in first["features"]
    other = [{"pid": "siren", "v": "552120222"}]
    found = {it["id"]: it for it in ask(store, things, query="Valmontane", properties=other)}
    assert not any(it["match"] for it in found.values())
    assert found[IRIS["valmontane"]]["score"] < 50
    assert ask(store, things, properties=other) == []


def test_properties_tell_things_apart(store: ox.Store, things: Things) -> None:
    where = [{"pid": "basedIn", "v": ["Allemagne", {"id": f"{BASE}place/france"}]}]
    first = ask(store, things, query="Valmontane", properties=where)[0]
    assert (first["match"], {"id": "basedIn", "value": True} in first["features"]) == (True, True)
    where = [{"pid": "basedIn", "v": "Allemagne"}]
    assert not ask(store, things, query="Valmontane", properties=where)[0]["match"]
    (only,) = ask(store, things, properties=[{"pid": "basedIn", "v": "FRANCE"}])
    assert (only["id"], only["match"]) == (IRIS["valmontane"], False)


@pytest.mark.parametrize(
    ("kinds", "strict", "found"),
    [
        ("Company", "any", []), ("Organization", "any", ["orvane"]),
        ("Company", "should", ["orvane"]),
        (["Company", "Organization"], "all", []), (["Company", "Organization"], "any", ["orvane"]),
        ("Product", "should", []), ("Nothing", "any", []), ("kg:Organization", "any", ["orvane"]),
    ],
)  # fmt: skip
def test_classes_leave_out_what_is_none_of_them(
    store: ox.Store, things: Things, kinds: Any, strict: str, found: list[str]
) -> None:
    asked = ask(store, things, query="Orvane", type=kinds, type_strict=strict)
    assert [it["id"] for it in asked] == [IRIS[name] for name in found]


def test_limit_and_order(store: ox.Store, things: Things) -> None:
    everything = ask(store, things, query="Valmontane Énergie", limit=9)
    assert len(everything) > 1
    assert [it["score"] for it in everything] == sorted(
        (it["score"] for it in everything), reverse=True
    )
    assert ask(store, things, query="Valmontane Énergie", limit=1) == everything[:1]
    assert ask(store, things, query="Valmontane Énergie", limit=float("inf")) == everything


FAULTS = (
    ("[]", "is no JSON object"), ("{", "is no JSON"), ('{"q": {}}', "neither 'query' nor"),
    ('{"q": 1}', "no object"), ('{"q": {"query": 1}}', "'query' is no text"),
    ('{"q": {"query": "a", "props": []}}', "'props' is none of"),
    ('{"q": {"query": "a", "limit": true}}', "'limit' is no number"),
    ('{"q": {"query": "a", "type_strict": "no"}}', "'type_strict' is none of"),
    ('{"q": {"query": "a", "type": [1]}}', "a type is no text"),
    ('{"q": {"query": "a", "properties": [{"pid": "x"}]}}', "has 'pid' and 'v'"),
    ('{"q": {"query": "a", "properties": [{"pid": "x", "v": {}}]}}', "without 'id'"),
    ('{"q": {"query": "a", "properties": [{"pid": "x", "v": null}]}}', "no text, number"),
    (json.dumps({str(at): {"query": "a"} for at in range(501)}), "501 queries at once"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "told"), FAULTS)
def test_a_wrong_batch_is_told(text: str, told: str) -> None:
    with pytest.raises(QueryError, match=told):
        read_batch(text)


# Properties and suggestions


def test_a_table_is_extended(store: ox.Store, things: Things) -> None:
    wanted = ["siren", "basedIn", "partnerOf", "altLabel", "type", "articles", "nothing"]
    asked = {
        "ids": [IRIS["valmontane"], IRIS["orvane"], "urn:x:none"],
        "properties": [{"id": name, "settings": {"limit": "1"}} for name in wanted],
    }
    told = extend(store, things, read_extension(json.dumps(asked)))
    assert [it["id"] for it in told["meta"]] == wanted
    assert told["rows"][IRIS["valmontane"]] == {
        "siren": [{"str": VALMONTANE}],
        "basedIn": [{"id": f"{BASE}place/france", "name": "France"}],
        "partnerOf": [{"id": IRIS["orvane"], "name": "Orvane"}],
        "altLabel": [{"str": "VLM"}],
        "type": [{"str": "Company"}],
        "articles": [{"int": 2}],
        "nothing": [],
    }
    assert told["rows"][IRIS["orvane"]]["partnerOf"] == [
        {"id": IRIS["valmontane"], "name": things.entries[IRIS["valmontane"]].names[0]}
    ]
    assert set(map(str, told["rows"]["urn:x:none"].values())) == {"[]"}


@pytest.mark.parametrize(
    "text",
    ["[]", '{"ids": []}', '{"ids": [1], "properties": []}', '{"ids": [], "properties": [{}]}'],
)
def test_a_wrong_extension_is_told(text: str) -> None:
    with pytest.raises(QueryError):
        read_extension(text)


def test_things_are_suggested_by_beginnings(things: Things) -> None:
    found = suggest_things(things, "éner", "", 0)
    assert [(it["name"], it["id"]) for it in found] == [(OTHER.name, IRIS["valmontane-energie"])]
    names = [it["name"] for it in suggest_things(things, "valm", "Company", 0)]
    assert names == ["Valmontane", "Valmontane Énergie"]
    assert [it["name"] for it in suggest_things(things, "valm", "", 1)] == names[1:]
    assert suggest_things(things, "valm", "Person", 0) == suggest_things(things, " ", "", 0) == []
    assert suggest_things(things, IRIS["orvane"], "", 0)[0]["name"] == "Orvane"


# The schemas that the community group gives


def schema(name: str) -> Schema:
    if not GIVEN.is_dir():
        pytest.skip("the schemas are not here")
    return Schema(GIVEN / "schemas" / f"{name}.json")


@pytest.mark.skipif(not GIVEN.is_dir(), reason="the examples are not here")
def test_examples_fit_or_do_not() -> None:
    """Of what checks our answers: else it might let all pass."""
    seen = 0
    for path in sorted((GIVEN / "examples").glob("*/*valid/*.json")):
        name = path.parts[-3]
        if (GIVEN / "schemas" / f"{name}.json").is_file():
            faults = schema(name).faults(json.loads(path.read_text(encoding="utf-8")))
            assert bool(faults) == (path.parts[-2] == "invalid"), (path, faults)
            seen += 1
    assert seen > 35


@pytest.mark.skipif(not GIVEN.is_dir(), reason="the examples are not here")
def test_queries_of_the_examples_are_read_or_refused() -> None:
    for path in sorted((GIVEN / "examples" / "reconciliation-query-batch").glob("*/*.json")):
        text = path.read_text(encoding="utf-8")
        if path.parts[-2] == "valid":
            assert read_batch(text).keys() == json.loads(text).keys()
        else:
            with pytest.raises(QueryError):
                read_batch(text)
    for path in sorted((GIVEN / "examples" / "data-extension-query").glob("valid/*.json")):
        assert len(read_extension(path.read_text(encoding="utf-8")).ids) == 2


def test_answers_fit_their_schemas(store: ox.Store, things: Things) -> None:
    asked = read_batch('{"a": {"query": "Valmontane"}, "b": {"query": "Brindeleau"}}')
    told = {name: {"result": answer(store, things, query)} for name, query in asked.items()}
    assert schema("reconciliation-result-batch").faults(told) == []
    assert schema("manifest").faults(make_manifest("http://127.0.0.1:1/", BASE)) == []
    given = {"result": suggest_things(things, "v", "", 0)}
    assert schema("suggest-entities-response").faults(given) == []
    proposed = propose_properties("Company", 3)
    assert schema("data-extension-property-proposal").faults(proposed) == []
    columns = [{"id": it["id"]} for it in propose_properties("Company", 0)["properties"]]
    extension = json.dumps({"ids": [*IRIS.values()], "properties": columns})
    extended = extend(store, things, read_extension(extension))
    assert schema("data-extension-response").faults(extended) == []


# Over HTTP


@pytest.fixture(scope="module")
def news(folder: Path) -> Iterator[Server]:
    with serve(folder) as server:
        yield server


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=30, trust_env=False) as client:
        yield client


REFINE = {
    "Origin": "http://127.0.0.1:3333",
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Mode": "cors",
}


@pytest.mark.server
def test_openrefine_s_way_from_manifest_to_decision(
    news: Server, client: httpx.Client, tmp_path: Path
) -> None:
    manifest = client.get(news.at("reconcile"), headers=REFINE)
    assert manifest.headers["access-control-allow-origin"] == REFINE["Origin"]
    told = manifest.json()
    assert told["identifierSpace"] == BASE
    # What it sends of a column, and of rows that one types for.
    query = {"query": "VALMONTANE SA", "type": "Company", "type_strict": "should", "limit": 3}
    found = client.post(news.at("reconcile"), data={"queries": json.dumps({"q0": query})})
    first = found.json()["q0"]["result"][0]
    assert (first["id"], first["match"]) == (IRIS["valmontane"], True)
    entity = told["suggest"]["entity"]
    suggested = client.get(
        entity["service_url"] + entity["service_path"], params={"prefix": "valm"}, headers=REFINE
    )
    assert suggested.json()["result"][0]["id"] == IRIS["valmontane"]
    for what, named in (("type", "Company"), ("property", "siren")):
        place = told["suggest"][what]
        url = place["service_url"] + place["service_path"]
        listed = client.get(url, params={"prefix": named}, headers=REFINE).json()["result"]
        assert [it["id"] for it in listed] == [named]
        assert (
            schema(f"suggest-{'types' if what == 'type' else 'properties'}-response").faults(
                {"result": listed}
            )
            == []
        )
    asked = {"ids": [first["id"]], "properties": [{"id": "siren"}]}
    rows = client.post(news.at("reconcile"), data={"extend": json.dumps(asked)}).json()["rows"]
    assert rows[first["id"]]["siren"] == [{"str": VALMONTANE}]
    view = client.get(told["view"]["url"].replace("{{id}}", first["id"].replace("/", "%2F")))
    assert view.status_code == 200
    table = tmp_path / "matched.csv"
    table.write_text(f"name,match id,judgment\nVLM SA,{first['id']},matched\n", encoding="utf-8")
    assert str(read_table(table)[0]) == f"VLM SA same {IRIS['valmontane']}"


@pytest.mark.server
def test_get_answers_as_post_does(news: Server, client: httpx.Client) -> None:
    batch = {"queries": json.dumps({"q0": {"query": "Orvane"}})}
    by_get, by_post = (
        client.get(news.at("reconcile"), params=batch),
        client.post(news.at("reconcile"), data=batch),
    )
    assert by_get.json() == by_post.json() != {}


@pytest.mark.server
def test_preview_is_shown_in_a_frame_of_this_machine_alone(
    news: Server, client: httpx.Client
) -> None:
    found = client.get(news.at("reconcile/preview"), params={"id": IRIS["valmontane"]})
    assert VALMONTANE in found.text
    assert "x-frame-options" not in found.headers
    policy = found.headers["content-security-policy"]
    assert policy == "frame-ancestors http://127.0.0.1:* http://localhost:*"
    hostile = client.get(news.at("reconcile/suggest/entity"), params={"prefix": "img"}).json()[
        "result"
    ][0]["id"]
    assert "<img" not in client.get(news.at("reconcile/preview"), params={"id": hostile}).text
    assert client.get(news.at("reconcile/preview?id=urn:x")).status_code == 404
    assert client.get(news.at("explore")).headers["x-frame-options"] == "DENY"


@pytest.mark.server
def test_pages_of_other_machines_may_not_ask(news: Server, client: httpx.Client) -> None:
    for origin in (
        "https://a.example",
        "http://127.0.0.1.a.example",
        "http://localhost:1@a.example",
    ):
        found = client.get(news.at("reconcile"), headers=REFINE | {"Origin": origin})
        assert found.status_code == 403
        assert "access-control-allow-origin" not in found.headers
    assert client.get(news.at("questions"), headers=REFINE).status_code == 403


@pytest.mark.server
@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"data": {"queries": "["}}, 400), ({"data": {"x": "y"}}, 400),
        ({"data": {"queries": "{}", "extend": "{}"}}, 400), ({"json": {"queries": {}}}, 415),
        ({"data": {"queries": "x" * (1 << 21)}}, 413),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line(
    news: Server, client: httpx.Client, given: dict[str, Any], status: int
) -> None:
    found = client.post(news.at("reconcile"), **given)
    assert found.status_code == status
    assert found.text.count("\n") == 1
