"""What is said, for the page: each claim with its facts, each fact with what proves it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rdflib import URIRef

from kg import ontology
from kg.network.network import write_term
from kg.page.claims import Claims

if TYPE_CHECKING:
    from networkx import MultiDiGraph

#: Categories and characters that a name has no use for: controls, surrogates, turns of direction.
HIDDEN = {"Cc", "Cs"}
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Passages:
    """Hold a page's articles, and find each piece of evidence in them.

    A sentence is in the page once: as a stretch of its article's text where the graph has it.
    """

    def __init__(
        self, network: MultiDiGraph, numbers: dict[str, int], voices: Mapping[str, str]
    ) -> None:
        self.articles: list[dict[str, Any]] = []
        self.order: dict[str, int] = {}
        self.sentences: dict[tuple[str, int, str], int] = {}
        for iri, about in network.graph["articles"].items():
            found = [[b, e, numbers[it]] for b, e, it in about["mentions"] if it in numbers]
            told = ("title", "source", "author", "published")
            names = {name: plain(about[name]) for name in told}
            voice = {"voice": voices[iri]} if iri in voices else {}
            self.add(iri, {**about, **names, **voice, "mentions": found})

    def add(self, iri: str, about: dict[str, Any]) -> None:
        """Add an article."""
        self.order[iri] = len(self.articles)
        self.articles.append({"iri": iri, **about, "sentences": []})

    def find(self, found: dict[str, Any]) -> list[int]:
        """Return a piece of evidence as numbers: article, sentence, begin and end."""
        iri, begin, said = found["article"], found["sentence_begin"], found["sentence"]
        if iri not in self.order:  # a part of a graph may quote an article that it leaves out
            self.add(iri, {"title": plain(found["title"]), "text": "", "mentions": []})
        article = self.articles[self.order[iri]]
        if (iri, begin, said) not in self.sentences:
            self.sentences[iri, begin, said] = len(article["sentences"])
            end = begin + len(said)
            known = article["text"][begin:end] == said
            article["sentences"].append([begin, end if known else said])
        number = self.sentences[iri, begin, said]
        return [self.order[iri], number, found["begin"], found["end"]]


class Writer:
    """Write a page's claims, each with the facts that state it, in the order of `facts.js`."""

    def __init__(self, claims: Claims, passages: Passages) -> None:
        self.claims = claims
        self.passages = passages

    def describe(self, iri: str, about: dict[str, Any]) -> list[Any]:
        """Describe a claim: what it says, how it stands now, and who says it."""
        claim = self.claims.claims.get(iri)  # a part of a graph may leave out who states one
        ends = [claim.subject, claim.object.value] if claim else []
        return [
            iri,
            about["relation"],
            line_of(about),
            about["modality"],
            plain(about["value"]),
            about["confidence"],
            claim.standing if claim else "Reported",
            claim.voices if claim else 0,
            [self.describe_fact(fact, ends) for fact in self.claims.describe_facts(iri)],
        ]

    def describe_fact(self, fact: dict[str, Any], ends: list[str]) -> list[Any]:
        """Describe a fact; its own ends are told only where the claim's are others."""
        told = [
            fact["fact"],
            line_of(fact),
            fact["modality"],
            fact["confidence"],
            plain(fact["attributed_to"]),
            {name: plain(text) for name, text in fact["qualifiers"].items()},
            write_terms(fact),
            [self.passages.find(found) for found in fact["evidence"] if found["sentence"]],
        ]
        return told if fact["ends"] == ends else [*told, fact["ends"]]


def write_terms(fact: dict[str, Any]) -> dict[str, str]:
    """Return a fact's qualifiers as Turtle writes them, and a relation of another ontology."""
    terms: dict[str, str] = fact["terms"]
    if fact["predicate"].startswith(ontology.KG):
        return terms
    return terms | {"predicate": write_term(URIRef(fact["predicate"]))}


def line_of(fact: dict[str, Any]) -> str:
    """Return which kind of line a fact is drawn with.

    >>> line_of({"modality": "Planned", "ended": False}), line_of({"ended": True})
    ('Planned', 'Over')
    """
    return "Over" if fact["ended"] else str(fact["modality"])


def plain(text: str) -> str:
    r"""Leave out the control characters of a name, those that turn its direction too.

    >>> plain("Bollo\u202eré\x00\nSE")
    'Bolloré SE'
    """
    kept = (c for c in " ".join(text.split()) if unicodedata.category(c) not in HIDDEN)
    return "".join(c for c in kept if c not in TURNING)
