"""Run the W3C's suites through what kg reads and asks with, beside bare Oxigraph and rdflib.

    python tests/records/w3c.py ../shared/data/w3c.tar.xz -o tests/records/w3c.md

A suite's test is passed where a text is read as its result says, or refused where it is no RDF or
SPARQL. `kg` stands for `--strict` and `--no-entail`, by the book; 'as usual' for without: there
texts that are wrong are mended and read where they can be, so that only others count. Exits 1
where kg, by the book, passes fewer than the better of the two.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tarfile
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib import RDF, Dataset, Graph, URIRef
from rdflib.collection import Collection
from results import Rows, read_expected, same_rows, sort_out

from kg.ask.query import ask_store
from kg.files.writing import write_text
from kg.store.given.foreign import convert
from kg.store.given.read import Given, read_quads
from kg.store.given.terms import Faults

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
#: Suites of syntaxes, each with its file's ending; parts of SPARQL 1.1 that only ask this graph.
SYNTAXES = {
    "rdf-turtle": "ttl", "rdf-trig": "trig", "rdf-n-triples": "nt", "rdf-n-quads": "nq",
    "rdf-xml": "rdf",
}  # fmt: skip
QUERIES = (
    "aggregates", "bind", "bindings", "cast", "construct", "csv-tsv-res", "exists", "functions",
    "grouping", "json-res", "negation", "project-expression", "property-path", "subquery",
    "syntax-query",
)  # fmt: skip
NAMES = {"ttl": "turtle", "trig": "trig", "nt": "nt", "nq": "nquads", "rdf": "xml"}
USUAL = "kg as usual"
Quads = list[ox.Quad]


@dataclass(frozen=True)
class Test:
    """Hold a test: its suite, name, what it is about, and what comes of that."""

    suite: str
    name: str
    kind: str
    text: Path
    base: str
    result: Path | None = None
    data: tuple[Path, ...] = ()
    named: tuple[Path, ...] = ()

    @property
    def refused(self) -> bool:
        """Tell whether the text is to be refused."""
        return "Negative" in self.kind


def read_manifest(folder: Path, suite: str) -> Iterator[Test]:
    """Yield a suite's tests."""
    graph = Graph().parse(folder / "manifest.ttl", publicID=folder.as_uri() + "/")
    told = next(graph.objects(None, URIRef(f"{MF}assumedTestBase")), "")
    for entries in graph.objects(None, URIRef(f"{MF}entries")):
        for test in Collection(graph, entries):
            action = graph.value(test, URIRef(f"{MF}action"))
            query = graph.value(action, URIRef(f"{QT}query")) or action
            text, kind = path_of(query), graph.value(test, RDF.type)
            result = graph.value(test, URIRef(f"{MF}result"))
            base = f"{told}{text.relative_to(folder)}" if told else text.as_uri()
            given = [
                tuple(sorted(map(path_of, graph.objects(action, URIRef(f"{QT}{name}")))))
                for name in ("data", "graphData")
            ]
            if kind is not None:
                yield Test(
                    suite, str(test).rpartition("#")[2], str(kind).rpartition("#")[2], text, base,
                    path_of(result) if result else None, *given,
                )  # fmt: skip


def path_of(node: Any) -> Path:
    """Return the file that a node names."""
    return Path(str(node).removeprefix("file://"))


# What reads and asks: each returns what it has read, or raises anything


def read_oxigraph(path: Path, base: str) -> Quads:
    """Read a file by Oxigraph alone."""
    form = ox.RdfFormat.from_extension(path.suffix[1:])
    return list(ox.parse(path=str(path), format=form, base_iri=base))


def read_rdflib(path: Path, base: str) -> Quads:
    """Read a file by rdflib alone."""
    dataset, faults = Dataset(), Faults()
    dataset.parse(path, format=NAMES[path.suffix[1:]], publicID=base)
    found = list(convert(dataset, base, faults))
    if faults:
        raise ValueError(faults.tell())
    return found


def read_strict(path: Path, base: str) -> Quads:
    """Read a file as `kg --strict` does."""
    return list(read_quads(str(path), Given(base=base, strict=True)))


def read_usual(path: Path, base: str) -> Quads:
    """Read a file as kg does, but for one that is empty, which it takes by the book alone."""
    strict = not path.read_bytes().strip()
    return list(read_quads(str(path), Given(base=base, strict=strict, tell=lambda line: None)))


def ask_oxigraph(store: ox.Store, query: str, base: str) -> Any:
    """Ask Oxigraph alone."""
    return store.query(query, base_iri=base)


def ask_strict(store: ox.Store, query: str, base: str) -> Any:
    """Ask as `kg query --no-entail` does."""
    return ask_store(store, f"BASE <{base}>\n{query}", {}, entail=False)


def ask_usual(store: ox.Store, query: str, base: str) -> Any:
    """Ask as `kg query` does."""
    return ask_store(store, f"BASE <{base}>\n{query}", {})


def ask_rdflib(store: ox.Store, query: str, base: str) -> Any:
    """Ask rdflib alone, about what Oxigraph has read."""
    dataset = Dataset()
    data = ox.serialize(store, format=ox.RdfFormat.N_QUADS)
    dataset.parse(data=data, format="nquads")
    return dataset.query(query, base=base)


Reader, Asker = Callable[[Path, str], Quads], Callable[[ox.Store, str, str], Any]
ENGINES: dict[str, tuple[Reader, Asker]] = {
    "Oxigraph": (read_oxigraph, ask_oxigraph),
    "rdflib": (read_rdflib, ask_rdflib),
    "kg": (read_strict, ask_strict),
    USUAL: (read_usual, ask_usual),
}


# Whether a test is passed


def passes(test: Test, engine: str) -> str:
    """Return why an engine fails a test, '' if it does not."""
    read, ask = ENGINES[engine]
    try:
        if test.text.suffix == ".rq":
            fault = check_answer(test, read, ask)
        else:
            fault = check_text(test, read)
    except Exception as error:  # which parsers of all kinds raise
        return "" if test.refused else f"{type(error).__name__}: {' '.join(str(error).split())}"
    return "accepted" if test.refused else fault


def check_text(test: Test, read: Reader) -> str:
    """Return what is wrong with what is read of a text."""
    found = read(test.text, test.base)
    if test.result is None or test.refused:
        return ""
    wanted = read_oxigraph(test.result, test.base)
    return "" if sort_out(found) == sort_out(wanted) else "other triples"


def check_answer(test: Test, read: Reader, ask: Asker) -> str:
    """Return what is wrong with what a query is answered."""
    query = test.text.read_text(encoding="utf-8")
    store = ox.Store()
    for path in test.data:
        store.extend(read(path, path.as_uri()))
    for path in test.named:
        name = ox.NamedNode(path.as_uri())
        store.add_graph(name)
        store.extend(ox.Quad(*it.triple, name) for it in read(path, path.as_uri()))
    answer = ask(store, query, test.base)
    if test.result is None:
        len(answer) if isinstance(answer, rdflib.query.Result) else None
        return ""
    found, wanted = Rows.of(answer, test.result), read_expected(test.result)
    return "" if same_rows(found, wanted) else "another answer"


# The table


def count_passed(tests: list[Test]) -> tuple[dict[str, Counter[str]], list[str]]:
    """Return how many tests of each suite each engine passes, and what fails."""
    passed: dict[str, Counter[str]] = {name: Counter() for name in ENGINES}
    lines = []
    for test in tests:
        for engine in ENGINES:
            if not counts(test, engine):
                continue
            fault = passes(test, engine)
            passed[engine][test.suite] += not fault
            if fault:
                lines.append(
                    f"{engine}\t{test.suite}\t{test.text.parent.name}/{test.text.name}\t{test.kind}\t{fault}"
                )
    return passed, lines


def counts(test: Test, engine: str) -> bool:
    """Tell whether a test counts for an engine."""
    return engine != USUAL or not test.refused or test.text.suffix == ".rq"


def draw_table(tests: list[Test], passed: dict[str, Counter[str]]) -> str:
    """Return how many tests are passed, as Markdown."""
    whole = {e: Counter(it.suite for it in tests if counts(it, e)) for e in ENGINES}
    lines = [f"| suite | tests | {' | '.join(ENGINES)} |", "| --- " * (len(ENGINES) + 2) + "|"]
    for suite, count in whole["kg"].items():
        rates = [(passed[it][suite], whole[it][suite]) for it in ENGINES]
        cells = (f"{some} of {all_} ({some / all_:.1%})" for some, all_ in rates)
        lines.append(f"| {suite} | {count} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def find_tests(folder: Path) -> list[Test]:
    """Return the tests of all suites."""
    tests = [it for suite in SYNTAXES for it in read_manifest(folder / suite, suite)]
    for part in QUERIES:
        tests += read_manifest(folder / "sparql11" / part, "sparql11 query")
    return tests


def main() -> None:
    """Run the suites of an archive, or of a folder that it was unpacked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("suites", type=Path)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--faults", action="store_true", help="list what fails")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    rdflib.NORMALIZE_LITERALS = False
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.suites
        if folder.is_file():
            with tarfile.open(folder) as archive:
                archive.extractall(scratch, filter="data")
            folder = Path(scratch)
        tests = find_tests(folder / "w3c" if (folder / "w3c").is_dir() else folder)
        passed, lines = count_passed(tests)
    table = draw_table(tests, passed)
    print(table, *(lines if options.faults else ()), sep="\n")
    if options.output:
        write_text(options.output, table)
    best = {it.suite: max(passed[e][it.suite] for e in ("Oxigraph", "rdflib")) for it in tests}
    sys.exit(any(passed["kg"][suite] < most for suite, most in best.items()))


if __name__ == "__main__":
    main()
