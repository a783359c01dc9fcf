"""Measure the explorer over a large store: what a process reads once, each page, and memory.

    python tests/bench/explorer.py [ARTICLES]   # else 10,000, with ten facts each

The store is made of made-up readings. Times are those of the processor, as others may use the
machine, of the work that `kg serve` gives its processes.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from steps import report

from kg.endpoint.drawn.page import draw_task
from kg.endpoint.drawn.survey import communities_task, survey_task
from kg.endpoint.explorer.drawing import Asked
from kg.endpoint.explorer.memory import MEMORY
from kg.endpoint.explorer.names import Entry
from kg.endpoint.explorer.press.news import news_task
from kg.endpoint.explorer.work import claims_task, names_task, start_task, thing_task
from kg.endpoint.protocol import Reply
from kg.endpoint.snapshots import READER
from kg.who.view.beside import follow_book

ARTICLES = 10_000
#: Facts of an article: so many articles say 100,000.
FACTS = 10
#: Times that each page is asked for; the fastest counts.
ROUNDS = 3


def make_store(folder: Path, count: int) -> None:
    """Make a store of so many made-up articles, with its claims."""
    from made_up import made_up_readings

    from kg.store.store import put_readings

    for _ in put_readings(folder, made_up_readings(max(count, 20), count * FACTS, each=FACTS)):
        pass
    follow_book(folder)


def spend(work: Callable[[], Reply]) -> float:
    """Return the seconds of the processor that a page takes."""
    times = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        reply = work()
        times.append(time.process_time() - begin)
        assert reply.status == 200, reply.body
    return min(times)


def choose(kind: str) -> Entry:
    """Return the thing of a class that most articles name."""
    entries = (it for it in MEMORY.held.names.entries.values() if it.kind == kind)
    return max(entries, key=lambda it: (it.articles, it.iri))


def measure(store: Path) -> dict[str, float]:
    """Return what reading once and each page took, in seconds."""
    folder, asked = str(store), Asked("fr")
    begin = time.process_time()
    with READER.read(store) as opened:
        MEMORY.read(opened)
    found = {"once": time.process_time() - begin}
    firm, place = choose("Company"), choose("Country")
    found |= {
        "start": spend(lambda: start_task(folder, asked)),
        "names": spend(lambda: names_task(folder, asked, firm.names[0][:2])),
        "company": spend(lambda: thing_task(folder, asked, firm.iri)),
        "country": spend(lambda: thing_task(folder, asked, place.iri)),
        "claims": spend(lambda: claims_task(folder, asked, place.iri, "places")),
        "news": spend(lambda: news_task(folder, asked, "")),
    }
    survey = survey_task(folder).body
    found |= {
        "overview": spend(lambda: draw_task(folder, "", 1, "fr")),
        "survey": spend(lambda: survey_task(folder)),
        "communities": spend(lambda: communities_task(folder, asked, survey, "")),
        "community": spend(lambda: communities_task(folder, asked, survey, firm.iri)),
    }
    sizes = len(draw_task(folder, "", 1, "fr").body), len(survey)
    print("bytes: overview {:,}, survey {:,}".format(*sizes))
    READER.drop()
    return found


def main() -> int:
    """Measure everything; return 1 if a figure is over its limit."""
    count = int(sys.argv[1]) if sys.argv[1:] else ARTICLES
    with tempfile.TemporaryDirectory() as scratch:
        store = Path(scratch).resolve() / "news"
        make_store(store, count)
        found = measure(store)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{count} articles, {FACTS} facts each; most memory of all this {memory} MB")
    limits = {"once": 10.0, "names": 0.1, "overview": 6.0, "survey": 20.0}
    within = [report(f"explorer: {it}", found[it], limits.get(it, 2.0), "s") for it in found]
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
