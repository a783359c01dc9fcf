"""Areas of cooperation (`ontologies/areas.ttl`): which one a phrase names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from kg.ontology import AREAS, LANGUAGES, SKOS, Triples, ontology_folder, read_turtle

BROADER = SKOS + "broader"
#: Kind of label → how much it counts: a hidden label only where no other fits.
LABEL_WEIGHTS = {SKOS + "prefLabel": 1, SKOS + "altLabel": 1, SKOS + "hiddenLabel": 0}
#: Other words that may stand between the words of an area's label.
GAP = 2


def find_area(phrase: str, lang: str) -> str | None:
    """Return the IRI of the area that a phrase names: of the longest label in it, or None.

    >>> find_area("voitures et bus électriques", "fr")
    'https://w3id.org/pressgraph/areas#electric-vehicles'
    """
    words = fold_words(phrase)
    best: tuple[int, int, int] | None = None
    found = None
    for start, word in enumerate(words):
        for wanted, weight, iri in area_labels(lang).get(word, ()):
            rank = (weight, sum(map(len, wanted)), -start)
            if (best is None or rank > best) and stands_in(wanted, words[start:]):
                best, found = rank, iri
    return found


def find_areas(name: str) -> list[str]:
    """Return the IRIs of the areas that are called so in any language, with all below them.

    >>> [iri.rpartition("#")[2] for iri in find_areas("Mobilité")]
    ['autonomous-driving', 'car-sharing', 'electric-vehicles', 'mobility']
    """
    words = fold_words(name)
    found = {
        iri
        for lang in LANGUAGES
        for wanted, _, iri in area_labels(lang).get(words[0] if words else "", ())
        if wanted == words
    }
    below = {iri for iri, about in read_areas().items() if found & {*about.get(BROADER, ())}}
    while not below <= found:
        found |= below
        below = {iri for iri, about in read_areas().items() if found & {*about.get(BROADER, ())}}
    return sorted(found)


@cache
def read_areas() -> Triples:
    """Read the scheme of areas; raise DataError."""
    about = read_turtle(ontology_folder() / "areas.ttl")
    return {iri: said for iri, said in about.items() if iri.startswith(AREAS)}


@cache
def area_labels(lang: str) -> Mapping[str, tuple[tuple[tuple[str, ...], int, str], ...]]:
    """Return the areas' labels in a language by first word: folded words, weight and area."""
    found: dict[str, tuple[tuple[tuple[str, ...], int, str], ...]] = {}
    for iri, about in sorted(read_areas().items()):
        for predicate, weight in LABEL_WEIGHTS.items():
            for text in about.get(predicate, []):
                if text[1] == lang and (words := fold_words(text[0])):
                    found[words[0]] = (*found.get(words[0], ()), (words, weight, iri))
    return MappingProxyType(found)


def stands_in(wanted: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Tell whether words that begin alike hold a label's words in order, with small gaps."""
    place = 0
    for word in wanted:
        near = words[place : place + 1 + GAP]
        if word not in near:
            return False
        place += near.index(word) + 1
    return True


def fold_words(text: str) -> tuple[str, ...]:
    """Return the words of a text without case, accents and final s or x.

    >>> fold_words("Réseaux de l'électricité, R&D")
    ('reseau', 'de', 'l', 'electricite', 'r&d')
    """
    text = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return tuple(re.sub(r"(?<=\w{3})[sx]$", "", w) for w in re.findall(r"\w+(?:&\w+)*", text))
