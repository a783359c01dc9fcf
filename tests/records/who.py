"""Record who is who against what is judged: names, suggestions, copies; figures only, no names.

    python tests/records/who.py -o tests/records/who.tsv ../shared/gold/identity \
        ../shared/gold/train/press

The first folder has `groups.tsv`, `apart.tsv` and `names.tsv`, the second marked articles. A store
is made of these, of what is marked in them alone: the names that each gives a thing.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from kg.files.writing import write_text
from kg.model import Article, Reading
from kg.score.identities import read_judged, score_who, tell_who
from kg.score.judge import ask_judge, read_names, tell_answers
from kg.store.store import put_readings
from kg.training.marked.corpus import MarkedArticle, read_corpus
from kg.who.copies import Print, find_voices
from kg.who.named import read_named

sys.path.insert(0, str(Path(__file__).parents[1]))
from marked_readings import make_entity

#: Real articles that are compared with each other, and of which copies are made.
ARTICLES, COPIED = 1_000, 400
#: Measure, figure, least (or, of what must not be, most).
Row = tuple[str, float, float]


def read_names_of(marked: MarkedArticle) -> Reading:
    """Return what an article names, and nothing that it says."""
    article = Article(marked.name, marked.text, marked.lang, published=marked.published)
    return Reading(article, tuple(make_entity(thing, marked) for thing in marked.things), ())


def measure_names(folder: Path, articles: Sequence[MarkedArticle]) -> Iterator[Row]:
    """Yield how names are joined: by rules alone, with a store, by a judge's answers."""
    judged = read_judged(folder / "groups.tsv", folder / "apart.tsv")
    with tempfile.TemporaryDirectory() as scratch:
        for _ in put_readings(Path(scratch, "news"), map(read_names_of, articles), text=False):
            pass
        things = read_named(Path(scratch, "news"))[0]
    for where, known, least in (("rules alone", [], 0.45), ("a store", things, 0.60)):
        told = tell_who(score_who(judged, known))
        yield f"{where}: precision", told["precision"], 0.99
        yield f"{where}: recall", told["recall"], least
        yield f"{where}: apart but joined", told["apart_joined"], 0.005
    for where, known in (("names", read_names(folder / "names.tsv")), ("a store", things)):
        told = tell_answers(ask_judge(judged, known))
        yield f"judge, {where}: right of the first 100", told["first_right"], 60
        yield f"judge, {where}: recall, a question for ten names", told["recall"], 0.90
        yield f"judge, {where}: recall, for ten judged names", told["recall_judged"], 0.0


def cut(words: list[str], draw: random.Random) -> list[str]:
    """Cut a text to three fifths."""
    return words[: len(words) * 6 // 10]


def lead(words: list[str], draw: random.Random) -> list[str]:
    """Give a text another beginning."""
    return [*(f"mot{draw.randrange(10**6)}" for _ in range(30)), *words[20:]]


def thin(words: list[str], draw: random.Random) -> list[str]:
    """Leave a third of a text out, twenty words at a time."""
    return [word for at, word in enumerate(words) if at // 20 % 3]


def reword(words: list[str], draw: random.Random) -> list[str]:
    """Change one word in twenty-five."""
    return ["autre" if draw.random() < 0.04 else word for word in words]


WAYS: tuple[Callable[[list[str], random.Random], list[str]], ...] = (cut, lead, thin, reword)


def measure_copies(texts: Sequence[str]) -> Iterator[Row]:
    """Yield how made copies are found, and which articles are joined that are none."""
    draw = random.Random(1)
    prints = [Print(f"a{at}", text) for at, text in enumerate(texts)]
    alone = find_voices(prints)[0]
    yield "copies: unlike articles joined", len(texts) - len({*alone.values()}), 0
    made = prints[:COPIED]
    for way in WAYS:
        copies = [Print(f"b{it.name}", " ".join(way(it.text.split(), draw))) for it in made]
        voices = find_voices([*prints, *copies])[0]
        right = sum(voices[it.name] == voices[f"b{it.name}"] for it in made)
        groups = len(prints) + len(copies) - len({*voices.values()})
        wrong = groups - right - (len(texts) - len({*alone.values()}))
        yield f"copies, {way.__name__}: F1", 2 * right / (right + wrong + len(made)), 0.98


def main() -> None:
    """Measure the folders that are named and write a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("identity", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    articles = [*read_corpus([options.articles])]
    rows = [
        *measure_names(options.identity, articles),
        *measure_copies([it.text for it in islice(articles, ARTICLES)]),
    ]
    lines = [f"{name}\t{figure:.4g}\t{limit:g}\n" for name, figure, limit in rows]
    write_text(options.output, "".join(["measure\tfigure\tlimit\n", *lines]))
    print(*lines, sep="", end="")


if __name__ == "__main__":
    main()
