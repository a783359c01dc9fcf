"""Many sources in one run: what cannot be read is told and skipped, the rest goes on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from kg.errors import ArticleError, DataError, KgError
from kg.model import Article
from kg.sources.articles import Found

#: An article with the name of its file, as messages name it.
Labelled = tuple[str, Article]
Read = TypeVar("Read")


@dataclass(slots=True)
class Batch:
    """Hold what became of a run's sources; `tell` is called with each line for the user.

    With `strict`, the first that cannot be read ends the run. `others` are articles that another
    reader had read, which are `kept` or read again.
    """

    tell: Callable[[str], None] = lambda _: None
    strict: bool = False
    read: int = 0
    skipped: list[KgError] = field(default_factory=list)
    again: int = 0
    before: int = 0
    unchanged: int = 0
    others: int = 0
    kept: bool = False
    _told: int = 0
    _seen: dict[str, tuple[str, int]] = field(default_factory=dict)
    _names: dict[str, int] = field(default_factory=dict)

    def gather(self, found: Iterable[tuple[str, Found]]) -> Iterator[Labelled]:
        """Yield the articles, each once; no two have one name, and no two one address."""
        for label, one in found:
            if isinstance(one, ArticleError):
                self.skip(one)
                continue
            before = self._seen.setdefault(one.url, (label, hash(one.text))) if one.url else None
            if before and before[1] == hash(one.text) and before[0] != label:
                self.again += 1  # the same entry in two feeds
                continue
            if before and before != (label, hash(one.text)):
                self.tell(f"{label}: has the address of {before[0]}; read without it")
                one = replace(one, url="")
            yield label, replace(one, name=take_name(one.name, self._names))

    def take(self, outcomes: Iterable[tuple[str, Read | KgError]]) -> Iterator[Read]:
        """Yield what articles were read as; what cannot be read is noted.

        A fault of the reader's own is one of all articles: that ends the run.
        """
        for label, outcome in outcomes:
            if isinstance(outcome, DataError):
                raise outcome
            if isinstance(outcome, KgError):
                self.skip(ArticleError(f"{label}: {outcome}"))
            else:
                self.count()
                yield outcome

    def skip(self, error: KgError) -> None:
        """Note that something was not read; raise the error if that ends the run."""
        if self.strict:
            raise error
        self.skipped.append(error)
        if len(self.skipped) > 1 or self.read:
            self.tell_skipped()

    def count(self) -> None:
        """Note that an article was read."""
        self.read += 1
        self.tell_skipped()

    def tell_skipped(self) -> None:
        """Tell what was skipped since the last time."""
        for error in self.skipped[self._told :]:
            self.tell(f"skipped: {error}")
        self._told = len(self.skipped)

    def end(self) -> None:
        """Tell how many were read, how many skipped and why; raise KgError if none was read."""
        if not (self.read or self.again or self.before or self.unchanged):
            if len(self.skipped) == 1:
                raise self.skipped[0]
            told = (
                f"none of {len(self.skipped)} could be read" if self.skipped else "nothing to read"
            )
            raise KgError(f"{told}; name files with articles")
        self.tell_skipped()
        for line in filter(None, (self.tell_others(), self.sum_up())):
            self.tell(line)

    def tell_others(self) -> str:
        """Return how many articles another reader had read, and what became of them.

        >>> Batch(others=2).tell_others()
        '2 articles that another reader had read were read again; --keep leaves such as they are'
        """
        if not self.others:
            return ""
        many = "1 article" if self.others == 1 else f"{self.others} articles"
        was = "was" if self.others == 1 else "were"
        if self.kept:
            return f"{many} that another reader had read {was} left so (--keep)"
        left = "it as it is" if self.others == 1 else "such as they are"
        return f"{many} that another reader had read {was} read again; --keep leaves {left}"

    def sum_up(self) -> str:
        """Return the last line of a run, '' where there is nothing to tell.

        >>> batch = Batch(read=3, skipped=[ArticleError("a.txt: empty; give a file with text")])
        >>> batch.sum_up()
        '3 articles read, 1 skipped (1 empty)'
        """
        some = self.unchanged and self.read
        if not (self.skipped or self.again or self.before or some):
            return ""
        line = f"{self.read} article{'s' if self.read != 1 else ''} read"
        if self.unchanged:
            line += f", {self.unchanged} unchanged"
        if self.before:
            line += f", {self.before} before"
        if self.again:
            line += f", {self.again} met again"
        reasons = Counter(map(short_reason, self.skipped))
        why = ", ".join(f"{times} {reason}" for reason, times in reasons.most_common(5))
        return f"{line}, {len(self.skipped)} skipped ({why})" if self.skipped else line


def take_name(name: str, taken: dict[str, int], most: int = 0) -> str:
    """Return a name, with a number where it is taken, and take it.

    With `most`, it is one of a file: cut at so many bytes, and small letters are as capitals.

    >>> taken = {}
    >>> [take_name(name, taken) for name in ("a-2", "a", "a", "b")]
    ['a-2', 'a', 'a-3', 'b']
    >>> [take_name(name, {"é": 1}, 5) for name in ("É", "éaéé")]
    ['É-2', 'éaé']
    """
    data = name.encode("utf-8", "replace")
    first = sign_name(data, "", most)
    times, found = taken.get(first.casefold() if most else first, 0), first
    while (key := found.casefold() if most else found) in taken:
        times += 1
        found = sign_name(data, f"-{times}", most)
    taken[key] = 1
    taken[first.casefold() if most else first] = max(times, 1)
    return found


def sign_name(name: bytes, sign: str, most: int) -> str:
    """Return a name with a sign at its end, of so many bytes together at most."""
    return name[: most - len(sign) if most else None].decode("utf-8", "ignore") + sign


def short_reason(error: KgError) -> str:
    """Return why something was skipped, without where and what to do.

    >>> short_reason(ArticleError("b/a.txt: in German; French and English are read"))
    'in German'
    """
    told = re.split(r"[;(]|(?<=no JSON): ", str(error).partition(": ")[2] or str(error))[0]
    return told.strip()[:60]
