"""Addresses are fetched when a user names them, from a server of our own, and nothing else is."""

from __future__ import annotations

import gzip
import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from schemas import Schema
from texts import POST, TAKEOVER

from kg import cli
from kg.errors import ArticleError
from kg.ontology import ontology_folder
from kg.sources import web
from kg.sources.articles import find_articles, read_article, read_articles
from kg.sources.source import Options

FILES = Path(__file__).parent / "files"
PAGE = (FILES / "page.html").read_bytes()
#: Address → status, headers and body.
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/article": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
    "/%C3%A9tude?n=1": (200, {"Content-Type": "text/html"}, PAGE),
    "/latin": (
        200, {"Content-Type": "text/html; charset=windows-1252"},
        (FILES / "page-cp1252.html").read_bytes(),
    ),
    "/packed": (
        200, {"Content-Type": "text/html", "Content-Encoding": "gzip"},
        gzip.compress(PAGE),
    ),
    "/rss": (200, {"Content-Type": "application/rss+xml"}, (FILES / "feed.rss").read_bytes()),
    "/paper.pdf": (
        200, {"Content-Type": "application/pdf"}, (FILES / "reportlab.pdf").read_bytes(),
    ),
    "/moved": (301, {"Location": "/article"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/inside": (302, {"Location": "http://localhost:{port}/article"}, b""),
    "/nowhere": (302, {"Location": "http://[::1"}, b""),
    "/cut": (200, {"Content-Type": "text/html", "Content-Length": "90000"}, PAGE),
    "/gone": (404, {}, b""),
    "/big": (200, {"Content-Type": "text/plain"}, b"x" * 300_000),
}  # fmt: skip


@pytest.fixture
def site() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Serve the answers; give the server's address, and what it was asked and by whom."""
    asked: list[tuple[str, str]] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        asked.append((request.path, request.headers["User-Agent"]))
        status, headers, body = ANSWERS.get(request.path, (404, {}, b""))
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value.format(port=server.server_address[1]))
        request.end_headers()
        request.wfile.write(body)
        if request.path == "/slow":
            time.sleep(2)

    methods = {"do_GET": answer, "log_message": lambda *_: None}
    handler = type("Handler", (BaseHTTPRequestHandler,), methods)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()
    thread.join()


Site = tuple[str, list[tuple[str, str]]]


@pytest.mark.parametrize(
    "path", ["/article", "/étude?n=1", "/latin", "/packed", "/moved", "/paper.pdf"]
)
def test_a_page_is_fetched_as_it_would_be_read_from_a_file(site: Site, path: str) -> None:
    article = read_article(f"{site[0]}{path}")
    assert article.title == TAKEOVER[0]
    assert TAKEOVER[3] in article.text
    landed = "/article" if path == "/moved" else path
    assert article.url == f"{site[0]}{landed}"


def test_only_what_is_named_is_asked_for_and_by_an_honest_agent(site: Site) -> None:
    titles = [article.title for article in read_articles([f"{site[0]}/rss"])]
    assert titles == [TAKEOVER[0], POST[0]]
    ((path, agent),) = site[1]
    assert path == "/rss"
    assert agent.startswith("pressgraph/")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/nowhere", "Invalid IPv6 URL"),
        ("/cut", f"the answer breaks off after {len(PAGE):,} bytes"),
        ("/gone", "the server says 404"),
        ("/round", "redirects over 5 times"),
        ("/file", "only http(s) is fetched"),
        ("/inside", "redirected into a private network"),
    ],
)
def test_what_cannot_be_fetched_is_told_in_one_line(site: Site, path: str, said: str) -> None:
    (error,) = find_articles([f"{site[0]}{path}"], Options())
    assert isinstance(error, ArticleError)
    assert said in str(error) and "\n" not in str(error)


def test_size_and_time_are_limited(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "LARGEST", 200_000)
    with pytest.raises(ArticleError, match="cannot be fetched: over 0 MB"):
        read_article(f"{site[0]}/big")
    monkeypatch.setattr(web, "WHOLE", -1)
    with pytest.raises(ArticleError, match="not done after"):
        read_article(f"{site[0]}/article")


def test_an_address_that_is_none_is_told() -> None:
    (error,) = find_articles(["http://[::1"], Options())
    assert str(error).startswith("http://[::1: cannot be fetched: Invalid IPv6 URL")


def test_a_server_that_does_not_answer_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/a"
    with pytest.raises(ArticleError, match=r"cannot be fetched: .*; check the address, or save"):
        read_article(address)


def test_fetch_keeps_the_entries_of_a_feed_and_adds_new_ones_only(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "news.jsonl"
    for new in (2, 0):
        with pytest.raises(SystemExit) as done:
            cli.main(["fetch", f"{site[0]}/rss", "-o", str(file)])
        assert done.value.code == 0
        assert capsys.readouterr().out == f"{file}: {new} new of 2 articles\n"
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [one["title"] for one in records] == [TAKEOVER[0], POST[0]]
    schema = Schema(ontology_folder() / "articles.schema.json")
    for record in records:
        assert schema.faults(record) == []
        assert [*record] == schema.whole["required"] == [*schema.whole["properties"]]
    assert schema.faults(records[0] | {"date": "hier"}) != []
    again = list(read_articles([file]))
    assert [one.url for one in again] == [one["url"] for one in records]
    assert again[0].author == "Irène Sablon"


def test_schema_of_fetched_lines_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        cli.main(["fetch", "--schema"])
    assert done.value.code == 0
    assert json.loads(capsys.readouterr().out)["title"] == "A line of kg fetch"


def test_fetch_takes_addresses_only(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        cli.main(["fetch", "feed.rss"])
    assert done.value.code == 2
    assert "is no address" in capsys.readouterr().err


def test_files_of_no_form_open_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert len(list(find_articles([FILES], Options()))) > 80
