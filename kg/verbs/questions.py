"""Verbs that ask a graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from kg.verbs.ending.streams import answer
from kg.verbs.terminal import Excel, GraphSource, deliver, show_table, tell

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.ask.query import Answer


class Form(StrEnum):
    """Name the forms that an answer is printed in."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    xml = "xml"
    ttl = "ttl"


Question = Annotated[
    str | None, typer.Argument(metavar="NAME-or-SPARQL", help="Its text, its file or - for stdin.")
]
Of = Annotated[str | None, typer.Option(help="The name that ?of stands for.")]
And = Annotated[str | None, typer.Option("--and", help="What ?and stands for.")]
In = Annotated[str | None, typer.Option("--in", help="A place or a market, for ?in.")]
Since = Annotated[
    str | None, typer.Option(metavar="DATE", help="Not before 2019, 2019-05 or 2019-05-31.")
]
Confidence = Annotated[
    float | None, typer.Option(metavar="NUMBER", help="Only facts so sure, from 0 to 1.")
]
Modality = Annotated[
    list[str] | None, typer.Option(help="actual, planned, possible or denied. Repeatable.")
]
Timeout = Annotated[
    float, typer.Option(min=0, metavar="SECONDS", help="Stop a longer query; 0 is never.")
]


def query(
    graph: GraphSource,
    question: Question = None,
    of: Of = None,
    and_: And = None,
    in_: In = None,
    since: Since = None,
    min_confidence: Confidence = None,
    modality: Modality = None,
    form: Annotated[Form, typer.Option("--format", help="How to print it.")] = Form.table,
    excel: Excel = False,
    timeout: Timeout = 30,
    entail: Annotated[
        bool, typer.Option(help="Let classes mean their subclasses in SPARQL of one's own.")
    ] = True,
) -> None:
    """Answer a ready question or SPARQL that only reads.

    `kg query GRAPH` alone lists the ready questions. Names are bound, never pasted: they may
    hold anything. The prefixes of the ontology need no declaring. CONSTRUCT and DESCRIBE answer
    in Turtle (json: JSON-LD, xml: RDF/XML), ASK with yes or no.
    """
    from kg.ask.limits import time_limit
    from kg.ask.namesakes import find_namesakes
    from kg.ask.query import ask_store, find_classes, read_query
    from kg.store.engine import engine_of
    from kg.who.said.files import load_view

    if question is None:
        list_questions()
        return
    if graph == question == "-":
        raise typer.BadParameter("the graph and the query cannot both come from stdin")
    if excel and form not in (Form.table, Form.csv):
        raise typer.BadParameter("--excel is CSV: give no --format, or --format csv")
    text = read_query(question)
    held = load_view(graph, entail=find_classes(text) if entail else ())
    parameters = {
        "of": of, "and": and_, "in": in_, "since": since, "min_confidence": min_confidence,
        "modality": ",".join(modality or ()) or None,
    }  # fmt: skip
    hint_at_names(text)
    with time_limit(timeout):
        found = ask_store(engine_of(held), text, parameters)
        show = excel_of(found, engine_of(held)) if excel else answer_of(found, form)
        doubts = find_namesakes(engine_of(held), text, parameters)
    show()
    tell_doubts(doubts)


def tell_doubts(doubts: Iterable[tuple[str, str, str]]) -> None:
    """Tell on stderr which names may be two things': name, and what no article names together."""
    for name, one, other in doubts:
        tell(f"no article names {name}, {one} and {other} together: there may be two of that name")


def hint_at_names(text: str) -> None:
    """Tell which names of the ontology a query may mean by those that the ontology has not."""
    from kg.ask.sparql import unknown_names
    from kg.ontology import terms
    from kg.store.labels import nearest

    for name in unknown_names(text):
        near = nearest(name, {term: f"kg:{term}" for term in terms()})
        tell(f"the ontology has no kg:{name}" + (f"; nearest: {near}" if near else ""))


def answer_of(answer: Answer, form: Form) -> Callable[[], None]:
    """Evaluate an answer to its end; return what prints it."""
    from kg.ask.answers import QuerySolutions, answer_rows, answer_text
    from kg.ask.tables import csv_text

    if form is Form.table and isinstance(answer, QuerySolutions):
        columns = [variable.value for variable in answer.variables]
        return partial(show_table, columns, list(answer_rows(answer)))
    if form is Form.csv and isinstance(answer, QuerySolutions):
        return partial(deliver, "-", csv_text(answer))
    return partial(deliver, "-", answer_text(answer, form))


def excel_of(answer: Answer, store: Store) -> Callable[[], None]:
    """Evaluate an answer to its end; return what prints it for a spreadsheet."""
    from kg.ask.answers import QuerySolutions
    from kg.ask.tables import excel_text
    from kg.errors import QueryError

    if not isinstance(answer, QuerySolutions):
        raise QueryError("--excel: the answer has no rows; ask with SELECT")
    return partial(deliver, "-", excel_text(answer, store))


def list_questions() -> None:
    """List the ready questions, and the options that nearly all of them take."""
    from kg.ask.questions import list_queries

    known = list_queries()
    show_table(
        ("question", "answers", "example"), [(it.name, it.answers, it.example) for it in known]
    )
    common = ("since", "min_confidence", "modality")
    few = [it.name for it in known if not set(common).issubset(it.parameters)]
    options = ", ".join(f"--{name.replace('_', '-')}" for name in common)
    answer(f"All but {' and '.join(few)} also take {options}.")
