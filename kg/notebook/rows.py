"""What a graph says as rows: one a fact, or one a claim, with typed columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import DCTERMS

from kg.exports.tables import find_surest, tell_figures, tell_moves
from kg.network.network import find_kinds
from kg.store.engine import engine_of
from kg.who.said.voiced import Voiced
from kg.who.view.statements import DERIVED, read_names
from kg.who.view.told import Told, list_claims

Row = dict[str, object]
Kinds = Mapping[str, str]
Spans = Mapping[str, tuple[int, int]]
TEXT, CLASS, NUMBER, COUNT, SURE, TRUTH, DAY = (
    "string", "category", "Float64", "Int64", "float64", "bool", "datetime64[ns]",
)  # fmt: skip
#: Columns of what is said, and of the words that say it: name → type, as pandas calls it.
SAID = {
    "subject": TEXT, "subject_class": CLASS, "relation": CLASS, "object": TEXT,
    "object_class": CLASS, "value": NUMBER, "role": TEXT, "modality": CLASS, "ended": TRUTH,
}  # fmt: skip
PROOF = {
    "quote": TEXT, "begin": COUNT, "end": COUNT, "article": TEXT, "date": DAY, "publisher": TEXT,
    "address": TEXT,
}  # fmt: skip
ENDS = {"subject_iri": TEXT, "object_iri": TEXT}
FACTS = {
    **SAID, "confidence": SURE, "attributed_to": TEXT, "amount": NUMBER, "currency": TEXT,
    "share": NUMBER, "market": TEXT, "when": TEXT, "qualifiers": TEXT, **PROOF, "voice": TEXT,
    **ENDS, "article_name": TEXT, "article_iri": TEXT, "fact": TEXT, "claim": TEXT,
}  # fmt: skip
CLAIMS = {
    **SAID, "standing": CLASS, "confidence": SURE, "voices": COUNT, "articles": COUNT,
    "first": DAY, "last": DAY, "history": TEXT, "qualifiers": TEXT, **PROOF, **ENDS, "claim": TEXT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """Hold what rows need beside claims: classes of things, places of words, articles' names."""

    kinds: Kinds
    spans: Spans
    names: Mapping[str, str]


def list_fact_rows(graph: Graph) -> list[Row]:
    """List what each article says, by date, article and place: a row has the keys of `FACTS`.

    >>> from kg.graph.vocabularies import new_graph
    >>> list_fact_rows(new_graph())
    []
    """
    known = read_known(graph)
    rows = [fact_row(one, it, known) for one in list_claims(engine_of(graph)) for it in one.said]
    return sorted(rows, key=place_of)


def place_of(row: Row) -> tuple[object, ...]:
    """Return where a row of `FACTS` stands among others."""
    place = (row["begin"] or 0, row["end"] or 0)
    return row["date"], row["article"], row["article_iri"], *place, row["relation"], row["fact"]


def list_claim_rows(graph: Graph) -> list[Row]:
    """List what articles say alike, in the order of names: a row has the keys of `CLAIMS`.

    >>> from kg.graph.vocabularies import new_graph
    >>> list_claim_rows(new_graph())
    []
    """
    known = read_known(graph)
    return [claim_row(one, known) for one in list_claims(engine_of(graph))]


def read_known(graph: Graph) -> Known:
    """Read the classes of things, where each fact's first words stand, and articles' names."""
    spans: dict[str, tuple[int, int]] = {}
    for fact, span in read_places(engine_of(graph)):
        spans[fact] = min(span, spans.get(fact, span))
    names = {str(key): str(name) for key, name in graph.subject_objects(DCTERMS.identifier)}
    return Known(find_kinds(graph), spans, names)


def read_places(store: ox.Store) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each fact with a stretch of its article that says it."""
    for fact, span in read_names(store, DERIVED):
        begin, _, end = span.rpartition("#char=")[2].partition(",")
        if begin.isdecimal() and end.isdecimal():
            yield fact, (int(begin), int(end))


def fact_row(one: Told, it: Voiced, known: Known) -> Row:
    """Return what an article says of a claim as a row of `FACTS`."""
    figures = it.qualifiers
    return {
        **said_cells(one, it.role, it.modality, known), "confidence": it.confidence,
        "attributed_to": it.by, "amount": read_number(figures.get("amount", "")),
        "currency": figures.get("currency", ""), "share": read_number(figures.get("share", "")),
        "market": figures.get("market", ""),
        "when": figures.get("date") or figures.get("asOf") or figures.get("announced", ""),
        "qualifiers": "; ".join(f"{name}={value}" for name, value in figures.items()),
        **proof_cells(it, known), "voice": it.voice,
        "article_name": known.names.get(it.source, ""), "article_iri": it.source, "fact": it.fact,
        "claim": one.claim,
    }  # fmt: skip


def claim_row(one: Told, known: Known) -> Row:
    """Return a claim as a row of `CLAIMS`, with its surest words."""
    return {
        **said_cells(one, one.role, one.modality, known), "standing": one.standing,
        "confidence": one.confidence, "voices": one.voices, "articles": one.articles,
        "first": one.first, "last": one.last, "history": tell_moves(one),
        "qualifiers": tell_figures(one.said), **proof_cells(find_surest(one), known),
        "claim": one.claim,
    }  # fmt: skip


def said_cells(one: Told, role: str, modality: str, known: Known) -> Row:
    """Return what is said as the cells of `SAID` and `ENDS`."""
    told, _, over = modality.partition(", ")
    return {
        "subject": one.subject, "subject_class": known.kinds.get(one.subject_iri, ""),
        "relation": one.relation, "object": one.object,
        "object_class": known.kinds.get(one.object_iri, ""),
        "value": None if one.object_iri else read_number(one.object), "role": role,
        "modality": told, "ended": bool(over),
        "subject_iri": one.subject_iri, "object_iri": one.object_iri,
    }  # fmt: skip


def proof_cells(it: Voiced, known: Known) -> Row:
    """Return who says it, in which words and where these stand, as the cells of `PROOF`."""
    begin, end = known.spans.get(it.fact, (None, None))
    return {
        "quote": it.quote, "begin": begin, "end": end, "article": it.article, "date": it.date,
        "publisher": it.publisher, "address": it.url,
    }  # fmt: skip


def read_number(text: str) -> float | None:
    """Return a number that a text is, None for any other.

    >>> read_number("12.5"), read_number("30; 28"), read_number("nan")
    (12.5, None, None)
    """
    try:
        return float(text) if text[:1].isdecimal() or text[:1] == "-" else None
    except ValueError:
        return None
