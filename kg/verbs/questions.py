"""Verbs that ask a graph."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.tables import Form
from kg.verbs.terminal import GraphFile, deliver, show_table


def query(
    graph: GraphFile,
    question: Annotated[
        str | None, typer.Argument(metavar="NAME-or-SPARQL", help="Without it: list the names.")
    ] = None,
    of: Annotated[str | None, typer.Option(help="The name that ?of stands for.")] = None,
    and_: Annotated[str | None, typer.Option("--and", help="What ?and stands for.")] = None,
    form: Annotated[Form, typer.Option("--format", help="How to print it.")] = Form.table,
) -> None:
    """Answer a ready question or SPARQL that only reads.

    `kg query GRAPH` alone lists the ready questions. Names are bound, never pasted: they may
    hold anything. CONSTRUCT and DESCRIBE answer in Turtle, ASK with yes or no.
    """
    from kg.engine import load_graph
    from kg.query import list_queries, run_query
    from kg.tables import answer_rows, answer_text

    if question is None:
        rows = [(one.name, one.answers, one.example) for one in list_queries()]
        show_table(("question", "answers", "example"), rows)
        return
    result = run_query(load_graph(graph), question, of=of, and_=and_)
    if form is Form.table and result.type == "SELECT":
        columns, cells = answer_rows(result)
        show_table(columns, cells)
    else:
        deliver("-", answer_text(result, form))
