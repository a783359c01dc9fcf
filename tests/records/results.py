"""Answers to queries, and whether two are the same: blank nodes by any name, numbers by value."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import Graph, Namespace, URIRef
from rdflib.query import Result

XSD = "http://www.w3.org/2001/XMLSchema#"
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
FORMATS = {
    ".srx": ox.QueryResultsFormat.XML, ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV, ".csv": ox.QueryResultsFormat.CSV,
}  # fmt: skip
TRUTH = ox.NamedNode(f"{XSD}boolean")
NUMBERS = {f"{XSD}{name}" for name in ("integer", "decimal", "double", "float")}


@dataclass(frozen=True)
class Rows:
    """Hold an answer: yes or no, triples, or the names of columns and rows, as quads."""

    kind: str
    columns: frozenset[str]
    quads: Any

    @classmethod
    def of(cls, answer: Any, like: Path) -> Rows:
        """Return what Oxigraph or rdflib answers, as a test's file has it."""
        if isinstance(answer, Result):
            answer = of_rdflib(answer)
        if isinstance(answer, bool | ox.QueryBoolean):
            return cls("yes or no", frozenset(), bool(answer))
        if isinstance(answer, ox.QuerySolutions):
            form = FORMATS.get(like.suffix, ox.QueryResultsFormat.XML)
            return of_text(answer.serialize(format=form) or b"", form)
        return cls("triples", frozenset(), sort_out([ox.Quad(*it) for it in answer]))


def of_rdflib(answer: Result) -> Any:
    """Return rdflib's answer as Oxigraph would give it."""
    if answer.type in ("SELECT", "ASK"):
        return ox.parse_query_results(answer.serialize(format="xml") or b"", FORMATS[".srx"])
    data = answer.graph.serialize(format="nt") if answer.graph is not None else ""
    return [it.triple for it in ox.parse(data, ox.RdfFormat.N_TRIPLES)]


def of_text(data: bytes, form: ox.QueryResultsFormat) -> Rows:
    """Read rows from a text; those of CSV have no types."""
    if form == ox.QueryResultsFormat.CSV:
        table = csv.DictReader(io.StringIO(data.decode()))
        rows = [sorted((name, settle_cell(cell)) for name, cell in row.items()) for row in table]
        return Rows("table", frozenset(table.fieldnames or ()), sorted(rows))
    found = ox.parse_query_results(data, form)
    if isinstance(found, ox.QueryBoolean):
        return Rows("yes or no", frozenset(), bool(found))
    names = [it.value for it in found.variables]
    return of_rows(names, [list(row) for row in found])


def settle_cell(cell: str) -> str:
    """Return a cell of CSV with blank nodes by one name and numbers by value."""
    try:
        return f"{Decimal(cell).normalize():f}"
    except InvalidOperation:
        return "_:" if cell.startswith("_:") else cell


def of_rows(names: list[str], rows: list[list[Any]]) -> Rows:
    """Return rows as quads: a blank node for each row."""
    quads = [
        ox.Quad(ox.BlankNode(f"row{number}"), ox.NamedNode(f"urn:column:{name}"), term)
        for number, row in enumerate(rows)
        for name, term in zip(["", *names], [ox.NamedNode("urn:row"), *row], strict=True)
        if term is not None
    ]
    return Rows("rows", frozenset(names), sort_out(quads))


def read_expected(path: Path) -> Rows:
    """Read what a test's file says that the answer is."""
    if path.suffix in FORMATS:
        return of_text(path.read_bytes(), FORMATS[path.suffix])
    graph = Graph().parse(path, publicID=path.as_uri())
    data = graph.serialize(format="nt")
    for result in graph.subjects(None, RS.ResultSet):
        return of_graph(graph, result)
    return Rows("triples", frozenset(), sort_out(list(ox.parse(data, ox.RdfFormat.N_TRIPLES))))


def of_graph(graph: Graph, result: Any) -> Rows:
    """Return the answer that a graph describes."""
    if (said := graph.value(result, RS.boolean)) is not None:
        return Rows("yes or no", frozenset(), said.toPython())
    names = sorted(str(it) for it in graph.objects(result, RS.resultVariable))
    rows = []
    for solution in graph.objects(result, RS.solution):
        row = {
            str(graph.value(it, RS.variable)): to_term(graph.value(it, RS.value))
            for it in graph.objects(solution, RS.binding)
        }
        rows.append([row.get(name) for name in names])
    return of_rows(names, rows)


def to_term(node: Any) -> Any:
    """Return a term of rdflib as one of Oxigraph."""
    text = f"<urn:a> <urn:b> {node.n3()} ." if not isinstance(node, URIRef) else ""
    if not text:
        return ox.NamedNode(str(node))
    return next(iter(ox.parse(text, ox.RdfFormat.N_TRIPLES))).object


def sort_out(quads: list[ox.Quad]) -> Any:
    """Return quads so that those that say the same are equal."""
    dataset = ox.Dataset(
        ox.Quad(it.subject, it.predicate, settle(it.object), it.graph_name) for it in quads
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def settle(term: Any) -> Any:
    """Return a number, or a truth, as its value is written shortest."""
    if term in (ox.Literal("1", datatype=TRUTH), ox.Literal("0", datatype=TRUTH)):
        return ox.Literal("true" if term.value == "1" else "false", datatype=TRUTH)
    if not isinstance(term, ox.Literal) or term.datatype.value not in NUMBERS:
        return term
    try:
        number = Decimal(term.value)
        if term.datatype.value.endswith(("double", "float")):
            number = Decimal(repr(float(term.value)))
    except (InvalidOperation, ValueError):
        return term
    if not number.is_finite():
        return term
    return ox.Literal(f"{number.normalize():f}", datatype=term.datatype)


def same_rows(one: Rows, other: Rows) -> bool:
    """Tell whether two answers are the same."""
    return one == other
