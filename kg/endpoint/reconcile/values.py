"""Properties of things, as tables are extended by them and names told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import pyoxigraph as ox

from kg import ontology
from kg.endpoint.reconcile.asked import Extension, Value
from kg.endpoint.reconcile.things import Entry, Things, count_articles, read_numbers
from kg.errors import DataError
from kg.graph.vocabularies import KG
from kg.names.identifiers import SCHEMES, read_identifier
from kg.names.key import fold, name_key
from kg.store.union import DEFAULT, LABEL

#: What a thing has that is no relation of the ontology, in words.
OTHERS = {
    "siren": "SIREN number", "lei": "LEI code", "wikidata": "Wikidata item",
    "altLabel": "other names", "type": "class", "articles": "number of articles",
}  # fmt: skip
Cell = dict[str, Any]


@cache
def property_names() -> Mapping[str, str]:
    """Return all properties with what they are called.

    >>> property_names()["basedIn"], property_names()["siren"]
    ('based in', 'SIREN number')
    """
    return {**OTHERS, **{name: ontology.label(name, "en") for name in ontology.relations()}}


def list_properties(kind: str = "") -> list[str]:
    """Return the properties that things of a class may have; all without a class.

    >>> "siren" in list_properties("Person"), "holdsPosition" in list_properties("Person")
    (False, True)
    """
    return [name for name in property_names() if not kind or may_have(kind, name)]


def may_have(kind: str, name: str) -> bool:
    """Tell whether things of a class may have a property."""
    if name in ("siren", "lei"):
        return is_below(kind, "Organization")
    if name in OTHERS:
        return True
    term = ontology.properties()[name]
    ends = [it for it in (term.domain, term.range if term.symmetric else "") if it]
    known = [it for it in ends if it in ontology.classes()]
    return not known or any(is_below(kind, it) or is_below(it, kind) for it in known)


def is_below(kind: str, ancestor: str) -> bool:
    """Tell whether a class is another or below it; False for what is no class of ours."""
    try:
        return ontology.is_a(kind, ancestor)
    except DataError:
        return False


def read_cells(store: ox.Store, things: Things, entry: Entry, name: str) -> list[Cell]:
    """Read the values of a thing's property, as the API writes them."""
    if name in SCHEMES:
        return [{"str": number} for number in read_numbers(store, entry.iri)[name]]
    if name == "altLabel":
        return [{"str": other} for other in entry.names[1:]]
    if name == "type":
        return [{"str": entry.kind}]
    if name == "articles":
        return [{"int": count_articles(store, entry.iri)}]
    return list(read_related(store, things, entry.iri, name))


def read_related(store: ox.Store, things: Things, iri: str, name: str) -> Iterator[Cell]:
    """Yield what a relation leads to from a thing, as it is today; both ways if it has no way."""
    if name not in ontology.relations():
        return
    node, way = ox.NamedNode(iri), ox.NamedNode(str(KG[name]))
    ends = [quad.object for quad in store.quads_for_pattern(node, way, None, DEFAULT)]
    if ontology.properties()[name].symmetric:
        ends += [quad.subject for quad in store.quads_for_pattern(None, way, node, DEFAULT)]
    for end in sorted({*ends}, key=str):
        if isinstance(end, ox.Literal):
            yield {"float": float(end.value)}
        elif isinstance(end, ox.NamedNode):
            yield {"id": end.value, "name": name_of(store, things, end)}


def name_of(store: ox.Store, things: Things, node: ox.NamedNode) -> str:
    """Return what a thing is called."""
    if entry := things.entries.get(node.value):
        return entry.names[0]
    labels = store.quads_for_pattern(node, LABEL, None, DEFAULT)
    return min((it.object.value for it in labels if isinstance(it.object, ox.Literal)), default="")


def extend(store: ox.Store, things: Things, asked: Extension) -> dict[str, Any]:
    """Return the properties asked for of things; one that there is not has no values."""
    known = property_names()
    meta = [{"id": name, "name": known.get(name, name)} for name, _ in asked.properties]
    rows: dict[str, dict[str, Sequence[Cell]]] = {}
    for iri in asked.ids:
        entry = things.entries.get(iri)
        rows[iri] = {
            name: read_cells(store, things, entry, name)[: most or None] if entry else []
            for name, most in asked.properties
        }
    return {"meta": meta, "rows": rows}


def has_value(cells: Iterable[Cell], name: str, values: Iterable[Value]) -> bool:
    """Tell whether a property has one of some values: a thing's id, a name, a number, a text.

    >>> has_value([{"id": "urn:x", "name": "France"}], "basedIn", [Value("FRANCE")])
    True
    >>> has_value([{"str": "552120222"}], "siren", [Value("552 120 222")])
    True
    """
    return any(is_value(cell, name, value) for cell in cells for value in values)


def is_value(cell: Cell, name: str, value: Value) -> bool:
    """Tell whether a cell of a property is a value."""
    if value.id and cell.get("id") == value.id:
        return True
    text = value.text or value.id
    if name in SCHEMES:
        return bool(cell["str"] == read_number(name, text))
    if "id" in cell:
        return bool(text) and name_key(str(cell["name"])) == name_key(text)
    return fold(str(next(iter(cell.values()), ""))) == fold(text)


def read_number(scheme: str, text: str) -> str:
    """Return a number as its register writes it, '' for what is none.

    >>> read_number("siren", "552 120 222"), read_number("siren", "552 120 223")
    ('552120222', '')
    """
    try:
        return read_identifier(scheme, text.rpartition("/")[2])
    except DataError:
        return ""
