"""What the service tells of itself, and what it suggests while somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg import __version__, ontology
from kg.endpoint.reconcile.asked import USUAL, Query, short_id
from kg.endpoint.reconcile.matching import fits
from kg.endpoint.reconcile.things import KINDS, Entry, Things
from kg.endpoint.reconcile.values import list_properties, property_names
from kg.names.key import fold

#: Names that a client is to ask about at once, and how large a preview is, in pixels.
BATCH, WIDTH, HEIGHT = 50, 420, 220


def make_manifest(address: str, base: str) -> dict[str, Any]:
    """Return the manifest of the service at an address, whose things' IRIs begin so.

    >>> make_manifest("http://127.0.0.1:7878/", "https://a.example/id/")["versions"]
    ['0.2']
    """
    root = address.rstrip("/")

    def suggest(what: str) -> dict[str, str]:
        return {"service_url": root, "service_path": f"/reconcile/suggest/{what}"}

    return {
        "versions": ["0.2"],
        "name": "PressGraph",
        "identifierSpace": base,
        "schemaSpace": ontology.KG,
        "documentation": f"{root}/ontology",
        "serviceVersion": __version__,
        "defaultTypes": [describe_kind(kind) for kind in KINDS],
        "view": {"url": f"{root}/explore?focus={{{{id}}}}"},
        "preview": {
            "url": f"{root}/reconcile/preview?id={{{{id}}}}",
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": {what: suggest(what) for what in ("entity", "type", "property")},
        "extend": {
            "propose_properties": {
                "service_url": root,
                "service_path": "/reconcile/properties",
            },
            "property_settings": [
                {
                    "name": "limit",
                    "label": "Limit",
                    "type": "number",
                    "default": 0,
                    "help_text": "How many values at most; 0 is all.",
                }
            ],
        },
        "batchSize": BATCH,
    }


def describe_kind(kind: str) -> dict[str, Any]:
    """Return a class as the API writes it, with those above it.

    >>> describe_kind("Company")["broader"]
    [{'id': 'Organization', 'name': 'organization'}]
    """
    above = [it for it in ontology.classes()[kind].parents if it in KINDS]
    return {
        "id": kind,
        "name": ontology.label(kind, "en"),
        "description": ontology.label(kind, "fr"),
        "broader": [{"id": it, "name": ontology.label(it, "en")} for it in above],
    }


def suggest_kinds(prefix: str, skip: int) -> list[dict[str, Any]]:
    """Return the classes whose id or name begins so.

    >>> [it["id"] for it in suggest_kinds("comp", 0)]
    ['Company']
    """
    found = [describe_kind(kind) for kind in KINDS]
    return [it for it in found if begins(prefix, *map(str, it.values()))][skip : skip + USUAL]


def suggest_properties(prefix: str, skip: int) -> list[dict[str, str]]:
    """Return the properties whose id or name begins so.

    >>> [it["id"] for it in suggest_properties("siren", 0)]
    ['siren']
    """
    found = [{"id": name, "name": called} for name, called in property_names().items()]
    return [it for it in found if begins(prefix, it["id"], it["name"])][skip : skip + USUAL]


def propose_properties(kind: str, limit: int) -> dict[str, Any]:
    """Return the properties by which a table of things of a class may be extended.

    >>> propose_properties("Person", 1)["properties"]
    [{'id': 'wikidata', 'name': 'Wikidata item'}]
    """
    names = list_properties(short_id(kind))[: limit or None]
    told = [{"id": name, "name": property_names()[name]} for name in names]
    return {"properties": told, "type": kind} | ({"limit": limit} if limit else {})


def suggest_things(things: Things, prefix: str, kind: str, skip: int) -> list[dict[str, Any]]:
    """Return the things one of whose names, or of its words, begins so; whole names first."""
    if entry := things.entries.get(prefix):
        return [describe_entry(entry, entry.names[0])]
    found = sorted(find_beginning(things, prefix, kind))
    return [
        describe_entry(things.entries[iri], name) for _, name, iri in found[skip : skip + USUAL]
    ]


def find_beginning(things: Things, prefix: str, kind: str) -> Iterator[tuple[int, str, str]]:
    """Yield the things that a beginning may mean: how well it fits, the name, the IRI."""
    wanted, query = fold(prefix), Query(kinds=(short_id(kind),) if kind else ())
    for iri, entry in things.entries.items() if wanted else ():
        ways = [
            (0 if told == wanted else 1 if told.startswith(wanted) else 2, name, iri)
            for name in entry.names
            if f" {wanted}" in f" {(told := fold(name))}"
        ]
        if ways and fits(entry, query):
            yield min(ways)


def describe_entry(entry: Entry, name: str) -> dict[str, Any]:
    """Return a suggested thing as the API writes it, under the name that is typed."""
    others = [it for it in entry.names if it != name][:3]
    return {
        "id": entry.iri,
        "name": name,
        "description": ", ".join(others),
        "notable": [{"id": entry.kind, "name": ontology.label(entry.kind, "en")}],
    }


def begins(prefix: str, *names: str) -> bool:
    """Tell whether one of some names, or a word of it, begins so; nothing typed fits all.

    >>> begins("num", "SIREN number"), begins("", "x"), begins("iren", "SIREN number")
    (True, True, False)
    """
    wanted = fold(prefix)
    return not wanted or any(f" {wanted}" in f" {fold(name)}" for name in names)
