"""Matching: which things of a graph a name may mean, how likely, and whether that is sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.endpoint.reconcile.asked import Query
from kg.endpoint.reconcile.things import (
    KINDS,
    Entry,
    Things,
    count_articles,
    find_number,
    name_block,
)
from kg.endpoint.reconcile.values import has_value, is_below, read_cells, read_number
from kg.graph.terms import FOLDERS
from kg.names.identifiers import SCHEMES
from kg.who.alike.candidates import block_words
from kg.who.alike.comparison import compare_names
from kg.who.rules import NAMED
from kg.who.things import make_thing

#: Likeness of what a sure rule makes one, and of what a number in a register does.
SURE, NUMBER = 0.99, 1.0
#: Least likeness of a candidate; how many that share words are compared, and how many rated.
LEAST, MOST, RATED = 0.3, 300, 100
#: What part of a score properties make up, and what it loses where the class only should be so.
SHARE, OTHER_KIND = 0.2, 0.1
#: What is left of a score where a register has another number.
OTHER_NUMBER = 0.4


@dataclass(frozen=True, slots=True)
class Match:
    """Hold a thing that a query may mean: how alike they are, why, whether by a sure rule."""

    entry: Entry
    likeness: float
    why: str
    sure: bool = False


def answer(store: ox.Store, things: Things, query: Query) -> list[dict[str, Any]]:
    """Return the candidates of a query as the API writes them, likeliest first.

    Scores are from 0 to 100. A match is what a sure rule alone makes one: a number in a register,
    the id, or a name whose key no other thing has; and nothing that is asked for is otherwise.
    """
    found: dict[str, Match] = {}
    for match in (*find_numbered(store, things, query), *find_named(things, query)):
        held = found.get(match.entry.iri)
        if held is None or match.likeness > held.likeness:
            found[match.entry.iri] = match
    if not query.text and not found:
        found = {it.entry.iri: it for it in find_related(store, things, query)}
    those = (it for it in found.values() if fits(it.entry, query))
    likely = sorted(those, key=lambda it: (-it.likeness, it.entry.iri))[:RATED]
    rated = [describe(store, things, query, it) for it in likely]
    sure = sum(it["match"] for it in rated)
    for it in rated:
        it["match"] = bool(it["match"] and sure == 1)
    # Of names as like, the thing that most articles name comes first.
    return sorted(rated, key=lambda it: (-it["score"], -it["features"][-1]["value"], it["id"]))[
        : query.limit
    ]


def fits(entry: Entry, query: Query) -> bool:
    """Tell whether a thing is of the classes asked for: of all, of one, or of one like them."""
    if not query.kinds:
        return True
    if query.strict == "should":
        return entry.folder in {FOLDERS[kind] for kind in query.kinds if kind in FOLDERS}
    tell = all if query.strict == "all" else any
    return tell(is_below(entry.kind, kind) for kind in query.kinds)


def find_numbered(store: ox.Store, things: Things, query: Query) -> list[Match]:
    """Return the things that have the id, or one of the numbers in registers, that is asked for."""
    found = []
    if query.text in things.entries:
        found.append(Match(things.entries[query.text], NUMBER, "its id", sure=True))
    for name, values in query.properties:
        for value in values if name in SCHEMES else ():
            if number := read_number(name, value.text or value.id):
                found += [
                    Match(things.entries[iri], NUMBER, f"{name}:{number}", sure=True)
                    for iri in find_number(store, name, number)
                    if iri in things.entries
                ]
    return found


def find_named(things: Things, query: Query) -> list[Match]:
    """Return the things whose names are like the one that is asked for."""
    if not query.text:
        return []
    found: list[Match] = []
    for folder in folders_of(query):
        same = things.keys.get(name_block(query.text, folder), frozenset())
        for iri in sorted(same):
            found.append(Match(things.entries[iri], SURE, "the same name", sure=len(same) == 1))
        for iri in sorted(find_near(things, query.text, folder) - same):
            entry = things.entries[iri]
            ways = [compare_names(query.text, name, folder, things.weigh) for name in entry.names]
            best = max(ways, key=lambda way: (way.score, way.reasons))
            if best.score >= LEAST and not best.veto:
                found.append(Match(entry, min(best.score, SURE - 0.01), "; ".join(best.reasons)))
    return found


def folders_of(query: Query) -> Sequence[str]:
    """Return the folders in which things of the classes asked for are."""
    those = {FOLDERS[it] for it in KINDS if any(is_below(it, kind) for kind in query.kinds)}
    return [it for it in NAMED if it in those] if query.kinds else NAMED


def find_near(things: Things, name: str, folder: str) -> set[str]:
    """Return the things that share words with a name, those that share most of them."""
    kind = next(it for it in KINDS if FOLDERS[it] == folder)
    counts = Counter(
        iri
        for block in block_words(make_thing(name, kind))
        for iri in things.blocks.get(f"{folder}:{block}", ())
    )
    ranked = sorted(counts.items(), key=lambda it: (-it[1], it[0]))
    return {iri for iri, _ in ranked[:MOST]}


def find_related(store: ox.Store, things: Things, query: Query) -> Iterable[Match]:
    """Yield the things that have all the properties asked for."""
    for entry in things.entries.values() if query.properties else ():
        cells = ((read_cells(store, things, entry, name), name, v) for name, v in query.properties)
        if fits(entry, query) and all(has_value(*it) for it in cells):
            yield Match(entry, LEAST, "what is asked for")


def describe(store: ox.Store, things: Things, query: Query, match: Match) -> dict[str, Any]:
    """Return a candidate as the API writes it, with what speaks for it and against it."""
    entry, sure, score = match.entry, match.sure, match.likeness
    features: list[dict[str, Any]] = [
        {"id": "name", "value": round(score, 3)}, {"id": "sure", "value": sure}
    ]  # fmt: skip
    told = []
    for name, values in query.properties:
        cells = read_cells(store, things, entry, name)
        if cells and values:
            told.append(has_value(cells, name, values))
            features.append({"id": name, "value": told[-1]})
            if name in SCHEMES and not told[-1]:
                score *= OTHER_NUMBER
    if told and match.likeness < NUMBER:
        score = score * (1 - SHARE) + SHARE * sum(told) / len(told)
    if query.kinds and not any(is_below(entry.kind, kind) for kind in query.kinds):
        score, sure = score - OTHER_KIND, False
    articles = count_articles(store, entry.iri)
    others = f"also {', '.join(entry.names[1:4])}" if entry.names[1:] else ""
    count = f"{articles} article{'s' if articles != 1 else ''}"
    return {
        "id": entry.iri,
        "name": entry.names[0],
        "description": "; ".join(filter(None, (match.why, others, count))),
        "type": [{"id": entry.kind, "name": entry.kind}],
        "score": round(100 * max(score, 0.0), 1),
        "match": sure and all(told),
        "features": unique(features, articles),
    }


def unique(features: Iterable[dict[str, Any]], articles: int) -> list[dict[str, Any]]:
    """Return features of which each id is there once, that of articles last.

    >>> unique([{"id": "name", "value": 1}], 3)[-1]
    {'id': 'articles', 'value': 3}
    """
    found = {it["id"]: it["value"] for it in features} | {"articles": articles}
    return [{"id": name, "value": value} for name, value in found.items()]
