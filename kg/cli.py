"""The verbs of the command `kg`; each calls what the package offers and prints the answer."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import kg
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.model import Article, Reading

app = typer.Typer(
    name="kg",
    help="Business news in, knowledge graph out: offline, on a CPU, every edge provable.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Format(StrEnum):
    """Name the ways to print an answer."""

    table = "table"
    csv = "csv"
    json = "json"
    tsv = "tsv"


Articles = Annotated[
    list[str], typer.Argument(metavar="ARTICLE…", help="Text (.txt), page (.html) or - for stdin.")
]
GraphFile = Annotated[str, typer.Argument(metavar="GRAPH", help="A graph's file, or - for stdin.")]
Lang = Annotated[
    str | None, typer.Option(help="Language of articles whose file's name has none (fr, en).")
]
Output = Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="- is stdout.")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; what a user caused ends with one line on stderr and exit code 1."""
    try:
        app(arguments, prog_name="kg")
    except KgError as error:
        from kg.tables import clean

        print(f"kg: {clean(str(error))}", file=sys.stderr)
        sys.exit(1)


def show_version(asked: bool) -> None:
    """Print the version and stop, if asked."""
    if asked:
        print(f"kg {kg.__version__}")
        raise typer.Exit


@app.callback()
def kg_command(
    version: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Turn business news into a knowledge graph: offline, on a CPU, every edge provable."""


@app.command(epilog="Example: kg build bollore-alibaba.fr.txt -o graph.ttl")
def build(
    articles: Articles,
    output: Output = "-",
    each: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write DIR/NAME.ttl for each article.")
    ] = None,
    base: Annotated[str, typer.Option(metavar="IRI", help="How the IRIs of things begin.")] = "",
    text: Annotated[bool, typer.Option(help="Keep the articles' texts in the graph.")] = True,
    lang: Lang = None,
) -> None:
    """Build one graph of what articles say, or one each, as Turtle."""
    from kg.rdf import BASE, build_graph, write_turtle
    from kg.store import write_text

    sources = read_all(articles, lang)
    options = {"base": check_base(base or BASE), "text": text}
    if each:
        targets = name_targets(each, sources)
        for target, reading in zip(targets, extract_with_progress(sources), strict=True):
            write_text(target, write_turtle(build_graph([reading], **options)))
            summarize([reading], sys.stdout)
        return
    readings = list(extract_with_progress(sources))
    turtle = write_turtle(build_graph(readings, **options))
    if output == "-":
        sys.stdout.write(turtle)
    else:
        write_text(output, turtle)
    summarize(readings, sys.stderr if output == "-" else sys.stdout)
