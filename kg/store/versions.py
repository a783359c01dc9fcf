"""Which article is which in a store: by its address, or by its file's name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.graph.terms import ADDRESS, digest
from kg.model import Article
from kg.sources.filenames import split_name

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


def make_version(article: Article) -> Article:
    """Return an article under a name, and an address, of its own: both end with its text's digest.

    >>> make_version(Article("a", "Un accord.", url="https://soir.example/a?p=1")).url
    'https://soir.example/a?p=1&kg-version=7b0754cb'
    """
    told = digest(article.text, 8)
    url = article.url
    if ADDRESS.fullmatch(url):
        url += f"{'&' if '?' in url else '?'}kg-version={told}"
    return replace(article, name=f"{article.name}-{told}", url=url)
