"""Measure who is who in a large store: `kg resolve`, `same`, `undo` and `claims` beside loading it.

    python tests/bench/world.py [ARTICLES]   # else 10,000

Articles of some forty words are made of made-up readings. Times are those of the processor, as
others may use the machine, of commands as people type them. Two companies are joined that are named
as often as most, and the two that are named most of all, to whom a tenth of all facts belong.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from steps import report

ARTICLES = 10_000
#: Facts of an article, and articles to each thing.
FACTS, THINGS = 3, 3
KG = "import sys; from kg.cli import main; main(sys.argv[1:])"
LOAD = "import sys; from kg.store.engine import load_graph; load_graph(sys.argv[1])"
MAKE = "import sys, world; world.make_news(sys.argv[1], int(sys.argv[2]))"
#: The classes of made-up things come in turn, so many; the first two are companies.
TURN = 20


class Spent(NamedTuple):
    """What a command took: seconds of the processor, and its most memory in MB."""

    seconds: float
    memory: float


def make_news(folder: str, count: int) -> None:
    """Put made-up articles into a store and dump it beside, as quads; it is not resolved."""
    from made_up import made_up_readings

    from kg.store.store import put_readings

    readings = made_up_readings(max(count // THINGS, 20), count * FACTS, each=FACTS)
    for _ in put_readings(folder, readings):
        pass


def dump(folder: Path, path: Path) -> None:
    """Write all quads of a store."""
    import pyoxigraph as ox

    ox.Store.read_only(str(folder)).dump(str(path), format=ox.RdfFormat.N_QUADS)


def spend(code: str, *arguments: object) -> Spent:
    """Run a program of its own, without what it prints, and return what it took."""
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.chdir(Path(__file__).parent)
        os.execv(sys.executable, [sys.executable, "-c", code, *map(str, arguments)])
    _, status, usage = os.wait4(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, arguments
    return Spent(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)


def measure(folder: Path, count: int) -> dict[str, Spent]:
    """Return what each command took on a store of so many articles."""
    from made_up import make_thing

    store = folder / "news"
    spend(MAKE, store, count)
    found = {"first": spend(KG, "resolve", store), "resolve": spend(KG, "resolve", store)}
    dump(store, folder / "news.nq")
    found["loading"] = spend(LOAD, folder / "news.nq")
    middle = max(count // THINGS, TURN) // 2 // TURN * TURN
    for told, first in (("", middle), (" best known", 0)):
        pair = make_thing(first).name, make_thing(first + 1).name
        found[f"same{told}"] = spend(KG, "same", *pair, "--store", store)
        found[f"undo{told}"] = spend(KG, "undo", "--store", store)
    found["claims"] = spend(KG, "claims", store, "--format", "csv")
    return found


def main() -> int:
    """Measure everything; return 1 if a figure is over its limit."""
    count = int(sys.argv[1]) if sys.argv[1:] else ARTICLES
    with tempfile.TemporaryDirectory() as scratch:
        found = measure(Path(scratch).resolve(), count)
    print(f"{count} articles, {FACTS} facts each")
    for name, one in found.items():
        print(f"{name:<18}{one.seconds:>9.2f} s{one.memory:>9.0f} MB")
    times = {name: one.seconds for name, one in found.items()}
    memory = max(found[name].memory for name in ("first", "resolve", "same", "undo"))
    within = [
        report("kg same / kg resolve", times["same"] / times["resolve"], 0.05, "×"),
        report("kg undo / kg resolve", times["undo"] / times["resolve"], 0.05, "×"),
        report("kg resolve / loading", times["first"] / times["loading"], 3.0, "×"),
        report("kg claims / loading", times["claims"] / times["loading"], 2.0, "×"),
        report("most memory, who is who", memory, 1_000, "MB"),
    ]
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
