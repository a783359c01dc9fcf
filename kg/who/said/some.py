"""Some claims of a store with the facts that state them: read by index, not with all others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pyoxigraph as ox
from rdflib.namespace import RDFS

from kg import ontology
from kg.graph.numbers import read_count, read_modality
from kg.graph.vocabularies import NIF
from kg.names.key import fold
from kg.store.union import DEFAULT
from kg.who.said.voiced import PUBLISHER, REPLACED, WHOLES, Archive, Source, read_about
from kg.who.view.claims import Claim, Key, make_claim
from kg.who.view.describe import (
    CLAIM_OBJECT,
    CLAIM_RELATION,
    CLAIM_ROLE,
    CLAIM_SUBJECT,
    STATED,
    VOICE,
)
from kg.who.view.statements import (
    CONFIDENCE,
    DEAL,
    DERIVED,
    ENDED,
    MARKET,
    MODALITY,
    OBJECT,
    PREDICATE,
    PUBLISHED,
    ROLE,
    SUBJECT,
    WHEN,
    Statement,
    Term,
    make_when,
    read_number,
    read_role,
)

LABEL, SENTENCE, ANCHOR, BEGIN, END = (
    ox.NamedNode(str(term))
    for term in (RDFS.label, NIF.sentence, NIF.anchorOf, NIF.beginIndex, NIF.endIndex)
)
WHOLE = tuple(ox.NamedNode(ontology.KG + name) for name in WHOLES)
#: A sentence in pieces, each with whether it proves the fact.
Sentence = tuple[tuple[str, bool], ...]


def read_claim(store: ox.Store, iri: str) -> Claim | None:
    """Read a claim of a store's own graph with its facts, None for what is none.

    Its statements have their articles by the articles' own IRIs.
    """
    about = read_own(store, iri)
    if not {CLAIM_SUBJECT, CLAIM_RELATION, CLAIM_OBJECT, STATED} <= about.keys():
        return None
    subject, relation, target = (
        about[part][0] for part in (CLAIM_SUBJECT, CLAIM_RELATION, CLAIM_OBJECT)
    )
    facts = (read_statement(store, fact.value) for fact in about[STATED])
    group = [fact for fact in facts if fact]
    if not group:
        return None
    role = fold(about[CLAIM_ROLE][0].value) if CLAIM_ROLE in about else ""
    key: Key = (subject.value, relation.value, target.value, role)
    return replace(make_claim(key, group, read_families(store, group)), iri=iri)


def read_own(store: ox.Store, iri: str) -> dict[ox.NamedNode, list[Term]]:
    """Return what a store's own graph says of a node, by predicate."""
    found: dict[ox.NamedNode, list[Term]] = {}
    for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None, DEFAULT):
        if isinstance(quad.object, Term):
            found.setdefault(quad.predicate, []).append(quad.object)
    return {predicate: sorted(terms, key=str) for predicate, terms in found.items()}


def read_statement(store: ox.Store, fact: str) -> Statement | None:
    """Read a fact of a store's own graph, None for what is none."""
    about = read_own(store, fact)
    if not {SUBJECT, PREDICATE, OBJECT} <= about.keys():
        return None
    spans = (term.value.rpartition("#")[0] for term in about.get(DERIVED, ()))
    article = min(spans, default="")
    dates = read_own(store, article).get(PUBLISHED, ()) if article else ()
    deal = read_own(store, about[DEAL][0].value) if DEAL in about else {}
    when = {name: it[0].value for said in (deal, about) for p, name in WHEN.items()
            if (it := said.get(p))}  # fmt: skip
    modality = about[MODALITY][0].value if MODALITY in about else ""
    return Statement(
        fact,
        article,
        about[SUBJECT][0].value,
        about[PREDICATE][0].value,
        about[OBJECT][0],
        modality=read_modality(modality),
        ended=ENDED in about,
        confidence=read_number(about.get(CONFIDENCE, [None])[0]),
        role=read_role(about.get(ROLE, [None])[0]),
        market=about[MARKET][0].value if MARKET in about else "",
        date=max((it.value[:10] for it in dates), default=""),
        when=make_when(when),
    )


def read_families(store: ox.Store, statements: Iterable[Statement]) -> dict[str, str]:
    """Return the family of copies of each article that is in one."""
    found = {}
    for article in {one.article for one in statements if one.article}:
        quads = store.quads_for_pattern(ox.NamedNode(article), VOICE, None, DEFAULT)
        for quad in quads:
            if isinstance(quad.object, ox.NamedNode):
                found[article] = quad.object.value
    return found


def open_part(store: ox.Store, statements: Sequence[Statement]) -> Archive:
    """Return where to look up who says some statements, and what they name."""
    nodes = {*list_named(store, statements)}
    homes = {iri: home for iri in nodes if (home := read_text(store, iri, REPLACED))}
    known = (*nodes, *homes.values())
    names = {iri: name for iri in known if (name := read_text(store, iri, LABEL))}
    sources = {}
    for iri in {one.article for one in statements if one.article}:
        name, publisher = (read_text(store, iri, it) for it in (LABEL, PUBLISHER))
        sources[iri] = Source(iri, name or iri, publisher)
    return Archive(store, names, sources, read_families(store, statements), homes)


def list_named(store: ox.Store, statements: Iterable[Statement]) -> Iterator[str]:
    """Yield what some facts, their deals and agreements lead to."""
    for one in statements:
        about = read_about(store, one.fact)
        wholes = [term.value for way in WHOLE for term in about.get(way, ())]
        for said in (about, *(read_about(store, whole) for whole in wholes)):
            for terms in said.values():
                yield from (term.value for term in terms if isinstance(term, ox.NamedNode))


def read_text(store: ox.Store, iri: str, predicate: ox.NamedNode) -> str:
    """Return the first thing that a store's own graph says of a node by a predicate, or ''."""
    quads = store.quads_for_pattern(ox.NamedNode(iri), predicate, None, DEFAULT)
    return min((it.object.value for it in quads if isinstance(it.object, Term)), default="")


def read_sentences(store: ox.Store, fact: str) -> list[Sentence]:
    """Read the sentences that prove a fact, in their order, with the words that do marked."""
    found: dict[str, tuple[int, str, list[tuple[int, int]]]] = {}
    for span in read_own(store, fact).get(DERIVED, ()):
        about = read_own(store, span.value)
        around = about[SENTENCE][0].value if SENTENCE in about else span.value
        text, begin = read_text(store, around, ANCHOR), read_place(read_own(store, around), BEGIN)
        _, _, marks = found.setdefault(around, (begin, text, []))
        marks.append((read_place(about, BEGIN) - begin, read_place(about, END) - begin))
    return [mark(text, marks) for _, text, marks in sorted(found.values()) if text]


def read_place(about: dict[ox.NamedNode, list[Term]], part: ox.NamedNode) -> int:
    """Return where a stretch of an article begins or ends."""
    told = about[part][0].value if part in about else ""
    return read_count(told)


def mark(text: str, marks: Iterable[tuple[int, int]]) -> Sentence:
    """Cut a text into pieces, each with whether it is among what is marked.

    >>> mark("Ava buys Nor.", [(0, 8), (4, 12)])
    (('Ava buys Nor', True), ('.', False))
    """
    pieces: list[tuple[str, bool]] = []
    at = 0
    for begin, end in sorted(marks):
        begin, end = max(begin, at), min(end, len(text))
        if begin < end:
            pieces += [(text[at:begin], False), (text[begin:end], True)]
            at = end
    pieces.append((text[at:], False))
    joined: list[tuple[str, bool]] = []
    for words, marked in pieces:
        if words and joined and joined[-1][1] == marked:
            joined[-1] = (joined[-1][0] + words, marked)
        elif words:
            joined.append((words, marked))
    return tuple(joined)
