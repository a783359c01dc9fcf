"""The file of decisions beside a store, and a store that follows it."""

from __future__ import annotations

import math
from pathlib import Path

from kg.errors import DataError
from kg.files.links import follow_links
from kg.files.locks import lock_beside
from kg.store.journal import begin_deciding, end_deciding
from kg.who.book import Book, read_book
from kg.who.joins import Conflict
from kg.who.view.resolve import Outcome, resolve_store

ENDING = ".who.tsv"


def name_book(store: str | Path, decisions: str | Path | None = None) -> Path:
    """Return the file of a store's decisions: the one given, or `STORE.who.tsv` beside it.

    >>> name_book("news/"), name_book("news", "who.tsv")
    (PosixPath('news.who.tsv'), PosixPath('who.tsv'))
    """
    if decisions is not None:
        return Path(decisions)
    path = Path(store)
    path = path if path.name else follow_links(path)
    return path.with_name(path.name + ENDING)


def follow_book(
    store: str | Path, decisions: str | Path | None = None, *, force: bool = False
) -> Outcome:
    """Let a store follow its file of decisions as it stands; raise DataError, StoreError.

    Nobody decides meanwhile, else the store would follow what stood there before; it waits as long
    as others decide on stores of the same folder.
    """
    with lock_beside(name_book(store, decisions), patience=math.inf):
        lines = read_given(store, decisions).list_decisions()
        outcome = resolve_store(store, lines, check=lambda _: begin_deciding(store), force=force)
        end_deciding(store)
    return outcome


def read_given(store: str | Path, decisions: str | Path | None = None) -> Book:
    """Read a store's file of decisions; raise DataError for one that is given and is not there."""
    if decisions is not None and not Path(decisions).is_file():
        raise DataError(f"{decisions}: no such file of decisions; make one with: kg same")
    return read_book(name_book(store, decisions))


def tell_conflict(conflict: Conflict) -> str:
    """Say what contradicts what, and by which chain of lines.

    >>> tell_conflict(Conflict("a", "c", "A different C", ("A same B", "B same C"), True))
    'A different C, but A same B; B same C'
    """
    return f"{conflict.why}, but {'; '.join(conflict.chain)}"
