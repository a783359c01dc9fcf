"""The card of the open corpus says what is in its folder."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import pytest
from conftest import ROOT

from kg.files.writing import write_text
from kg.reader.scheme import MODALITIES, RELATIONS
from kg.training.marked.corpus import MarkedArticle, read_corpus

CARD = ROOT / "corpus" / "README.md"
FIGURES = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- /figures -->)", re.DOTALL)


@pytest.fixture(scope="module")
def corpus() -> list[MarkedArticle]:
    return list(read_corpus([ROOT / "corpus"]))


def count_by_language(articles: Iterable[MarkedArticle]) -> str:
    """Write what is in some articles, a row a figure and a column a language."""
    counts: Counter[tuple[str, str]] = Counter()
    for one in articles:
        firm = [fact for fact in one.facts if not fact.optional]
        for what, count in (
            ("articles", 1),
            ("words", len(one.text.split())),
            ("things (and optional ones)", len(one.things)),
            ("names of them", sum(mark.named for mark in one.marks)),
            ("other mentions ('le groupe', 'it')", sum(not mark.named for mark in one.marks)),
            ("facts", len(firm)),
            ("optional facts", len(one.facts) - len(firm)),
            ("facts that are over", sum(fact.ended for fact in firm)),
            ("facts with a speaker", sum(bool(fact.by) for fact in firm)),
        ):
            counts[what, one.lang] += count
    named = list(dict.fromkeys(what for what, _ in counts))
    rows = [(what, counts[what, "fr"], counts[what, "en"]) for what in named]
    return table(("", "French", "English"), rows)


def count_by_relation(articles: Iterable[MarkedArticle]) -> str:
    """Write how many facts of each relation there are, by modality."""
    counts = Counter(
        (fact.relation, fact.modality.lower())
        for one in articles
        for fact in one.facts
        if not fact.optional
    )
    names, ways = [one.name for one in RELATIONS], [way.lower() for way in MODALITIES]
    rows = [(f"`{name}`", *(counts[name, way] for way in ways)) for name in names]
    assert all(sum(row[1:]) > 0 for row in rows)
    return table(("facts", *ways), rows)


def table(head: Iterable[str], rows: Iterable[Iterable[str | int]]) -> str:
    every = [tuple(head), ("---",) * len(tuple(head))]
    cells = [[f"{it:,}" if isinstance(it, int) else it for it in row] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in [*every, *cells]) + "\n"


def test_figures_are_those_of_the_folder(corpus: list[MarkedArticle], write: bool) -> None:
    text = CARD.read_text(encoding="utf-8")
    assert len(FIGURES.findall(text)) == 1
    figures = f"{count_by_language(corpus)}\n{count_by_relation(corpus)}"
    now = FIGURES.sub(lambda _: figures, text)
    if write:
        write_text(CARD, now)
    else:
        assert now.splitlines() == text.splitlines(), "if the corpus has changed, run: make golden"


def test_each_prefix_is_told(corpus: list[MarkedArticle]) -> None:
    rows = re.findall(r"^\| ((?:`\w\d+` ?)+)\|", CARD.read_text(encoding="utf-8"), re.MULTILINE)
    told = [name for row in rows for name in re.findall(r"\w+", row)]
    assert sorted(told) == sorted({one.name.partition("-")[0] for one in corpus})


@pytest.mark.parametrize(
    "part", ["How it was made", "Who made it", "What it is for", "What it lacks", "The form"]
)
def test_a_data_card_has_its_parts(part: str) -> None:
    assert f"\n## {part}\n" in CARD.read_text(encoding="utf-8")
