"""Things that a store's articles name, as each of them does, and what the articles are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF
from rdflib.namespace import DCTERMS, RDFS, SKOS

from kg.graph.terms import FOLDERS
from kg.graph.vocabularies import KG
from kg.names.identifiers import TOLD
from kg.store.engine import open_folder
from kg.store.held import Held
from kg.who.decisions import Decision
from kg.who.things import Thing

TYPE, ARTICLE = ox.NamedNode(str(RDF.type)), ox.NamedNode(str(KG.Article))
LABEL, OTHER = ox.NamedNode(str(RDFS.label)), ox.NamedNode(str(SKOS.altLabel))
#: What an article is called else, for the scope of a decision.
CALLED = tuple(
    ox.NamedNode(str(term)) for term in (DCTERMS.identifier, DCTERMS.title, DCTERMS.publisher)
)
#: What tells a thing's numbers in registers, and the scheme of each.
NUMBERS = {ox.NamedNode(str(KG[name])): name for name in TOLD}
CLASSES = {ox.NamedNode(str(KG[name])): name for name in FOLDERS}


def read_named(folder: str | Path) -> tuple[list[Thing], dict[str, tuple[str, ...]]]:
    """Read what a store's articles name, and what each article is called; raise StoreError."""
    store, close = open_folder(Path(folder))
    try:
        return read_things(Held(store)), read_called(store)
    finally:
        del store
        close()


def list_graphs(store: ox.Store) -> list[str]:
    """Return the IRIs of a store's named graphs, in order.

    >>> list_graphs(ox.Store())
    []
    """
    return sorted(name.value for name in store.named_graphs() if isinstance(name, ox.NamedNode))


def read_things(held: Held, graphs: Iterable[str] | None = None) -> list[Thing]:
    """Read the things that the named graphs of a store name; an article is called by its graph.

    What several articles call alike, aliases and all, is one.
    """
    articles: defaultdict[Thing, list[str]] = defaultdict(list)
    numbers = tuple(it for it in NUMBERS if has_any(held.store, it))
    for graph in held.pass_on(list_graphs(held.store) if graphs is None else graphs):
        for thing in read_named_in(held.store, ox.NamedNode(graph), numbers):
            articles[thing].append(graph)
    return sorted(replace(it, articles=tuple(graphs)) for it, graphs in articles.items())


def has_any(store: ox.Store, predicate: ox.NamedNode) -> bool:
    """Tell whether anything in a store has a predicate.

    >>> has_any(ox.Store(), LABEL)
    False
    """
    return next(iter(store.quads_for_pattern(None, predicate, None, None)), None) is not None


def read_named_in(
    store: ox.Store, graph: ox.NamedNode, numbers: tuple[ox.NamedNode, ...]
) -> Iterator[Thing]:
    """Yield the things that one graph names, without saying which graph that is.

    `numbers` are the predicates of numbers in registers that the store has.
    """
    kinds: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, TYPE, None, graph):
        kind = CLASSES.get(quad.object) if isinstance(quad.object, ox.NamedNode) else None
        if kind and isinstance(quad.subject, ox.NamedNode):
            iri = quad.subject.value
            kinds[iri] = min(kind, kinds.get(iri, kind))
    names, aliases, known = (
        read_texts(store, predicates, graph) for predicates in ((LABEL,), (OTHER,), numbers)
    )
    for iri, kind in kinds.items():
        if told := names.get((iri, graph.value), []):
            name = told[0][1]
            others = {text for _, text in (*told, *aliases.get((iri, graph.value), []))} - {name}
            held = {f"{NUMBERS[p]}:{text}" for p, text in known.get((iri, graph.value), [])}
            yield Thing(iri, name, kind, tuple(sorted(others)), (), tuple(sorted(held)))


def read_texts(
    store: ox.Store, predicates: tuple[ox.NamedNode, ...], where: ox.NamedNode | None = None
) -> dict[tuple[str, str], list[tuple[ox.NamedNode, str]]]:
    """Return what one or all named graphs say of things with some predicates, sorted.

    It is by thing and graph.
    """
    found: defaultdict[tuple[str, str], list[tuple[ox.NamedNode, str]]] = defaultdict(list)
    for predicate in predicates:
        for quad in store.quads_for_pattern(None, predicate, None, where):
            graph, thing, text = quad.graph_name, quad.subject, quad.object
            if isinstance(graph, ox.NamedNode) and isinstance(thing, ox.NamedNode):
                if isinstance(text, ox.Literal):
                    found[thing.value, graph.value].append((predicate, text.value))
    return {key: sorted(texts, key=lambda it: it[1]) for key, texts in found.items()}


def read_called_by(store: ox.Store, decisions: Iterable[Decision]) -> Mapping[str, tuple[str, ...]]:
    """Return what articles are called if one of some decisions is about articles, else nothing."""
    asked = any(one.scope or one.left.scheme == "article" for one in decisions)
    return read_called(store) if asked else {}


def read_called(store: ox.Store) -> dict[str, tuple[str, ...]]:
    """Return what a graph's article is called, in this order: address, name, title, publisher."""
    told = read_texts(store, CALLED)
    return {
        quad.graph_name.value: (
            quad.subject.value,
            *(
                text
                for _, text in sorted(
                    told.get((quad.subject.value, quad.graph_name.value), []),
                    key=lambda it: (CALLED.index(it[0]), it[1]),
                )
            ),
        )
        for quad in store.quads_for_pattern(None, TYPE, ARTICLE, None)
        if isinstance(quad.graph_name, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode)
    }
