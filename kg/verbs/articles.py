"""Verbs that read articles."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.verbs.terminal import Lang, Output, Sources, deliver, read_all, show_table


def build(
    articles: Sources,
    output: Output = "-",
    each: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write DIR/NAME.ttl for each article.")
    ] = None,
    base: Annotated[str, typer.Option(metavar="IRI", help="What all new IRIs begin with.")] = "",
    text: Annotated[bool, typer.Option(help="Keep the articles' texts in the graph.")] = True,
    lang: Lang = None,
) -> None:
    """Build the graph of what articles say, as Turtle."""
    from kg.files import check_target, name_targets
    from kg.progress import track_readings
    from kg.rdf import BASE, write_readings
    from kg.tables import summary_lines

    if each and output != "-":
        raise typer.BadParameter("give --each or --output, not both")
    if base and not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+[/#]", base):
        raise typer.BadParameter("--base must be an http(s) IRI that ends with / or #")
    read = read_all(articles, lang)
    targets = name_targets(each, [article.name for article in read]) if each else [output]
    for target in targets:
        check_target(target)
    readings = list(track_readings(read))
    for target, part in zip(
        targets, [[one] for one in readings] if each else [readings], strict=True
    ):
        deliver(target, write_readings(part, base=base or BASE, text=text))
    stream = sys.stderr if targets == ["-"] else sys.stdout
    print(*summary_lines(readings), sep="\n", file=stream)


def facts(articles: Sources, lang: Lang = None) -> None:
    """List what articles say.

    A table on a terminal, JSON Lines in a pipe.
    """
    from kg.progress import track_readings
    from kg.tables import FACT_COLUMNS, fact_json, fact_rows

    readings = track_readings(read_all(articles, lang))
    if sys.stdout.isatty():
        show_table(FACT_COLUMNS, fact_rows(list(readings)))
        return
    for reading in readings:
        deliver("-", "".join(f"{fact_json(fact, reading.article)}\n" for fact in reading.facts))
