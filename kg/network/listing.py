"""Listings: what a measure finds as columns and rows, with who says it and how sure it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.network.links import Link, direction_of, tell_modality

if TYPE_CHECKING:
    from networkx import MultiDiGraph

#: Columns that tell of a thing, that tell of a fact, and that tell of many facts together.
THING = ("name", "class")
PROOF = ("modality", "confidence", "voices", "sources", "quote", "sentence", "article", "fact")
PROOFS = ("confidence", "voices", "sources", "main_source")

Cell = str | int | float | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Hold what a measure finds: columns and rows of text, numbers or several texts.

    >>> Listing(("name",), (("Nordil",),)).rows
    (('Nordil',),)
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def describe(network: MultiDiGraph, node: str) -> tuple[str, str]:
    """Return a thing as the cells of `THING`."""
    thing = network.nodes[node]
    return thing["name"], thing["kind"]


def name_all(network: MultiDiGraph, nodes: Collection[str]) -> tuple[str, ...]:
    """Return the names of some things."""
    return tuple(network.nodes[node]["name"] for node in nodes)


def relate(link: Link, start: str) -> tuple[str, str]:
    """Return how a link is meant from one of its ends, and its relation's label and number."""
    return direction_of(link, start), f"{link.said['label']} {link.said['value']}".rstrip()


def prove(link: Link) -> tuple[Cell, ...]:
    """Return a link's fact as the cells of `PROOF`."""
    said = link.said
    told = (said[name] for name in PROOF[1:-2])
    return tell_modality(said), *told, said["title"], link.fact


def prove_all(network: MultiDiGraph, links: Iterable[Link]) -> tuple[Cell, ...]:
    """Return who says some links, as the cells of `PROOFS`.

    That is their mean confidence, how many voices and articles say any of them, and the article
    that says most.
    """
    sure, articles, titles = list[float](), Counter[str](), dict[str, str]()
    for link in links:
        sure.append(link.said["confidence"])
        evidence = link.said["evidence"]
        titles.update((found["article"], found["title"]) for found in evidence)
        articles.update({found["article"] for found in evidence} - {""})
    families = network.graph["families"]
    voices = {families.get(article, article) for article in articles}
    most = min(articles, key=lambda it: (-articles[it], titles[it], it), default="")
    mean = round(sum(sorted(sure)) / len(sure), 2) if sure else 0.0
    return mean, len(voices), len(articles), titles.get(most, "")
