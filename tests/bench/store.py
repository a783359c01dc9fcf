"""Measure loading and eight queries of a million triples, beside plain rdflib.

Each query is a shape that analysts use (queries/*.rq, with its question in words), asked of our
model as our ready questions ask it: by relation, modality and class, and written as one thinks of
it. rdflib begins with the patterns of fewest variables, whatever they find: where two facts or two
classes meet (construct, join, optional) it crosses them, and that is most of its time; plain scans
gain ten times, a path the least. It orders patterns of as many variables by their names: with
others, join took it 3 to 35 s, path 0.8 to 32 s, and four more the same (aggregate and regex were
not tried). The gain is that of all eight together; ours from a store on disk is told beside it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from steps import peak_memory, report

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.query import Result

Found = TypeVar("Found")
QUERIES = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted(Path(__file__).with_name("queries").glob("*.rq"))
}
#: Things and facts of the made-up news: 1,007,634 triples, of which the graph must have so many.
THINGS, FACTS, TRIPLES = 2_000, 27_400, 1_000_000
#: How many times as fast as rdflib to be in queries and in loading, and its memory's share to hold.
QUERYING, LOADING, MEMORY = 50.0, 5.0, 0.5
#: Articles that are put into a store one after the other.
ARTICLES = 200
#: Digits after the point that answers are compared to: means are cut at 18 or 28.
DIGITS = 12
#: What plain text is of, said or not.
STRING = "http://www.w3.org/2001/XMLSchema#string"


class Measured(NamedTuple):
    """What an engine took: seconds, MB and, by query, seconds and answers."""

    triples: int
    loading: float
    memory: float
    seconds: dict[str, float]
    answers: dict[str, list[list[str]]]


def timed(work: Callable[[], Found]) -> tuple[float, Found]:
    """Return the seconds that a work takes, and what it returns."""
    begin = time.perf_counter()
    found = work()
    return time.perf_counter() - begin, found


def measure_ours(path: Path) -> Measured:
    """Measure our engine on a file or on a store's folder."""
    from kg.ask.query import run_query
    from kg.store.engine import load_graph

    return measure(lambda: load_graph(path), run_query)


def measure_rdflib(path: Path) -> Measured:
    """Measure rdflib alone on a file."""
    from rdflib import Graph
    from rdflib.plugins.sparql import processor  # noqa: F401  (else the first query loads it)

    from kg.graph.rdf import BASE
    from kg.graph.vocabularies import prefixes

    known = prefixes(BASE)
    return measure(lambda: Graph().parse(path), lambda graph, text: graph.query(text, initNs=known))


def measure(load: Callable[[], Graph], ask: Callable[[Graph, str], Result]) -> Measured:
    """Load a graph and ask it all queries, once each."""
    loading, graph = timed(load)
    found = {name: timed(partial(answer, ask, graph, text)) for name, text in QUERIES.items()}
    memory = peak_memory()
    seconds = {name: took for name, (took, _) in found.items()}
    answers = {name: write_rows(QUERIES[name], rows) for name, (_, rows) in found.items()}
    return Measured(len(graph), loading, memory, seconds, answers)


def answer(ask: Callable[[Graph, str], Result], graph: Graph, query: str) -> list[Any]:
    """Return the rows, or triples, of an answer: all of them, as some engines find them lazily."""
    return list(ask(graph, query))


def write_rows(query: str, rows: list[Any]) -> list[list[str]]:
    """Write an answer so that equal answers are equal: sorted, unless the query sorts it.

    A graph is a set of triples; of rows it counts how often each comes.
    """
    written = [[write_term(term) for term in row] for row in rows]
    if "CONSTRUCT" in query:
        return [list(triple) for triple in sorted(set(map(tuple, written)))]
    return written if "ORDER BY" in query else sorted(written)


def write_term(term: Any) -> str:
    """Write a term: a number by its value, plain text without its type, which not all give."""
    value = getattr(term, "value", None)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f"{value:.{DIGITS}f}"
    return "" if term is None else term.n3().removesuffix(f"^^<{STRING}>")


def write_news(path: Path) -> None:
    """Write the Turtle of the made-up news."""
    from made_up import made_up_readings

    from kg.graph.rdf import write_readings

    path.write_text(write_readings(made_up_readings(THINGS, FACTS)), encoding="utf-8")


def measure_folder(path: Path) -> Measured:
    """Measure our engine on a store's folder, made of a file by Oxigraph's own bulk loading."""
    import pyoxigraph as ox

    folder = path.with_name("store")
    # Closed, as nothing names it any more, before it is opened for reading.
    ox.Store(str(folder)).bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    return measure_ours(folder)


def measure_putting(path: Path) -> float:
    """Return the milliseconds that it takes to put an article into a store, of many."""
    from made_up import FACTS as EACH
    from made_up import made_up_readings

    from kg.store.store import make_store, put_readings

    folder = path.with_name("articles")
    readings = list(islice(made_up_readings(THINGS, ARTICLES * EACH), ARTICLES))
    make_store(folder)
    seconds, changes = timed(lambda: list(put_readings(folder, readings)))
    return seconds / len(changes) * 1000


WORKS: tuple[Callable[[Path], Any], ...] = (
    write_news, measure_rdflib, measure_ours, measure_folder, measure_putting,
)  # fmt: skip


def run_alone(work: Callable[[Path], Any], path: Path) -> Any:
    """Do a work in a process of its own and return what it found.

    This process stays small: a child's most memory counts what its parent held when it began.
    """
    command = [sys.executable, __file__, work.__name__, str(path)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def show_table(theirs: Measured, ours: Measured, folder: Measured) -> None:
    """Print what each engine took."""
    engines = (theirs, ours, folder)
    print(f"{'':<12}{'rdflib':>12}{'ours':>12}{'ratio':>9}{'from disk':>12}{'rows':>9}")
    for name in QUERIES:
        rows = f"{len(ours.answers[name]):,}"
        show_row(name, [one.seconds[name] for one in engines], "s", rows)
    show_row("queries", [total(one) for one in engines], "s")
    show_row("loading", [one.loading for one in engines], "s")
    show_row("memory", [one.memory for one in engines[:2]], "MB")


def show_row(what: str, figures: list[float], unit: str, rows: str = "") -> None:
    """Print rdflib's figure, ours and their ratio; and ours from disk, if there is one."""
    theirs, ours, *folder = (f"{one:.3f} s" if unit == "s" else f"{one:.0f} MB" for one in figures)
    ratio = f"{figures[0] / figures[1]:.1f}×"
    print(f"{what:<12}{theirs:>12}{ours:>12}{ratio:>9}{''.join(folder):>12}{rows:>9}".rstrip())


def total(measured: Measured) -> float:
    """Return the seconds of all queries."""
    return sum(measured.seconds.values())


def differing(*engines: Measured) -> list[str]:
    """Return the names of the queries to which not all engines give the same answer."""
    first, *others = (one.answers for one in engines)
    return [name for name in first if any(first[name] != other[name] for other in others)]


def main() -> int:
    """Measure everything; return 1 if a figure is over its limit or an answer differs."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "news.ttl")
        run_alone(write_news, path)
        theirs, ours, folder = (
            Measured(*run_alone(work, path))
            for work in (measure_rdflib, measure_ours, measure_folder)
        )
        putting = run_alone(measure_putting, path)
    print(f"{ours.triples:,} triples")
    show_table(theirs, ours, folder)
    print(f"{ARTICLES} articles are put into a store on disk in {putting:.0f} ms each")
    if wrong := differing(theirs, ours, folder):
        print(f"not the same answers: {', '.join(wrong)}")
    within = [
        report("triples", ours.triples / 1e3, TRIPLES / 1e3, "thousand", least=True),
        report("queries that are answered otherwise", len(wrong), 0, f"of {len(QUERIES)}"),
        report("queries, rdflib / ours", total(theirs) / total(ours), QUERYING, "×", least=True),
        report("loading, rdflib / ours", theirs.loading / ours.loading, LOADING, "×", least=True),
        report("most memory, ours / rdflib", ours.memory / theirs.memory, MEMORY, "×"),
    ]
    return 0 if all(within) else 1


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit(main())
    [work] = [one for one in WORKS if one.__name__ == sys.argv[1]]
    print(json.dumps(work(Path(sys.argv[2]))))
