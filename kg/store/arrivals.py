"""In which order articles came into a store: names of graphs, kept beside its data."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from kg.graph.vocabularies import KG
from kg.store.engine import ARRIVED, TYPE, open_folder

ARTICLE = ox.NamedNode(str(KG.Article))


def note_arrivals(folder: Path, graphs: Iterable[str]) -> None:
    """Note that articles came, or changed, after all that did before; where that can be written."""
    text = "".join(f"{graph}\n" for graph in graphs)
    with suppress(OSError), (folder / ARRIVED).open("a", encoding="utf-8") as file:
        file.write(text)


def note_missing(folder: Path) -> None:
    """Note the articles that a run put in before it broke off and could note it; raise StoreError.

    They come after all that are noted.
    """
    store, close = open_folder(folder)
    try:
        graphs = {
            quad.graph_name.value
            for quad in store.quads_for_pattern(None, TYPE, ARTICLE, None)
            if isinstance(quad.graph_name, ox.NamedNode)
        }
    finally:
        del store
        close()
    note_arrivals(folder, sorted(graphs.difference(list_arrived(folder))))


def list_arrived(folder: Path, since: int = 0) -> list[str]:
    """Return the graphs that came after so many arrivals, in their order; none for a file's graph.

    >>> list_arrived(Path("no-such-store"))
    []
    """
    try:
        lines = (folder / ARRIVED).read_text(encoding="utf-8").split("\n")[:-1]
    except (OSError, UnicodeDecodeError):
        return []
    return lines[since:]
