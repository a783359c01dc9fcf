"""What is said where a verb finds nothing of its kind: that is no success without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from kg.errors import EmptyError
from kg.verbs.terminal import tell

if TYPE_CHECKING:
    from rdflib import Graph

#: Exit code of a verb that has found nothing, where that is to fail.
NOTHING = 3
#: Facts that are meant, for who comes from other vocabularies.
FACTS = "holds no fact (kg:Fact)"


def tell_empty(line: str, *, fail: bool) -> None:
    """Tell that nothing is found, and exit with 3 if that is to fail."""
    tell(line)
    if fail:
        raise typer.Exit(NOTHING)


@contextmanager
def exit_empty(*, fail: bool) -> Iterator[None]:
    """Exit with 3, if that is to fail, where nothing is found; else with 1, as any fault does."""
    try:
        yield
    except EmptyError as error:
        if not fail:
            raise
        tell_empty(str(error), fail=True)


def tell_without_facts(name: str, graph: Graph, *, fail: bool, drawn: bool = False) -> bool:
    """Tell that a graph holds no fact, and what else, if so; and that this is drawn, if it is."""
    from kg.ask.holdings import has_facts, tell_holdings
    from kg.store.engine import engine_of

    store = engine_of(graph)
    if has_facts(store):
        return False
    instead = "; what these say is drawn" if drawn else ""
    tell_empty(f"{name}: {FACTS}; {tell_holdings(store)}{instead}", fail=fail)
    return True


def tell_nothing_compared(names: Sequence[str], graphs: Sequence[Graph], *, fail: bool) -> None:
    """Tell that graphs have no fact that could differ, if none of them has one."""
    from kg.ask.holdings import has_facts, tell_holdings
    from kg.store.engine import engine_of

    stores = [engine_of(graph) for graph in graphs]
    if any(map(has_facts, stores)):
        return
    held = "; ".join(
        f"{name}: {tell_holdings(store)}" for name, store in zip(names, stores, strict=True)
    )
    tell_empty(f"nothing was compared: no fact (kg:Fact) is in either; {held}", fail=fail)


def tell_no_fact(name: str, graph: Graph, things: Iterable[str]) -> str:
    """Return why nothing is found of what facts say: things are named without one, or none is."""
    from kg.ask.holdings import has_facts, tell_holdings, tell_named
    from kg.store.engine import engine_of
    from kg.store.labels import find_nodes

    store = engine_of(graph)
    named = [tell_named(store, it, find_nodes(store, it)) for it in things]
    if any(named):
        return "; ".join(filter(None, named))
    if has_facts(store):
        return f"no answer: {name} holds facts, but none of what is asked for"
    return f"no answer: {name} {FACTS}; {tell_holdings(store)}"


def tell_no_answer(
    name: str, graph: Graph, query: str, parameters: Mapping[str, str | float | None]
) -> str:
    """Return why a query may have found nothing: what is named without a fact, or missing."""
    from kg.ask.holdings import find_missing, tell_holdings
    from kg.ask.meant import find_tagged
    from kg.ask.query import is_ready, name_iris
    from kg.store.engine import engine_of

    given = [str(value) for option in ("of", "and", "in") if (value := parameters.get(option))]
    if given or is_ready(query):
        return tell_no_fact(name, graph, given)
    store = engine_of(graph)
    found = find_tagged(store, query)
    missing = find_missing(store, name_iris(query))
    lacks = f"{name} has no {list_few(missing)}; " if missing else ""
    tags = [f"{text} is {' or '.join(those)} there" for text, those in found.items()]
    hint = f"{', '.join(tags)}; " if tags else ""
    return f"no answer: {lacks}{hint}{tell_holdings(store)}"


def list_few(names: Iterable[str]) -> str:
    """Return some names, five at most.

    >>> list_few("abcdefg")
    'a, b, c, d, e and 2 more'
    """
    those = list(names)
    more = f" and {len(those) - 5} more" if len(those) > 5 else ""
    return ", ".join(those[:5]) + more
