"""What a store's articles name, kept beside its data until an article comes, changes or goes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kg.errors import GraphError
from kg.files.writing import write_text
from kg.store.engine import NAMED
from kg.who.things import Thing


@dataclass(frozen=True, slots=True)
class Memory:
    """Hold the things that articles name, and what each article is called."""

    things: Sequence[Thing]
    called: Mapping[str, tuple[str, ...]]


def read_memory(folder: Path) -> Memory | None:
    """Read what a store's articles name; None where that has to be read from its graphs."""
    try:
        told = json.loads((folder / NAMED).read_text(encoding="utf-8"))
        graphs = [*told["called"]]
        things = [
            Thing(
                iri,
                name,
                kind,
                tuple(aliases),
                tuple(graphs[at] for at in articles),
                tuple(identifiers),
            )
            for iri, name, kind, aliases, articles, identifiers in told["things"]
        ]
        return Memory(things, {graph: tuple(names) for graph, names in told["called"].items()})
    except (OSError, ValueError, LookupError, TypeError):
        return None  # all of it stands in the graphs, too


def write_memory(folder: Path, memory: Memory) -> None:
    """Keep what a store's articles name, if that can be written."""
    places = {graph: at for at, graph in enumerate(memory.called)}
    things = [
        (it.iri, it.name, it.kind, it.aliases, [places[a] for a in it.articles], it.identifiers)
        for it in memory.things
    ]
    text = json.dumps({"called": dict(memory.called), "things": things}, ensure_ascii=False)
    with suppress(GraphError, OSError):
        write_text(folder / NAMED, text)
