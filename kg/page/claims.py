"""A graph's claims for the page: one line for each, with all that is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.graph.terms import BASE
from kg.network.network import describe_fact
from kg.network.passages import Passages, read_passages
from kg.network.statements import Statements, read_facts
from kg.store.engine import copy_store, engine_of, has_claims, hold
from kg.who.view.claims import Claim
from kg.who.view.describe import describe_claim
from kg.who.view.statements import read_graphs
from kg.who.view.told import read_claims, read_voices

if TYPE_CHECKING:
    from rdflib import Graph


@dataclass(frozen=True, slots=True)
class Claims:
    """Hold a graph with its claims, these by their IRIs, and what each of their facts says."""

    graph: Graph
    claims: Mapping[str, Claim]
    voices: Mapping[str, str]
    facts: Statements
    passages: Passages
    lang: str

    @property
    def births(self) -> dict[str, tuple[str, str]]:
        """Return the date and the IRI of the first article that states each claim."""
        return {
            iri: min((one.date, one.article) for one in claim.statements)
            for iri, claim in self.claims.items()
        }

    def describe_facts(self, iri: str) -> list[dict[str, Any]]:
        """Describe the facts that state a claim, the first one first; of none it is empty."""
        found = []
        for fact in self.list_facts(iri):
            about = describe_fact(self.facts, fact, self.passages, lang=self.lang)
            ends = [self.facts.subject[fact], str(self.facts.object[fact])]
            found.append({"fact": fact, "ends": ends, **about})
        return found

    def list_facts(self, iri: str) -> list[str]:
        """List the facts that state a claim; a fact of a graph without claims states itself."""
        if iri in self.claims:
            return [one.fact for one in self.claims[iri].statements]
        return [iri] if iri in self.facts.subject else []


def find_claims(graph: Graph, lang: str) -> Claims:
    """Find a graph's claims; those of a file, which has none, are made here.

    >>> from kg.graph.rdf import build_graph
    >>> dict(find_claims(build_graph([]), "fr").claims)
    {}
    """
    store = engine_of(graph)
    claims = [name_claim(claim) for claim in read_claims(store)]
    voices = find_families(store)  # of a file; a graph with claims is asked for those of a store
    if not has_claims(store):
        store = copy_store(store)
        triples = (triple for claim in claims for triple in describe_claim(claim))
        store.bulk_extend(ox.Quad(*triple) for triple in triples)
    graph = hold(store)
    return Claims(
        graph,
        {claim.iri: claim for claim in claims},
        voices,
        read_facts(graph),
        read_passages(graph, lang),
        lang,
    )


def take_facts(graph: Graph, lang: str) -> Claims:
    """Take a graph's facts as they stand, none of which is counted with others.

    >>> from kg.graph.rdf import build_graph
    >>> dict(take_facts(build_graph([]), "fr").claims)
    {}
    """
    return Claims(graph, {}, {}, read_facts(graph), read_passages(graph, lang), lang)


def name_claim(claim: Claim) -> Claim:
    """Return a claim under a whole IRI, also where its subject's says nothing to begin one with."""
    return claim if ":" in claim.iri else replace(claim, iri=BASE + claim.iri)


def find_families(store: ox.Store) -> dict[str, str]:
    """Return the family of copies of each article that is in one, by the article's own IRI."""
    voices = read_voices(store)
    named = {graph: article for article, graph in read_graphs(store)}
    return {named.get(key, key): voice for key, voice in voices.items()}
