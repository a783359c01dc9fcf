"""The one label of each thing: what most articles call it; all other names are alternatives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.graph.terms import entity_iri
from kg.model import Reading

#: A text and its language.
Name = tuple[str, str]
#: Letters of the longest name that is rather an acronym than written in capitals.
SHORT = 4


def count_names(readings: Iterable[Reading], base: str) -> dict[str, Counter[Name]]:
    """Count the articles that call a thing so first, by the thing's IRI."""
    found: dict[str, Counter[Name]] = {}
    for reading in readings:
        names = {
            (str(entity_iri(entity, base)), (entity.name, reading.article.lang))
            for entity in reading.entities
        }
        for thing, name in names:
            found.setdefault(thing, Counter())[name] += 1
    return found


def choose_labels(counts: Mapping[str, Counter[Name]]) -> dict[str, Name]:
    """Return each thing's one label; see `choose_label`."""
    return {thing: choose_label(names) for thing, names in counts.items()}


def choose_label(counts: Mapping[Name, int]) -> Name:
    """Return what most call a thing; among equals, what is not in capitals, then the shortest.

    >>> choose_label({("OSTRELEC", "fr"): 1, ("Ostrelec", "fr"): 1, ("Ostrelec SA", "fr"): 1})
    ('Ostrelec', 'fr')
    """

    def rank(name: Name) -> tuple[int, bool, int, str, str]:
        text, lang = name
        return -counts[name], text.isupper() and len(text) > SHORT, len(text), text, lang

    return min(counts, key=rank)
