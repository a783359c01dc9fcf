"""Verbs that ask a graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from kg.verbs.ending.streams import answer
from kg.verbs.given.choices import one_of
from kg.verbs.given.completing import complete_modality, complete_question
from kg.verbs.given.empty import tell_empty, tell_no_answer
from kg.verbs.given.options import Entail, FailEmpty, reads_graph
from kg.verbs.terminal import Excel, GraphSource, deliver, screen_width, show_table, tell

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.ask.query import Answer
    from kg.store.given.read import Given


class Form(StrEnum):
    """Name the forms that an answer is printed in."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    xml = "xml"
    ttl = "ttl"


Question = Annotated[
    str | None,
    typer.Argument(
        metavar="NAME-or-SPARQL",
        autocompletion=complete_question,
        help="Its text, its file or - for stdin.",
    ),
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
    list[str] | None,
    typer.Option(
        autocompletion=complete_modality,
        help="actual, planned, possible, denied or over. Repeatable.",
    ),
]
Timeout = Annotated[
    float, typer.Option(min=0, metavar="SECONDS", help="Stop a longer query; 0 is never.")
]
Printed = Annotated[Form, typer.Option("--format", help="How to print it.", **one_of(Form))]


@reads_graph
def query(
    graph: GraphSource,
    question: Question = None,
    of: Of = None,
    and_: And = None,
    in_: In = None,
    since: Since = None,
    min_confidence: Confidence = None,
    modality: Modality = None,
    form: Printed = Form.table,
    excel: Excel = False,
    timeout: Timeout = 30,
    entail: Entail = True,
    fail_empty: FailEmpty = False,
    *,
    given: Given,
) -> None:
    """Answer a ready question or SPARQL that only reads.

    `kg query GRAPH` alone lists the ready questions. Names are bound, never pasted: they may
    hold anything. The prefixes of the ontology need no declaring. CONSTRUCT and DESCRIBE answer
    in Turtle (json: JSON-LD, xml: RDF/XML), ASK with yes or no.
    """
    from kg.ask.limits import time_limit
    from kg.ask.namesakes import find_namesakes
    from kg.ask.query import ask_store
    from kg.store.engine import engine_of
    from kg.who.said.files import load_view

    if question is None:
        list_questions()
        return
    check_excel(excel, form)
    text = read_question(graph, question)
    held = load_view(graph, entail=terms_of(text, entail=entail), given=given)
    limits = {"since": since, "min_confidence": min_confidence}
    parameters = {"of": of, "and": and_, "in": in_, "modality": join(modality), **limits}
    hint_at_names(text)
    with time_limit(timeout):
        found = ask_store(engine_of(held), text, parameters, entail=entail)
        show, empty = excel_of(found, engine_of(held)) if excel else answer_of(found, form)
        doubts = find_namesakes(engine_of(held), text, parameters)
    show()
    tell_doubts(doubts)
    if empty:
        tell_empty(tell_no_answer(graph, held, text, parameters), fail=fail_empty)


def join(modality: Sequence[str] | None) -> str | None:
    """Return modalities as one parameter."""
    return ",".join(modality or ()) or None


def check_excel(excel: bool, form: StrEnum) -> None:
    """Raise BadParameter if a spreadsheet's CSV is to be another form."""
    if excel and form.value not in ("table", "csv"):
        raise typer.BadParameter("--excel is CSV: give no --format, or --format csv")


def read_question(graph: str, question: str) -> str:
    """Return a question's name or a query's text; raise BadParameter if stdin is to be both."""
    from kg.ask.query import read_query

    if graph == question == "-":
        raise typer.BadParameter("the graph and the query cannot both come from stdin")
    return read_query(question)


def terms_of(text: str, *, entail: bool) -> tuple[str, ...]:
    """Return the terms that mean what is below them in a query, too."""
    from kg.ask.query import find_entailed

    return find_entailed(text) if entail else ()


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


def answer_of(answer: Answer, form: Form) -> tuple[Callable[[], None], bool]:
    """Evaluate an answer to its end; return what prints it, and whether nothing was found."""
    from kg.ask.answers import (
        QuerySolutions,
        QueryTriples,
        answer_rows,
        answer_text,
        graph_text,
        has_no_row,
    )
    from kg.ask.tables import csv_text
    from kg.verbs.tables import separate, separate_sums

    if form is Form.table and isinstance(answer, QuerySolutions):
        columns = [variable.value for variable in answer.variables]
        rows = [[separate_sums(it) for it in row] for row in answer_rows(answer, separate)]
        return partial(show_rows, columns, rows), not rows
    if isinstance(answer, QueryTriples):
        triples = list(answer)
        return partial(deliver, "-", graph_text(triples, form)), not triples
    if form is Form.csv and isinstance(answer, QuerySolutions):
        text = csv_text(answer)
        return partial(deliver, "-", text), has_no_row(text, form)
    text = answer_text(answer, form)
    empty = isinstance(answer, QuerySolutions) and has_no_row(text, form)
    return partial(deliver, "-", text), empty


def show_rows(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows as a table or, where that has no room for their proof, with this below each."""
    from kg.verbs.given.proofs import is_narrow, proof_lines
    from kg.verbs.tables import clean

    width = screen_width()
    cells = [[clean(cell) for cell in row] for row in rows]
    if cells and is_narrow(columns, cells, width):
        answer("", *proof_lines(columns, cells, width), "")
    else:
        show_table(columns, cells)


def excel_of(answer: Answer, store: Store) -> tuple[Callable[[], None], bool]:
    """Evaluate an answer to its end; return what prints it for a spreadsheet, as `answer_of`."""
    from kg.ask.answers import QuerySolutions, has_no_row
    from kg.ask.tables import excel_text
    from kg.errors import QueryError

    if not isinstance(answer, QuerySolutions):
        raise QueryError("--excel: the answer has no rows; ask with SELECT")
    text = excel_text(answer, store)
    return partial(deliver, "-", text), has_no_row(text, "csv")


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
