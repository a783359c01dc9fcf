"""Articles are put in, replaced and withdrawn as wholes, whatever happens meanwhile."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import TESTS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from press import press_graph, press_readings

from kg.errors import StoreError
from kg.files.locks import lock_folder
from kg.graph.terms import BASE, graph_iri
from kg.graph.vocabularies import KG
from kg.model import Article, Reading
from kg.store.arrivals import list_arrived, note_missing
from kg.store.engine import ARRIVED, READERS, engine_of, load_graph, on_oxigraph
from kg.store.store import (
    Change,
    check_articles,
    forget_article,
    make_store,
    put_reading,
    put_readings,
    read_triples,
    replace_graph,
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a store with the articles of the press."""
    path = tmp_path / "news"
    assert put(path, press_readings()) == [Change.added] * 3
    return path


def put(folder: Path, readings: list[Reading]) -> list[Change]:
    return [change for _, change in put_readings(folder, readings)]


def contents(store: ox.Store) -> dict[str, set[ox.Triple]]:
    """Return the triples of each graph by its name; that of the default graph is empty."""
    found: dict[str, set[ox.Triple]] = {"": set()}
    for quad in store:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        found.setdefault(name, set()).add(quad.triple)
    return found


def read(folder: Path) -> dict[str, set[ox.Triple]]:
    """Return a store's contents after a look at the promise: its default graph is the union."""
    found = contents(engine_of(load_graph(folder)))
    assert found[""] == set().union(*(found[name] for name in found if name))
    return found


def test_a_store_says_what_a_graph_says(folder: Path) -> None:
    assert set(load_graph(folder)) == set(on_oxigraph(press_graph()))
    assert sorted(read(folder)) == ["", *sorted(f"{BASE}graph/{n}" for n in NAMES)]


NAMES = ("projets", "rachats", "postes")


def test_same_article_again_changes_nothing(folder: Path) -> None:
    before = read(folder)
    assert put(folder, press_readings()) == [Change.unchanged] * 3
    assert read(folder) == before


def test_one_article_is_put_in_by_itself(folder: Path, tmp_path: Path) -> None:
    one = press_readings()[0]
    assert put_reading(folder, one) == Change.unchanged
    assert put_reading(tmp_path / "new", one) == Change.added
    assert read(tmp_path / "new").keys() == {"", f"{BASE}graph/projets"}


def test_changed_article_takes_its_place(folder: Path) -> None:
    before = read(folder)
    old = press_readings()[1]
    new = replace(old, facts=old.facts[:-1], article=replace(old.article, title="Rachats d'été"))
    assert put(folder, [new]) == [Change.replaced]
    after = read(folder)
    assert after[f"{BASE}graph/rachats"] == read_triples(new, BASE, True)
    others = [f"{BASE}graph/{name}" for name in ("projets", "postes")]
    assert [after[name] for name in others] == [before[name] for name in others]


def test_forgotten_article_takes_with_it_only_what_it_alone_says(folder: Path) -> None:
    before = read(folder)
    assert forget_article(folder, "Rachats") == f"{BASE}graph/rachats"
    after = read(folder)
    assert before.keys() - after.keys() == {f"{BASE}graph/rachats"}
    shared = before[f"{BASE}graph/rachats"] & before[f"{BASE}graph/postes"]
    assert shared
    assert shared <= after[""]
    assert put(folder, press_readings()) == [Change.unchanged, Change.added, Change.unchanged]
    assert read(folder) == before


@pytest.mark.parametrize(
    "told", ["projets", "Projets", "dir/projets.fr.txt", f"{BASE}graph/projets"]
)
def test_article_is_told_by_name_title_file_or_iri(folder: Path, told: str) -> None:
    assert forget_article(folder, told) == f"{BASE}graph/projets"
    with pytest.raises(StoreError, match="has no article"):
        forget_article(folder, told)


def test_unknown_article_is_told_with_the_nearest(folder: Path) -> None:
    with pytest.raises(StoreError, match=r"the store has no article 'project'; nearest: projets"):
        forget_article(folder, "project")


def test_title_of_two_articles_is_not_enough(folder: Path) -> None:
    one, two, _ = press_readings()
    put(folder, [replace(two, article=replace(two.article, title="Projets"))])
    with pytest.raises(StoreError, match="several articles are called 'Projets'"):
        forget_article(folder, "Projets")
    assert forget_article(folder, one.article.name)


def test_graph_is_named_after_address_or_name() -> None:
    url = "https://news.example/a?b=1"
    assert str(graph_iri(Article("a", "x", url=url))).startswith(f"{BASE}graph/news-example-a-b-1-")
    assert graph_iri(Article("a", "x", url=url)) != graph_iri(Article("a", "x", url=f"{url}1"))
    assert graph_iri(Article("a", "x")) == graph_iri(Article("a", "y"))
    assert str(graph_iri(Article("a", "x"))) == f"{BASE}graph/a"
    assert len({graph_iri(Article(name, "x")) for name in ("été", "ete", "Été", "ete ")}) == 4


def test_articles_from_stdin_are_told_by_their_text() -> None:
    assert graph_iri(Article("stdin", "x")) != graph_iri(Article("stdin", "y"))


def test_namesakes_are_refused(folder: Path, tmp_path: Path) -> None:
    check_articles(tmp_path / "new", [Article("a", "x"), Article("b", "x")])
    with pytest.raises(StoreError, match="two articles are called 'a'"):
        check_articles(tmp_path / "new", [Article("a", "x"), Article("a", "y")])
    old = press_readings()[0].article
    check_articles(folder, [replace(old, text=f"{old.text}\nCorrection.")])
    other = Article(old.name, "Rien de commun.", title="Autre chose")
    with pytest.raises(StoreError, match="has another article called 'projets'; rename its file"):
        check_articles(folder, [other])
    check_articles(folder, [replace(other, url="https://news.example/autre")])
    check_articles(folder, [replace(other, name="autre")])


def test_wrong_folders_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="a file; name a folder"):
        make_store(tmp_path / "file")
    with pytest.raises(StoreError, match="a folder of other files"):
        make_store(tmp_path)
    with pytest.raises(StoreError, match="cannot be made"):
        make_store(tmp_path / "file" / "news")
    with pytest.raises(StoreError, match="no store; make one"):
        forget_article(tmp_path, "a")
    with pytest.raises(StoreError, match="a folder, but no store"):
        load_graph(tmp_path)


def test_spoilt_store_is_told_in_one_line(folder: Path) -> None:
    for path in folder.glob("MANIFEST-*"):
        path.write_bytes(b"spoilt")
    with pytest.raises(StoreError, match="cannot be opened") as caught:
        load_graph(folder)
    assert "\n" not in str(caught.value)
    with pytest.raises(StoreError, match="cannot be written"):
        put(folder, press_readings())


def test_a_graph_stays_as_it_was_while_others_write(folder: Path) -> None:
    graph = load_graph(folder)
    before = set(graph)
    assert [path.name for path in (folder / READERS).iterdir()] != []
    assert forget_article(folder, "projets")
    assert put(folder, press_readings()) == [Change.added, Change.unchanged, Change.unchanged]
    assert forget_article(folder, "postes")
    assert set(graph) == before
    assert set(load_graph(folder)) < before
    del graph
    gc.collect()
    assert list((folder / READERS).iterdir()) == []


def test_snapshots_of_killed_readers_are_removed(folder: Path) -> None:
    code = (
        "import os, sys\nfrom kg.store.engine import load_graph\n"
        "graph = load_graph(sys.argv[1])\nos.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)])
    assert done.returncode == -signal.SIGKILL
    graph = load_graph(folder)
    assert len(list((folder / READERS).iterdir())) == 2
    assert put(folder, press_readings()) == [Change.unchanged] * 3
    (left,) = (folder / READERS).iterdir()
    assert len(graph) > 0
    assert left.is_dir()


def test_disk_without_links_has_snapshots_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert set(load_graph(folder)) == set(on_oxigraph(press_graph()))


def test_store_that_may_only_be_read_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write everywhere
    graph = load_graph(folder)
    assert set(graph) == set(on_oxigraph(press_graph()))
    assert not (folder / READERS).exists()
    with pytest.raises(StoreError, match="is being read or written by another"):
        lock_folder(folder, write=True, patience=0)


TRIPLES = st.sets(st.integers(0, 5)).map(
    lambda numbers: {
        ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(str(number)))
        for number in numbers
    }
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("abc"), TRIPLES), max_size=8))
def test_default_graph_is_always_the_union(changes: list[tuple[str, set[ox.Triple]]]) -> None:
    store = ox.Store()
    expected: dict[str, set[ox.Triple]] = {}
    for name, triples in changes:
        before = expected.get(name, set())
        change = replace_graph(store, ox.NamedNode(f"urn:{name}"), triples)
        wanted = Change.replaced if before else Change.added
        assert change == (Change.unchanged if before == triples else wanted)
        expected[name] = triples
    found = contents(store)
    assert found == {"": set().union(*expected.values())} | {
        f"urn:{name}": triples for name, triples in expected.items() if triples
    }


def test_hostile_text_stays_a_text() -> None:
    store = ox.Store()
    texts = ('" } } ; DROP ALL ; #', "\\u0022 . } #", "a\\\nb\r\t\x01", "\\", "été\u2028🎻")
    triples = {
        ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(text)) for text in texts
    }
    replace_graph(store, ox.NamedNode("urn:g"), triples)
    assert contents(store)["urn:g"] == triples


#: Puts the press into a store again and again, in two versions by turns.
WRITER = """
import sys
from dataclasses import replace
from itertools import count
from press import press_readings
from kg.store.store import make_store, put_readings

make_store(sys.argv[1])
print("ready", flush=True)
for turn in count():
    readings = press_readings()
    if turn % 2:
        readings = [replace(one, facts=one.facts[1:]) for one in readings]
    for _ in put_readings(sys.argv[1], readings):
        pass
    print("turn", flush=True)
"""


@pytest.mark.server
def test_killed_at_any_moment_a_store_has_whole_articles_only(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    versions: dict[str, list[set[ox.Triple]]] = {}
    for one in press_readings():
        both = (one, replace(one, facts=one.facts[1:]))
        versions[str(graph_iri(one.article))] = [read_triples(it, BASE, True) for it in both]
    kept = set()
    for kill in range(24):
        start_and_kill(folder, delay=kill * 0.011 % 0.09, turns=-1 if kill < 8 else kill % 3)
        make_store(folder)
        found = read(folder)
        for name in found.keys() - {""}:
            assert found[name] in versions[name], f"kill {kill}: a part of {name}"
            kept.add((name, versions[name].index(found[name])))
    assert len(kept) == 6, "both versions of each article were seen"


def start_and_kill(folder: Path, *, delay: float, turns: int) -> None:
    """Kill -9 a writer some time after so many turns, or if -1 while it makes the store."""
    environment = {**os.environ, "PYTHONPATH": str(TESTS)}
    command = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as writer:
        assert writer.stdout is not None
        if turns < 0:  # as soon as there is the folder
            end = time.monotonic() + 30
            while not folder.is_dir() and time.monotonic() < end:
                time.sleep(0.001)
        else:
            told = [writer.stdout.readline() for _ in range(turns + 1)]
            assert told == [b"ready\n", *[b"turn\n"] * turns]
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        assert writer.wait() == -signal.SIGKILL


def test_a_store_of_0_1_is_told_how_to_be_built_anew(tmp_path: Path, reading: Reading) -> None:
    put_reading(tmp_path / "s", reading)
    store = ox.Store(str(tmp_path / "s"))
    store.add(ox.Quad(ox.NamedNode("urn:f"), ox.NamedNode(KG["rule"]), ox.Literal("verb")))
    del store
    for work in (lambda: load_graph(tmp_path / "s"), lambda: put_reading(tmp_path / "s", reading)):
        with pytest.raises(StoreError, match="a store of PressGraph 0"):
            work()


def test_arrivals_that_a_broken_run_did_not_note_are_noted(folder: Path) -> None:
    noted = list_arrived(folder)
    (folder / ARRIVED).write_text(f"{noted[1]}\n", encoding="utf-8")
    note_missing(folder)
    assert list_arrived(folder) == [noted[1], *sorted({*noted} - {noted[1]})]
    note_missing(folder)
    assert len(list_arrived(folder)) == len(noted)
