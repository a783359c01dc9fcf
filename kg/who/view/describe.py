"""Claims, copies and decisions as RDF."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal

import pyoxigraph as ox
from rdflib import OWL, RDFS
from rdflib.namespace import PROV

from kg.graph.terms import DATE_TYPES, digest
from kg.graph.vocabularies import KG
from kg.who.clusters import Clusters
from kg.who.decisions import COLUMNS, Decision, read_decision
from kg.who.view.claims import Claim
from kg.who.view.statements import TYPE, Term
from kg.who.view.things import Moves

XSD = "http://www.w3.org/2001/XMLSchema#"
(
    CLAIM, CLAIM_SUBJECT, CLAIM_RELATION, CLAIM_OBJECT, CLAIM_ROLE, STATED, ARTICLES, VOICES,
    SUREST, NOW, OVER, STANDING, FIRST, LAST, VOICE, ALTERNATE, DECISION, DECIDES, USED, BY, SCOPE,
    WHEN, WHY, SAME, DIFFERENT, LINE,
) = (
    ox.NamedNode(str(term))
    for term in (
        KG.Claim, KG.claimSubject, KG.claimRelation, KG.claimObject, KG.claimRole, KG.statedBy,
        KG.articles, KG.voices, KG.surest, KG.modalityNow, KG.over, KG.standing, KG.firstDate,
        KG.lastDate, KG.voice, PROV.alternateOf, KG.Decision, KG.decides, PROV.used, KG.by,
        KG.scope, PROV.endedAtTime, RDFS.comment, OWL.sameAs, OWL.differentFrom, KG.line,
    )
)  # fmt: skip
#: Verdict of a decision, as the ontology calls it.
VERDICTS = {
    "same": "Same", "different": "Different", "unsure": "Unsure", "call": "Call",
    "class": "Reclass", "sector": "InSector", "drop": "Drop", "wrong": "Wrong",
}  # fmt: skip


def describe_claim(claim: Claim) -> set[ox.Triple]:
    """Return a claim as triples; amounts, shares and dates stay with the facts that it leads to."""
    told: list[tuple[ox.NamedNode, Term]] = [
        (TYPE, CLAIM),
        (CLAIM_SUBJECT, ox.NamedNode(claim.subject)),
        (CLAIM_RELATION, ox.NamedNode(claim.relation)),
        (CLAIM_OBJECT, claim.object),
        (ARTICLES, number(claim.articles)),
        (VOICES, number(claim.voices)),
        (SUREST, decimal(claim.surest)),
        (NOW, ox.NamedNode(str(KG[claim.now.modality]))),
        (STANDING, ox.NamedNode(str(KG[claim.standing]))),
    ]
    told += [(STATED, ox.NamedNode(one.fact)) for one in claim.statements]
    if claim.role[0]:
        told.append((CLAIM_ROLE, text(*claim.role)))
    if claim.now.ended:
        told.append((OVER, ox.Literal("true", datatype=ox.NamedNode(f"{XSD}boolean"))))
    if claim.dates:
        told += [(FIRST, date(claim.dates[0])), (LAST, date(claim.dates[-1]))]
    node = ox.NamedNode(claim.iri)
    return {ox.Triple(node, predicate, term) for predicate, term in told}


def text(value: str, lang: str) -> ox.Literal:
    """Return text in a language, if it has one."""
    return ox.Literal(value, language=lang) if lang else ox.Literal(value)


def number(value: int) -> ox.Literal:
    """Return a whole number as a store writes it."""
    return ox.Literal(str(value), datatype=ox.NamedNode(f"{XSD}integer"))


def decimal(value: float) -> ox.Literal:
    """Return a number as a store writes it.

    >>> decimal(0.9).value, decimal(1.0).value
    ('0.9', '1')
    """
    told = f"{Decimal(str(value)).normalize():f}"
    return ox.Literal(told, datatype=ox.NamedNode(f"{XSD}decimal"))


def date(value: str) -> ox.Literal:
    """Return a year, a month or a day as a typed literal."""
    return ox.Literal(value, datatype=ox.NamedNode(str(DATE_TYPES.get(len(value), f"{XSD}string"))))


def describe_copy(article: str, voice: str, first: str, base: str) -> set[ox.Triple]:
    """Return that an article, by its IRI, is a copy: of a family, which is one voice.

    Each is an alternate of the first one of its family, so that a family of many stays small.
    """
    found = {
        ox.Triple(ox.NamedNode(article), VOICE, ox.NamedNode(f"{base}voice/v{digest(voice, 16)}"))
    }
    if article != first:
        found.add(ox.Triple(ox.NamedNode(article), ALTERNATE, ox.NamedNode(first)))
    return found


def describe_decisions(
    decisions: Iterable[Decision], about: Mapping[Decision, Collection[str]], base: str
) -> set[ox.Triple]:
    """Return decisions as triples; `about` tells the IRIs of things and facts that one is about.

    One that is about nothing that any article has is told by its line alone.
    """
    found: set[ox.Triple] = set()
    for one in decisions:
        node = ox.NamedNode(name_decision(one, base))
        found.add(ox.Triple(node, LINE, ox.Literal(write_line(one))))
        if not about.get(one):
            continue
        told: list[tuple[ox.NamedNode, Term]] = [
            (TYPE, DECISION),
            (DECIDES, ox.NamedNode(str(KG[VERDICTS[one.kind]]))),
            (BY, ox.Literal(one.by or "unknown")),
        ]
        told += [(USED, ox.NamedNode(iri)) for iri in about[one]]
        told += [(WHY, ox.Literal(one.why))] if one.why else []
        told += [(SCOPE, ox.Literal(one.scope))] if one.scope else []
        if one.on:
            kind = "date" if len(one.on) == 10 else "dateTime"
            told.append((WHEN, ox.Literal(full_time(one.on), datatype=ox.NamedNode(XSD + kind))))
        found |= {ox.Triple(node, predicate, term) for predicate, term in told}
    return found


def write_line(decision: Decision) -> str:
    """Return a decision as a line of a file."""
    row = decision.to_row()
    return "\t".join(row[name] for name in COLUMNS)


def name_decision(decision: Decision, base: str) -> str:
    """Return the IRI of a decision."""
    return f"{base}decision/d{digest(write_line(decision), 16)}"


def read_about(store: ox.Store, decision: Decision, base: str) -> Iterator[str]:
    """Yield the IRIs of the things that a decision, which a store follows, is about."""
    node, graph = (
        ox.NamedNode(it) for it in (name_decision(decision, base), f"{base}decision/graph")
    )
    for quad in store.quads_for_pattern(node, USED, None, graph):
        if isinstance(quad.object, ox.NamedNode):
            yield quad.object.value


def full_time(told: str) -> str:
    """Return a time with its seconds, as XML Schema has it.

    >>> full_time("2026-11-29T10:00Z"), full_time("2026-11-29")
    ('2026-11-29T10:00:00Z', '2026-11-29')
    """
    bare = told.removesuffix("Z")
    return f"{bare}:00{told[len(bare) :]}" if len(bare) == 16 else told


def describe_moves(moves: Moves, clusters: Clusters) -> set[ox.Triple]:
    """Return which local IRIs are which canonical ones, and which that one IRI meant are two."""
    found = set()
    for iri, homes in moves.homes.items():
        for home in homes:
            if home != iri:
                whole = len(homes) == 1 and clusters.whole.get(iri) == home
                predicate = SAME if whole else DIFFERENT
                found.add(ox.Triple(ox.NamedNode(iri), predicate, ox.NamedNode(home)))
    return found


def read_applied(store: ox.Store, graph: ox.NamedNode) -> list[Decision]:
    """Read back the decisions that a store's default graph follows."""
    return [
        read_decision(dict(zip(COLUMNS, quad.object.value.split("\t"), strict=False)))
        for quad in store.quads_for_pattern(None, LINE, None, graph)
        if isinstance(quad.object, ox.Literal)
    ]


def read_moved(store: ox.Store, graph: ox.NamedNode) -> Iterator[str]:
    """Yield the IRIs that the default graph has for others, and those that it has them for."""
    for predicate in (SAME, DIFFERENT):
        for quad in store.quads_for_pattern(None, predicate, None, graph):
            for node in (quad.subject, quad.object):
                if isinstance(node, ox.NamedNode):
                    yield node.value
    for quad in store.quads_for_pattern(None, USED, None, graph):
        if isinstance(quad.object, ox.NamedNode):
            yield quad.object.value
