"""What a worker does for the reconciliation service: each answer is JSON, or a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.endpoint.protocol import HTML, Reply, refuse
from kg.endpoint.reconcile.asked import read_batch, read_extension
from kg.endpoint.reconcile.manifest import make_manifest, suggest_things
from kg.endpoint.reconcile.matching import answer
from kg.endpoint.reconcile.things import Things, count_articles, read_things
from kg.endpoint.reconcile.values import extend, property_names, read_cells
from kg.endpoint.snapshots import READER, Stamp
from kg.endpoint.workers import reply_to
from kg.who.view.world import find_base

JSON = "application/json"
#: Values of a property that a preview shows.
SHOWN = 4


class Memory:
    """Hold the things of a graph until it changes: to read them costs more than to match names."""

    def __init__(self) -> None:
        self.seen: tuple[Path, Stamp] | None = None
        self.things = Things()

    def read(self, store: ox.Store) -> Things:
        """Return the things of a store as it is now."""
        if self.seen is None or self.seen != READER.seen:
            self.things = read_things(store)
            self.seen = READER.seen
        return self.things


MEMORY = Memory()


def write_json(told: Any) -> Reply:
    """Return something as a reply in JSON.

    >>> write_json({"a": "é"}).body.decode()
    '{"a": "é"}'
    """
    return Reply(200, JSON, json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"))


def reconcile_task(folder: str, what: str, text: str) -> Reply:
    """Answer a batch of queries ('queries'), or extend a table ('extend')."""

    def work(store: ox.Store) -> Reply:
        if what == "queries":
            batch = read_batch(text)
            things = MEMORY.read(store)
            told = {name: {"result": answer(store, things, it)} for name, it in batch.items()}
            return write_json(told)
        asked = read_extension(text)
        return write_json(extend(store, MEMORY.read(store), asked))

    return reply_to(folder, work)


def manifest_task(folder: str, address: str) -> Reply:
    """Tell what the service can do."""

    def work(store: ox.Store) -> Reply:
        return write_json(make_manifest(address, find_base(store)))

    return reply_to(folder, work)


def suggest_task(folder: str, prefix: str, kind: str, skip: int) -> Reply:
    """Suggest things by the beginning of a name."""

    def work(store: ox.Store) -> Reply:
        return write_json({"result": suggest_things(MEMORY.read(store), prefix, kind, skip)})

    return reply_to(folder, work)


def preview_task(folder: str, iri: str) -> Reply:
    """Show a thing as a small page."""

    def work(store: ox.Store) -> Reply:
        from kg.endpoint.pages import fill_page

        things = MEMORY.read(store)
        entry = things.entries.get(iri)
        if entry is None:
            return refuse(404, "no such thing here")
        rows = []
        for name, called in property_names().items():
            cells = (
                read_cells(store, things, entry, name) if name not in ("type", "articles") else ()
            )
            told = [str(it.get("name") or next(iter(it.values()))) for it in cells[:SHOWN]]
            if told:
                rows.append((called, ", ".join(told)))
        count = count_articles(store, iri)
        page = fill_page("preview.html", entry=entry, rows=rows, count=count)
        return Reply(200, HTML, page.encode("utf-8", "replace"))

    return reply_to(folder, work)
