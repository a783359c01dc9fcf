"""Verbs that judge names, a line each: two names (same, different, unsure) or one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from kg.verbs.given.completing import complete_name_or_class
from kg.verbs.terminal import Decisions
from kg.verbs.world.decisions import By, Force, Left, Right, Scope, StoreOption, Why, decide

As = Annotated[
    str,
    typer.Argument(
        metavar="AS",
        autocompletion=complete_name_or_class,
        help="Its name from now on, or its class, such as Company.",
    ),
]


def judge_pair(kind: str, told: str) -> Callable[..., None]:
    """Make the verb that judges two names, with the options that all such verbs have."""

    def verb(
        name: Left,
        other: Right,
        store: StoreOption,
        *,
        in_: Scope = "",
        why: Why = "",
        by: By = "",
        decisions: Decisions = None,
        force: Force = False,
    ) -> None:
        cells = {"left": name, "is": kind, "right": other, "in": in_, "why": why, "by": by}
        decide(store, cells, decisions, force=force)

    return call_verb(verb, kind, told)


def judge_name(kind: str, told: str) -> Callable[..., None]:
    """Make the verb that says what one thing is, or is called, everywhere."""

    def verb(
        name: Left,
        as_: As,
        store: StoreOption,
        *,
        why: Why = "",
        by: By = "",
        decisions: Decisions = None,
        force: Force = False,
    ) -> None:
        cells = {"left": name, "is": kind, "right": as_, "why": why, "by": by}
        decide(store, cells, decisions, force=force)

    return call_verb(verb, kind, told)


def call_verb(verb: Callable[..., None], name: str, told: str) -> Callable[..., None]:
    """Give a verb the name and the help that it has on the command line."""
    verb.__name__, verb.__doc__ = name, told
    return verb


same = judge_pair(
    "same",
    """Decide that two names are one thing.

    An identifier may stand for either. The line goes to the end of the store's file of decisions,
    which is text: edit it, keep it with git. The first name's IRI stays for good. A line that
    contradicts others is refused, with the chain of those that do; a line that is there already
    changes nothing.

    articles that are copies of each other: kg same article:a article:b --store news
    """,
)

different = judge_pair(
    "different",
    """Decide that two names are different things, whatever rules say.

    A name twice, with --in, is another thing there: kg different 'person:Jean Martin'
    'person:Jean Martin' --in lesechos-2024-05-03 --store news
    """,
)

unsure = judge_pair(
    "unsure",
    """Note that nobody knows whether two names are one thing.

    Nothing is joined and nothing parted, and kg suspects does not ask again.
    """,
)

call = judge_name(
    "call",
    """Decide what a thing is called.

    What articles call it stays among its other names. Two decided names for one thing are refused:
    take the first one back with kg undo.
    """,
)

class_ = judge_name(
    "class",
    """Decide of which class a thing is.

    The classes are those of the ontology: Organization, Company, PublicBody, Person, Place,
    Country, City, Product… Articles' own graphs stay as they were read.
    """,
)


def drop(
    name: Left,
    store: StoreOption,
    in_: Scope = "",
    why: Why = "",
    by: By = "",
    decisions: Decisions = None,
    force: Force = False,
) -> None:
    """Decide that a name is no thing: it leaves the view.

    So does what is said of it. Both stay in the articles' graphs, as read. With --in, it is none
    there alone. Other spellings are names of their own: what is dropped is joined by no rule; but
    names that were decided to be the same thing leave with it.
    """
    cells = {"left": name, "is": "drop", "in": in_, "why": why, "by": by}
    decide(store, cells, decisions, force=force)
