"""The options of how a graph is read, the same for each verb that takes one."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.verbs.given.completing import complete_syntax
from kg.verbs.terminal import tell

FailEmpty = Annotated[
    bool, typer.Option("--fail-empty", help="Exit 3 where nothing of the kind is found.")
]
Entail = Annotated[
    bool, typer.Option(help="Let terms mean what is below them in SPARQL of one's own.")
]
#: Option → its type and what it is unless given.
OPTIONS: dict[str, tuple[Any, Any]] = {
    "from_": (
        Annotated[
            str,
            typer.Option(
                "--from",
                metavar="SYNTAX",
                autocompletion=complete_syntax,
                help="Its syntax, else told by name and content: ttl, nt, nq, trig, n3, jsonld, "
                "rdfxml, hext, trix.",
            ),
        ],
        "",
    ),
    "base_in": (
        Annotated[
            str,
            typer.Option(
                "--base-in", metavar="IRI", help="What relative IRIs count from; else the file."
            ),
        ],
        "",
    ),
    "strict_in": (
        Annotated[bool, typer.Option("--strict", help="Refuse a graph that is not by the book.")],
        False,
    ),
    "more": (
        Annotated[
            list[str] | None,
            typer.Option("--with", metavar="FILE", help="Read this graph too. Repeatable."),
        ],
        None,
    ),
}


#: What verbs call the graphs that they read.
GRAPHS = frozenset({"graph", "old", "new"})


def tell_deciding(graph: str | Path) -> None:
    """Tell of a store that it may not follow its file of decisions."""
    from kg.store.journal import is_deciding

    if is_deciding(graph):
        told = "a change is going on, or broke off"
        tell(f"{graph}: {told}; if it did, let the store follow its file: kg resolve {graph}")


def reads_graph(verb: Callable[..., None], *, several: bool = True) -> Callable[..., None]:
    """Give a verb the options of how its graph, or `several`, is read: it takes them as `given`.

    >>> def verb(graph: str, *, given: Given) -> None: ...
    >>> list(inspect.signature(reads_graph(verb)).parameters)
    ['graph', 'from_', 'base_in', 'strict_in', 'more']
    """
    known = inspect.signature(verb, eval_str=True, locals={"Given": object})
    kept = [it for name, it in known.parameters.items() if name != "given"]
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, (kind, default) in OPTIONS.items()
        if several or name != "more"
    ]

    @wraps(verb)
    def reading(**values: Any) -> None:
        from kg.store.given.read import Given

        for name in sorted(GRAPHS & values.keys()):
            tell_deciding(values[name])
        syntax, base, strict, more = (values.pop(name, None) for name in OPTIONS)
        given = Given(syntax, base, strict, tuple(more or ()), tell)
        verb(**values, given=given)

    signature = known.replace(parameters=[*kept, *added])
    reading.__signature__ = signature  # type: ignore[attr-defined]
    reading.__annotations__ = {it.name: it.annotation for it in signature.parameters.values()}
    return reading
