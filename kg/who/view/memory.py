"""What a store's articles name, kept beside its data until an article comes, changes or goes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kg.errors import GraphError
from kg.files.writing import write_text
from kg.store.engine import NAMED
from kg.store.held import Held
from kg.who.named import list_graphs, read_things
from kg.who.things import Thing


@dataclass(frozen=True, slots=True)
class Memory:
    """Hold the graphs of a store's articles, by their IRIs, and the things that these name."""

    graphs: Sequence[str]
    things: Sequence[Thing]


def read_memory_of(held: Held) -> Memory:
    """Read from its graphs what a store's articles name.

    >>> import pyoxigraph as ox
    >>> read_memory_of(Held(ox.Store()))
    Memory(graphs=[], things=[])
    """
    graphs = list_graphs(held.store)
    return Memory(graphs, read_things(held, graphs))


def read_memory(folder: Path) -> Memory | None:
    """Read what a store's articles name; None where that has to be read from its graphs."""
    try:
        told = json.loads((folder / NAMED).read_text(encoding="utf-8"))
        graphs = [*told["graphs"]]
        things = [
            Thing(
                iri,
                name,
                kind,
                tuple(aliases),
                tuple(map(graphs.__getitem__, articles)),
                tuple(identifiers),
            )
            for iri, name, kind, aliases, articles, identifiers in told["things"]
        ]
        return Memory(graphs, things)
    except (OSError, ValueError, LookupError, TypeError):
        return None  # all of it stands in the graphs, too


def write_memory(folder: Path, memory: Memory) -> None:
    """Keep what a store's articles name, if that can be written."""
    places = {graph: at for at, graph in enumerate(memory.graphs)}
    things = [
        (it.iri, it.name, it.kind, it.aliases, [places[a] for a in it.articles], it.identifiers)
        for it in memory.things
    ]
    text = json.dumps({"graphs": [*memory.graphs], "things": things}, ensure_ascii=False)
    with suppress(GraphError, OSError):
        write_text(folder / NAMED, text)
