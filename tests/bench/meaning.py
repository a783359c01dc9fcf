"""Measure what it costs that terms mean what is below them, beside a graph in which that is said.

Each question is asked in turns, by the letter of a graph to which all that follows was added, and
of one to which it was not: from Python (`kg.run_query`) and as a worker of `kg serve` answers it.
The least time of many counts. The first question with a term is told apart: it looks for what
follows, and later ones find it there until something else is asked of the graph.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyoxigraph as ox
from made_up import made_up_readings
from steps import report

from kg.ask.query import find_entailed, run_query
from kg.endpoint import workers
from kg.endpoint.snapshots import Reader
from kg.endpoint.workers import Task
from kg.graph.rdf import write_readings
from kg.store.engine import engine_of, load_graph
from kg.store.entailed import entail_terms

#: Things and facts of the made-up news, how often each question is asked, and how slow it may be.
THINGS, FACTS, TIMES, LIMIT = 500, 6_000, 25, 1.3
ASKED = {
    "is there one": "ASK { ?x a kg:Organization }",
    "how many": "SELECT (COUNT(*) AS ?n) { ?x a org:Organization }",
    "their names": "SELECT ?x ?name { ?x a kg:Organization ; rdfs:label ?name }",
    "one by its name": "SELECT ?x { ?x rdfs:label 'Rindorrin-sur-Orne'@fr ; a schema:Place }",
    "whose partners": "SELECT ?x ?y { ?x a schema:Organization ; kg:partnerOf ?y }",
    "what belongs to what": "SELECT ?x ?y { ?x org:subOrganizationOf ?y }",
    "where they are": "SELECT ?x ?y { ?x a kg:Organization ; kg:basedIn ?y . ?y a schema:Place }",
    "three in a row": "SELECT ?x ?y ?z { ?x a kg:Organization ; kg:supplierOf ?y . "
    "?y kg:offers ?z . ?z a schema:Product }",
    "facts by relation": "SELECT ?p (COUNT(*) AS ?n) { ?x a org:Organization . "
    "?fact rdf:subject ?x ; rdf:predicate ?p } GROUP BY ?p",
    "as a graph": "CONSTRUCT { ?x org:linkedTo ?y } { ?x a org:Organization ; org:linkedTo ?y }",
}


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that a work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def in_turns(*works: Callable[[], object]) -> list[float]:
    """Return the least seconds that each of some works takes, done in turns."""
    rounds = [[timed(work) for work in works] for _ in range(TIMES)]
    return [min(column) for column in zip(*rounds, strict=True)]


def write_folder(path: Path, folder: Path, terms: tuple[str, ...]) -> str:
    """Make a store of a graph's file, with what follows for some terms; return its folder."""
    store = ox.Store(str(folder))
    store.bulk_extend(engine_of(load_graph(path, entail=terms)))
    store.flush()
    return str(folder)


def serve(reader: Reader, task: Task) -> None:
    """Answer a task as a worker does that has been asked of its store before."""
    workers.READER = reader
    if (reply := workers.answer_task(task)).status != 200:
        raise SystemExit(reply.body.decode())


def main() -> int:
    """Measure all; return 1 if the questions together take longer than they may."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "news.ttl")
        path.write_text(write_readings(made_up_readings(THINGS, FACTS)), encoding="utf-8")
        terms = tuple(sorted({term for text in ASKED.values() for term in find_entailed(text)}))
        said, bare = load_graph(path), load_graph(path)
        entail_terms(engine_of(said), terms)
        there = write_folder(path, Path(place, "there"), terms)
        apart = write_folder(path, Path(place, "apart"), ())
        readers = Reader(), Reader()
        totals, over = [[0.0, 0.0], [0.0, 0.0]], []
        print(f"{'ms':<22}{'by letter':>10}{'Python':>9}{'first':>9}{'':>8}{'serve':>9}{'':>8}")
        for name, text in ASKED.items():
            first = timed(partial(run_query, bare, text))
            works = (partial(run_query, said, text, entail=False), partial(run_query, bare, text))
            tasks = (
                partial(serve, readers[0], Task(there, text, entail=False)),
                partial(serve, readers[1], Task(apart, text)),
            )
            (letter, python), (served, serving) = in_turns(*works), in_turns(*tasks)
            for total, pair in zip(totals, ((letter, python), (served, serving)), strict=True):
                total[0] += pair[0]
                total[1] += pair[1]
            figures = f"{letter * 1e3:>10.2f}{python * 1e3:>9.2f}{first * 1e3:>9.2f}"
            print(f"{name:<22}{figures}{python / letter:>7.2f}×{serving * 1e3:>9.2f}"
                  f"{serving / served:>7.2f}×")  # fmt: skip
            ratios = python / letter, serving / served
            over += [f"{name}: {it:.2f} ×" for it in ratios if it > LIMIT]
    print(f"over {LIMIT} ×: {'; '.join(over) or 'none'}")
    within = [
        report(f"terms that mean what is below them, {way}", total[1] / total[0], LIMIT, "×")
        for way, total in zip(("Python", "kg serve"), totals, strict=True)
    ]
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
