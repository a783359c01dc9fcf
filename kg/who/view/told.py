"""Claims of a store or of a file, read back with the facts that state them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace

import pyoxigraph as ox
from rdflib.namespace import RDFS

from kg import ontology
from kg.graph.vocabularies import NIF
from kg.names.key import fold
from kg.store.engine import has_claims
from kg.who.copies import Print, find_voices
from kg.who.said.voiced import (
    Archive,
    Voiced,
    open_archive,
    show_term,
    tell_modality,
    tell_voiced,
)
from kg.who.view.claims import Claim, Key, follow_states, make_claim, make_claims, tell_history
from kg.who.view.describe import (
    CLAIM_OBJECT,
    CLAIM_RELATION,
    CLAIM_ROLE,
    CLAIM_SUBJECT,
    STATED,
    VOICE,
)
from kg.who.view.statements import (
    DEFAULT,
    Statement,
    has_articles,
    read_dates,
    read_graphs,
    read_names,
    read_statements,
    read_terms,
)

LABEL, TEXT = (ox.NamedNode(str(term)) for term in (RDFS.label, NIF.isString))
#: The parts in a deal, which the claims between those who have them say as well.
ROLES = frozenset(ontology.KG + name for name in ("buyer", "target", "seller"))


@dataclass(frozen=True, slots=True)
class Told:
    """Hold a claim as people read it: names, how it stands, how it moved and who says it."""

    subject: str
    relation: str
    object: str
    role: str
    modality: str
    standing: str
    voices: int
    articles: int
    first: str
    last: str
    confidence: float
    history: tuple[tuple[str, str, int], ...]
    claim: str
    said: tuple[Voiced, ...]
    subject_iri: str = ""
    object_iri: str = ""


def list_claims(store: ox.Store, about: Collection[str] | None = None) -> list[Told]:
    """Return the claims of a store or a file, or those about some things, in the order of names."""
    names = read_labels(store)
    archive = open_archive(store, names, read_voices(store))
    found = []
    for claim in read_claims(store):
        ends = {claim.subject, claim.object.value}
        if claim.relation not in ROLES and (about is None or not ends.isdisjoint(about)):
            found.append(tell_claim(claim, archive))
    return sorted(found, key=lambda it: (it.subject, it.relation, it.object, it.role, it.claim))


def read_claims(store: ox.Store) -> list[Claim]:
    """Return the claims of a store's default graph, or make those of a file that has none."""
    statements = read_statements(store)
    voices = read_voices(store)
    if not has_claims(store):
        return make_claims(statements, lambda iri, article: iri, voices)
    by_fact = {one.fact: one for one in statements}
    groups: defaultdict[str, list[Statement]] = defaultdict(list)
    for iri, fact in read_names(store, STATED):
        if fact in by_fact:
            groups[iri].append(by_fact[fact])
    subjects, relations = (dict(read_names(store, it)) for it in (CLAIM_SUBJECT, CLAIM_RELATION))
    objects, roles = (dict(read_terms(store, it)) for it in (CLAIM_OBJECT, CLAIM_ROLE))
    claims = []
    for iri, group in sorted(groups.items()):
        if iri in subjects and iri in relations and iri in objects:
            target = objects[iri]
            told = target.value if isinstance(target, ox.NamedNode) else str(target)
            role = fold(roles[iri].value) if iri in roles else ""
            key: Key = (subjects[iri], relations[iri], told, role)
            # A fact about a thing states no number, nor the other way round.
            if alike := [it for it in group if type(it.object) is type(target)]:
                claims.append(replace(make_claim(key, alike, voices), iri=iri))
    return follow_states(claims)


def read_voices(store: ox.Store) -> dict[str, str]:
    """Return the family of copies of each article that is in one, by what statements call it."""
    if has_claims(store):
        voices = dict(read_names(store, VOICE))
    else:
        dates = read_dates(store)
        texts = dict(read_terms(store, TEXT))
        prints = [Print(key, text.value, dates.get(key, "")) for key, text in sorted(texts.items())]
        voices = find_voices(prints)[0]
    if not has_articles(store):
        return voices
    return {graph: voices[article] for article, graph in read_graphs(store) if article in voices}


def read_labels(store: ox.Store) -> dict[str, str]:
    """Return what things are called in the default graph."""
    found: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, LABEL, None, DEFAULT):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            key = quad.subject.value
            found[key] = min(quad.object.value, found.get(key, quad.object.value))
    return found


def tell_claim(claim: Claim, archive: Archive) -> Told:
    """Return a claim as people read it."""
    target, names = claim.object, archive.names
    is_thing = isinstance(target, ox.NamedNode)
    return Told(
        subject=names.get(claim.subject, claim.subject),
        relation=claim.relation.removeprefix(ontology.KG),
        object=names.get(target.value, target.value) if is_thing else show_term(target, archive),
        role=claim.role[0],
        modality=tell_modality(claim.now.modality, claim.now.ended),
        standing=claim.standing.lower(),
        voices=claim.voices,
        articles=claim.articles,
        first=claim.dates[0] if claim.dates else "",
        last=claim.dates[-1] if claim.dates else "",
        confidence=claim.surest,
        history=tuple(
            (date, tell_modality(modality, ended), articles)
            for date, modality, ended, articles in tell_history(claim)
        ),
        claim=claim.iri,
        said=tuple(tell_voiced(one, archive) for one in claim.statements),
        subject_iri=claim.subject,
        object_iri=target.value if is_thing else "",
    )
