"""Articles to readings in Python: read as they are asked for, kept, and shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload
from warnings import warn

from kg import reader
from kg.errors import DataError, KgError
from kg.graph.confidence import keep_sure
from kg.graph.rdf import build_graph
from kg.model import Fact, Reading
from kg.notebook.given import Given, find_given
from kg.notebook.knowledge import Knowledge, add_claims
from kg.notebook.knowledge import open as open_graph
from kg.notebook.words import show_reading
from kg.reader.parallel.workers import read_labelled
from kg.sources.batch import Batch
from kg.sources.datelines import read_date
from kg.sources.dates.partial import tell_loss
from kg.sources.details import read_details
from kg.sources.language import READ, read_code
from kg.sources.source import Details, Options
from kg.wordings import tell_count

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from pandas import DataFrame
    from rdflib import Graph

    from kg.notebook.answers import Answer
    from kg.page.render import Page

#: Articles that a notebook shows at most.
SHOWN = 3


def read(
    given: Given,
    *,
    lang: str | None = None,
    encoding: str | None = None,
    text_field: str | None = None,
    meta: str | Path | None = None,
    date: str = "",
    publisher: str = "",
    split: bool = False,
    min_confidence: float = 0.0,
    strict: bool = False,
    model: str = "",
    workers: int = 1,
) -> Readings:
    """Read what articles name and say: of files, folders, addresses, texts, records, articles.

    A string of three words or more that names no file is a text; a DataFrame's rows, and mappings,
    are records with a text, and a title, date, publisher, address if they have them. Options are
    those of `kg build`. Nothing is read before it is asked for. What cannot be read is warned of
    and stands in `skipped`, or raised if `strict`; where nothing could be, KgError is raised.
    """
    options = make_options(lang, encoding, text_field, meta=meta, date=date,
                           publisher=publisher, split=split)  # fmt: skip
    batch = Batch(tell, strict)
    reads = partial(reader.read, model=model) if model else reader.read
    found = read_labelled(batch.gather(find_given(given, options)), reads, workers)
    sure = (keep_sure(it, min_confidence) for it in take_read(found, batch))
    return Readings(sure, batch.skipped)


def make_options(
    lang: str | None,
    encoding: str | None,
    text_field: str | None,
    *,
    meta: str | Path | None,
    date: str,
    publisher: str,
    split: bool,
) -> Options:
    """Make what a user says of all sources; raise DataError for what cannot be."""
    code = read_code(lang) if lang else None
    if lang and code not in READ:
        raise DataError(f"lang {lang!r}: not read; give one of {', '.join(READ)}")
    if date and not read_date(date):
        raise DataError(f"date {date!r}: no date; write it like 2024-03-12")
    details = read_details(Path(meta)) if meta else Details()
    when = read_date(date)
    if loss := tell_loss(date, when):
        tell(loss)
    return Options(code, encoding, text_field, split, when, publisher, details, tell)


def tell(line: str) -> None:
    """Warn of something that was left out."""
    warn(line, stacklevel=2)


def take_read(found: Iterable[tuple[str, Reading | KgError]], batch: Batch) -> Iterator[Reading]:
    """Yield readings, and tell at the end what could not be read."""
    yield from batch.take(found)
    batch.end()


class Readings:
    """Hold what some articles say: each is read when it is first asked for, and kept.

    A sequence of `kg.Reading`; `skipped` are the errors of what could not be read. In a notebook
    it shows facts with the words that say them.

    >>> from kg.model import Article
    >>> said = Readings([Reading(Article("a", "Hexo.")), Reading(Article("b", "Nordil."))])
    >>> said[1].article.name, len(said), [it.article.name for it in said[:1]]
    ('b', 2, ['a'])
    """

    def __init__(self, readings: Iterable[Reading], skipped: Sequence[KgError] = ()) -> None:
        self.skipped = skipped
        self._left, self._read = iter(readings), list[Reading]()
        self._fault: KgError | None = None

    def __iter__(self) -> Iterator[Reading]:
        """Iterate over the readings, the kept ones first."""
        at = 0
        while at < len(self._read) or self._take():
            yield self._read[at]
            at += 1

    def __len__(self) -> int:
        """Read all that is left, and return how many there are."""
        while self._take():
            pass
        return len(self._read)

    @overload
    def __getitem__(self, at: int) -> Reading: ...
    @overload
    def __getitem__(self, at: slice) -> Readings: ...
    def __getitem__(self, at: int | slice) -> Reading | Readings:
        """Return one reading, or some as they are read."""
        if isinstance(at, slice):
            return Readings(self._pick(at), self.skipped)
        if at >= 0:
            while at >= len(self._read) and self._take():
                pass
            return self._read[at]
        last: Reading = [*self][at]
        return last

    def _pick(self, at: slice) -> Iterator[Reading]:
        """Yield the readings of a slice, reading no more than it needs."""
        if all(it is None or it >= 0 for it in (at.start, at.stop)) and (at.step or 1) > 0:
            return islice(self, at.start, at.stop, at.step)
        return iter([*self][at])

    def _take(self) -> bool:
        """Read one more article; tell whether there was one. A run that broke off stays broken."""
        if self._fault:
            raise self._fault
        try:
            found = next(self._left, None)
        except KgError as error:
            self._fault = error
            raise
        except BaseException:
            read = tell_count(len(self._read), "article")
            told = f"reading broke off after {read}; call kg.read again"
            self._fault = DataError(told)
            raise
        if found is not None:
            self._read.append(found)
        return found is not None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Return the facts of all articles, in their order."""
        return tuple(fact for reading in self for fact in reading.facts)

    @cached_property
    def knowledge(self) -> Knowledge:
        """Return the graph of all articles, open: what the methods below ask."""
        return Knowledge(add_claims(build_graph(self)))

    @property
    def graph(self) -> Graph:
        """Return rdflib's graph of all articles, with the claims of several."""
        return self.knowledge.graph

    @property
    def network(self) -> MultiDiGraph:
        """Return networkx's graph: things are nodes, facts or claims are edges with attributes."""
        return self.knowledge.network

    def ask(self, question: str, **parameters: Any) -> Answer:
        """Answer a ready question or SPARQL; see `Knowledge.ask`."""
        return self.knowledge.ask(question, **parameters)

    def to_pandas(self, rows: Literal["facts", "claims"] = "facts") -> DataFrame:
        """Return a DataFrame: a row for each fact of each article, or for each claim."""
        return self.knowledge.to_pandas(rows)

    def page(self, path: str | Path | None = None, *, title: str = "", lang: str = "") -> Page:
        """Draw all articles as one HTML page, and write it where a path is given."""
        return self.knowledge.page(path, title=title, lang=lang)

    def save(self, folder: str | Path) -> Knowledge:
        """Put all articles into a store, which is made if there is none, and open that.

        Who is who follows sure rules and the store's file of decisions. Raises StoreError.
        """
        from kg.files.locks import lock_run
        from kg.store.journal import begin_deciding
        from kg.store.store import make_store, put_readings
        from kg.who.view.beside import follow_book, read_given

        read_given(folder)  # a wrong line is told before anything is read
        make_store(folder)
        with lock_run(Path(folder), tell):
            begin_deciding(folder)  # until claims follow
            for _ in put_readings(folder, self):
                pass
            follow_book(folder)
        return open_graph(folder)

    def __repr__(self) -> str:
        return f"Readings({len(self._read)} read so far)"

    def _repr_html_(self) -> str:
        shown = [*self[:SHOWN]]
        more = f"<p>The first {SHOWN} articles.</p>" if len(shown) == SHOWN else ""
        return "".join(map(show_reading, shown)) + more
