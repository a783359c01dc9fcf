"""Verbs that read articles."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.verbs.terminal import Lang, Output, Sources, deliver, read_all, show_table

if TYPE_CHECKING:
    from kg.model import Article


def build(
    articles: Sources,
    output: Output = "-",
    each: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write DIR/NAME.ttl for each article.")
    ] = None,
    store: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Put each article into a store that lasts.")
    ] = None,
    base: Annotated[str, typer.Option(metavar="IRI", help="What all new IRIs begin with.")] = "",
    text: Annotated[bool, typer.Option(help="Keep the articles' texts in the graph.")] = True,
    lang: Lang = None,
) -> None:
    """Build the graph of what articles say, as Turtle or in a store.

    A store (--store) has a named graph for each article, told by its address or its file's name:
    the same article again changes nothing, a changed one takes the place of what it said before.
    Every verb that takes a GRAPH takes a store as well.
    """
    from kg.graph.rdf import BASE, write_readings
    from kg.verbs.progress import track_readings
    from kg.verbs.tables import summary_lines

    if sum((output != "-", each is not None, store is not None)) > 1:
        raise typer.BadParameter("give only one of --output, --each and --store")
    if base and not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+[/#]", base):
        raise typer.BadParameter("--base must be an http(s) IRI that ends with / or #")
    read = read_all(articles, lang)
    if store:
        fill_store(store, read, base=base or BASE, text=text)
        return
    targets = find_targets(output, each, read)
    readings = list(track_readings(read))
    for target, part in zip(
        targets, [[one] for one in readings] if each else [readings], strict=True
    ):
        deliver(target, write_readings(part, base=base or BASE, text=text))
    stream = sys.stderr if targets == ["-"] else sys.stdout
    print(*summary_lines(readings), sep="\n", file=stream)


def find_targets(output: str, each: Path | None, articles: Sequence[Article]) -> list[str]:
    """Return the files to write, each of which can be."""
    from kg.files.writing import check_target, name_targets

    targets = name_targets(each, [article.name for article in articles]) if each else [output]
    for target in targets:
        check_target(target)
    return targets


def fill_store(folder: Path, articles: Sequence[Article], *, base: str, text: bool) -> None:
    """Put articles into a store as they are read, and tell what each changed."""
    from kg.store.store import check_articles, make_store, put_readings
    from kg.verbs.progress import track_readings
    from kg.verbs.tables import count_things

    check_articles(folder, articles, base)
    make_store(folder)
    for reading, change in put_readings(folder, track_readings(articles), base=base, text=text):
        print(f"{count_things(reading)}: {change}", flush=True)


def forget(
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLE", help="Names, titles, files or addresses.")
    ],
    store: Annotated[Path, typer.Option(metavar="DIR", help="The store that has them.")],
) -> None:
    """Withdraw articles from a store, with all that only they say."""
    from kg.store.store import forget_article
    from kg.verbs.tables import clean

    for article in articles:
        print(clean(f"{article}: forgotten ({forget_article(store, article)})"))


def facts(articles: Sources, lang: Lang = None) -> None:
    """List what articles say.

    A table on a terminal, JSON Lines in a pipe.
    """
    from kg.verbs.progress import track_readings
    from kg.verbs.tables import FACT_COLUMNS, fact_json, fact_rows

    readings = track_readings(read_all(articles, lang))
    if sys.stdout.isatty():
        show_table(FACT_COLUMNS, fact_rows(list(readings)))
        return
    for reading in readings:
        deliver("-", "".join(f"{fact_json(fact, reading.article)}\n" for fact in reading.facts))
