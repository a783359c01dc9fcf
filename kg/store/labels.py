"""What a name means in a graph: the things that are called so."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

import pyoxigraph as ox
from rdflib import BNode, Graph, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, SKOS

from kg.errors import QueryError
from kg.graph import terms
from kg.graph.vocabularies import KG, SCHEMA
from kg.names.areas import find_areas
from kg.names.key import name_key, plain
from kg.store.engine import engine_of

#: What may be called something: others have things without an IRI.
Thing = ox.NamedNode | ox.BlankNode
REPLACED = ox.NamedNode(str(DCTERMS.isReplacedBy))
BROADER = ox.NamedNode(str(SKOS.broader))
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
TYPE = ox.NamedNode(str(RDF.type))
#: Classes of things, and those of what each article has for itself.
THINGS = frozenset(str(KG[kind]) for kind in terms.FOLDERS)
LOCAL = frozenset(str(KG[kind]) for kind, it in terms.FOLDERS.items() if it in terms.LOCAL)
#: What stands for the classes of others, and for none.
OTHER = frozenset({""})
#: What a blank node's label begins with.
BLANK = "_:"
#: Names that are told where several begin alike.
SHOWN = 5
LABELS = tuple(ox.NamedNode(str(predicate)) for predicate in (RDFS.label, SKOS.altLabel))
#: What others call their things by, where they have no label.
OTHERS = tuple(
    ox.NamedNode(str(predicate))
    for predicate in (SKOS.prefLabel, FOAF.name, SCHEMA.name, "http://schema.org/name")
)


def find_nodes(graph: Graph | ox.Store, name: str) -> list[URIRef | BNode]:
    """Return the nodes that have a name, or the one with this IRI; raise QueryError for none.

    A beginning of the names of one thing is enough. An IRI of 0.1 means what has taken its place.
    What has no IRI is found by its name, and as answers show it (`_:c14n0`).

    The name of an area of the ontology means that area too, and those below it, where the graph
    has what belongs to them.
    """
    store = graph if isinstance(graph, ox.Store) else engine_of(graph)
    if node := read_node(store, name):
        return list_nodes(find_successors(store, node) or [node])
    names = list(read_names(store))
    return list_nodes(find_called(store, name, names) or find_begun(store, name, names)[1])


def list_nodes(things: Iterable[Thing]) -> list[URIRef | BNode]:
    """Return things as rdflib's nodes, each once and in order."""
    return sorted(
        {BNode(it.value) if isinstance(it, ox.BlankNode) else URIRef(it.value) for it in things}
    )


def term_of(node: URIRef | BNode) -> Thing:
    """Return a node of rdflib as Oxigraph's.

    >>> str(term_of(BNode("c14n0"))), str(term_of(URIRef("urn:a")))
    ('_:c14n0', '<urn:a>')
    """
    return ox.BlankNode(node) if isinstance(node, BNode) else ox.NamedNode(node)


def complete_name(store: ox.Store, name: str) -> str:
    """Return the name that one begins, '' for what is a name or an IRI; raise QueryError.

    >>> complete_name(ox.Store(), "Nordil")
    Traceback (most recent call last):
    kg.errors.QueryError: the graph names no 'Nordil'
    """
    if read_node(store, name):
        return ""
    names = list(read_names(store))
    return "" if find_called(store, name, names) else find_begun(store, name, names)[0]


def read_names(store: ox.Store) -> Iterator[tuple[Thing, str]]:
    """Yield what is called something, and how."""
    for predicate in (*LABELS, *OTHERS):
        for quad in store.quads_for_pattern(None, predicate, None, ox.DefaultGraph()):
            if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, Thing):
                yield quad.subject, quad.object.value


def find_called(store: ox.Store, name: str, names: Iterable[tuple[Thing, str]]) -> list[Thing]:
    """Return what has a name, of what is called so or otherwise."""
    wanted = name_key(name)
    areas = [it for it in map(ox.NamedNode, find_areas(name)) if is_broader(store, it)]
    return [*areas, *(node for node, label in names if name_key(label) == wanted)]


def find_begun(
    store: ox.Store, name: str, names: Collection[tuple[Thing, str]]
) -> tuple[str, list[Thing]]:
    """Return the name that another begins, and what is called so; raise QueryError.

    What only an article names, an agreement or a deal, is meant where nothing else is, and then
    what others say of things of their own; an article never is.
    """
    wanted, head = name_key(name), plain(name).strip()
    begun: dict[str, dict[Thing, str]] = {}  # key → node → name
    for node, label in names if head else ():
        key = name_key(label)
        if key.startswith(wanted) or plain(label).startswith(head):
            begun.setdefault(key, {}).setdefault(node, label)
    kinds = {node: find_kinds(store, node) for those in begun.values() for node in those}
    for meant in (THINGS - LOCAL, THINGS, OTHER):
        left = {
            key: kept
            for key, those in begun.items()
            if (kept := {it: those[it] for it in those if kinds[it] & meant})
        }
        nodes = {node for those in left.values() for node in those}
        if len(left) == 1 or len(nodes) == 1:
            told = sorted(label for those in left.values() for label in those.values())
            return told[0], [*nodes]
        if left:
            several = sorted({min(those.values()) for those in left.values()})
            more = f" and {len(several) - SHOWN} more" if len(several) > SHOWN else ""
            raise QueryError(
                f"several names begin with '{name}': {', '.join(several[:SHOWN])}{more}; "
                "give more of one"
            )
    near = nearest(wanted, {name_key(label): label for _, label in reversed([*names])})
    raise QueryError(f"the graph names no '{name}'" + (f"; nearest: {near}" if near else ""))


def find_kinds(store: ox.Store, node: Thing) -> set[str]:
    """Return those of our classes that a node has, or what stands for those of others."""
    quads = store.quads_for_pattern(node, TYPE, None, ox.DefaultGraph())
    kinds = {q.object.value for q in quads if isinstance(q.object, ox.NamedNode)}
    return {it for it in kinds if it.startswith(KG)} or {*OTHER}


def find_successors(store: ox.Store, node: Thing) -> list[Thing]:
    """Return what has taken the place of an IRI that names nothing any more."""
    if next(iter(store.quads_for_pattern(node, LABELS[0], None, ox.DefaultGraph())), None):
        return []
    quads = store.quads_for_pattern(node, REPLACED, None, ox.DefaultGraph())
    return [q.object for q in quads if isinstance(q.object, ox.NamedNode)]


def is_broader(store: ox.Store, area: ox.NamedNode) -> bool:
    """Tell whether something in a store belongs to an area of the ontology."""
    quads = store.quads_for_pattern(None, BROADER, area, ox.DefaultGraph())
    return next(iter(quads), None) is not None


def read_node(store: ox.Store, text: str) -> Thing | None:
    """Return the node that an IRI means, or a blank node's label, if a store says something of it.

    >>> store = ox.Store()
    >>> store.add(ox.Quad(ox.BlankNode("c14n0"), TYPE, ox.NamedNode("urn:a")))
    >>> str(read_node(store, "_:c14n0")), read_node(store, "urn:a")
    ('_:c14n0', None)
    """
    try:
        if text.startswith(BLANK):
            node: Thing = ox.BlankNode(text.removeprefix(BLANK))
        elif IRI.fullmatch(text):
            node = ox.NamedNode(text)
        else:
            return None
    except ValueError:
        return None
    found = store.quads_for_pattern(node, None, None, ox.DefaultGraph())
    return node if next(iter(found), None) else None


def nearest(word: str, known: Mapping[str, str]) -> str:
    """Return the names whose keys look most like a word, three at most.

    >>> nearest("vasko", {"vasco": "Vasco", "nordil": "Nordil"})
    'Vasco'
    """
    from rapidfuzz import process

    hits = process.extract(word, sorted(known), limit=3, score_cutoff=60)
    return ", ".join(known[key] for key, _, _ in hits)
