"""Entities and statements of FollowTheMoney, which OpenAleph opens: who, what links them, proof."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha1
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.exports.cells import PLAIN, Dialect, make_inert, write_csv
from kg.exports.ftm.links import find_assets, list_links
from kg.exports.ftm.things import list_articles, list_things, read_schemata
from kg.exports.ftm.values import TYPES, UNTOLD, Value, name_dataset
from kg.store.engine import engine_of
from kg.who.named import list_graphs
from kg.who.said.voiced import read_sources
from kg.who.view.statements import has_articles, read_date, read_dates
from kg.who.view.told import list_claims, read_labels

if TYPE_CHECKING:
    from rdflib import Graph

#: Columns of a table of statements, and what made all of them.
COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin",
    "lang", "original_value", "external", "first_seen", "last_seen", "id",
)  # fmt: skip
ORIGIN = "pressgraph"


def write_entities(graph: Graph) -> str:
    """Write organizations, people, articles and links as entities, one line of JSON each.

    >>> from rdflib import Graph
    >>> write_entities(Graph())
    ''
    """
    schemata: dict[str, str] = {}
    values: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for it in list_values(graph):
        schemata[it.canonical] = it.schema
        values[it.canonical][it.prop].add(it.value)
    lines = []
    for node in sorted(values):
        properties = {prop: sorted(values[node][prop]) for prop in sorted(values[node])}
        told = {"id": node, "schema": schemata[node], "properties": properties}
        lines.append(json.dumps(told, ensure_ascii=False))
    return "".join(f"{line}\n" for line in lines)


def write_statements(graph: Graph, dialect: Dialect = PLAIN) -> str:
    """Write the same as statements in CSV: who says each value, with whom each article means.

    >>> from rdflib import Graph
    >>> write_statements(Graph()).split(",")[:3]
    ['canonical_id', 'entity_id', 'prop']
    """
    return write_csv(COLUMNS, map(statement_row, sorted({*list_values(graph)})), dialect)


def statement_row(it: Value) -> tuple[str, ...]:
    """Return a value as the cells of `COLUMNS`; its id is the one that FollowTheMoney gives it."""
    value = make_inert(it.value)
    cells = (
        it.canonical, it.local, it.prop, TYPES[it.prop], it.schema, value,
        it.dataset, ORIGIN, it.lang, "", "f", it.seen, it.seen,
    )  # fmt: skip
    key = ".".join((it.dataset, it.local, it.prop, value)) + (f"@{it.lang}" if it.lang else "")
    return (*cells, sha1(key.encode("utf-8"), usedforsecurity=False).hexdigest())


def read_days(store: ox.Store) -> dict[str, str]:
    """Return when articles were published, by what statements call them."""
    if not has_articles(store):
        return read_dates(store)
    return {graph: read_date(store, ox.NamedNode(graph)) for graph in list_graphs(store)}


def list_values(graph: Graph) -> Iterator[Value]:
    """Yield all values of a graph's entities, each by the article that says it."""
    store = engine_of(graph)
    claims = list_claims(store)
    sources = read_sources(store, read_labels(store))
    datasets = {it.iri: name_dataset(it) for it in sources.values()}
    days = read_days(store)
    dates = {sources[key].iri: day for key, day in days.items() if key in sources}
    schemata = read_schemata(store)
    schemata |= dict.fromkeys(find_assets(claims, schemata), "Company")
    for part in (list_articles(sources, store), list_things(store, schemata)):
        for it in part:
            if it.dataset == UNTOLD:
                yield it
            else:
                yield replace(
                    it, dataset=datasets.get(it.dataset, UNTOLD), seen=dates.get(it.dataset, "")
                )
    yield from list_links(claims, schemata, datasets)
