"""Record what the reader scores: a row of counts for each article and relation, no text.

    python tests/records/record.py -o tests/records/0.1.tsv ../shared/gold/seed tests/gold

Columns: set, article, language, relation (or 'entities'), right, wrong, missed. An article that the
reader cannot read counts as one of which it said nothing.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.errors import KgError
from kg.files.writing import write_text
from kg.graph.rdf import write_readings
from kg.reader import read
from kg.score.scores import Counts, Score, score_graphs
from kg.sources.articles import read_article

EXAMPLES = Path(__file__).parents[2] / "examples"
COLUMNS = ("set", "article", "language", "relation", "right", "wrong", "missed")
Row = tuple[str, ...]


def find_text(gold: Path) -> Path:
    """Return the text that a gold file judges: beside it, or among the examples."""
    folders = (gold.parent, EXAMPLES)
    return next(path for folder in folders for path in folder.glob(f"{gold.stem}.??.txt"))


def score_article(gold: Path, folder: Path) -> tuple[str, Score]:
    """Read an article and score it; return its language, too."""
    text = find_text(gold)
    graph = folder / f"{gold.stem}.ttl"
    try:
        graph.write_text(write_readings([read(read_article(text))]), encoding="utf-8")
    except KgError as error:
        print(f"{text}: not read: {error}", file=sys.stderr)
    return text.name.split(".")[-2], score_graphs(gold, graph if graph.exists() else folder)


def score_set(folder: Path) -> Iterator[Row]:
    """Yield the rows of a folder of gold."""
    with tempfile.TemporaryDirectory() as scratch:
        for gold in sorted(folder.glob("*.json")):
            lang, score = score_article(gold, Path(scratch))
            rows = {**dict(sorted(score.by_relation.items())), "entities": score.entities}
            for relation, counts in rows.items():
                numbers = (counts.right, counts.wrong, counts.missed)
                yield (folder.name, gold.stem, lang, relation, *map(str, numbers))


def total_lines(rows: list[Row]) -> Iterator[str]:
    """Yield precision, recall and F1 of each set's relations and entities."""
    sums: defaultdict[tuple[str, str, str], Counts] = defaultdict(Counts)
    for name, _, lang, relation, *numbers in rows:
        what = "entities" if relation == "entities" else "relations"
        sums[name, lang, what] += Counts(*map(int, numbers))
    for (name, lang, what), one in sums.items():
        figures = f"P {one.precision:.3f}  R {one.recall:.3f}  F1 {one.f1:.3f}"
        yield f"{name:<8}{lang}  {what:<10} {figures}  ({one.right + one.missed} in gold)"


def main() -> None:
    """Score the folders that are named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    rows = [row for folder in options.folders for row in score_set(folder)]
    table = io.StringIO()
    csv.writer(table, delimiter="\t", lineterminator="\n").writerows([COLUMNS, *rows])
    write_text(options.output, table.getvalue())
    print(*total_lines(rows), sep="\n")


if __name__ == "__main__":
    main()
