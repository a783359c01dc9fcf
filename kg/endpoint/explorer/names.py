"""All names of a graph, to be found by how they or one of their words begin."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg import ontology
from kg.graph.terms import FOLDERS, LOCAL
from kg.graph.vocabularies import KG
from kg.names.key import fold
from kg.store.union import DEFAULT, LABEL, OTHER
from kg.who.view.statements import TYPE
from kg.who.view.things import MENTIONS

#: Letters of a name's key by which it is found: a longer beginning is cut, too.
LONGEST = 60
#: How well a name fits what is typed: it is that, begins so, or one of its words does.
WHOLE, BEGINS, INSIDE = range(3)


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold a thing: its IRI, the narrowest of its classes, its names, how many articles name it."""

    iri: str
    kind: str
    names: tuple[str, ...]
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """Hold a thing that what is typed may mean, and which of its names fits."""

    entry: Entry
    name: str
    fit: int = WHOLE

    def order(self) -> tuple[int, int]:
        """Return which of a thing's names it is better to show: what fits best, the chosen one."""
        return self.fit, self.entry.names.index(self.name)


@dataclass(frozen=True, slots=True)
class Names:
    """Hold things by IRI, and sorted beginnings: key, its place in the name, name, IRI."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    begins: Sequence[tuple[str, bool, str, str]] = ()

    def search(self, typed: str) -> list[Hit]:
        """Return what a name or a beginning may mean, best first: then what most articles name.

        >>> ava = Entry("urn:a", "Company", ("Ava Nord",))
        >>> [hit.name for hit in make_names([ava]).search("nor")]
        ['Ava Nord']
        """
        found: dict[str, Hit] = {}
        for hit in self.find(typed):
            held = found.get(hit.entry.iri)
            if held is None or hit.order() < held.order():
                found[hit.entry.iri] = hit
        return sorted(found.values(), key=rank)

    def find(self, typed: str) -> Iterator[Hit]:
        """Yield the names that begin so, or a word of which does, in the order of their keys."""
        wanted = fold(typed)
        head = wanted[:LONGEST]
        at = bisect_left(self.begins, (head,)) if head else len(self.begins)
        while at < len(self.begins) and self.begins[at][0].startswith(head):
            _, first, name, iri = self.begins[at]
            at += 1
            if len(wanted) > LONGEST and f" {wanted}" not in f" {fold(name)}":
                continue
            fit = (WHOLE if fold(name) == wanted else BEGINS) if first else INSIDE
            yield Hit(self.entries[iri], name, fit)


def rank(hit: Hit) -> tuple[object, ...]:
    """Return what a hit is sorted by: what each article has for itself comes last of its fit."""
    local = FOLDERS[hit.entry.kind] in LOCAL
    return hit.fit, local, -hit.entry.articles, fold(hit.name), hit.entry.iri


def find_one(hits: Sequence[Hit]) -> Hit | None:
    """Return the hit that is meant: the only whole name, else the only one that begins so.

    What each article has for itself, and names of which another word begins so, are meant where
    nothing else is.

    >>> ava, bo = (Hit(Entry(it, "Company", (it,)), it, BEGINS) for it in ("ava", "ava bo"))
    >>> find_one([ava]) == ava, find_one([ava, bo])
    (True, None)
    """
    best = hits[:1] and [hit for hit in hits if rank(hit)[:2] == rank(hits[0])[:2]]
    return best[0] if len(best) == 1 else None


def make_names(entries: Sequence[Entry]) -> Names:
    """Return what finds things by their names."""
    begins = set()
    for entry in entries:
        for name in entry.names:
            words = fold(name)
            at = 0
            while at >= 0 and words:
                begins.add((words[at : at + LONGEST], not at, name, entry.iri))
                at = words.find(" ", at) + 1 or -1
    return Names({entry.iri: entry for entry in entries}, sorted(begins))


def read_names(store: ox.Store) -> Names:
    """Read the names of all things in a store's own graph."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for kind in FOLDERS:
        for quad in store.quads_for_pattern(None, TYPE, ox.NamedNode(str(KG[kind])), DEFAULT):
            if isinstance(quad.subject, ox.NamedNode):
                kinds[quad.subject.value].add(kind)
    names: defaultdict[str, list[str]] = defaultdict(list)
    for predicate in (LABEL, OTHER):
        found = defaultdict[str, list[str]](list)
        for quad in store.quads_for_pattern(None, predicate, None, DEFAULT):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                if quad.subject.value in kinds:
                    found[quad.subject.value].append(quad.object.value)
        for iri, texts in found.items():
            names[iri] += sorted(texts)
    counts = Counter(
        quad.object.value
        for quad in store.quads_for_pattern(None, MENTIONS, None, DEFAULT)
        if isinstance(quad.object, ox.NamedNode)
    )
    return make_names(
        [
            Entry(iri, choose_kind(kinds[iri]), tuple(dict.fromkeys(names[iri])), counts[iri])
            for iri in sorted(names)
        ]
    )


def choose_kind(kinds: set[str]) -> str:
    """Return the narrowest of some classes.

    >>> choose_kind({"Organization", "Company"})
    'Company'
    """
    return min(k for k in kinds if not any(k != it and ontology.is_a(it, k) for it in kinds))
