"""Measure many articles: memory does not grow with their number, and two workers help.

    python tests/bench/batch.py [ARTICLE…]   # else our own, again and again

Ten thousand short articles are read by a stand-in for the reader, five hundred by the real one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from steps import EXAMPLES, GOLD, report

from kg.sources.articles import read_articles

FEW, MANY = 2_500, 10_000
SOME, LOTS = 100, 500
#: Articles that one and two workers read in turns, the fastest of so many rounds counts.
SHARED, ROUNDS = 500, 2
STAND_IN = """
import sys
import kg.reader
from kg.cli import main
from kg.model import Entity, Fact, Reading

def read(article):
    one, two = (Entity(word, "Company") for word in article.text.split()[:2])
    return Reading(article, (one, two), (Fact(one, "partnerOf", two, evidence=((0, 9),)),))

kg.reader.read = read
main(sys.argv[1:])
"""
REAL = "import sys; from kg.cli import main; main(sys.argv[1:])"


def write_short(path: Path, count: int) -> None:
    """Write articles of forty words, a line each."""
    words = " ".join(f"mot{n}" for n in range(38))
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text = f"Nordil{number % 997} Vasco{number % 991} {words}."
            file.write(
                json.dumps({"title": f"Article {number}", "text": text, "lang": "fr"}) + "\n"
            )


def write_real(path: Path, paths: Sequence[str], count: int) -> None:
    """Write real articles, a line each: those at the paths or our own, again and again."""
    own = sorted(map(str, (*EXAMPLES.glob("*.fr.txt"), *GOLD.glob("*.fr.txt"))))
    articles = list(read_articles(paths or own))
    with path.open("w", encoding="utf-8") as file:
        for number, article in enumerate(islice(cycle(articles), count)):
            told = {"title": f"{number} {article.title}", "text": article.text, "lang": "fr"}
            file.write(json.dumps(told) + "\n")


def build(code: str, source: Path, store: Path, workers: int, *options: str) -> tuple[float, float]:
    """Put articles into a store in a process of its own; return seconds and its most MB."""
    begin = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        command = [sys.executable, "-c", code, "build", str(source), "--store", str(store)]
        os.execv(sys.executable, [*command, "--workers", str(workers), *options])
    _, status, usage = os.wait4(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, source
    return time.perf_counter() - begin, usage.ru_maxrss * 1024 / 1e6


def measure_memory(folder: Path, code: str, sources: tuple[Path, Path]) -> tuple[float, float]:
    """Return the most memory with few articles and with many, in MB."""
    few, many = (build(code, it, folder / f"{it.stem}.store", 1)[1] for it in sources)
    return few, many


def measure_workers(folder: Path, source: Path) -> tuple[float, float]:
    """Return the time of two workers, and of two of a Dask cluster, as parts of one worker's time.

    Each uses one thread. The cluster's workers have read before, as those of one that stands do.
    """
    os.environ["OMP_NUM_THREADS"] = "1"
    with start_cluster(folder) as address:
        ways = {"one": (1,), "two": (2,), "cluster": (0, "--scheduler", address)}
        warm = folder / "some.jsonl"
        build(REAL, warm, folder / "warm", 0, "--scheduler", address)
        best = dict.fromkeys(ways, float("inf"))
        for turn in range(ROUNDS):
            for name, (workers, *options) in ways.items():
                store = folder / f"{turn}-{name}"
                seconds, _ = build(REAL, source, store, workers, *options)
                best[name] = min(best[name], seconds)
    told = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in best.items())
    print(f"{SHARED} articles: {told}")
    return best["two"] / best["one"], best["cluster"] / best["one"]


@contextmanager
def start_cluster(folder: Path) -> Iterator[str]:
    """Start a Dask scheduler and two workers of one thread; give its address, then end them."""
    file = folder / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    local = ("--host", "127.0.0.1", "--no-dashboard")
    started = [
        subprocess.Popen(
            [*dask, "scheduler", *local, "--port", "0", "--scheduler-file", str(file)], **quiet
        )
    ]
    try:
        while not file.exists():
            time.sleep(0.1)
        time.sleep(0.5)
        address = json.loads(file.read_text(encoding="utf-8"))["address"]
        options = (*local, "--no-nanny", "--nthreads", "1", "--memory-limit", "0")
        place = ("--local-directory", str(folder / "dask"))
        worker = [*dask, "worker", address, *options, *place]
        started += [subprocess.Popen(worker, **quiet) for _ in range(2)]
        yield address
    finally:
        for process in started:
            process.kill()
            process.wait()


def main() -> int:
    """Measure everything; return 1 if a figure is over its limit."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        short = folder / "few.jsonl", folder / "many.jsonl"
        real = folder / "some.jsonl", folder / "lots.jsonl"
        for path, count in zip(short, (FEW, MANY), strict=True):
            write_short(path, count)
        for path, count in zip(real, (SOME, LOTS), strict=True):
            write_real(path, sys.argv[1:], count)
        write_real(folder / "shared.jsonl", sys.argv[1:], SHARED)
        few, many = measure_memory(folder, STAND_IN, short)
        print(f"most memory: {FEW} short articles {few:.0f} MB, {MANY} {many:.0f} MB")
        some, lots = measure_memory(folder, REAL, real)
        print(f"most memory: {SOME} real articles {some:.0f} MB, {LOTS} {lots:.0f} MB")
        share, cluster = measure_workers(folder, folder / "shared.jsonl")
    within = [
        report("memory, 10,000 short articles / 2,500", many / few, 1.15, "×"),
        report("memory, 500 real articles / 100", lots / some, 1.2, "×"),
        report("time, two workers / one", share, 0.65, "×"),
        report("time, two workers of a Dask cluster / one", cluster, 0.65, "×"),
    ]
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
