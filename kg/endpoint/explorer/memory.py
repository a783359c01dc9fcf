"""What a process keeps of a graph until it changes: to read it costs more than a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg.endpoint.explorer.articles import list_articles
from kg.endpoint.explorer.names import Names, read_names
from kg.endpoint.snapshots import READER, Stamp
from kg.graph.vocabularies import KG
from kg.store.arrivals import list_arrived
from kg.store.union import DEFAULT
from kg.who.view.describe import CLAIM
from kg.who.view.statements import TYPE

FACT = ox.NamedNode(str(KG.Fact))


@dataclass(frozen=True, slots=True)
class Held:
    """Hold all names of a graph, its articles by date, how many claims and facts, and its mark.

    The mark tells how far the graph has come: how many articles have arrived in a store, or the
    latest date of a file that does not know.
    """

    names: Names = field(default_factory=Names)
    articles: Sequence[tuple[str, str]] = ()
    claims: int = 0
    facts: int = 0
    mark: str = "0"

    def count_kinds(self) -> list[tuple[str, int]]:
        """Count the things of each class, most first."""
        counts = Counter(entry.kind for entry in self.names.entries.values())
        return sorted(counts.items(), key=lambda it: (-it[1], it[0]))


class Memory:
    """Hold what was read of the graph that a process reads now."""

    def __init__(self) -> None:
        self.seen: tuple[Path, Stamp] | None = None
        self.held = Held()

    def read(self, store: ox.Store) -> Held:
        """Return what is kept of a store as it is now."""
        if self.seen is None or self.seen != READER.seen:
            assert READER.seen
            self.held = read_held(store, READER.seen[0])
            self.seen = READER.seen
        return self.held


def read_held(store: ox.Store, folder: Path) -> Held:
    """Read what is kept of a store."""
    articles = list_articles(store)
    arrived = len(list_arrived(folder))
    claims, facts = (
        sum(1 for _ in store.quads_for_pattern(None, TYPE, it, DEFAULT)) for it in (CLAIM, FACT)
    )
    mark = str(arrived) if arrived else next((date for date, _ in articles), "") or "0"
    return Held(read_names(store), articles, claims, facts, mark)


MEMORY = Memory()
