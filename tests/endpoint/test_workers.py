"""A worker answers in each media type, keeps to the graphs named, and says faults in a line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import read_nordil
from luthiers import HOSTILE, hostile_graph, large_graph
from press import press_graph
from rdflib import Graph
from servers import fill_store

import kg.endpoint.drawn.page
import kg.endpoint.workers
from kg.endpoint.drawn.page import draw_task
from kg.endpoint.protocol import ROWS, TRIPLES, Reply
from kg.endpoint.snapshots import READER
from kg.endpoint.workers import Sink, Task, answer_task, load_file, share_memory
from kg.errors import GraphError, QueryError
from kg.exports.syntaxes import write_nt
from kg.graph.rdf import write_turtle
from kg.graph.terms import graph_iri
from kg.graph.vocabularies import KG
from kg.store.engine import has_claims

FACTS = "SELECT ?f { ?f a kg:Fact }"
SYNTAX = {"ttl": "turtle", "jsonld": "json-ld", "rdfxml": "xml", "nt": "nt"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield str(fill_store(tmp_path_factory.mktemp("stores") / "news", read_nordil()))
    READER.drop()


def rows(reply: Reply) -> list[dict[str, dict[str, str]]]:
    assert reply.status == 200, reply.body
    found: list[dict[str, dict[str, str]]] = json.loads(reply.body)["results"]["bindings"]
    return found


def test_rows_come_as_json(folder: str) -> None:
    assert len(rows(answer_task(Task(folder, FACTS)))) == 17


@pytest.mark.parametrize("kind", [name for names in ROWS.values() for name in names])
def test_rows_come_in_each_media_type(folder: str, kind: str) -> None:
    reply = answer_task(Task(folder, "SELECT ?n { o:vasco rdfs:label ?n }", rows=kind))
    assert reply.status == 200
    assert reply.kind.partition(";")[0] == kind
    assert ("charset=utf-8" in reply.kind) == kind.startswith("text/")
    assert b"Vasco" in reply.body


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib about itself
@pytest.mark.parametrize(("form", "names"), TRIPLES.items())
def test_triples_come_in_each_media_type(
    folder: str, form: str, names: tuple[str, ...], graph: Graph
) -> None:
    reply = answer_task(Task(folder, "CONSTRUCT WHERE { ?s ?p ?o }", triples=names[0]))
    assert reply.kind.partition(";")[0] == names[0]
    assert len(Graph().parse(data=reply.body, format=SYNTAX[form])) == len(graph)


def test_ask_is_yes_or_no(folder: str) -> None:
    said = answer_task(Task(folder, "ASK { ?f a kg:Fact }")).body
    assert json.loads(said)["boolean"] is True
    assert answer_task(Task(folder, "ASK {}", rows="text/csv")).body == b"true"


def test_ready_question_takes_its_parameters(folder: str) -> None:
    found = rows(answer_task(Task(folder, "partners-of", parameters={"of": "vasco"})))
    assert [row["partner"]["value"] for row in found] == ["Nordil"]


@pytest.mark.parametrize(
    ("query", "status", "line"),
    [
        ("SELECT * {\n ?s a }", 400, "SPARQL, line 2, column 2: malformed near '?s a }'"),
        ("ASK { ?s no:such ?o }", 400, "SPARQL, line 1, column 17: unknown prefix"),
        ("DELETE WHERE { ?s ?p ?o }", 400, "SPARQL: an update; only reading is allowed"),
        ("ASK { SERVICE <http://a.example/> { ?s ?p ?o } }", 400, "SPARQL: SERVICE asks another"),
        ("partners", 400, "no question 'partners'; nearest: "),
        ("", 400, "no question ''"),
    ],
)
def test_fault_is_one_line(folder: str, query: str, status: int, line: str) -> None:
    reply = answer_task(Task(folder, query))
    assert (reply.status, reply.kind) == (status, "text/plain; charset=utf-8")
    assert reply.body.decode().startswith(line)
    assert reply.body.count(b"\n") == 1


def test_what_no_media_type_would_do_for_is_refused(folder: str) -> None:
    reply = answer_task(Task(folder, "DESCRIBE o:vasco", triples=""))
    assert (reply.status, b"text/turtle" in reply.body) == (406, True)
    reply = answer_task(Task(folder, FACTS, rows=""))
    assert (reply.status, b"text/csv" in reply.body) == (406, True)


def test_store_that_is_gone_is_no_bug_and_its_place_is_not_told(tmp_path: Path) -> None:
    reply = answer_task(Task(str(tmp_path / "gone"), "ASK {}"))
    assert reply.status == 503
    assert reply.body.startswith(b"gone: no such file")


def test_query_keeps_to_the_graphs_that_a_request_names(folder: str) -> None:
    name = graph_iri(read_nordil().article)
    both = "SELECT ?f { { ?f a kg:Fact } UNION { GRAPH ?g { ?f a kg:Fact } } }"
    wanted: list[tuple[tuple[str, ...], tuple[str, ...], int]] = [
        ((name,), (), 17), ((), (name,), 17), ((name,), (name,), 34),
        (("urn:x:none",), (), 0), ((), ("urn:x:none",), 0), (("urn:x:none", name), (), 17),
    ]  # fmt: skip
    for default, named, count in wanted:
        assert len(rows(answer_task(Task(folder, both, graphs=(default, named))))) == count
    assert len(rows(answer_task(Task(folder, both)))) == 34


def test_name_of_a_graph_must_be_an_iri(folder: str) -> None:
    reply = answer_task(Task(folder, FACTS, graphs=(("no iri",), ())))
    assert reply.status == 400
    assert reply.body.startswith(b"a graph's name is no IRI: ")


def test_answer_may_not_grow_without_end(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sink = Sink(b"\n", 3)
    assert sink.write(b"abc") == 3
    with pytest.raises(QueryError, match="ask with a LIMIT"):
        sink.write(b"d")
    monkeypatch.setattr(kg.endpoint.workers, "TRIPLES_MOST", 10)
    reply = answer_task(Task(folder, "CONSTRUCT WHERE { ?s ?p ?o }"))
    assert (reply.status, b"more than 10 triples" in reply.body) == (400, True)


def test_page_is_drawn_as_a_whole_or_around_a_name(folder: str) -> None:
    whole, part = draw_task(folder, "", 1), draw_task(folder, "Maroc", 1)
    assert (whole.status, part.status) == (200, 200)
    assert b"/id/market/batteries" in whole.body
    assert b"/id/market/batteries" not in part.body


def test_unknown_name_asks_for_another(folder: str) -> None:
    reply = draw_task(folder, "<b>Nordyl</b>", 1)
    assert (reply.status, reply.kind) == (404, "text/html; charset=utf-8")
    assert b"nearest: Nordil" in reply.body
    assert b"<b>" not in reply.body


def test_large_graph_is_an_overview_that_asks_for_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, folder = tmp_path / "g.ttl", str(tmp_path / "store")
    path.write_text(write_turtle(large_graph(400)), encoding="utf-8")
    load_file(str(path), folder)
    monkeypatch.setattr(kg.endpoint.drawn.page, "DRAWN", 1000)
    said = draw_task(folder, "", 1, "fr").body.decode()
    assert "1\u202f200 faits" in said
    assert "facts are too many" not in said  # one language, and the explorer's ways on
    assert 'href="news?lang=fr"' in said
    assert "1,200 facts" in draw_task(folder, "", 1, "en").body.decode()
    assert '<form id="choice" action="explore">' in said
    assert "pyvis" not in said
    assert '"page"' in draw_task(folder, "Atelier Vernis 7", 1).body.decode()


def test_hostile_graph_stays_as_it_is(tmp_path: Path) -> None:
    path, folder = tmp_path / "g.nt", str(tmp_path / "store")
    path.write_text(write_nt(hostile_graph()), encoding="utf-8")
    load_file(str(path), folder)
    labels = rows(answer_task(Task(folder, "SELECT ?n { ?c a kg:Company ; rdfs:label ?n }")))
    assert {row["n"]["value"] for row in labels} == set(HOSTILE)
    for name in HOSTILE:
        assert rows(answer_task(Task(folder, "about", parameters={"of": name})))
    for focus in (HOSTILE[0], HOSTILE[0] + "!"):
        assert HOSTILE[0] not in draw_task(folder, focus, 1).body.decode()


def test_file_becomes_a_store_whose_default_graph_is_the_union(tmp_path: Path) -> None:
    path, folder = tmp_path / "g.trig", str(tmp_path / "store")
    path.write_text(f"<urn:x:g> {{ <urn:x:f> a <{KG.Fact}> }}", encoding="utf-8")
    load_file(str(path), folder)
    both = "SELECT ?f ?g { ?f a kg:Fact . GRAPH ?g { ?f a kg:Fact } }"
    assert [row["g"]["value"] for row in rows(answer_task(Task(folder, both)))] == ["urn:x:g"]
    assert len(ox.Store.read_only(folder)) == 2


def test_malformed_file_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "g.ttl"
    path.write_text("@prefix a: <urn:x:> .\na:b c", encoding="utf-8")
    with pytest.raises(GraphError, match=r"g\.ttl:2:5"):
        load_file(str(path), str(tmp_path / "store"))


def test_memory_is_bounded() -> None:
    assert share_memory(2) >= 2 << 30
    code = """if True:
        from kg.endpoint.workers import prepare_worker
        prepare_worker("", 1 << 30)
        try:
            bytearray(2 << 30)
        except MemoryError:
            print("bounded")
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("bounded\n", "")


def test_killed_worker_leaves_no_lock(folder: str) -> None:
    code = f"""if True:
        import os, signal
        from kg.endpoint import workers
        workers.write_answer = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        workers.answer_task(workers.Task({folder!r}, "ASK {{}}"))
    """
    assert subprocess.run([sys.executable, "-c", code]).returncode == -9
    assert rows(answer_task(Task(folder, FACTS)))


def test_a_file_of_several_articles_is_served_with_its_claims(tmp_path: Path) -> None:
    path = tmp_path / "press.ttl"
    path.write_text(write_turtle(press_graph()), encoding="utf-8")
    load_file(str(path), str(tmp_path / "press"))
    store = ox.Store.read_only(str(tmp_path / "press"))
    assert has_claims(store)
