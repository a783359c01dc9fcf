"""Corpora checked before they are learned from: enough examples, nothing of what is held out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kg.errors import DataError
from kg.reader.scheme import RELATIONS
from kg.training.marked.corpus import MarkedArticle

#: Words in a row that two articles share only if one is a copy of the other.
RUN = 7
#: Runs that two articles may share all the same: titles, addresses, set phrases.
SHARED = 3
#: Facts of a relation under which it is hardly learned.
FEW = 50
_WORD = re.compile(r"\w+")


def list_runs(text: str) -> set[tuple[str, ...]]:
    """Return all runs of seven words of a text, in lower case.

    >>> len(list_runs("un deux trois quatre cinq six sept huit"))
    2
    """
    words = [word.lower() for word in _WORD.findall(text)]
    return {tuple(words[k : k + RUN]) for k in range(len(words) - RUN + 1)}


def refuse_copies(articles: Iterable[MarkedArticle], held_out: Iterable[MarkedArticle]) -> None:
    """Raise DataError where an article to learn from is a copy of one that is held out."""
    runs: dict[tuple[str, ...], str] = {}
    for article in held_out:
        runs |= dict.fromkeys(list_runs(article.text), article.name)
    for article in articles:
        shared = Counter(runs[run] for run in list_runs(article.text) if run in runs)
        if shared and (name := shared.most_common(1)[0][0]) and shared[name] > SHARED:
            raise DataError(
                f"{article.name}: shares {shared[name]} runs of {RUN} words with {name},"
                " which is held out; take one of them away"
            )


def warn_few(articles: Sequence[MarkedArticle]) -> Iterator[str]:
    """Tell which relations have too few facts to be learned well."""
    counts = Counter(f.relation for a in articles for f in a.facts if not f.optional)
    for relation in RELATIONS:
        if counts[relation.name] < FEW:
            yield f"{relation.name}: {counts[relation.name]} facts; {FEW} and more are learned well"
