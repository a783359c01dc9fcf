"""Verbs of registers: official files as local indexes, and what they tell of a store's things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.verbs.ending.streams import say
from kg.verbs.given.choices import one_of
from kg.verbs.terminal import Decisions, show_table
from kg.verbs.world.asking import SHOWN, ask_on_terminal
from kg.verbs.world.decisions import By, StoreOption

if TYPE_CHECKING:
    from kg.who.registers.identify import Answer

COLUMNS = ("name", "score", "in registers", "numbers", "countries", "why", "but")


class Action(StrEnum):
    """Name what can be done with registers."""

    add = "add"
    list = "list"
    remove = "remove"


class Scheme(StrEnum):
    """Name the registers by their numbers."""

    siren = "siren"
    lei = "lei"
    wikidata = "wikidata"


def register(
    action: Annotated[
        Action, typer.Argument(help="add, list or remove.", **one_of(Action, "ACTION"))
    ],
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="An official file; to remove, its register.")
    ] = "",
    as_: Annotated[
        Scheme | None,
        typer.Option("--as", help="siren, lei or wikidata.", **one_of(Scheme, "NAME")),
    ] = None,
    path: Annotated[
        Path | None, typer.Option("--register", "-o", metavar="PATH", help="Where it lies.")
    ] = None,
) -> None:
    """Make, list or remove local indexes of registers.

    You bring the file, as CSV, packed or not: Sirene's StockUniteLegale (siren), GLEIF's golden
    copy of level 1 (lei), or what Wikidata's query service answered, also as JSON, with the columns
    item, itemLabel, siren, lei and country. Persons, funds and what is gone are left out. An index
    lies with your data ($XDG_DATA_HOME/pressgraph) or where --register says.
    """
    if action is Action.list:
        if file or as_ or path:
            raise typer.BadParameter("list takes nothing more")
        show_registers()
    elif not file or (action is Action.add) != bool(as_):
        raise typer.BadParameter("give: add FILE --as siren, lei or wikidata; or: remove REGISTER")
    elif as_:
        add(Path(file), as_, path)
    else:
        from kg.who.registers.places import remove_register

        say(f"removed: {remove_register(file)}")


def add(file: Path, scheme: Scheme, path: Path | None) -> None:
    """Make the index of a file, and tell what is in it."""
    from kg.errors import DataError
    from kg.files.faults import tell_fault
    from kg.verbs.progress import track
    from kg.verbs.tables import clean
    from kg.who.registers.index import build_index
    from kg.who.registers.places import register_path

    target = path or register_path(scheme)
    if path is None:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DataError(f"{target.parent}: cannot be made: {tell_fault(error)}") from error
    about = build_index(
        file, scheme, target, count=lambda rows: track(rows, what="rows read", step=1000)
    )
    say(clean(f"{about.records:,} organizations of {about}: {target}"))


def show_registers() -> None:
    """Show the registers in their usual place."""
    from kg.who.registers.index import Register
    from kg.who.registers.places import list_registers

    rows = []
    for path in list_registers():
        register = Register(path)
        it = register.about
        register.close()
        rows.append(
            (it.scheme, it.title, f"{it.records:,}", it.file, it.date, it.licence, str(path))
        )
    show_table(("as", "register", "organizations", "file", "of", "licence", "path"), rows)


def identify(
    store: StoreOption,
    registers: Annotated[
        list[Path] | None,
        typer.Option("--register", metavar="PATH", help="A register; else all. Repeatable."),
    ] = None,
    ask: Annotated[
        bool, typer.Option("--ask", help="Choose among candidates by keys on this terminal.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell; decide nothing.")] = False,
    by: By = "",
    decisions: Decisions = None,
) -> None:
    """Look up organizations in registers.

    Sure is what a number known of it leads to, if one of its names is there, and else the only
    organization of that name in the country where articles say that it is based. Its SIREN, LEI and
    Wikidata's number become decisions that tell their source, which kg undo takes back. What else
    may be meant is listed, or asked with --ask: kg same NAME siren:NUMBER decides it, too.
    """
    from kg.store.engine import engine_of, load_graph
    from kg.who.judging import whoami
    from kg.who.registers.identify import RULE
    from kg.who.registers.identify import identify as find
    from kg.who.registers.known import read_organizations
    from kg.who.registers.places import open_registers
    from kg.who.view.beside import read_given

    book = read_given(store, decisions)
    with open_registers(registers or []) as opened:
        held = load_graph(store)
        answers = find(read_organizations(engine_of(held), book.list_decisions()), opened)
        del held
    cells = [{**cell, "by": RULE} for it in answers for cell in it.lines()]
    if ask:
        asked = [it for it in answers if it.known.side and not it.sure]
        cells += [{**cell, "by": by or whoami()} for cell in ask_on_terminal(asked)]
    elif rows := [row for it in answers if not it.sure for row in candidate_rows(it)]:
        show_table(COLUMNS, rows)
    settle(store, cells, decisions, dry_run=dry_run)


def candidate_rows(answer: Answer) -> Iterator[Sequence[str]]:
    """Yield what an organization may be as rows of `COLUMNS`."""
    for at, it in enumerate(answer.candidates[:SHOWN]):
        numbers = " ".join(number for told in it.told.values() for number in told)
        why = "; ".join(it.reasons)
        name, but = (answer.known.name, answer.why) if not at else ("", "")
        yield name, f"{it.score:.2f}", it.name, numbers, " ".join(it.countries), why, but


def settle(
    store: Path, cells: Iterable[dict[str, str]], decisions: Path | None, *, dry_run: bool
) -> None:
    """Write decisions, and let the store follow them."""
    from kg.verbs.tables import clean
    from kg.verbs.world.decisions import tell_outcome
    from kg.who.decisions import read_decision
    from kg.who.judging import add_lines, now
    from kg.who.view.beside import name_book

    on, path = now(), name_book(store, decisions)
    lines = [read_decision({**cell, "on": on}) for cell in cells]
    for line in lines:
        say(clean(f"{line}: {line.why}"))
    if lines and not dry_run:
        tell_outcome(add_lines(store, lines, decisions))
    what = "would be decided" if dry_run else "decided"
    say(f"{len(lines)} {what}: {path}")
