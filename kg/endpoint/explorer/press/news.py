"""What a worker does for articles: what is new, and all that one of them claims."""

from __future__ import annotations

from pathlib import Path

from kg.endpoint.explorer.articles import is_article, list_claims, list_since, read_article
from kg.endpoint.explorer.drawing import Asked, draw
from kg.endpoint.explorer.sections import PAGE
from kg.endpoint.explorer.work import NEWEST, View, on_view, search
from kg.endpoint.protocol import Reply


def news_task(folder: str, asked: Asked, since: str) -> Reply:
    """Draw the claims of the articles that came since, or of all, the latest article first."""

    def work(view: View) -> Reply:
        held = view.held
        articles = [iri for _, iri in held.articles]
        if since:
            articles = list_since(view.store, Path(folder), held.articles, since)
        items, more = view.items(list_claims(view.store, articles), asked.skip, PAGE)
        shown = [read_article(view.store, iri) for iri in articles[: 0 if asked.skip else NEWEST]]
        return draw(
            "news", asked, held=held, since=since, items=items, count=len(articles), articles=shown,
            more=asked.skip + PAGE if more else 0, step=PAGE,
        )  # fmt: skip

    return on_view(folder, asked, work)


def article_task(folder: str, asked: Asked, of: str) -> Reply:
    """Draw an article with what it claims, so many a page."""

    def work(view: View) -> Reply:
        if not is_article(view.store, of):
            return search(view, of)
        items, more = view.items(list_claims(view.store, [of]), asked.skip, PAGE)
        return draw(
            "article", asked, article=read_article(view.store, of), items=items,
            more=asked.skip + PAGE if more else 0, step=PAGE,
        )  # fmt: skip

    return on_view(folder, asked, work)
