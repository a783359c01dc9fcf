"""A served graph calls nobody, opens nothing and goes on, whatever it is sent."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from conftest import read_nordil
from servers import Server, fill_store, serve

pytestmark = pytest.mark.server
CLIENT = httpx.Client(timeout=30, trust_env=False)
DEEP = 10_000
ALL = "{ ?s ?p ?o }"


@pytest.fixture(scope="module", autouse=True)
def client() -> Iterator[httpx.Client]:
    """Close all connections in the end."""
    with CLIENT:
        yield CLIENT


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve a store with little patience; in the end, it has said nothing on stderr."""
    with serve(
        fill_store(tmp_path_factory.mktemp("served") / "news", read_nordil()), "--timeout", "3"
    ) as server:
        yield server
        assert ask(server, "ASK {}") == (200, '{"head":{},"boolean":true}')


@pytest.fixture(scope="module")
def trap() -> Iterator[socket.socket]:
    """Listen where nobody should call."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener


def ask(server: Server, query: str, **data: str) -> tuple[int, str]:
    response = CLIENT.post(server.at("sparql"), data={"query": query, **data})
    return response.status_code, response.text


def address(trap: socket.socket) -> str:
    return f"http://127.0.0.1:{trap.getsockname()[1]}/"


def nobody_called(trap: socket.socket) -> bool:
    try:
        trap.accept()
    except BlockingIOError:
        return True
    return False


@pytest.mark.parametrize(
    "query",
    [
        "ASK { SERVICE <URL> ALL }",
        "SELECT * { ?s ?p ?url SERVICE SILENT ?url ALL }",
        "SELECT * { { SELECT * { sErViCe#{\n<URL>#}\n ALL } } }",
        "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE <URL> ALL } }",
        "SELECT * { BIND(EXISTS { SERVICE <URL> ALL } AS ?x) }",
        "SELECT * { ?s ?p ?o MINUS { GRAPH ?g { SERVICE <URL> ALL } } }",
        "PREFIX service: <URL> SELECT * { SERVICE service: ALL }",
        "PREFIX a: <URL> SELECT * { SERVICE a:b\\#c # {\n ALL }",
        "ASK { SERV\\u0049CE <URL> ALL }",
        "ASK { ?s ?p ?o # \\u000a SERVICE <URL> ALL\n}",
        "ASK { VALUES ?z { # \\u000a1234 } SERV\\u0049CE <URL> ALL\n} #\n }",
        'ASK { ?s ?p "\\u0022 . SERV\\u0049CE <URL> ALL } #" }',
        "ASK { ?s ?p ?o . #\rSERVICE\r<URL>\rALL\r}#\n}",
        "DESCRIBE ?s { SERVICE <URL> ALL }",
        "LOAD <URL>", "# ASK {}\nLOAD SILENT <URL> INTO GRAPH <urn:g>", "SELECT * ALL ; LOAD <URL>",
        "SELECT (<http://jena.apache.org/ARQ/function#service>('URL') AS ?x) {}",
        "SELECT * ALL HAVING(<urn:x:load>('URL'))",
    ],
)  # fmt: skip
def test_nobody_else_is_asked(news: Server, trap: socket.socket, query: str) -> None:
    status, said = ask(news, query.replace("ALL", ALL).replace("URL", address(trap)))
    assert (status, said.count("\n")) == (400, 1)
    assert said.startswith("SPARQL")
    assert nobody_called(trap)


def test_names_of_graphs_are_no_addresses(news: Server, trap: socket.socket) -> None:
    for iri in (address(trap), "file:///etc/passwd", Path(__file__).as_uri()):
        for query in (
            f"SELECT * FROM <{iri}> {ALL}", f"SELECT * FROM NAMED <{iri}> {{ GRAPH ?g {ALL} }}",
            f"SELECT * {{ GRAPH <{iri}> {ALL} }}",
            f"SELECT * {{ ?s (<{iri}>|!<{iri}>)/<{iri}> ?o }}",
        ):  # fmt: skip
            status, said = ask(news, query)
            assert (status, '"bindings":[]' in said) == (200, True)
        for part in ("default-graph-uri", "named-graph-uri"):
            assert '"bindings":[]' in ask(news, f"SELECT * {ALL}", **{part: iri})[1]
    assert nobody_called(trap)


@pytest.mark.parametrize(
    "name",
    [
        "x> } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #", '" } ; DROP ALL #', "\\u003e", "_:b0",
        "UNDEF } ?s ?p ?o {", "\n}\nVALUES ?of { UNDEF", "<urn:x>", "x" * 10_000,
    ],
)  # fmt: skip
def test_a_name_is_never_pasted(news: Server, name: str) -> None:
    response = CLIENT.get(news.at("questions/about"), params={"of": name})
    assert (response.status_code, response.text.partition(" '")[0]) == (400, "the graph names no")


@pytest.mark.parametrize("number", ["1e-999999999", "0e-999999999", "1e-9", "0.30000000000000004"])
def test_a_number_is_written_short(news: Server, number: str) -> None:
    given = {"of": "Vasco", "min_confidence": number, "format": "csv"}
    assert CLIENT.get(news.at("questions/about"), params=given).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "ASK " + "{" * DEEP + "}" * DEEP, "ASK { FILTER(" + "(" * DEEP, "ASK {" + "{SELECT*" * DEEP,
        "ASK { ?s " + "(" * DEEP + "a" + ")" * DEEP + " ?o }", "ASK { " + "[ a " * DEEP,
        "ASK { ?s a (" + "1 " * DEEP + ") }", "ASK { FILTER(" + "||".join(["?a"] * DEEP) + ") }",
        "ASK { ?s " + "/".join(["a"] * DEEP) + " ?o }", "ASK {" + "UNION".join(["{}"] * DEEP) + "}",
        "ASK { " + "OPTIONAL { ?s ?p ?o } " * DEEP + "}", "ASK { FILTER(" + "!" * DEEP + "?a) }",
        "ASK " + "{" * 300 + "}" * 300,
    ],
)  # fmt: skip
def test_what_is_nested_or_joined_too_often_is_refused(news: Server, query: str) -> None:
    status, said = ask(news, query)
    assert (status, said.count("\n")) == (400, 1)
    assert said.startswith(("SPARQL: more than 5,000", "SPARQL: nested too deeply", "SPARQL, line"))


@pytest.mark.parametrize(
    "query",
    [
        f'SELECT * {{ ?s rdfs:label ?n FILTER REGEX("{"a" * 5000}!", "(a+)+$") }}',
        'ASK { FILTER REGEX("a", "(((a{1000}){1000}){1000}){1000}") }',
        f'ASK {{ FILTER REGEX("a", "{"(" * DEEP}a{")" * DEEP}") }}',
        f'SELECT (REPLACE("{"a" * 5000}", "(a*)*b", "x") AS ?x) {{}}',
        "ASK { ?service ?p ?o } # service " + "#" * 10_000,
    ],
)  # fmt: skip
def test_what_looks_endless_and_is_not_is_answered(news: Server, query: str) -> None:
    assert ask(news, query)[0] == 200


@pytest.mark.parametrize("format_", ["json", "csv"])
def test_answers_end_somewhere(news: Server, format_: str) -> None:
    one = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
    for query in (
        f'SELECT * {{ BIND("aaaaaaaaaa" AS ?x0) {one} }}',
        "SELECT (COUNT(*) AS ?n) { ?s ((<urn:x>|!<urn:x>)+/(^<urn:x>|!^<urn:x>)*)* ?o . ?a ?b ?c }",
    ):
        status, said = ask(news, query, format=format_)
        assert (status, said.count("\n")) in ((503, 1), (400, 1))


def talk(server: Server, sent: bytes) -> bytes:
    """Return what a server answers to some bytes."""
    port = int(server.address.rpartition(":")[2].strip("/"))
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(sent)
        return line.recv(1 << 16)


def test_a_large_body_is_refused_before_it_is_sent(news: Server) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    said = talk(news, head + b"Content-Length: 104857600\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in said.lower()
    chunk = b"10000\r\n" + b"#" * 0x10000 + b"\r\n"
    said = talk(news, head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 65)
    assert said.startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n",
    ],
)  # fmt: skip
def test_what_is_no_http_is_refused(news: Server, sent: bytes) -> None:
    assert talk(news, sent).startswith(b"HTTP/1.1 400 ")


def test_pages_of_others_do_not_ask_even_where_browsers_are_old(news: Server) -> None:
    at = news.at("sparql?query=ASK+{}")
    told = {"http://a.example": 403, "null": 403, news.address.rstrip("/"): 200}
    for origin, status in told.items():
        assert CLIENT.get(at, headers={"Origin": origin}).status_code == status
    response = CLIENT.get(at, headers={"Host": "a.example:7878"})
    assert response.text.startswith("this server is not called 'a.example:7878'; kg serve --name")


@pytest.mark.parametrize(
    ("accept", "packed"),
    [("gzip", True), ("*", True), ("br, GZIP;q=0.1", True), ("gzip;q=0", False), ("br", False)],
)
def test_answers_are_packed_for_who_takes_that_alone(
    news: Server, accept: str, packed: bool
) -> None:
    for path in ("sparql?query=SELECT+*+{?s+?p+?o}", "ontology"):
        response = CLIENT.get(news.at(path), headers={"Accept-Encoding": accept})
        assert (response.headers.get("content-encoding") == "gzip") is packed
        assert "Accept-Encoding" in response.headers["vary"]
        assert len(response.content) > 1000
