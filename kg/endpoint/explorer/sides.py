"""How decisions call a thing: by a name that means it alone, or else by its IRI."""

from __future__ import annotations

import pyoxigraph as ox

from kg import ontology
from kg.endpoint.explorer.names import Entry, Names
from kg.graph.terms import FOLDERS
from kg.store.union import DEFAULT, LABEL
from kg.who.rules import NAMED
from kg.who.said.brief import MARKET, Brief
from kg.who.said.some import read_text
from kg.who.things import name_node
from kg.who.view.describe import STATED


def side_of(store: ox.Store, names: Names, entry: Entry) -> str:
    """Return a thing as the side of a decision.

    It is the first of its names that articles have and that no other thing of its class has.
    """
    folder = FOLDERS[entry.kind]
    for name in entry.names if folder in NAMED else ():
        if is_local(store, name) and is_alone(names, entry, name):
            return f"{folder}:{name}"
    return entry.iri


def is_local(store: ox.Store, name: str) -> bool:
    """Tell whether the graph of some article calls something so."""
    for lang in ("fr", "en", None):
        quads = store.quads_for_pattern(None, LABEL, ox.Literal(name, language=lang), None)
        if any(quad.graph_name != DEFAULT for quad in quads):
            return True
    return False


def is_alone(names: Names, entry: Entry, name: str) -> bool:
    """Tell whether a name means one thing of a class alone."""
    folder = FOLDERS[entry.kind]
    node = name_node(folder, name)
    return not any(
        hit.entry.iri != entry.iri
        and FOLDERS[hit.entry.kind] == folder
        and name_node(folder, hit.name) == node
        for hit in names.find(name)
    )


def cells_of(store: ox.Store, names: Names, claim: Brief) -> dict[str, str]:
    """Return the cells of the decision that a claim is wrong."""
    ends = [
        side_of(store, names, names.entries[iri]) if iri in names.entries else iri
        for iri in (claim.subject, claim.target or find_market(store, claim.iri))
    ]
    value = claim.role if claim.target else claim.object.value
    relation = claim.relation.removeprefix(ontology.KG)
    return {"left": ends[0], "relation": relation, "right": ends[1], "value": value}


def find_market(store: ox.Store, claim: str) -> str:
    """Return the IRI of the market that a claim is about, as articles have it, '' for none."""
    facts = store.quads_for_pattern(ox.NamedNode(claim), STATED, None, DEFAULT)
    nodes = (quad.object for quad in facts)
    found = (read_text(store, it.value, MARKET) for it in nodes if isinstance(it, ox.NamedNode))
    return min(filter(None, found), default="")
