"""What the verbs share: their arguments, and how they print."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import Exit
from kg.verbs.ending.streams import answer
from kg.verbs.given.completing import complete_lang

if TYPE_CHECKING:
    from rdflib import BNode, Graph, URIRef

    from kg.model import Article, Reading
    from kg.reader.parallel.workers import Outcome
    from kg.sources.batch import Batch, Labelled
    from kg.sources.source import Options

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="ARTICLE", help="Files, folders, feeds, archives, addresses; - is stdin."
    ),
]
GraphSource = Annotated[
    str, typer.Argument(metavar="GRAPH", help="A graph's file, a store's folder; - is stdin.")
]


def name_output(output: str) -> str:
    """Return `-` for the names that a system has for stdout: it is written to, never replaced.

    >>> name_output("/dev/stdout"), name_output("a.ttl")
    ('-', 'a.ttl')
    """
    if not output:
        raise typer.BadParameter("it names no file; - is stdout")
    return "-" if output in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1") else output


Output = Annotated[
    str,
    typer.Option("--output", "-o", metavar="FILE", help="- is stdout.", callback=name_output),
]
Lang = Annotated[
    str | None,
    typer.Option(
        metavar="CODE",
        autocompletion=complete_lang,
        help="Language of texts that name none: fr, en.",
    ),
]
Encoding = Annotated[
    str | None, typer.Option(metavar="NAME", help="Encoding of the texts: cp1252, mac-roman, etc.")
]
TextField = Annotated[
    str | None, typer.Option(metavar="NAME", help="Field that holds the text (JSON, CSV).")
]
Meta = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="CSV of title, date, publisher, url… by file or name."),
]
Date = Annotated[
    str, typer.Option(metavar="DATE", help="Date of articles that name none, e.g. 2024-03-12.")
]
Publisher = Annotated[
    str, typer.Option(metavar="NAME", help="Publisher of articles that name none.")
]
Split = Annotated[bool, typer.Option("--split", help="Tell the articles of a digest apart.")]
Skip = Annotated[bool, typer.Option("--skip", help="Exit 0 although some were skipped.")]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first that can't be read.")]
Workers = Annotated[
    int, typer.Option(min=0, max=64, metavar="N", help="Processes that read; 0: as many as pay.")
]
Scheduler = Annotated[
    str, typer.Option(metavar="ADDRESS", help="Dask cluster that reads: tcp://host:8786.")
]
Model = Annotated[
    str,
    typer.Option(metavar="DIR", envvar="KG_MODEL", help="Model that reads, as kg train wrote it."),
]
Confidence = Annotated[
    float,
    typer.Option(min=0, max=1, metavar="NUMBER", help="Only facts so likely right, 0 to 1."),
]
Excel = Annotated[
    bool, typer.Option("--excel", help="CSV that a French Excel opens by a double click.")
]
Decisions = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="The store's decisions; else STORE.who.tsv beside it."),
]

#: What reads articles, and gives what comes of each in their order.
Reads = Callable[[Iterable["Labelled"]], Iterator[tuple[str, "Outcome"]]]


def tell(line: str) -> None:
    """Print a line for the user on standard error."""
    from kg.verbs.tables import clean, shorten_line

    with suppress(OSError):  # nobody hears it, or there is no room for it
        print(f"kg: {shorten_line(clean(line))}", file=sys.stderr, flush=True)


def find_named(graph: Graph, name: str) -> list[URIRef | BNode]:
    """Return the nodes that a name means, and tell which name it begins where it is none itself."""
    from kg.store.engine import engine_of
    from kg.store.labels import complete_name, find_nodes

    store = engine_of(graph)
    if whole := complete_name(store, name):
        tell(f"'{name}' is taken for '{whole}'")
    return find_nodes(store, whole or name)


def make_options(
    lang: str | None,
    encoding: str | None = None,
    text_field: str | None = None,
    *,
    meta: Path | None = None,
    split: bool = False,
    date: str = "",
    publisher: str = "",
) -> Options:
    """Make what a user says of all sources."""
    from kg.sources.datelines import read_date
    from kg.sources.dates.partial import tell_loss
    from kg.sources.details import read_details
    from kg.sources.language import READ, read_code
    from kg.sources.source import Details, Options

    if lang and read_code(lang) not in READ:
        raise typer.BadParameter(f"--lang {lang}: not read; give one of {', '.join(READ)}")
    lang = read_code(lang) if lang else None
    details = read_details(meta) if meta else Details()
    if date and not read_date(date):
        raise typer.BadParameter(f"--date must be like 2024-03-12, not {date}")
    when = read_date(date)
    if loss := tell_loss(date, when):
        tell(loss)
    return Options(lang, encoding, text_field, split, when, publisher, details, tell)


def gather(sources: Iterable[str], options: Options, batch: Batch) -> Iterable[Labelled]:
    """Return the articles of sources as they are read; what is none is told and skipped."""
    from kg.sources.articles import find_labelled

    return batch.gather(find_labelled(sources, options))


def choose_reads(workers: int = 1, scheduler: str = "", *, model: str = "") -> Reads:
    """Return what reads articles: so many processes here, or the workers of a cluster.

    Another model is looked at first, so that nothing is written where nothing can be read; on a
    cluster it must lie at the same place everywhere.
    """
    from kg import reader

    read = reader.read
    if model:
        from kg.files.links import follow_links
        from kg.reader.package import check_files, read_meta

        folder = follow_links(model)
        check_files(folder, read_meta(folder))
        read = partial(reader.read, model=str(folder))
    if not scheduler:
        from kg.reader.parallel.workers import read_labelled

        return partial(read_labelled, read=read, workers=workers)
    if workers:
        raise typer.BadParameter("give only one of --workers and --scheduler")
    from kg.reader.parallel.cluster import check_cluster, read_on_cluster

    check_cluster(scheduler, read)
    return partial(read_on_cluster, read=read, address=scheduler)


def read_all(sources: Iterable[str], options: Options, *, strict: bool = True) -> list[Article]:
    """Read all articles; a wrong one stops all or, unless `strict`, is told and left out."""
    from kg.sources.batch import Batch

    batch = Batch(tell, strict)
    read = [article for _, article in gather(sources, options, batch)]
    batch.tell_skipped()
    return read


def read_batch(articles: Iterable[Labelled], batch: Batch, reads: Reads) -> Iterator[Reading]:
    """Yield the readings of articles, with progress; what cannot be read is told and skipped."""
    from kg.verbs.progress import track

    return batch.take(track(reads(articles)))


def end_batch(batch: Batch, skip: bool) -> None:
    """Tell what became of a run's sources; exit with 4 if some were skipped, but for `skip`."""
    batch.end()
    if batch.skipped and not skip:
        raise typer.Exit(Exit.skipped)


def read_schema(lines: str) -> str:
    """Return the JSON Schema of a line of what a verb writes, as it ships."""
    from kg.ontology import ontology_folder

    return (ontology_folder() / f"{lines}.schema.json").read_text(encoding="utf-8")


def deliver(target: str, text: str) -> None:
    """Write a file, or for `-` to stdout: if a terminal, without what it would obey."""
    from kg.files.writing import write_text
    from kg.verbs.tables import escape_controls

    if target != "-":
        write_text(target, text)
    else:
        answer(escape_controls(text) if sys.stdout.isatty() else text, end="")


def screen_width() -> int:
    """Return how many characters a line of the terminal has; 160 where there is none."""
    return shutil.get_terminal_size((160, 24)).columns


def show_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table as wide as the terminal, or 'no answer'.

    Where it would break words, the columns that have no room stand below their row.
    """
    from rich.console import Console

    from kg.verbs.given.proofs import rest_lines
    from kg.verbs.tables import clean, keeps_words, make_table

    width = screen_width()
    cells = [[clean(cell) for cell in row] for row in rows]
    if not keeps_words(columns, cells, width):
        answer("", *rest_lines(columns, cells, width), "")
        return
    table = make_table(columns, cells)
    console = Console(width=width)
    with console.capture() as shown:
        console.print(table if table.row_count else "no answer")
    answer(shown.get(), end="")
