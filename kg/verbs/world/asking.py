"""Questions about registers on a terminal: which of some candidates an organization is, by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.verbs.world.keys import ask_each

if TYPE_CHECKING:
    from kg.who.registers.identify import Answer

#: Keys of the candidates that are shown, the likeliest first.
PLACES = ("1", "2", "3", "4", "5")
SHOWN = len(PLACES)
TOLD = "1-{} that one, n none of them, s skip, b back, q quit"


def ask_on_terminal(found: Sequence[Answer]) -> list[dict[str, str]]:
    """Ask on this terminal; raise KgError where there is none."""
    import sys

    if not sys.stdin.isatty():
        told = "no terminal to answer on; without --ask they are listed"
        raise KgError(f"kg identify --ask: {told}")
    import click

    return ask_candidates(found, click.getchar, print)


def ask_candidates(
    found: Sequence[Answer], read_key: Callable[[], str], show: Callable[[str], object]
) -> list[dict[str, str]]:
    """Ask which candidate each organization is, one key each, and return cells of decisions."""
    from kg.who.registers.identify import refuse, take

    def show_one(at: int) -> None:
        for line in question_lines(found[at], at, len(found)):
            show(line)

    def take_key(at: int, key: str) -> list[dict[str, str]] | None:
        it = found[at]
        shown = it.candidates[:SHOWN]
        if key == "n":
            return [*refuse(it.known, shown)]
        if key in PLACES[: len(shown)]:
            chosen = shown[PLACES.index(key)]
            return [*take(it.known, chosen, "; ".join(chosen.reasons))]
        return [] if key == "s" else None

    answers = ask_each(len(found), show_one, read_key, take_key)
    return [cell for cells in answers for cell in cells]


def question_lines(it: Answer, at: int, of: int) -> Iterator[str]:
    """Yield a question as lines: what is known, each candidate with its reasons, and the keys."""
    from kg.verbs.tables import clean

    countries = f" ({', '.join(it.known.countries)})" if it.known.countries else ""
    yield ""
    yield clean(f"{at + 1}/{of} {it.known.name}{countries}: {it.why}")
    for place, one in enumerate(it.candidates[:SHOWN], 1):
        numbers = " ".join(one.numbers)
        told = f"{numbers}  {', '.join(one.countries)}  {'; '.join(one.reasons)}"
        yield "  " + clean(f"{place}  {one.score:.2f}  {one.name}  {told}")
    yield f"  {TOLD.format(min(len(it.candidates), SHOWN))}"
