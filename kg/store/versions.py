"""Which article is which in a store: by its address, or by its file's name."""

from __future__ import annotations

from pathlib import Path

from kg.model import Article
from kg.sources.articles import split_name

#: Characters of a line that two texts do not share by chance.
LINE = 20


def is_version(article: Article, text: str) -> bool:
    r"""Tell whether a text may be that of an article at another time.

    >>> is_version(Article("a", "Un accord est signé.", title="Accord"), "Accord\nIls en parlent.")
    True
    """
    lines = {line.strip() for line in text.splitlines()}
    shared = lines.intersection(line.strip() for line in article.text.splitlines())
    return article.title in lines or any(len(line) >= LINE for line in shared)


def bare_name(article: str) -> str:
    """Return the name that an article's file gives it.

    >>> bare_name("news/fusion.fr.txt")
    'fusion'
    """
    return split_name(Path(article))[0]
