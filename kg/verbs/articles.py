"""Verbs that read articles."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.verbs.terminal import (
    Date,
    Encoding,
    Lang,
    Meta,
    Model,
    Output,
    Publisher,
    Reads,
    Scheduler,
    Skip,
    Sources,
    Split,
    Strict,
    TextField,
    Workers,
    choose_reads,
    deliver,
    end_batch,
    gather,
    make_options,
    show_table,
    tell,
)

if TYPE_CHECKING:
    from kg.model import Reading
    from kg.sources.batch import Batch, Labelled
    from kg.store.journal import Journal

#: Bytes of a file's name, less those of its ending and of the one that it is written under.
LONG = 200
Each = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Write DIR/NAME.ttl for each article.")
]
Store = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Put each article into a store that lasts.")
]
Base = Annotated[str, typer.Option(metavar="IRI", help="What all new IRIs begin with.")]
Text = Annotated[bool, typer.Option(help="Keep the articles' texts in the graph.")]


def build(
    articles: Sources,
    output: Output = "-",
    each: Each = None,
    store: Store = None,
    base: Base = "",
    text: Text = True,
    lang: Lang = None,
    encoding: Encoding = None,
    text_field: TextField = None,
    meta: Meta = None,
    date: Date = "",
    publisher: Publisher = "",
    split: Split = False,
    skip: Skip = False,
    strict: Strict = False,
    workers: Workers = 0,
    scheduler: Scheduler = "",
    model: Model = "",
) -> None:
    """Build the graph of what articles say, as Turtle or in a store.

    An ARTICLE is a text, web page, Markdown, PDF, DOCX, e-mail, feed, JSON, CSV, any of these
    packed (.gz, .zip), or a folder of them. What cannot be read is told and skipped (exit 4).

    A store (--store) has a named graph for each article, told by its address or its file's name:
    the same article again changes nothing, a changed one takes the place of what it said before.
    Every verb that takes a GRAPH takes a store as well. A run that broke off goes on where it was.

    With --scheduler, the workers of a Dask cluster read, and this process writes: the same bytes.
    """
    from kg.graph.rdf import BASE
    from kg.sources.batch import Batch

    if sum((output != "-", each is not None, store is not None)) > 1:
        raise typer.BadParameter("give only one of --output, --each and --store")
    if base and not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+[/#]", base):
        raise typer.BadParameter("--base must be an http(s) IRI that ends with / or #")
    options = make_options(
        lang, encoding, text_field, meta=meta, split=split, date=date, publisher=publisher
    )
    batch, reads = Batch(tell, strict), choose_reads(workers, scheduler, model=model)
    read = gather(articles, options, batch)
    if store:
        fill_store(store, read, batch, base=base or BASE, text=text, reads=reads, model=model)
    elif each:
        fill_folder(each, read_batch(read, batch, reads), base=base or BASE, text=text)
    else:
        write_graph(output, read_batch(read, batch, reads), base=base or BASE, text=text)
    end_batch(batch, skip)


def read_batch(articles: Iterable[Labelled], batch: Batch, reads: Reads) -> Iterator[Reading]:
    """Yield the readings of articles; what cannot be read is told and skipped."""
    from kg.errors import ArticleError, KgError
    from kg.verbs.progress import track

    for label, outcome in track(reads(articles)):
        if isinstance(outcome, KgError):
            batch.skip(ArticleError(f"{label}: {outcome}"))
        else:
            batch.count()
            yield outcome


def write_graph(target: str, readings: Iterable[Reading], *, base: str, text: bool) -> None:
    """Write one graph of all readings, and tell what it says."""
    from kg.files.writing import check_target
    from kg.graph.rdf import write_readings
    from kg.verbs.tables import summary_lines

    check_target(target)
    if read := list(readings):
        deliver(target, write_readings(read, base=base, text=text))
        stream = sys.stderr if target == "-" else sys.stdout
        print(*summary_lines(read), sep="\n", file=stream)


def fill_folder(folder: Path, readings: Iterable[Reading], *, base: str, text: bool) -> None:
    """Write a graph for each reading into a folder, as they come."""
    from kg.files.writing import check_target, name_targets
    from kg.graph.rdf import write_readings
    from kg.sources.batch import take_name
    from kg.verbs.tables import count_things, summary_lines

    lone: Reading | None = None  # of one article, all that it says is told; of several, how much
    told, taken = False, dict[str, int]()
    for reading in readings:
        name = take_name(file_name(reading.article.name), taken, LONG)
        (target,) = name_targets(folder, [name])
        check_target(target)
        deliver(target, write_readings([reading], base=base, text=text))
        if lone is None and not told:
            lone = reading
            continue
        print(*(count_things(one) for one in (lone, reading) if one), sep="\n", flush=True)
        lone, told = None, True
    if lone:
        print(*summary_lines([lone]), sep="\n")


def file_name(name: str) -> str:
    """Return an article's name as a file may have it.

    >>> file_name("a/b:c")
    'a-b-c'
    """
    return re.sub(r"[\x00-\x1f/\\:*?\"<>|]+", "-", name).strip() or "article"


def fill_store(
    folder: Path,
    articles: Iterable[Labelled],
    batch: Batch,
    *,
    base: str,
    text: bool,
    reads: Reads,
    model: str = "",
) -> None:
    """Put articles into a store as they are read, and tell what each changed."""
    import kg
    from kg.store.journal import Journal
    from kg.store.store import make_store, put_readings
    from kg.verbs.tables import count_things

    stream = iter(articles)
    if (first := next(stream, None)) is None:
        return  # where there is nothing to put in, no store is made
    articles = chain([first], stream)
    make_store(folder)
    journal = Journal(folder, f"{kg.__version__} {base} {text} {model}".strip())
    readings = read_batch(pass_new(folder, articles, batch, journal), batch, reads)
    for reading, change in put_readings(folder, readings, base=base, text=text):
        print(f"{count_things(reading)}: {change}", flush=True)
        journal.add([reading.article])
    journal.end()


def pass_new(
    folder: Path, articles: Iterable[Labelled], batch: Batch, journal: Journal
) -> Iterator[Labelled]:
    """Pass on the articles that a run which broke off has not put in, and that may be put in."""
    from kg.errors import StoreError
    from kg.store.store import BATCH, check_articles

    stream = iter(articles)
    while group := list(islice(stream, BATCH)):
        new = [(label, one) for label, one in group if not journal.has(one)]
        batch.before += len(group) - len(new)
        try:
            check_articles(folder, [one for _, one in new])
            yield from new
        except StoreError:
            for label, one in new:
                try:
                    check_articles(folder, [one])
                except StoreError as error:
                    batch.skip(error)
                else:
                    yield label, one


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


def facts(
    articles: Sources,
    lang: Lang = None,
    encoding: Encoding = None,
    text_field: TextField = None,
    split: Split = False,
    skip: Skip = False,
    strict: Strict = False,
    model: Model = "",
) -> None:
    """List what articles say.

    A table on a terminal, JSON Lines in a pipe.
    """
    from kg.sources.batch import Batch
    from kg.verbs.tables import FACT_COLUMNS, fact_json, fact_rows

    batch = Batch(tell, strict)
    options = make_options(lang, encoding, text_field, split=split)
    readings = read_batch(gather(articles, options, batch), batch, choose_reads(model=model))
    if sys.stdout.isatty():
        show_table(FACT_COLUMNS, fact_rows(list(readings)))
    else:
        for reading in readings:
            lines = (f"{fact_json(fact, reading.article)}\n" for fact in reading.facts)
            deliver("-", "".join(lines))
    end_batch(batch, skip)
