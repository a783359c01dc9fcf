"""Articles read by a cluster: a real scheduler and two workers, in processes of their own."""

from __future__ import annotations

import gc
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
import pytest
import stand_in

from kg.cli import main
from kg.errors import KgError
from kg.model import Article, Reader, Reading
from kg.reader.parallel import cluster as clusters
from kg.reader.parallel.cluster import check_cluster, read_on_cluster

DASK, QUIET = [sys.executable, "-m", "dask"], subprocess.DEVNULL


@dataclass
class Processes:
    """Hold a scheduler's process, its address, and the processes of its workers."""

    folder: Path
    scheduler: subprocess.Popen[bytes]
    address: str = ""
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start_workers(self, count: int) -> None:
        """See that so many workers have come."""
        options = [
            "--host", "127.0.0.1", "--no-nanny", "--no-dashboard", "--nthreads", "1",
            "--memory-limit", "0", "--local-directory", str(self.folder / "workers"),
        ]  # fmt: skip
        self.workers = [one for one in self.workers if one.poll() is None]
        path, flag = str(Path(__file__).parent), str(self.folder / "flag")
        while len(self.workers) < count:
            self.workers.append(start("worker", self.address, *options, path=path, flag=flag))
        with clusters.open_cluster(self.address) as cluster:
            cluster.client.wait_for_workers(count, timeout=30)

    def stop(self) -> None:
        """Kill them all."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


def start(*arguments: str, path: str, flag: str = "") -> subprocess.Popen[bytes]:
    """Start a process of Dask that finds the stand-in."""
    names = {"PYTHONPATH": path, stand_in.FLAG: flag}
    return subprocess.Popen(
        [*DASK, *arguments], stdout=QUIET, stderr=QUIET, env={**os.environ, **names}
    )


@contextmanager
def start_cluster(folder: Path) -> Iterator[Processes]:
    """Start a scheduler at a free port; end it, and its workers, whatever happens."""
    told = folder / "scheduler.json"
    options = [
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-dashboard",
        "--scheduler-file",
        str(told),
    ]
    processes = Processes(folder, start("scheduler", *options, path=str(Path(__file__).parent)))
    try:
        until = time.monotonic() + 30
        while not processes.address and time.monotonic() < until:
            time.sleep(0.05)
            with suppress(OSError, ValueError):  # it is not there yet, or not whole
                processes.address = json.loads(told.read_text(encoding="utf-8"))["address"]
        yield processes
    finally:
        processes.stop()


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    with start_cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


@pytest.fixture(autouse=True)
def swept() -> None:
    """Let go of what other tests left: a thread of Dask's may not let go of an answer."""
    gc.collect()


@pytest.fixture
def cluster(processes: Processes) -> Processes:
    processes.start_workers(2)
    return processes


def articles(count: int) -> Iterator[tuple[str, Article]]:
    for at in range(count):
        yield f"{at}.txt", Article(f"a{at}", f"Nordil{at} Vasco{at} signe.")


def write_corpus(path: Path, **others: str) -> Path:
    """Write articles of a line each, some of which begin with another word."""
    first = {int(at.removeprefix("at")): word for at, word in others.items()}
    lines = (
        f'{{"id": "n{at}", "text": "{first.get(at, "Nordil")} Vasco{at} signe, dans la ville."}}\n'
        for at in range(60)
    )
    path.write_text("".join(lines), encoding="utf-8")
    return path


def build(corpus: Path, store: Path, *options: str) -> tuple[object, list[str]]:
    """Build a store with the stand-in; return the exit code and what the store holds."""
    with pytest.raises(SystemExit) as done:
        main(["build", str(corpus), "--store", str(store), *options])
    return done.value.code, sorted(map(str, ox.Store.read_only(str(store))))


@pytest.mark.server
def test_the_store_is_that_of_one_process(
    cluster: Processes,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.reader.read", stand_in.read)
    monkeypatch.setattr("kg.reader.name_reader", lambda _="": Reader("stand-in", "1"))
    corpus = write_corpus(tmp_path / "corpus.jsonl", at7="Illisible")
    one = build(corpus, tmp_path / "one", "--workers", "1")
    told = capsys.readouterr()
    assert "59 articles read, 1 skipped (1 nobody can read it)" in told.err
    assert one[0] == 4
    assert build(corpus, tmp_path / "many", "--scheduler", cluster.address) == one
    assert capsys.readouterr() == told
    assert len(one[1]) > 59 * 10


@pytest.mark.server
def test_articles_come_in_their_order_and_few_are_under_way(cluster: Processes) -> None:
    taken = 0

    def stream() -> Iterator[tuple[str, Article]]:
        nonlocal taken
        for one in articles(10_000):
            taken += 1
            yield one

    outcomes = read_on_cluster(stream(), stand_in.read, cluster.address)
    for at in range(100):
        label, outcome = next(outcomes)
        assert label == f"{at}.txt"
        assert isinstance(outcome, Reading)
        assert outcome == stand_in.read(outcome.article)
    outcomes.close()  # type: ignore[attr-defined]
    assert taken < 200


@pytest.mark.server
def test_what_a_killed_worker_had_is_read_by_another(
    cluster: Processes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.reader.read", stand_in.read)
    monkeypatch.setattr("kg.reader.name_reader", lambda _="": Reader("stand-in", "1"))
    corpus = write_corpus(tmp_path / "corpus.jsonl", at30="Boum")
    one = build(corpus, tmp_path / "one", "--workers", "1")
    assert build(corpus, tmp_path / "many", "--scheduler", cluster.address) == one
    assert one[0] == 0
    assert [worker.poll() is None for worker in cluster.workers].count(False) == 1


def read_nowhere_else(article: Article) -> Reading:
    return Reading(article)


@pytest.mark.server
def test_a_cluster_that_cannot_read_is_told(
    cluster: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_nowhere_else, "__module__", "nowhere")
    monkeypatch.setitem(sys.modules, "nowhere", sys.modules[__name__])
    with pytest.raises(KgError, match="it has no module 'nowhere'; install pressgraph"):
        check_cluster(cluster.address, read_nowhere_else)
    with clusters.open_cluster(cluster.address) as opened:
        worker = min(opened.client.nthreads())
    with pytest.raises(KgError, match="is the address of a worker; give the scheduler's"):
        check_cluster(worker, stand_in.read)
    monkeypatch.setattr(clusters, "__version__", "9.9")
    with pytest.raises(KgError, match=r"a worker has pressgraph .*; install 9\.9 on all of them"):
        check_cluster(cluster.address, stand_in.read)


@pytest.mark.server
def test_a_cluster_that_has_no_worker_or_ends_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start_cluster(tmp_path) as started:
        monkeypatch.setattr(clusters, "PATIENCE", 0.2)
        with pytest.raises(KgError, match=f"has no worker; .*: dask worker {started.address}$"):
            check_cluster(started.address, stand_in.read)
        monkeypatch.setattr(clusters, "PATIENCE", 30)
        threading.Timer(0.3, started.scheduler.kill).start()
        begun = time.monotonic()
        with pytest.raises(KgError, match="the scheduler is gone; start it and begin again"):
            list(read_on_cluster(articles(9), stand_in.read, started.address))
        assert time.monotonic() - begun < 20


def test_an_address_without_a_scheduler_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "CONNECT", 0.5)
    corpus = write_corpus(tmp_path / "corpus.jsonl")
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        nobody = f"tcp://127.0.0.1:{deaf.getsockname()[1]}"
        faults = [nobody, "nonsense", "ftp://127.0.0.1:1", "tls://127.0.0.1:1"]
        for address in faults:
            with pytest.raises(SystemExit, match="1"):
                main(["build", str(corpus), "--store", str(tmp_path / "s"), "--scheduler", address])
            told = "no Dask scheduler answers there; start one with: dask scheduler"
            assert capsys.readouterr() == ("", f"kg: {address}: {told}\n")
        deaf.listen()
        with pytest.raises(KgError, match="no Dask scheduler answers there"):
            check_cluster(nobody, stand_in.read)
    assert not (tmp_path / "s").exists()


def test_a_missing_extra_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(KgError, match=r"pip install 'pressgraph\[cluster\]'$"):
        check_cluster("tcp://127.0.0.1:8786", stand_in.read)


def test_a_cluster_and_processes_here_are_not_both_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["build", "a.txt", "--workers", "2", "--scheduler", "tcp://127.0.0.1:1"])
    assert "give only one of --workers and --scheduler" in capsys.readouterr().err
