"""Verbs that show who is who, and who may be: one thing with its names, pairs to judge by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import KgError
from kg.verbs.ending.streams import answer, say
from kg.verbs.terminal import Decisions, show_table
from kg.verbs.world.decisions import By, StoreSource
from kg.verbs.world.keys import ask_each

if TYPE_CHECKING:
    from pathlib import Path

    from kg.who.decisions import Decision
    from kg.who.view.profile import Profile
    from kg.who.view.suspects import Suspect

#: Key → what it says of a pair; the others move: skip, back, quit.
KEYS = {"y": "same", "n": "different", "u": "unsure"}
TOLD = "y same, n different, u unsure, s skip, b back, q quit"
#: Pairs that a table shows, unless --top says how many.
TOP = 20


def suspects(
    store: StoreSource,
    top: Annotated[int, typer.Option(min=1, help="Pairs at most.")] = TOP,
    ask: Annotated[
        bool, typer.Option("--ask", help="Judge the pairs by keys on this terminal.")
    ] = False,
    hide_score: Annotated[
        bool, typer.Option("--hide-score", help="With --ask: judge without seeing the score.")
    ] = False,
    articles: Annotated[
        bool, typer.Option("--articles", help="Articles that may be copies, instead of names.")
    ] = False,
    by: By = "",
    decisions: Decisions = None,
) -> None:
    """Suggest which names may be one thing, and why.

    The likeliest come first. Each comes with a score from 0 to 1, its reasons and a sentence of
    each side. Nothing is joined by likeness alone: somebody says so, here with --ask, or by kg
    same and kg different. What is judged, or marked unsure, is not suggested again.
    """
    from kg.store.engine import engine_of, load_graph
    from kg.who.judging import whoami
    from kg.who.view.beside import read_given
    from kg.who.view.suspects import find_alike_articles, find_suspects

    book = read_given(store, decisions)
    held = load_graph(store)
    find = find_alike_articles if articles else find_suspects
    found = find(engine_of(held), book.list_decisions())[:top]
    del held
    if not ask:
        rows = (
            (f"{it.score:.2f}", it.left, it.right, "; ".join(it.reasons), it.one, it.two)
            for it in found
        )
        show_table(("score", "name", "other", "why", "as in", "and in"), rows)
        return
    judge(store, found, decisions, by=by or whoami(), show_score=not hide_score)


def judge(
    store: Path,
    found: Sequence[Suspect],
    decisions: Path | None,
    *,
    by: str,
    show_score: bool,
) -> None:
    """Ask about pairs on a terminal, write what is judged and let the store follow it."""
    import sys

    from kg.verbs.world.decisions import tell_outcome
    from kg.who.decisions import read_decision
    from kg.who.judging import add_lines, now
    from kg.who.view.beside import name_book

    if not sys.stdin.isatty():
        raise KgError("kg suspects --ask: no terminal to answer on; without --ask they are listed")
    import click

    path = name_book(store, decisions)
    cells = ask_pairs(found, click.getchar, print, show_score=show_score)
    lines: list[Decision] = [read_decision({**cell, "by": by, "on": now()}) for cell in cells]
    if lines:
        tell_outcome(add_lines(store, lines, decisions))
    say(f"{len(lines)} judged: {path}")


def ask_pairs(
    found: Sequence[Suspect],
    read_key: Callable[[], str],
    show: Callable[[str], object],
    *,
    show_score: bool = True,
) -> list[dict[str, str]]:
    """Ask about pairs, one key each, and return the cells of what is judged.

    >>> from kg.who.view.suspects import Suspect
    >>> pair = Suspect(0.9, "Saft", "Saft Groupe", ("one has 'groupe' more",), "", "")
    >>> ask_pairs([pair], iter("y").__next__, lambda line: None)[0]["is"]
    'same'
    """

    def show_one(at: int) -> None:
        for line in pair_lines(found[at], at, len(found), show_score=show_score):
            show(line)

    def take_key(at: int, key: str) -> list[dict[str, str]] | None:
        if key not in KEYS:
            return [] if key == "s" else None
        it = found[at]
        why = "; ".join(it.reasons)
        return [{"left": it.left, "is": KEYS[key], "right": it.right, "why": why}]

    answers = ask_each(len(found), show_one, read_key, take_key)
    return [cell for cells in answers for cell in cells]


def pair_lines(it: Suspect, at: int, of: int, *, show_score: bool) -> Iterator[str]:
    """Yield a pair as lines: both names, a sentence of each, why, and the keys."""
    from kg.verbs.tables import clean

    score = f" {it.score:.2f}" if show_score else ""
    yield ""
    yield clean(f"{at + 1}/{of}{score}  {it.left}  =?  {it.right}")
    for side, sentence in ((it.left, it.one), (it.right, it.two)):
        if sentence:
            yield "  " + clean(f"{side}: « {sentence} »")
    if show_score:
        yield "  " + clean(f"why: {'; '.join(it.reasons)}")
    yield f"  {TOLD}"


def who(
    store: StoreSource,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, or an IRI.")],
    decisions: Decisions = None,
) -> None:
    """Tell who a thing is, and what made it so.

    Told are its names, numbers and articles, the lines of the file of decisions that are about it,
    and the sure rules: keys of names, names on record, aliases that articles state.
    """
    from kg.store.engine import engine_of, load_graph
    from kg.store.labels import find_nodes
    from kg.who.view.beside import read_given
    from kg.who.view.profile import read_profiles

    lines = read_given(store, decisions).list_decisions()
    loaded = load_graph(store)  # its snapshot lasts as long as this
    held = engine_of(loaded)
    found = read_profiles(held, lines, map(str, find_nodes(held, name)))
    if not found:
        raise KgError(f"'{name}' is no thing that an article of {store} names; name one")
    answer(*("\n".join(profile_lines(one)) for one in found), sep="\n\n")


def profile_lines(one: Profile) -> Iterator[str]:
    """Yield who a thing is as lines."""
    from kg.verbs.tables import clean
    from kg.who.view.beside import tell_conflict

    names = [f"{name} ({count})" for name, count in one.names]
    yield clean(f"{one.names[0][0]} ({', '.join(one.kinds)}) {one.iri}")
    yield clean(f"  names: {', '.join(names)}")
    if one.numbers:
        yield clean(f"  numbers: {', '.join(one.numbers)}")
    yield clean(f"  articles: {', '.join(one.articles)}")
    for line in one.lines:
        said = ", ".join(filter(None, (line.by, line.on)))
        yield "  " + clean(f"line: {line} [{said}] {line.why}")
    for rule in one.rules:
        yield "  " + clean(f"rule: {rule}")
    for conflict in one.conflicts:
        yield "  " + clean(f"conflict: {tell_conflict(conflict)}")
