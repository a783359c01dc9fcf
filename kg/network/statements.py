"""What a graph's facts say, or its claims: each by its parts, with what proves it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rdflib import RDF, Graph, Node, URIRef
from rdflib.namespace import DCTERMS, PROV

from kg import ontology
from kg.graph.triples import group, read_predicates, read_terms, read_texts
from kg.graph.vocabularies import FORMER, KG
from kg.network.passages import local_name
from kg.network.wholes import add_values

#: Predicates of a fact that are not qualifiers.
PARTS = {str(KG[name]) for name in ("modality", "confidence", "ended", FORMER)}


@dataclass(frozen=True, slots=True)
class Statements:
    """Hold what a graph's facts say, by the fact's IRI: qualifiers as terms, the rest as text."""

    subject: Mapping[str, str]
    predicate: Mapping[str, str]
    modality: Mapping[str, str]
    confidence: Mapping[str, str]
    ended: Mapping[str, str]
    object: Mapping[str, Node]
    evidence: Mapping[str, list[str]]
    qualifiers: Mapping[str, Mapping[str, Node]]


def read_statements(graph: Graph, facts: Statements | None = None) -> Statements:
    """Read what a graph's facts say, unless given, or, in a graph of claims, what these claim."""
    facts = facts or read_facts(graph)
    return read_claimed(graph, facts) if (None, RDF.type, KG.Claim) in graph else facts


def read_facts(graph: Graph) -> Statements:
    """Read what a graph's facts say."""

    def read(part: URIRef) -> dict[str, str]:
        return dict(read_texts(graph, part))

    return Statements(
        subject=read(RDF.subject),
        predicate=read(RDF.predicate),
        modality=read(KG.modality),
        confidence=read(KG.confidence),
        ended=read(KG.ended),
        object=dict(read_terms(graph, RDF.object)),
        evidence=group(read_texts(graph, PROV.wasDerivedFrom)),
        qualifiers=read_qualifiers(graph),
    )


def read_claimed(graph: Graph, facts: Statements) -> Statements:
    """Read what a graph's claims say, each with what those of its facts add that put it so.

    Who says it is told by the name that others have for him, too.
    """

    def read(part: URIRef) -> dict[str, str]:
        return dict(read_texts(graph, part))

    modality, ended = read(KG.modalityNow), read(KG.over)
    homes = {local: URIRef(home) for local, home in read_texts(graph, DCTERMS.isReplacedBy)}
    roles = dict(read_terms(graph, KG.claimRole))
    evidence: dict[str, list[str]] = {}
    qualifiers: dict[str, dict[str, Node]] = {}
    for claim, those in group(read_texts(graph, KG.statedBy)).items():
        way = modality.get(claim), claim in ended
        putting = [it for it in those if (facts.modality.get(it), it in facts.ended) == way]
        evidence[claim] = [span for fact in putting for span in facts.evidence.get(fact, ())]
        found: dict[str, Any] = {}
        for fact in putting:
            for name, term in facts.qualifiers.get(fact, {}).items():
                told: Any = homes.get(str(term), term) if isinstance(term, URIRef) else term
                found[name] = max(found.get(name, told), told)
        qualifiers[claim] = found | ({"role": roles[claim]} if claim in roles else {})
    return Statements(
        subject=read(KG.claimSubject),
        predicate=read(KG.claimRelation),
        modality=modality,
        confidence=read(KG.surest),
        ended=ended,
        object=dict(read_terms(graph, KG.claimObject)),
        evidence=evidence,
        qualifiers=qualifiers,
    )


def read_qualifiers(graph: Graph) -> dict[str, dict[str, Node]]:
    """Read facts' qualifiers and who says them: fact → name → term of RDF, in order of names."""
    found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    direct = {ontology.KG + name for name in ontology.relations()}
    own = {said for said in read_predicates(graph, KG.Fact) - PARTS - direct if said.startswith(KG)}
    for name, predicate in sorted((local_name(said), said) for said in own):
        for fact, term in read_terms(graph, URIRef(predicate)):
            known = found[fact].get(name, term)
            found[fact][name] = max(known, term)
    add_values(graph, found)
    return found
