"""Which things may be the same as one, with why: for people to judge, nothing is joined."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg.endpoint.explorer.cards import list_judged
from kg.endpoint.explorer.drawing import Asked, draw
from kg.endpoint.explorer.names import Entry
from kg.endpoint.explorer.sides import side_of
from kg.endpoint.explorer.work import View, on_view, search
from kg.endpoint.protocol import Reply
from kg.endpoint.reconcile.asked import Query
from kg.endpoint.reconcile.matching import answer
from kg.endpoint.reconcile.things import KINDS
from kg.endpoint.reconcile.work import MEMORY

#: Candidates that are compared and shown, and the least score of one, of 100.
COMPARED, SHOWN, LEAST = 40, 12, 40.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold a thing that another may be, its score of 100, why, and its side in a decision."""

    entry: Entry
    score: float
    why: str
    side: str


def alike_task(folder: str, asked: Asked, of: str) -> Reply:
    """Draw which things may be the same as one."""

    def work(view: View) -> Reply:
        entry = view.find(of)
        if entry is None:
            return search(view, of)
        side = side_of(view.store, view.held.names, entry)
        found = find_alike(view, view.store, entry)
        return draw("alike", asked, entry=entry, side=side, found=found)

    return on_view(folder, asked, work)


def find_alike(view: View, store: ox.Store, entry: Entry) -> list[Candidate]:
    """Return the things whose names are like one's own and that nobody has judged, likeliest first.

    What articles have for themselves is like nothing.
    """
    if entry.kind not in KINDS:
        return []
    judged = {entry.iri, *list_judged(store, entry.iri)}
    things = MEMORY.read(store)
    best: dict[str, Candidate] = {}
    for name in entry.names[:3]:
        query = Query(name, (entry.kind,), COMPARED, strict="should")
        for it in answer(store, things, query):
            other = view.held.names.entries.get(it["id"])
            if other and other.iri not in judged and it["score"] >= LEAST:
                held = best.get(other.iri)
                if held is None or it["score"] > held.score:
                    side = side_of(store, view.held.names, other)
                    best[other.iri] = Candidate(other, it["score"], it["description"], side)
    return sorted(best.values(), key=lambda it: (-it.score, it.entry.iri))[:SHOWN]
