"""What a worker does for ready questions: a page with the form of one, and its answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice

import pyoxigraph as ox

from kg.ask.query import ask_store
from kg.ask.questions import MODALITIES, Question, list_queries
from kg.endpoint.explorer.drawing import Asked, Pen, draw
from kg.endpoint.explorer.ready.cells import Row, Table
from kg.endpoint.explorer.work import View, on_view, tell_questions
from kg.endpoint.protocol import Reply
from kg.errors import QueryError
from kg.page.render import read

#: Rows that a page shows, and those that are counted: beyond, there are more.
PAGE, COUNTED = 100, 10_000


@dataclass(frozen=True, slots=True)
class Answered:
    """Hold the part of an answer that a page shows: columns, rows, and how many rows there are."""

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    count: int = 0
    proven: bool = False


@cache
def read_fields() -> dict[str, dict[str, str]]:
    """Return what the fields of questions are called, by language."""
    fields: dict[str, dict[str, str]] = json.loads(read("ask.json"))
    return fields


def find_question(name: str) -> Question | None:
    """Return a ready question by its name.

    >>> find_question("deals").name, find_question("gossip")
    ('deals', None)
    """
    return next((it for it in list_queries() if it.name == name), None)


def question_task(folder: str, asked: Asked, name: str, given: Mapping[str, str]) -> Reply:
    """Draw a ready question with its form and its answer, or all of them where it is none."""

    def work(view: View) -> Reply:
        question = find_question(name)
        if question is None:
            told, status = tell_questions(asked.lang), 404 if name else 200
            return draw("questions", asked, status=status, questions=told, unknown=name)
        taken = {it: given[it] for it in question.parameters if given.get(it)}
        fault, found = "", Answered()
        try:
            found = answer(view, question, taken)
        except QueryError as error:
            fault = str(error)
        return draw_question(asked, question, taken, found=found, fault=fault)

    return on_view(folder, asked, work)


def draw_question(
    asked: Asked,
    question: Question,
    given: Mapping[str, str],
    *,
    found: Answered,
    fault: str = "",
    status: int = 400,
) -> Reply:
    """Draw a ready question's form with its answer, or with why there is none."""
    told = tell_questions(asked.lang)
    more = asked.skip + PAGE if found.count > asked.skip + PAGE else 0
    return draw(
        "question", asked, status=status if fault else 200, question=question, given=given,
        said=dict(told)[question.name], questions=told, fields=read_fields()[asked.lang],
        fault=fault, found=found, more=more, step=PAGE,
        modalities=MODALITIES, counted=COUNTED,
    )  # fmt: skip


def answer(view: View, question: Question, given: Mapping[str, str]) -> Answered:
    """Return the part of a question's answer that a page shows; raise QueryError."""
    found = ask_store(view.store, question.name, given)
    if not isinstance(found, ox.QuerySolutions):
        return Answered()
    columns = [it.value for it in found.variables]
    table = Table(view.store, view.held.names, Pen(view.asked), columns)
    rows = [*islice(found, COUNTED + 1)]
    part = rows[view.asked.skip : view.asked.skip + PAGE]
    return Answered(
        tuple(table.columns), tuple(table.row([*row]) for row in part), len(rows), table.proven
    )
