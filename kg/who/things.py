"""Things as articles name them: what is to be told apart or joined."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.graph.terms import BASE, FOLDERS, LOCAL, thing_iri
from kg.names.key import fold


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """Hold what some articles call alike: local IRI, name, class, and what else they call it.

    `identifiers` are written as sides of decisions are: `siren:552120222`.

    >>> make_thing("Groupe ADP", "Company", articles=("a",)).iri
    'https://pressgraph.example/id/org/adp'
    """

    iri: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """Return the folder of its IRI, which classes of one sort share: 'org' for companies."""
        return FOLDERS[self.kind]

    @property
    def node(self) -> str:
        """Return what stands for it among clusters: its name, or its IRI for deals and the like.

        >>> make_thing("TotalEnergies S.E.", "Company").node
        'org:totalenergies s e'
        """
        return self.iri if self.folder in LOCAL else name_node(self.folder, self.name)


def make_thing(
    name: str, kind: str, *, aliases: tuple[str, ...] = (), articles: tuple[str, ...] = ()
) -> Thing:
    """Make a thing of a name and a class."""
    return Thing(str(thing_iri(name, FOLDERS[kind], BASE)), name, kind, aliases, articles)


@lru_cache(maxsize=1 << 16)
def name_node(folder: str, name: str) -> str:
    """Return what stands for a name of a folder: spellings that differ in case are one.

    >>> name_node("person", "Éric Woerth") == name_node("person", "ERIC WOERTH")
    True
    """
    return f"{folder}:{fold(name) or name.strip()}"
