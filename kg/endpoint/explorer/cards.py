"""What a thing's page holds: its names and numbers, what is said of it, and what is decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg import ontology
from kg.endpoint.explorer.articles import (
    Article,
    Named,
    find_named_in,
    list_naming,
    read_article,
    read_named,
)
from kg.endpoint.explorer.names import Entry
from kg.endpoint.explorer.picture import count_near
from kg.endpoint.explorer.sections import Section, group_leads, read_section
from kg.endpoint.explorer.tree import Grower, Tree
from kg.endpoint.reconcile.things import NUMBERS, read_numbers
from kg.graph.terms import ADDRESS
from kg.graph.vocabularies import VOCABULARIES
from kg.names.identifiers import TOLD, is_wikidata
from kg.store.union import DEFAULT
from kg.who.decisions import COLUMNS, Decision, read_decision
from kg.who.said.brief import list_leads
from kg.who.said.some import read_text
from kg.who.view.describe import LINE, USED
from kg.who.view.things import REPLACED, SECTOR
from kg.who.view.world import find_base

#: Articles and sentences that a page shows.
ARTICLES, SENTENCES = 8, 12


@dataclass(frozen=True, slots=True)
class Number:
    """Hold a number of a thing in a register, its address there, and who tells it."""

    scheme: str
    value: str
    url: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Hold what a thing's page shows, and how many things are next to it."""

    entry: Entry
    numbers: tuple[Number, ...]
    sections: tuple[Section, ...]
    owners: Tree
    owned: Tree
    articles: tuple[Article, ...]
    named: tuple[Named, ...]
    decisions: tuple[Decision, ...]
    near: int


def read_card(store: ox.Store, entry: Entry) -> Card:
    """Read what a thing's page shows."""
    decisions = list_decided(store, entry.iri)
    groups = group_leads(list_leads(store, entry.iri), entry.kind)
    organized = ontology.is_a(entry.kind, "Organization") or entry.kind == "Person"
    naming = [iri for _, iri in list_naming(store, entry.iri)[:ARTICLES]]
    return Card(
        entry,
        tuple(list_numbers(store, entry.iri, decisions)),
        tuple(read_section(store, name, leads) for name, leads in groups.items()),
        Grower(store, up=True).grow(entry.iri) if organized else Tree(),
        Grower(store, up=False).grow(entry.iri) if organized else Tree(),
        tuple(read_article(store, iri) for iri in naming),
        tuple(read_named(store, entry.iri, naming, SENTENCES)),
        tuple(decisions),
        count_near(store, entry.iri, (lead for leads in groups.values() for lead in leads)),
    )


def find_successor(store: ox.Store, iri: str) -> str:
    """Return the IRI that has taken the place of another, '' for one that stands."""
    return read_text(store, iri, REPLACED)


def list_locals(store: ox.Store, iri: str) -> list[str]:
    """Return the IRIs by which articles name a thing."""
    quads = store.quads_for_pattern(None, REPLACED, ox.NamedNode(iri), DEFAULT)
    return [iri, *sorted(q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode))]


def list_decided(store: ox.Store, iri: str) -> list[Decision]:
    """Return the decisions about a thing that its store follows, the oldest first."""
    nodes = {it for local in list_locals(store, iri) for it in find_decisions(store, local)}
    graph = decision_graph(store)
    found = (line for node in sorted(nodes) if (line := read_line(store, node, graph)))
    return sorted(found, key=lambda it: (it.on, str(it)))


def decision_graph(store: ox.Store) -> ox.NamedNode:
    """Return the graph of the decisions that a store follows."""
    return ox.NamedNode(f"{find_base(store)}decision/graph")


def find_decisions(store: ox.Store, iri: str) -> Iterator[str]:
    """Yield the IRIs of the decisions about a local thing."""
    quads = store.quads_for_pattern(None, USED, ox.NamedNode(iri), decision_graph(store))
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value


def list_judged(store: ox.Store, iri: str) -> set[str]:
    """Return the IRIs that somebody has judged to be another thing, or could not tell."""
    graph = decision_graph(store)
    found: set[str] = set()
    for local in list_locals(store, iri):
        for node in find_decisions(store, local):
            line = read_line(store, node, graph)
            if line and line.kind in ("different", "unsure"):
                for quad in store.quads_for_pattern(ox.NamedNode(node), USED, None, graph):
                    if isinstance(quad.object, ox.NamedNode):
                        other = quad.object.value
                        found |= {other, find_successor(store, other)}
    return found - {iri, ""}


def read_line(store: ox.Store, node: str, graph: ox.NamedNode) -> Decision | None:
    """Read a decision back, None for what is none."""
    for quad in store.quads_for_pattern(ox.NamedNode(node), LINE, None, graph):
        if isinstance(quad.object, ox.Literal):
            cells = quad.object.value.split("\t")
            return read_decision(dict(zip(COLUMNS, cells, strict=False)))
    return None


def list_numbers(store: ox.Store, iri: str, decisions: Sequence[Decision]) -> Iterator[Number]:
    """Yield the numbers of a thing in registers, each with the articles or decisions that tell."""
    for scheme, values in read_numbers(store, iri).items():
        for value in values:
            sources = [*tell_sources(decisions, f"{scheme}:{value}")]
            if scheme in TOLD:
                sources += find_named_in(store, NUMBERS[scheme], ox.Literal(value))
            url = find_address(value) if scheme == "wikidata" else ""
            yield Number(scheme, value, url, tuple(dict.fromkeys(sources)))
    if sector := read_text(store, iri, SECTOR):
        yield Number("sector", sector, "", tuple(dict.fromkeys(tell_sources(decisions, sector))))


def find_address(match: str) -> str:
    """Return where an item of Wikidata, or what is told to be the same elsewhere, can be opened.

    >>> find_address("Q9531"), find_address("https://x.example/a"), find_address("javascript:a()")
    ('http://www.wikidata.org/entity/Q9531', 'https://x.example/a', '')
    """
    if is_wikidata(match):
        return f"{VOCABULARIES['wd']}{match}"
    return match if ADDRESS.fullmatch(match) else ""


def tell_sources(decisions: Iterable[Decision], value: str) -> Iterator[str]:
    """Yield why, by whom and when it was decided that a thing has a number or a sector."""
    for one in decisions:
        if value in (one.right, str(one.left)):
            yield ", ".join(filter(None, (one.why, one.by, one.on[:10])))
