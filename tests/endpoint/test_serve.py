"""A served graph answers programs and browsers, only reads, and outlives what is asked of it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import ROOT, read_nordil
from press import press_readings
from rdflib import OWL, RDF, Graph, URIRef
from rdflib.compare import isomorphic
from servers import KG_COMMAND, Server, fill_store, serve
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper

from kg.ask.questions import list_queries
from kg.graph.rdf import build_graph, write_turtle
from kg.graph.terms import graph_iri
from kg.graph.vocabularies import KG
from kg.ontology import ontology_folder
from kg.store.engine import READERS
from kg.store.store import put_readings

pytestmark = pytest.mark.server
FACTS = "SELECT ?f { ?f a kg:Fact }"
NAMES = "SELECT ?n { ?c a kg:Company ; rdfs:label ?n } ORDER BY ?n"
#: What takes all the time there is.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
DESCRIBE = "DESCRIBE o:vasco"
FORM = "application/x-www-form-urlencoded"
#: One for all: each new one reads all certificates of the machine.
CLIENT = httpx.Client(timeout=30, trust_env=False)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module", autouse=True)
def client() -> Iterator[httpx.Client]:
    with CLIENT:
        yield CLIENT


@pytest.fixture(scope="module")
def nordil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the hand-made article from a file."""
    path = tmp_path_factory.mktemp("served") / "graph.ttl"
    path.write_text(write_turtle(build_graph([read_nordil()])), encoding="utf-8")
    with serve(path) as server:
        yield server


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill_store(tmp_path_factory.mktemp("served") / "news", read_nordil())


@pytest.fixture(scope="module")
def news(store: Path) -> Iterator[Server]:
    """Serve a store of articles, to pages of others too, with little patience."""
    with serve(store, "--timeout", "2", "--cors", "https://a.example") as server:
        yield server


def ask(server: Server, query: str, **options: Any) -> httpx.Response:
    return CLIENT.post(
        server.at("sparql"), data={"query": query, **options.pop("data", {})}, **options
    )


def values(response: httpx.Response) -> list[str]:
    """Return the values in rows of one column."""
    assert response.status_code == 200, response.text
    rows = response.json()["results"]["bindings"]
    return [term["value"] for row in rows for term in row.values()]


def line(response: httpx.Response) -> tuple[int, str]:
    """Return the status and the line of a fault."""
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text.endswith("\n")
    assert response.text.count("\n") == 1
    return response.status_code, response.text.strip()


# Programs


@pytest.mark.parametrize("name", ["nordil", "news"])
def test_client_of_others_asks(name: str, request: pytest.FixtureRequest) -> None:
    client = SPARQLWrapper(request.getfixturevalue(name).at("sparql"))
    client.setQuery(NAMES)
    client.setReturnFormat(JSON)
    rows = client.queryAndConvert()["results"]["bindings"]
    names = [row["n"]["value"] for row in rows]
    assert names == ["Hexo", "Nordil", "Orvane", "Vasco"]
    client.setReturnFormat(XML)
    xml = client.queryAndConvert()
    assert [it.firstChild.data for it in xml.getElementsByTagName("literal")] == names
    client.setReturnFormat(CSV)
    client.setMethod("POST")
    text = client.queryAndConvert().decode()
    assert [row["n"] for row in csv.DictReader(io.StringIO(text))] == names
    client.setReturnFormat(TURTLE)
    client.setQuery("CONSTRUCT WHERE { ?s a kg:Fact }")
    assert len(Graph().parse(data=client.queryAndConvert(), format="turtle")) == 17


@pytest.mark.parametrize(
    ("arguments", "kind", "said"),
    [
        (["-G", "--data-urlencode", f"query={NAMES}"], "application/sparql-results+json", "Hexo"),
        (["--data-urlencode", f"query={NAMES}"], "application/sparql-results+json", "Hexo"),
        (["-H", "Content-Type: application/sparql-query", "--data", NAMES,
          "-H", "Accept: text/csv"], "text/csv; charset=utf-8", "n\r\nHexo"),
        (["-G", "--data-urlencode", f"query={DESCRIBE}"], "text/turtle; charset=utf-8", "@prefix"),
        (["-G", "-d", "query=ASK+{}", "-d", "format=tsv"], "text/tab-separated-values", "true"),
    ],
)  # fmt: skip
def test_curl_asks(nordil: Server, arguments: list[str], kind: str, said: str) -> None:
    command = ["curl", "-sS", "-i", nordil.at("sparql"), *arguments]
    done = subprocess.run(command, capture_output=True, check=True)
    head, _, body = done.stdout.decode().partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 200 OK")
    assert f"content-type: {kind}" in head
    assert said in body


def test_head_says_what_get_would(nordil: Server) -> None:
    get, head = (
        CLIENT.request(method, nordil.at("sparql"), params={"query": FACTS})
        for method in ("GET", "HEAD")
    )
    assert head.content == b""
    for name in ("content-type", "content-length"):
        assert head.headers[name] == get.headers[name]


def test_many_ask_at_once(nordil: Server) -> None:
    names = [one for one in NAMES_OF_THINGS for _ in range(5)]
    assert len(names) == 50
    begin = time.monotonic()

    def count(name: str) -> list[str]:
        query = f'SELECT ?n ("{name}" AS ?asked) {{ ?c rdfs:label ?n FILTER(?n = "{name}"@fr) }}'
        return values(ask(nordil, query))

    with ThreadPoolExecutor(50) as threads:
        found = list(threads.map(count, names))
    assert found == [[name, name] for name in names]
    assert time.monotonic() - begin < 20


NAMES_OF_THINGS = (
    "Nordil", "Vasco", "Hexo", "Orvane", "Gartex", "Jeanne Ferrand", "Chine", "Maroc", "cloud",
    "batteries",
)  # fmt: skip


@pytest.mark.parametrize(
    ("accept", "rows", "triples"),
    [
        ("", "application/sparql-results+json", "text/turtle"),
        ("*/*", "application/sparql-results+json", "text/turtle"),
        (BROWSER, "application/sparql-results+json", "text/turtle"),
        ("text/csv", "text/csv", ""),
        ("text/turtle", "", "text/turtle"),
        ("application/json", "application/json", "application/json"),
        ("application/xml", "application/xml", "application/xml"),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.9", "text/tab-separated-values", ""),
        ("application/*", "application/sparql-results+json", "application/ld+json"),
        ("text/*;q=0.5, text/csv;q=0", "text/tab-separated-values", "text/turtle"),
        ("application/n-triples, text/turtle;q=0.9", "", "application/n-triples"),
        ("application/rdf+xml;q=x, APPLICATION/RDF+XML", "", "application/rdf+xml"),
        ("image/png", "", ""),
    ],
)  # fmt: skip
def test_client_is_answered_in_what_it_accepts(
    nordil: Server, accept: str, rows: str, triples: str
) -> None:
    for query, kind in (("ASK {}", rows), (DESCRIBE, triples)):
        response = ask(nordil, query, headers={"Accept": accept})
        if kind:
            assert response.status_code == 200
            assert response.headers["content-type"].partition(";")[0] == kind
            assert response.headers["vary"] == "Accept"
        else:
            assert line(response)[0] == 406


@pytest.mark.parametrize(
    ("form", "rows", "triples"),
    [
        ("json", "application/sparql-results+json", "application/ld+json"),
        ("xml", "application/sparql-results+xml", "application/rdf+xml"),
        ("csv", "text/csv", ""),
        ("tsv", "text/tab-separated-values", ""),
        ("ttl", "", "text/turtle"),
        ("nt", "", "application/n-triples"),
        ("text/csv", "text/csv", ""),
        ("odt", "", ""),
    ],
)
def test_format_goes_before_what_is_accepted(
    nordil: Server, form: str, rows: str, triples: str
) -> None:
    for query, kind in (("ASK {}", rows), (DESCRIBE, triples)):
        response = ask(nordil, query, data={"format": form}, headers={"Accept": "text/html"})
        assert response.status_code == (200 if kind else 406)
        assert not kind or response.headers["content-type"].partition(";")[0] == kind


# Refusals


@pytest.mark.parametrize(
    ("request_", "status", "said"),
    [
        ({"data": {"update": "CLEAR ALL"}}, 403, "an update; only reading is allowed"),
        ({"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}, 403,
         "an update"),
        ({"params": {"update": "CLEAR ALL"}, "data": {"query": FACTS}}, 403, "an update"),
        ({"data": {"query": "CLEAR ALL"}}, 400, "SPARQL: an update; only reading"),
        ({"data": {"query": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}}, 400, "SPARQL: an update"),
        ({"data": {"query": "ASK { SERVICE <http://127.0.0.1/> { } }"}}, 400, "SPARQL: SERVICE"),
        ({"data": {"query": "SELECT *\n{ ?a ?b }"}}, 400, "SPARQL, line 2, column 3: malformed"),
        ({"data": {"query": "ASK { ?a b:c ?d }"}}, 400, "SPARQL, line 1, column"),
        ({"data": {"query": "🎻 { }"}}, 400, "SPARQL, line 1, column 1"),
        ({"data": {"query": f"{FACTS} #\n{'{' * 20000}"}}, 400, "SPARQL"),
        ({"data": {"quer": "ASK {}"}}, 400, "0 queries; give one"),
        ({"data": {"query": ["ASK {}", "ASK {}"]}}, 400, "2 queries; give one"),
        ({"content": b"\xff", "headers": {"Content-Type": "application/sparql-query"}}, 400,
         "the request is not UTF-8"),
        ({"content": b"query=%FF", "headers": {"Content-Type": FORM}}, 400, "the parameters are"),
        ({"content": b"a&" * 300, "headers": {"Content-Type": FORM}}, 400, "more than 200 param"),
        ({"content": FACTS, "headers": {"Content-Type": "text/plain"}}, 415, "a query comes by"),
        ({"content": FACTS}, 415, "a query comes by"),
        ({"data": {"query": "#" * (2 << 20)}}, 413, "a query may have 1 MB"),
        ({"data": {"query": FACTS, "default-graph-uri": "no iri"}}, 400, "a graph's name is no"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_a_line(
    nordil: Server, request_: dict[str, Any], status: int, said: str
) -> None:
    found = line(CLIENT.post(nordil.at("sparql"), **request_))
    assert found[0] == status
    assert found[1].startswith(said)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("DELETE", "sparql", 405), ("PUT", "", 405), ("POST", "questions", 405),
        ("GET", "nothing", 404), ("GET", "sparql/", 404), ("GET", "questions/nothing", 404),
        ("GET", "ontology.odt", 404), ("GET", "../README.md", 404), ("GET", "gone.ttl", 404),
        ("GET", "explore?depth=0", 400), ("GET", "explore?depth=x", 400),
    ],
)  # fmt: skip
def test_other_addresses_and_methods_are_refused(
    nordil: Server, method: str, path: str, status: int
) -> None:
    assert line(CLIENT.request(method, nordil.at(path)))[0] == status


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "10.0.0.1:80", "::1x"])
def test_name_that_is_not_this_machine_is_refused(nordil: Server, host: str) -> None:
    assert CLIENT.get(nordil.at("sparql"), headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:7878", "127.0.0.1:1", "[::1]:7878"])
def test_name_of_this_machine_is_welcome(nordil: Server, host: str) -> None:
    response = CLIENT.get(nordil.at("sparql?query=ASK+{}"), headers={"Host": host})
    assert response.json()["boolean"] is True


def test_answers_are_safe_for_a_browser(nordil: Server) -> None:
    script = "CONSTRUCT { <urn:a> <http://www.w3.org/1999/xhtmlscript> 'alert(1)' } {}"
    data = ask(nordil, script, data={"format": "xml"})
    assert "script" in data.text
    for response in (data, CLIENT.get(nordil.at("")), CLIENT.get(nordil.at("nothing"))):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert response.headers["cross-origin-resource-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
        assert "access-control-allow-origin" not in response.headers
    assert data.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["", "explore", "ontology.html", "explore?focus=nobody"])
def test_pages_let_only_our_own_script_run(nordil: Server, path: str) -> None:
    text = CLIENT.get(nordil.at(path)).text
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;")
    assert "unsafe" not in policy[1]
    assert not re.search(
        r"""(?:src|href|action)=["']?(?:https?:)?//(?!www\.|schema|spec|xmlns|w3id)""", text[:5000]
    )


def test_pages_of_others_may_ask_only_if_told(news: Server) -> None:
    for origin, allowed in (
        ("https://a.example", "https://a.example"),
        ("https://b.example", None),
    ):
        found = ask(news, "ASK {}", headers={"Origin": origin})
        assert found.headers.get("access-control-allow-origin") == allowed
    assert found.headers["cross-origin-resource-policy"] == "cross-origin"


def test_pages_of_other_sites_may_link_here_but_not_ask(nordil: Server, news: Server) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert line(ask(nordil, "ASK {}", headers=foreign))[0] == 403
    assert ask(nordil, "ASK {}", headers=foreign | {"Sec-Fetch-Mode": "navigate"}).is_success
    assert ask(news, "ASK {}", headers=foreign | {"Sec-Fetch-Mode": "cors"}).is_success


# Time


def test_query_without_end_is_stopped_and_the_next_one_answered(news: Server, store: Path) -> None:
    begin = time.monotonic()
    with ThreadPoolExecutor(4) as threads:
        endless = [threads.submit(ask, news, ENDLESS) for _ in range(2)]
        stopped = [line(one.result()) for one in endless]
    assert stopped == [(503, "the query ran for 2 s and was stopped; ask for less")] * 2
    assert 2 < time.monotonic() - begin < 12
    assert len(values(ask(news, FACTS))) >= 17
    assert len(list((store / READERS).iterdir())) <= 3 + os.cpu_count()


def test_client_that_leaves_frees_its_worker(nordil: Server) -> None:
    for _ in range(4):
        with pytest.raises(httpx.ReadTimeout):
            CLIENT.post(nordil.at("sparql"), data={"query": ENDLESS}, timeout=0.3)
    begin = time.monotonic()
    assert len(values(ask(nordil, FACTS))) == 17
    assert time.monotonic() - begin < 10  # not the 30 s that each of the four might take


def test_death_of_the_workers_is_no_end(nordil: Server) -> None:
    for child in children(nordil.process.pid):
        for worker in children(child):
            os.kill(worker, signal.SIGKILL)
    for _ in range(3):
        found = ask(nordil, FACTS)
        if found.status_code == 200:
            break
        assert line(found)[0] == 503
    assert len(values(found)) == 17


# Changes


def test_new_article_is_seen_without_restart(news: Server, store: Path) -> None:
    query = "SELECT ?n { ?a a kg:Article ; dcterms:identifier ?n }"
    assert values(ask(news, query)) == ["nordil"]
    assert len(list(put_readings(store, press_readings()[:1]))) == 1
    assert sorted(values(ask(news, query))) == ["nordil", "projets"]


def test_graph_of_an_article_can_be_asked_alone(news: Server) -> None:
    name = graph_iri(read_nordil().article)
    inside = "SELECT ?f { GRAPH ?g { ?f a kg:Fact } }"
    assert len(values(ask(news, FACTS, data={"default-graph-uri": name}))) == 17
    assert len(values(ask(news, inside, data={"named-graph-uri": name}))) == 17
    assert values(ask(news, FACTS, data={"named-graph-uri": name})) == []
    assert values(ask(news, FACTS, data={"default-graph-uri": "urn:x:none"})) == []


def test_changed_file_is_seen_and_a_broken_one_told(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(write_turtle(build_graph(press_readings()[:1])), encoding="utf-8")
    companies = "SELECT ?c { ?c a kg:Company }"
    with serve(path) as server:
        assert len(values(ask(server, companies))) == 3
        page = CLIENT.get(server.at("explore")).text
        assert CLIENT.get(server.at("explore")).text == page
        path.write_text(write_turtle(build_graph(press_readings())), encoding="utf-8")
        assert len(values(ask(server, companies))) == 5
        assert "Belmar" not in page
        assert "Belmar" in CLIENT.get(server.at("explore")).text
        path.write_text(f"<urn:x:b> a <{KG.Company}> .", encoding="utf-8")
        assert values(ask(server, companies)) == ["urn:x:b"]
        path.write_text("<urn:x:b> a", encoding="utf-8")
        status, said = line(ask(server, companies))
        assert (status, said.partition(" ")[0]) == (503, "graph.ttl:1:12:")
        path.unlink()
        assert line(ask(server, companies))[0] == 503
        path.write_text(f"<urn:x:cc> a <{KG.Company}> .", encoding="utf-8")
        assert values(ask(server, companies)) == ["urn:x:cc"]


# Ready questions and the explorer


def test_ready_questions_are_listed(nordil: Server) -> None:
    listed = CLIENT.get(nordil.at("questions")).json()
    assert [one["name"] for one in listed] == [one.name for one in list_queries()]
    assert [tuple(one["parameters"]) for one in listed] == [
        one.parameters for one in list_queries()
    ]


def test_each_ready_question_is_answered(nordil: Server) -> None:
    names = [one.name for one in list_queries()]
    assert len(names) > 20
    with ThreadPoolExecutor() as threads:
        found = [*threads.map(lambda it: CLIENT.get(nordil.at(f"questions/{it}?of=")), names)]
    rows = {name: values(each) for name, each in zip(names, found, strict=True)}
    assert rows["sources"]
    assert rows["positions"]


def test_ready_question_takes_parameters_and_formats(nordil: Server) -> None:
    given = {"of": "Vasco", "modality": "possible,denied", "format": "csv", "since": ""}
    response = CLIENT.get(nordil.at("questions/about"), params=given)
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert [(row["relation"], row["modality"]) for row in rows] == [
        ("acquired", "possible"), ("supplierOf", "denied"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"of": "Vasko"}, "the graph names no 'Vasko'; nearest: Vasco"),
        ({"with": "Vasco"}, "about takes no 'with'; it takes of, since, min_confidence, modality"),
        ({"since": "yesterday"}, "'yesterday' is no date"),
        ({"format": "ttl"}, "SELECT and ASK answer in application/sparql-results+json"),
    ],
)
def test_wrong_parameter_is_told(nordil: Server, given: dict[str, str], said: str) -> None:
    assert line(CLIENT.get(nordil.at("questions/about"), params=given))[1].startswith(said)


def test_explorer_draws_a_part(nordil: Server) -> None:
    given = {"focus": "Maroc", "depth": "1"}
    whole, part = (CLIENT.get(nordil.at("explore"), params=it) for it in ({}, given))
    assert "/id/org/orvane" in whole.text
    assert "/id/org/orvane" not in part.text
    wrong = CLIENT.get(nordil.at("explore"), params={"focus": "Marok", "lang": "en"})
    assert wrong.status_code == 404
    assert "nearest: Maroc" in wrong.text


# The ontology and the service


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib about itself
def test_ontology_is_what_its_file_says(nordil: Server) -> None:
    file = ontology_folder() / "pressgraph.ttl"
    wanted = Graph().parse(file, format="turtle")
    assert (URIRef(KG.Company), RDF.type, OWL.Class) in wanted
    for kind, form in (("text/turtle", "turtle"), ("application/ld+json", "json-ld")):
        response = CLIENT.get(nordil.at("ontology"), headers={"Accept": kind})
        assert response.headers["content-type"].partition(";")[0] == kind
        assert isomorphic(Graph().parse(data=response.content, format=form), wanted)
    assert CLIENT.get(nordil.at("ontology")).content == file.read_bytes()
    assert CLIENT.get(nordil.at("ontology.ttl")).content == file.read_bytes()
    jsonld = CLIENT.get(nordil.at("ontology.jsonld"))
    assert jsonld.content == response.content
    for name in ("shapes.ttl", "areas.ttl", "context.jsonld"):
        assert CLIENT.get(nordil.at(name)).content == (ontology_folder() / name).read_bytes()
    assert CLIENT.get(nordil.at("ontology"), headers={"Accept": "image/png"}).status_code == 406


def test_ontology_reads_well(nordil: Server) -> None:
    response = CLIENT.get(nordil.at("ontology"), headers={"Accept": BROWSER})
    assert response.headers["content-type"].startswith("text/html")
    for said in ('id="Company"', "entreprise", "filiale de", 'id="Planned"', "org:Organization"):
        assert said in response.text
    assert CLIENT.get(nordil.at("ontology.html")).text == response.text
    names = re.findall(r'href="#(\w+)"', response.text)
    assert set(names) <= set(re.findall(r'id="(\w+)"', response.text))


def test_ontology_is_told_in_the_readers_language_with_a_switch(nordil: Server) -> None:
    told = {
        lang: CLIENT.get(nordil.at("ontology.html"), headers={"Accept-Language": lang}).text
        for lang in ("fr", "en")
    }
    for lang, words, other in (("fr", "sous-classe de", "en"), ("en", "subclass of", "fr")):
        assert f'<html lang="{lang}">' in told[lang]
        assert words in told[lang]
        assert words not in told[other]
        switched = CLIENT.get(nordil.at(f"ontology.html?lang={other}")).text
        assert f'href="ontology.html?lang={other}"' in told[lang]
        assert switched == told[other]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_service_describes_itself(nordil: Server) -> None:
    turtle = CLIENT.get(nordil.at("sparql"))
    found = Graph().parse(data=turtle.content, format="turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert list(found.objects(None, URIRef(f"{sd}endpoint"))) == [URIRef(nordil.at("sparql"))]
    jsonld = CLIENT.get(nordil.at("sparql"), headers={"Accept": "application/ld+json"})
    assert isomorphic(Graph().parse(data=jsonld.content, format="json-ld"), found)
    browser = CLIENT.get(nordil.at("sparql"), headers={"Accept": BROWSER})
    assert (browser.status_code, browser.headers["location"]) == (303, "ask")


# The page, as a file


def test_page_has_its_words_in_both_languages(nordil: Server) -> None:
    page = ROOT / "kg" / "page"
    texts = json.loads((page / "ask.json").read_text(encoding="utf-8"))
    assert {*texts["fr"]} == {*texts["en"]}
    assert {*texts["fr"]["questions"]} == {one.name for one in list_queries()}
    said = CLIENT.get(nordil.at("ask")).text
    asked = re.findall(r'\btext\("(\w+)"\)|data-(?:text|label)="(\w+)"', said)
    assert {*map("".join, asked)} <= {*texts["fr"]}


# Beginning and end


def run(*arguments: str, code: str = KG_COMMAND[-1]) -> tuple[int, str]:
    command = [sys.executable, "-c", code, "serve", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout == ""
    return done.returncode, done.stderr


def children(process: int) -> list[int]:
    """Return the processes that a process has started."""
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True)
    return [int(pid) for pid in told.stdout.split()]


def is_alive(process: int) -> bool:
    state = Path(f"/proc/{process}/stat")
    return state.exists() and state.read_text(encoding="utf-8").split()[2] != "Z"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_end_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    path = tmp_path / "graph.ttl"
    path.write_text(write_turtle(build_graph([read_nordil()])), encoding="utf-8")
    with serve(path, "--timeout", "0") as server, ThreadPoolExecutor() as threads:
        assert len(values(ask(server, FACTS))) == 17
        asked = threads.submit(ask, server, ENDLESS)
        workers = [worker for child in children(server.process.pid) for worker in children(child)]
        assert len(workers) >= 3
        begin = time.monotonic()
        assert server.stop(number) == (0, "")
        assert time.monotonic() - begin < 6
        asked.exception()
    while any(map(is_alive, workers)):
        assert time.monotonic() - begin < 10
        time.sleep(0.05)
    assert [one.name for one in tmp_path.iterdir()] == ["graph.ttl"]


def test_port_in_use_is_told_in_a_line(nordil: Server, store: Path) -> None:
    port = nordil.address.rpartition(":")[2].strip("/")
    told = f"kg: cannot listen at 127.0.0.1:{port}: Address already in use; give another"
    code, err = run(str(store), "--port", port)
    assert (code, err.startswith(told), err.count("\n")) == (1, True, 1)


def test_what_cannot_be_served_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("a b", encoding="utf-8")
    for name, said in (
        ("none.ttl", "no such file"),
        (".", "no store"),
        ("bad.ttl", "bad.ttl:1:1:"),
    ):
        code, err = run(str(tmp_path / name), "--port", "0")
        assert (code, said in err, err.count("\n")) == (1, True, 1)
    assert run("-")[1].startswith("kg: kg serve: reads no standard input")


def test_missing_extra_is_told_in_a_line(store: Path) -> None:
    code = f"import sys; sys.modules['pebble'] = None; {KG_COMMAND[-1]}"
    told = "kg: kg serve: pebble is not installed; install what it needs with: "
    assert run(str(store), code=code) == (1, f"{told}pip install 'pressgraph[serve]'\n")


def test_address_of_the_newer_kind_is_served(store: Path) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no ::1")
    with serve(store, "--host", "::1") as server:
        assert server.address.startswith("http://[::1]:")
        assert values(ask(server, FACTS))


def test_long_answers_are_packed_for_who_takes_them(nordil: Server) -> None:
    asked = {"data": {"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"}}
    plain = CLIENT.post(nordil.at("sparql"), headers={"Accept-Encoding": "identity"}, **asked)
    packed = CLIENT.post(nordil.at("sparql"), headers={"Accept-Encoding": "gzip"}, **asked)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert int(packed.headers["Content-Length"]) < len(plain.content) / 2
    assert packed.content == plain.content
    assert packed.headers["X-Content-Type-Options"] == "nosniff"
    short = CLIENT.post(nordil.at("sparql"), data={"query": "ASK {}"})
    assert "Content-Encoding" not in short.headers
