"""Verbs that ask the network, for what the user names and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.verbs.ending.streams import say
from kg.verbs.terminal import (
    Output,
    Skip,
    deliver,
    end_batch,
    gather,
    make_options,
    read_schema,
    tell,
)

if TYPE_CHECKING:
    from kg.model import Article


def show_schema(asked: bool) -> None:
    """Print the JSON Schema of a line of `kg fetch` and stop, if asked."""
    if asked:
        deliver("-", read_schema("articles"))
        raise typer.Exit


LineSchema = Annotated[
    bool, typer.Option("--schema", callback=show_schema, is_eager=True, help="The lines' schema.")
]


def fetch(
    addresses: Annotated[
        list[str], typer.Argument(metavar="FEED", help="Addresses of feeds or pages (http, https).")
    ],
    output: Output = "-",
    skip: Skip = False,
    schema: LineSchema = False,
) -> None:
    """Fetch feeds and keep their entries as JSON Lines.

    `kg build` reads them. Only the addresses named are asked for, not those in them. Entries that
    FILE has already are left as they are; new ones are added at its end. Every line has all keys;
    --schema prints their JSON Schema.
    """
    from kg.sources.batch import Batch
    from kg.sources.openings import is_file_name

    for address in addresses:
        if is_file_name(address):
            raise typer.BadParameter(f"{address} is no address; give http(s)://…")
    batch = Batch(tell)
    known, kept = read_known(output)
    lines = []
    for _, article in gather(addresses, make_options(None), batch):
        batch.count()
        if key_of(article) not in known:
            lines.append(article_json(article))
    if lines:
        deliver(output, kept + "".join(f"{line}\n" for line in lines))
    if output != "-" and batch.read:
        say(f"{output}: {len(lines)} new of {batch.read} articles")
    end_batch(batch, skip)


def read_known(output: str) -> tuple[set[str], str]:
    """Return which articles a file has, and what stands in it."""
    if output == "-" or not Path(output).is_file():
        return set(), ""
    from kg.sources.articles import read_articles

    kept = Path(output).read_text(encoding="utf-8")
    known = {key_of(article) for article in read_articles([output])} if kept.strip() else set()
    return known, kept if not kept or kept.endswith("\n") else f"{kept}\n"


def key_of(article: Article) -> str:
    """Return what tells an article: its address, or its text."""
    return article.url or article.text


def article_json(article: Article) -> str:
    """Return an article as one line of JSON, with all keys; what is not known of it is empty.

    >>> from kg.model import Article
    >>> json.loads(article_json(Article("a", "Un accord.", title="Accord")))["title"]
    'Accord'
    """
    record = {
        "url": article.url, "title": article.title, "date": article.published,
        "source": article.source, "author": article.author, "lang": article.lang,
        "text": article.text,
    }  # fmt: skip
    return json.dumps(record, ensure_ascii=False)
