"""What the verbs share: their arguments, and how they print."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kg.model import Article

Sources = Annotated[
    list[str], typer.Argument(metavar="ARTICLE", help="Texts (.txt), pages (.html); - is stdin.")
]
GraphSource = Annotated[
    str, typer.Argument(metavar="GRAPH", help="A graph's file, a store's folder; - is stdin.")
]
Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="- is stdout.")]
Lang = Annotated[str | None, typer.Option(help="Language of articles that name none: fr.")]


def read_all(sources: Iterable[str], lang: str | None) -> list[Article]:
    """Read all articles before any is parsed, so that a wrong one stops all at once."""
    from kg.sources.articles import read_articles

    return list(read_articles(sources, lang=lang))


def deliver(target: str, text: str) -> None:
    """Write a file, or for `-` to stdout: if a terminal, without what it would obey."""
    from kg.files.writing import write_text
    from kg.verbs.tables import escape_controls

    if target != "-":
        write_text(target, text)
    else:
        sys.stdout.write(escape_controls(text) if sys.stdout.isatty() else text)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table as wide as the terminal, or 'no answer'."""
    from rich.console import Console

    from kg.verbs.tables import make_table

    width = shutil.get_terminal_size((160, 24)).columns
    table = make_table(columns, rows, width=width)
    Console(width=width).print(table if table.row_count else "no answer")
