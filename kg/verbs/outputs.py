"""What a build writes: one graph, a folder of graphs, a store; what is unchanged stays."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg.verbs.ending.streams import say
from kg.verbs.terminal import Reads, deliver, read_batch, tell

if TYPE_CHECKING:
    from kg.model import Article, Reading
    from kg.sources.batch import Batch, Labelled
    from kg.store.journal import Journal
    from kg.store.unchanged import Known, Making
    from kg.who.view.resolve import Outcome

#: Bytes of a file's name, less those of its ending and of the one that it is written under.
LONG = 200


def write_outputs(
    articles: Iterable[Labelled],
    batch: Batch,
    target: str | Path,
    *,
    making: Making,
    reads: Reads,
    lasts: bool = False,
    decisions: Path | None = None,
) -> None:
    """Read articles into one graph's file (a text), a folder of files or a store that `lasts`."""
    if isinstance(target, str):
        write_graph(target, read_batch(articles, batch, reads), making=making)
    elif lasts:
        fill_store(target, articles, batch, making=making, reads=reads, decisions=decisions)
    else:
        fill_folder(target, articles, batch, making=making, reads=reads)


def write_graph(target: str, readings: Iterable[Reading], *, making: Making) -> None:
    """Write one graph of all readings, and tell what it says."""
    from kg.files.writing import check_target
    from kg.graph.confidence import keep_sure
    from kg.graph.rdf import write_readings
    from kg.verbs.tables import summary_lines

    check_target(target)
    if read := [keep_sure(reading, making.least) for reading in readings]:
        deliver(target, write_readings(read, base=making.base, text=making.text))
        if target == "-":
            with suppress(OSError):
                print(*summary_lines(read), sep="\n", file=sys.stderr)
            if sys.stdout.isatty():
                tell("that was shown, not kept; -o graph.ttl or --store NAME keeps it")
        else:
            say(*summary_lines(read))


def fill_folder(
    folder: Path, articles: Iterable[Labelled], batch: Batch, *, making: Making, reads: Reads
) -> None:
    """Write a graph for each article into a folder, as they are read."""
    from kg.files.writing import check_target, name_targets
    from kg.graph.confidence import keep_sure
    from kg.graph.rdf import write_readings
    from kg.verbs.tables import count_things, summary_lines

    lone: Reading | None = None  # of one article, all that it says is told; of several, how much
    told, files = False, dict[str, str]()
    unlike = pass_unlike(folder, articles, batch, making=making, files=files)
    for whole in read_batch(unlike, batch, reads):
        reading = keep_sure(whole, making.least)
        (target,) = name_targets(folder, [files[reading.article.name]])
        check_target(target)
        deliver(target, write_readings([reading], base=making.base, text=making.text))
        if lone is None and not told:
            lone = reading
            continue
        say(*(count_things(one) for one in (lone, reading) if one))
        lone, told = None, True
    if lone:
        say(*(summary_lines([lone]) if not batch.unchanged else [count_things(lone)]))


def pass_unlike(
    folder: Path,
    articles: Iterable[Labelled],
    batch: Batch,
    *,
    making: Making,
    files: dict[str, str],
) -> Iterator[Labelled]:
    """Pass on the articles whose graph a folder does not hold just as it would be written.

    Names of files, none for two articles, are added to `files` by those of the articles.
    """
    from kg.sources.batch import take_name
    from kg.store.unchanged import look_up

    taken: dict[str, int] = {}
    for label, article in articles:
        files[article.name] = take_name(file_name(article.name), taken, LONG)
        path = folder / f"{files[article.name]}.ttl"
        known = look_up(path, article, making) if path.is_file() else None
        if not is_done(article, known, batch, making):
            yield label, article


def is_done(article: Article, known: Known | None, batch: Batch, making: Making) -> bool:
    """Tell whether an article need not be read, and say so; count what another reader read."""
    from kg.verbs.tables import count_line_of

    if known is None:
        return False
    batch.others += known.other
    batch.kept = making.keep
    if known.done:
        batch.unchanged += 1
        say(f"{count_line_of(article, known.facts, known.things)}: unchanged")
    return known.done


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
    making: Making,
    reads: Reads,
    decisions: Path | None = None,
) -> None:
    """Put articles into a store as they are read, and tell what each changed.

    In the end who is who is settled, by sure rules and the store's decisions, and claims are made.
    """
    from kg.files.locks import lock_run
    from kg.graph.confidence import keep_sure
    from kg.store.arrivals import note_missing
    from kg.store.journal import Journal
    from kg.store.store import Change, make_store, put_readings
    from kg.verbs.tables import count_things
    from kg.who.view.beside import read_given

    stream = iter(articles)
    if (first := next(stream, None)) is None:
        return  # where there is nothing to put in, no store is made
    read_given(folder, decisions)  # a wrong line is told before anything is read
    make_store(folder)
    with lock_run(folder, tell):
        journal = Journal(folder, " ".join(repr(making).split()))
        new = pass_new(folder, chain([first], stream), batch, journal=journal, making=making)
        readings = (keep_sure(reading, making.least) for reading in read_batch(new, batch, reads))
        changed = journal.broken
        for reading, change in put_readings(folder, readings, base=making.base, text=making.text):
            say(f"{count_things(reading)}: {change}")
            changed = changed or change != Change.unchanged
            journal.add([reading.article])
        if journal.broken:
            note_missing(folder)
        follow(folder, decisions, changed=changed)
        journal.end()


def follow(folder: Path, decisions: Path | None, *, changed: bool) -> None:
    """Let a store follow its decisions if it has changed or does not yet; tell what is amiss."""
    from kg.store.journal import is_deciding
    from kg.who.view.beside import follow_book, read_given
    from kg.who.view.resolve import follows

    lines = read_given(folder, decisions).list_decisions()
    if changed or is_deciding(folder) or not follows(folder, lines):
        tell_amiss(follow_book(folder, decisions))


def tell_amiss(outcome: Outcome) -> None:
    """Tell which lines of a file contradict each other, match nothing, or are in it no more."""
    from kg.who.view.beside import tell_conflict

    for conflict in outcome.conflicts:
        if conflict.by_hand:
            tell(f"contradiction: {tell_conflict(conflict)}; mend it, and: kg resolve")
    for line in outcome.stale:
        tell(f"matches nothing now: {line}")
    if outcome.gone:
        more = f" and {len(outcome.gone) - 3} more" if len(outcome.gone) > 3 else ""
        told = "; ".join(map(str, outcome.gone[:3]))
        tell(f"not in the file of decisions any more, and not followed: {told}{more}")


def pass_new(
    folder: Path, articles: Iterable[Labelled], batch: Batch, *, journal: Journal, making: Making
) -> Iterator[Labelled]:
    """Pass on the articles that a store does not hold just as they are, and that may be put in."""
    from kg.errors import StoreError
    from kg.store.store import BATCH, check_articles
    from kg.store.unchanged import find_known, tell_versions

    stream = iter(articles)
    while group := list(islice(stream, BATCH)):
        if making.beside:
            versions = tell_versions(folder, (one for _, one in group), making)
            group = [(label, one) for (label, _), one in zip(group, versions, strict=True)]
        left = [(label, one) for label, one in group if not journal.has(one)]
        batch.before += len(group) - len(left)
        known = list(find_known(folder, (one for _, one in left), making))
        new = [
            (label, one)
            for (label, _), (one, found) in zip(left, known, strict=True)
            if not is_done(one, found, batch, making)
        ]
        try:
            check_articles(folder, [one for _, one in new], making.base)
            yield from new
        except StoreError:
            for label, one in new:
                try:
                    check_articles(folder, [one], making.base)
                except StoreError as error:
                    batch.skip(error)
                else:
                    yield label, one
