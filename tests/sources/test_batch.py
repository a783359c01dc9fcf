"""Many sources in one run: faults are skipped and told, workers keep the order, runs go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox
import pytest

from kg.errors import ArticleError, KgError
from kg.model import Article, Entity, Fact, Reading
from kg.reader.parallel.workers import read_labelled
from kg.sources.articles import find_labelled
from kg.sources.batch import Batch
from kg.sources.source import Options
from kg.store.journal import NAME, Journal


def read(article: Article) -> Reading:
    """Read an article as if its first word were a company that acquired the second."""
    first, second, *_ = [*article.text.split(), "", ""]
    if first == "boum":
        os.kill(os.getpid(), signal.SIGKILL)
    if article.lang != "fr":
        raise ArticleError(f"unknown language '{article.lang}'")
    one = Entity(first, "Company", mentions=((0, len(first)),))
    two = Entity(second, "Company", mentions=((len(first) + 1, len(first) + 1 + len(second)),))
    told = MappingProxyType({"amount": Decimal(len(article.text))})
    fact = Fact(one, "acquired", two, qualifiers=told, evidence=((0, len(first)),))
    return Reading(article, (one, two), (fact,), ((0, len(article.text)),))


def articles(count: int) -> Iterator[tuple[str, Article]]:
    for at in range(count):
        lang = "en" if at % 7 == 3 else "fr"
        yield f"{at}.txt", Article(f"a{at}", f"Nordil{at} Vasco{at} signe.", lang)


def test_workers_give_what_one_process_gives_in_its_order() -> None:
    alone = list(read_labelled(articles(40), read, 1))
    shared = list(read_labelled(articles(40), read, 2))
    assert [label for label, _ in shared] == [label for label, _ in alone]
    for (_, one), (_, other) in zip(alone, shared, strict=True):
        assert str(one) == str(other)
        assert isinstance(one, Reading) == isinstance(other, Reading)
        assert isinstance(one, ArticleError) or one == other


def test_few_articles_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.reader.parallel.workers.read_apart", None)
    assert len(list(read_labelled(articles(20), read))) == 20


def test_articles_are_read_as_they_come_however_many() -> None:
    taken = 0

    def stream() -> Iterator[tuple[str, Article]]:
        nonlocal taken
        for one in articles(10_000):
            taken += 1
            yield one

    outcomes = read_labelled(stream(), read, 2)
    for _ in range(10):
        next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert taken < 200


def test_a_killed_worker_is_told_in_one_line() -> None:
    stream = [("a.txt", Article("a", "boum"))]
    with pytest.raises(KgError, match="a process was killed while it read"):
        list(read_labelled(stream, read, 2))


def gather(batch: Batch, *found: tuple[str, Article | ArticleError]) -> list[Article]:
    return [article for _, article in batch.gather(found)]


def test_articles_of_one_address_are_one_if_they_say_the_same() -> None:
    told: list[str] = []
    batch = Batch(told.append)
    url = "https://gazette.example/1"
    one, other = Article("a", "Un.", url=url), Article("b", "Deux.", url=url)
    got = gather(batch, ("x.rss", one), ("y.rss", one), ("z.html", other))
    assert [(it.name, it.url) for it in got] == [("a", url), ("b", "")]
    assert told == ["z.html: has the address of x.rss; read without it"]
    assert batch.again == 1


def test_articles_of_one_name_are_told_apart() -> None:
    one = Article("a", "Un.")
    assert [it.name for it in gather(Batch(), ("x", one), ("y", one), ("z", one))] == [
        "a", "a-2", "a-3",
    ]  # fmt: skip


def test_the_first_fault_is_told_alone_where_nothing_else_is_read() -> None:
    told: list[str] = []
    batch = Batch(told.append)
    gather(batch, ("", ArticleError("a.txt: empty; give a file with text")))
    with pytest.raises(ArticleError, match=r"a\.txt: empty"):
        batch.end()
    assert told == []
    batch = Batch(told.append)
    faults = [ArticleError(f"{name}.txt: empty; give a file with text") for name in "ab"]
    gather(batch, *(("", fault) for fault in faults))
    with pytest.raises(KgError, match="none of 2 could be read"):
        batch.end()
    assert told == [f"skipped: {fault}" for fault in faults]


def test_the_last_line_says_how_many_and_why() -> None:
    told: list[str] = []
    batch = Batch(told.append)
    empty, foreign = ArticleError("a.txt: empty; x"), ArticleError("b.txt: in German; y")
    gather(batch, ("", empty), ("", empty), ("", foreign))
    batch.count()
    batch.end()
    assert told[-1] == "1 article read, 3 skipped (2 empty, 1 in German)"


def test_a_strict_batch_ends_at_the_first_fault() -> None:
    with pytest.raises(ArticleError, match="empty"):
        gather(Batch(strict=True), ("", ArticleError("a.txt: empty")))


def test_a_journal_counts_for_its_own_run_only(tmp_path: Path) -> None:
    one, other = Article("a", "Un."), Article("b", "Deux.")
    journal = Journal(tmp_path, "first")
    journal.add([one])
    with (tmp_path / NAME).open("a", encoding="utf-8") as file:
        file.write("0123456789")  # cut short by a kill
    again = Journal(tmp_path, "first")
    assert again.has(one) and not again.has(other)
    assert not Journal(tmp_path, "second").has(one)
    again.end()
    assert not (tmp_path / NAME).exists()


QUIET = subprocess.DEVNULL
#: Builds a store of many articles with the reader above, in a process that may be killed.
SCRIPT = """
import sys
sys.path.insert(0, {tests!r})
import kg.reader, test_batch
from kg.model import Reader
kg.reader.read = test_batch.read
kg.reader.name_reader = lambda *_: Reader("stand-in", "1")
from kg.cli import main
main(["build", {corpus!r}, "--store", {store!r}, "--workers", "1"])
"""


def contents(store: Path) -> list[str]:
    return sorted(str(quad) for quad in ox.Store.read_only(str(store)))


@pytest.mark.server
def test_a_run_killed_at_ten_points_ends_with_the_same_store(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    lines = (
        f'{{"id": "n{at}", "text": "Nordil{at} Vasco{at} signe, dans la ville."}}\n'
        for at in range(400)
    )
    corpus.write_text("".join(lines), encoding="utf-8")
    stores = [tmp_path / name for name in ("whole", "killed")]
    scripts = [
        SCRIPT.format(tests=str(Path(__file__).parent), corpus=str(corpus), store=str(store))
        for store in stores
    ]
    subprocess.run([sys.executable, "-c", scripts[0]], check=True, capture_output=True)
    journal = stores[1] / NAME
    for at in range(10):
        run = subprocess.Popen(
            [sys.executable, "-c", scripts[1]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 60
        while run.poll() is None and time.monotonic() < until:
            if journal.exists() and journal.stat().st_size > 33 * 38 * at:
                break
            time.sleep(0.002)
        run.kill()
        run.wait()
    last = subprocess.run(
        [sys.executable, "-c", scripts[1]], check=True, capture_output=True, text=True
    )
    assert "before" in last.stderr
    assert contents(stores[0]) == contents(stores[1])
    assert not journal.exists()


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in (
        "b.fr.txt",
        "a.fr.txt",
        "sub/c.fr.txt",
        ".hidden.txt",
        "photo.jpg",
        "page_files/x.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Le groupe signe.", encoding="utf-8")
    (tmp_path / "page.html").write_text(
        "<html><body><p>Le groupe signe un accord.</p></body></html>"
    )
    notes: list[str] = []
    found = find_labelled([tmp_path], Options(note=notes.append))
    names = [one.name for _, one in found if isinstance(one, Article)]
    assert names == ["a", "b", "page", "c"]
    assert notes == [f"{tmp_path}: 1 file of other kinds left aside (.jpg)"]
