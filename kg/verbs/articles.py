"""Verbs that read articles."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.verbs.ending.streams import say
from kg.verbs.given.empty import tell_empty
from kg.verbs.given.options import FailEmpty
from kg.verbs.sparing import spare_text
from kg.verbs.terminal import (
    Confidence,
    Date,
    Decisions,
    Encoding,
    Lang,
    Meta,
    Model,
    Output,
    Publisher,
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
    read_batch,
    read_schema,
    show_table,
    tell,
)

if TYPE_CHECKING:
    from kg.model import Reading

Each = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Write DIR/NAME.ttl for each article.")
]
Store = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Put each article into a store that lasts.")
]
Base = Annotated[str, typer.Option(metavar="IRI", help="What all new IRIs begin with.")]
Text = Annotated[bool, typer.Option(help="Keep the articles' texts in the graph.")]
Keep = Annotated[
    bool, typer.Option("--keep", help="Leave what another reader read of an unchanged text.")
]
Beside = Annotated[
    bool, typer.Option("--beside", help="Let changed articles stand beside what they said.")
]


def build(
    articles: Sources,
    output: Output = "-",
    each: Each = None,
    store: Store = None,
    decisions: Decisions = None,
    base: Base = "",
    text: Text = True,
    min_confidence: Confidence = 0.0,
    keep: Keep = False,
    beside: Beside = False,
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
    the same article again changes nothing, a changed one takes the place of what it said before,
    or stands beside it with --beside: as one more article, of the same voice if it is alike.
    Every command that takes a GRAPH takes a store as well. A run that broke off goes on where it
    was. Who is who across its articles follows sure rules and the file of decisions: see kg same.

    In a store and in the files of --each, what is unchanged is not read again: the same text,
    title, date and language, reader, --base, --text and --min-confidence. What another reader
    read is; --keep leaves it.

    With --min-confidence 0.8, only facts that are right four times in five or more are written.

    With --scheduler, the workers of a Dask cluster read, and this process writes: the same bytes.
    """
    from kg import reader
    from kg.graph.rdf import BASE
    from kg.sources.batch import Batch
    from kg.store.unchanged import Making
    from kg.verbs.outputs import write_outputs

    check_options(output, each, store, base=base, keep=keep, beside=beside, decisions=decisions)
    options = make_options(lang, encoding, text_field, meta=meta, split=split, date=date,
                           publisher=publisher)  # fmt: skip
    spare_text(output)
    batch, reads = Batch(tell, strict), choose_reads(workers, scheduler, model=model)
    making = Making(reader.name_reader(model), base or BASE, text, min_confidence, keep, beside)
    write_outputs(gather(articles, options, batch), batch, store or each or output, making=making,
                  reads=reads, lasts=bool(store), decisions=decisions)  # fmt: skip
    end_batch(batch, skip)


def check_options(
    output: str,
    each: Path | None,
    store: Path | None,
    *,
    base: str,
    keep: bool,
    beside: bool,
    decisions: Path | None,
) -> None:
    """Raise BadParameter for options of a build that do not go together, or for a wrong base."""
    from kg.sources.openings import is_store

    if sum((output != "-", each is not None, store is not None)) > 1:
        raise typer.BadParameter("give only one of --output, --each and --store")
    if base and not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+[/#]", base):
        raise typer.BadParameter("--base must be an http(s) IRI that ends with / or #")
    if each is not None and is_store(each):
        raise typer.BadParameter(f"--each {each}: a store; name another folder, or give --store")
    if keep and each is None and store is None:
        raise typer.BadParameter("--keep leaves what is there: give --store or --each too")
    if beside and store is None:
        raise typer.BadParameter("--beside is about what a store holds: give --store too")
    if decisions and store is None:
        raise typer.BadParameter("--decisions are those of a store: give --store too")


def forget(
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLE", help="Names, titles, files or addresses.")
    ],
    store: Annotated[Path, typer.Option(metavar="DIR", help="The store that has them.")],
    decisions: Decisions = None,
) -> None:
    """Withdraw articles from a store, with all that only they say."""
    from kg.errors import StoreError
    from kg.store.store import forget_article
    from kg.verbs.outputs import follow
    from kg.verbs.tables import clean
    from kg.who.view.beside import read_given

    read_given(store, decisions)
    gone, fault = 0, ""
    for article in articles:
        try:
            say(clean(f"{article}: forgotten ({forget_article(store, article)})"))
            gone += 1
        except StoreError as error:  # which names the store for as long as it is held
            fault = str(error)
            break
    if gone:
        follow(store, decisions, changed=True)
    if fault:
        raise StoreError(fault)


def show_schema(asked: bool) -> None:
    """Print the JSON Schema of a line of `kg facts` and stop, if asked."""
    if asked:
        deliver("-", read_schema("facts"))
        raise typer.Exit


Schema = Annotated[
    bool, typer.Option("--schema", callback=show_schema, is_eager=True, help="The lines' schema.")
]


def facts(
    articles: Sources,
    each: Annotated[
        bool, typer.Option("--each", help="In the table, too: what each article says for itself.")
    ] = False,
    min_confidence: Confidence = 0.0,
    lang: Lang = None,
    encoding: Encoding = None,
    text_field: TextField = None,
    split: Split = False,
    skip: Skip = False,
    strict: Strict = False,
    model: Model = "",
    fail_empty: FailEmpty = False,
    schema: Schema = False,
) -> None:
    """List what articles say.

    A table on a terminal: of several articles, what they say alike is told once, as kg claims does.
    JSON Lines in a pipe, a line for each fact of each article, with all keys in every line;
    --schema prints their JSON Schema. A confidence is a probability: of the facts told with 0.8,
    four of five are right.
    """
    from kg.graph.confidence import keep_sure
    from kg.sources.batch import Batch
    from kg.verbs.tables import fact_json

    batch = Batch(tell, strict)
    options = make_options(lang, encoding, text_field, split=split)
    found = read_batch(gather(articles, options, batch), batch, choose_reads(model=model))
    readings = (keep_sure(reading, min_confidence) for reading in found)
    count = 0
    if sys.stdout.isatty():
        whole = list(readings)
        count = sum(len(reading.facts) for reading in whole)
        show_facts(whole, each=each)
    else:
        for reading in readings:
            count += len(reading.facts)
            lines = (f"{fact_json(fact, reading.article)}\n" for fact in reading.facts)
            deliver("-", "".join(lines))
    if not count and batch.read:
        told = f"no fact in {batch.read} article{'s' if batch.read > 1 else ''}"
        tell_empty(told, fail=fail_empty and not batch.skipped)
    end_batch(batch, skip)


def show_facts(readings: Sequence[Reading], *, each: bool) -> None:
    """Print what one article says as a table or, unless `each`, what several claim."""
    from kg.graph.rdf import build_graph
    from kg.store.engine import engine_of
    from kg.verbs.tables import FACT_COLUMNS, fact_rows
    from kg.verbs.world.claims import COLUMNS, claim_row
    from kg.who.view.told import list_claims

    if each or len(readings) < 2:
        show_table(FACT_COLUMNS, fact_rows(readings))
    else:
        claimed = list_claims(engine_of(build_graph(readings)))
        show_table(COLUMNS, map(claim_row, claimed))
