"""What of a run is done already, kept beside a store until the run is over."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.errors import StoreError
from kg.files.faults import tell_fault
from kg.graph.terms import digest
from kg.model import Article

NAME = "kg-unfinished"
#: What stands in a store while it, its file of decisions and its claims change, one after another.
DECIDING = "kg-deciding"


class Journal:
    """Hold which articles an unfinished run has put into a store.

    `run` tells runs apart that would make other graphs of the same articles: what another one
    has left behind counts for nothing. `broken` tells whether a run before, of whatever kind, broke
    off: what it has put in may not have been followed up.
    """

    def __init__(self, folder: str | Path, run: str) -> None:
        self.path, self.run = Path(folder) / NAME, run
        self.broken = self.path.exists()
        lines = self.path.read_text(encoding="utf-8").split("\n") if self.path.exists() else [""]
        # A line that was cut short by a killed run is no article's.
        self.done = set(lines[1:-1]) if lines[0] == run else set()
        if not self.done:
            self._write(f"{run}\n", "w")

    def has(self, article: Article) -> bool:
        """Tell whether an article, just as it is, has been put in."""
        return article_key(article) in self.done

    def add(self, articles: Iterable[Article]) -> None:
        """Note articles that are in the store for good."""
        self._write("".join(f"{article_key(one)}\n" for one in articles), "a")

    def end(self) -> None:
        """Forget all: the run is over."""
        self.path.unlink(missing_ok=True)

    def _write(self, text: str, mode: str) -> None:
        try:
            with self.path.open(mode, encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be written: {tell_fault(error)}") from error


def begin_deciding(folder: str | Path) -> None:
    """Mark that a store changes, and does not follow yet: a killed run leaves the mark."""
    path = Path(folder) / DECIDING
    try:
        path.touch()
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {tell_fault(error)}") from error


def end_deciding(folder: str | Path) -> None:
    """Take the mark away: the store follows its file, and the file is written."""
    (Path(folder) / DECIDING).unlink(missing_ok=True)


def is_deciding(folder: str | Path) -> bool:
    """Tell whether a store is being changed, or such a change broke off."""
    return (Path(folder) / DECIDING).exists()


def article_key(article: Article) -> str:
    """Return what tells an article, with all that is known of it, from any other.

    >>> article_key(Article("a", "x")) == article_key(Article("b", "x"))
    False
    """
    return digest(repr(article), 32)
