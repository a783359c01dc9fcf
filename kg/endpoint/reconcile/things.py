"""Things of a graph by their names, to match the names of others with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

import pyoxigraph as ox
from rdflib.namespace import SKOS

from kg import ontology
from kg.graph.terms import FOLDERS
from kg.graph.vocabularies import KG, SCHEMA, VOCABULARIES
from kg.names.identifiers import SCHEMES
from kg.names.key import fold
from kg.store.union import DEFAULT, LABEL, OTHER
from kg.who.alike.candidates import block_words, count_words, weigh_word
from kg.who.alike.likeness import Weigh, one_for_all
from kg.who.rules import NAMED, sure_key
from kg.who.things import make_thing
from kg.who.view.statements import TYPE

#: Classes whose things are offered: those that names mean wherever they stand.
KINDS = tuple(kind for kind, folder in FOLDERS.items() if folder in NAMED)
MENTIONS = ox.NamedNode(str(SCHEMA.mentions))
#: What tells a thing's numbers in registers.
NUMBERS = {
    "siren": ox.NamedNode(str(KG.siren)), "lei": ox.NamedNode(str(KG.lei)),
    "wikidata": ox.NamedNode(str(SKOS.exactMatch)),
}  # fmt: skip
WIKIDATA = str(VOCABULARIES["wd"])


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold a thing: its IRI, the narrowest of its classes and its names, the chosen one first."""

    iri: str
    kind: str
    names: tuple[str, ...]

    @property
    def folder(self) -> str:
        """Return what its class has in common with others: 'org' for companies."""
        return FOLDERS[self.kind]


@dataclass(frozen=True, slots=True)
class Things:
    """Hold the things of a graph by IRI, by the keys of their names and by their words."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    keys: Mapping[str, frozenset[str]] = field(default_factory=dict)
    blocks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    weigh: Weigh = one_for_all


def read_things(store: ox.Store) -> Things:
    """Read the things of a store's default graph."""
    entries = {entry.iri: entry for entry in read_entries(store)}
    keys, blocks = (defaultdict[str, set[str]](set) for _ in range(2))
    made = []
    for entry in entries.values():
        for name in entry.names:
            thing = make_thing(name, entry.kind)
            made.append(thing)
            keys[name_block(name, entry.folder)].add(entry.iri)
            for block in block_words(thing):
                blocks[f"{entry.folder}:{block}"].add(entry.iri)
    return Things(
        entries,
        {key: frozenset(iris) for key, iris in keys.items()},
        {block: frozenset(iris) for block, iris in blocks.items()},
        partial(weigh_word, count_words(made)),
    )


def name_block(name: str, folder: str) -> str:
    """Return by what names of a folder are surely one.

    >>> name_block("Hexo S.A.", "org"), name_block("Éva Hexo", "person")
    ('org:hexo', 'person:eva hexo')
    """
    return f"{folder}:{sure_key(name) if folder == 'org' else fold(name)}"


def read_entries(store: ox.Store) -> Iterator[Entry]:
    """Yield the things of a store that have a name, in the order of their IRIs."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for kind in KINDS:
        for quad in store.quads_for_pattern(None, TYPE, ox.NamedNode(str(KG[kind])), DEFAULT):
            if isinstance(quad.subject, ox.NamedNode):
                kinds[quad.subject.value].add(kind)
    for iri, those in sorted(kinds.items()):
        narrow = (k for k in those if not any(k != it and ontology.is_a(it, k) for it in those))
        node = ox.NamedNode(iri)
        names = [
            text
            for predicate in (LABEL, OTHER)
            for text in sorted(
                quad.object.value
                for quad in store.quads_for_pattern(node, predicate, None, DEFAULT)
                if isinstance(quad.object, ox.Literal)
            )
        ]
        if names:
            yield Entry(iri, min(narrow), tuple(dict.fromkeys(names)))


def count_articles(store: ox.Store, iri: str) -> int:
    """Count the articles that name a thing."""
    return sum(1 for _ in store.quads_for_pattern(None, MENTIONS, ox.NamedNode(iri), DEFAULT))


def read_numbers(store: ox.Store, iri: str) -> dict[str, list[str]]:
    """Read the numbers of a thing in registers, by register.

    >>> read_numbers(ox.Store(), "urn:x:a")
    {'siren': [], 'lei': [], 'wikidata': []}
    """
    return {
        scheme: sorted(
            quad.object.value.removeprefix(WIKIDATA)
            for quad in store.quads_for_pattern(ox.NamedNode(iri), NUMBERS[scheme], None, DEFAULT)
            if isinstance(quad.object, ox.Literal | ox.NamedNode)
        )
        for scheme in SCHEMES
    }


def find_number(store: ox.Store, scheme: str, value: str) -> list[str]:
    """Return the IRIs of the things that have a number."""
    node = ox.NamedNode(WIKIDATA + value) if scheme == "wikidata" else ox.Literal(value)
    quads = store.quads_for_pattern(None, NUMBERS[scheme], node, DEFAULT)
    return sorted(quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))
