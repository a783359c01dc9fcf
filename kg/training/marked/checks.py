"""Corpora checked before they are learned from: sound, varied, nothing of what is held out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import kg
from kg.errors import DataError
from kg.model import Article
from kg.reader.scheme import INDEX, RELATIONS
from kg.training.marked.corpus import MarkedArticle, MarkedFact

#: Words in a row that two articles share only if one is a copy of the other.
RUN = 7
#: Runs that two articles may share all the same: titles, addresses, set phrases.
SHARED = 3
_WORD = re.compile(r"\w+")
Run = tuple[str, ...]


def corpus_folder() -> Path:
    """Return the folder of the open corpus, in a wheel or in a checkout."""
    package = Path(kg.__file__).parent
    inside = package / "corpus"
    return inside if inside.is_dir() else package.parent / "corpus"


def list_runs(text: str) -> set[Run]:
    """Return all runs of seven words of a text, in lower case.

    >>> len(list_runs("un deux trois quatre cinq six sept huit"))
    2
    """
    words = [word.lower() for word in _WORD.findall(text)]
    return {tuple(words[k : k + RUN]) for k in range(len(words) - RUN + 1)}


def find_copies(
    articles: Iterable[MarkedArticle], others: Iterable[MarkedArticle | Article]
) -> Iterator[tuple[MarkedArticle, str, int]]:
    """Find the articles that are copies of others: each, the other's name, how many runs."""
    runs: dict[Run, str] = {}
    for other in others:
        runs |= dict.fromkeys(list_runs(other.text), other.name)
    for article in articles:
        shared = Counter(runs[run] for run in list_runs(article.text) if run in runs)
        if shared and (name := shared.most_common(1)[0][0]) and shared[name] > SHARED:
            yield article, name, shared[name]


def refuse_copies(
    articles: Iterable[MarkedArticle], held_out: Iterable[MarkedArticle | Article]
) -> None:
    """Raise DataError where an article to learn from is a copy of one that is held out."""
    for article, name, count in find_copies(articles, held_out):
        raise DataError(
            f"{article.name}: shares {count} runs of {RUN} words with {name},"
            " which is held out; take one of them away"
        )


def refuse_faults(articles: Iterable[MarkedArticle]) -> None:
    """Raise DataError for a fact whose ends are of the wrong class, and for a text that is twice.

    What `read_article` refuses is not asked again: that ids are declared, that evidence is there.
    """
    texts: dict[str, str] = {}
    for article in articles:
        if other := texts.get(article.text):
            raise DataError(f"{article.name}: the same text as {other}; take one of them away")
        texts[article.text] = article.name
        classes = {thing.key: thing.classes for thing in article.things}
        for fact in article.facts:
            if fault := find_fault(fact, classes):
                raise DataError(f"{article.name}: {fault}")


def find_fault(fact: MarkedFact, classes: dict[str, tuple[str, ...]]) -> str:
    """Say which end of a fact is of a class that its relation does not take, or ''."""
    relation = RELATIONS[INDEX[fact.relation]]
    ends = [(fact.subject, relation.subjects), (fact.object, relation.objects)]
    for key, taken in ends:
        if key and not set(classes[key]) & set(taken):
            told = "/".join(classes[key])
            return f"{fact.relation} takes {' or '.join(taken)} there, and {key} is {told}"
    return ""
