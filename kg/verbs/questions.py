"""Verbs that ask a graph."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kg.verbs.terminal import GraphSource, deliver, show_table


class Form(StrEnum):
    """Name the forms that an answer is printed in."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    xml = "xml"
    ttl = "ttl"


def query(
    graph: GraphSource,
    question: Annotated[
        str | None,
        typer.Argument(metavar="NAME-or-SPARQL", help="Its text, its file or - for stdin."),
    ] = None,
    of: Annotated[str | None, typer.Option(help="The name that ?of stands for.")] = None,
    and_: Annotated[str | None, typer.Option("--and", help="What ?and stands for.")] = None,
    in_: Annotated[str | None, typer.Option("--in", help="A place or a market, for ?in.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Not before 2019, 2019-05 or 2019-05-31.")
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(metavar="NUMBER", help="Only facts so sure, from 0 to 1.")
    ] = None,
    modality: Annotated[
        str | None, typer.Option(help="actual, planned, possible, denied; several with commas.")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="How to print it.")] = Form.table,
    timeout: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="Stop a longer query; 0 is never.")
    ] = 30,
) -> None:
    """Answer a ready question or SPARQL that only reads.

    `kg query GRAPH` alone lists the ready questions and which options each takes. Names are
    bound, never pasted: they may hold anything. The prefixes of the ontology need no declaring.
    CONSTRUCT and DESCRIBE answer in Turtle (json: JSON-LD, xml: RDF/XML), ASK with yes or no.
    """
    from kg.answers import QuerySolutions, answer_rows, answer_text
    from kg.engine import engine_of, load_graph
    from kg.limits import time_limit
    from kg.query import ask_store, read_query

    if question is None:
        list_questions()
        return
    if graph == question == "-":
        raise typer.BadParameter("the graph and the query cannot both come from stdin")
    text = read_query(question)
    held = load_graph(graph)
    parameters = {
        "of": of, "and": and_, "in": in_, "since": since, "min_confidence": min_confidence,
        "modality": modality,
    }  # fmt: skip
    with time_limit(timeout):
        answer = ask_store(engine_of(held), text, parameters)
        if form is Form.table and isinstance(answer, QuerySolutions):
            columns = [variable.value for variable in answer.variables]
            rows = list(answer_rows(answer))
        else:
            columns, rows = [], [[answer_text(answer, form)]]
    if columns:
        show_table(columns, rows)
    else:
        deliver("-", rows[0][0])


def list_questions() -> None:
    """List the ready questions."""
    from kg.questions import list_queries

    rows = [
        (one.name, one.answers, " ".join(map(option_name, one.parameters)), one.example)
        for one in list_queries()
    ]
    show_table(("question", "answers", "options", "example"), rows)


def option_name(parameter: str) -> str:
    """Return the option of a question's parameter.

    >>> option_name("min_confidence")
    '--min-confidence'
    """
    return f"--{parameter.replace('_', '-')}"
