"""What is chosen among a few words: how it is read, told in help, and completed by a shell."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

import typer

from kg.verbs.given.completing import begin

Choice = TypeVar("Choice", bound=StrEnum)


def one_of(kind: type[Choice], metavar: str = "") -> dict[str, Any]:
    """Return what Typer is told of a parameter that is one of a few words.

    >>> class Form(StrEnum):
    ...     table, json = "table", "json"
    >>> told = one_of(Form)
    >>> told["metavar"], told["autocompletion"]("j")
    ('table|json', ['json'])
    """
    return {
        "parser": read_choice(kind),
        "metavar": metavar or "|".join(kind),
        "autocompletion": lambda incomplete: begin(map(str, kind), incomplete),
    }


def read_choice(kind: type[Choice]) -> Callable[[str], Choice]:
    """Return what reads one of a few words; it raises BadParameter for any other.

    >>> class Form(StrEnum):
    ...     table, json = "table", "json"
    >>> read_choice(Form)("json") is Form.json
    True
    """

    def read(told: str) -> Choice:
        try:
            return kind(told)
        except ValueError as error:
            raise typer.BadParameter(f"'{told}' is unknown; give {join_words(kind)}") from error

    return read


def join_words(words: type[Choice]) -> str:
    """Join words as those one of which is to be given.

    >>> class Form(StrEnum):
    ...     table, csv, json = "table", "csv", "json"
    >>> join_words(Form)
    'table, csv or json'
    """
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else f"{last}"
