"""Verbs that decide who is who and what is wrong, by lines in a file beside a store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import DataError
from kg.verbs.ending.streams import say
from kg.verbs.given.completing import complete_relation
from kg.verbs.terminal import Decisions
from kg.wordings import tell_count

if TYPE_CHECKING:
    from kg.who.judging import Judged
    from kg.who.view.resolve import Outcome

NAMES = "A name, an identifier (siren:, lei:, wikidata:) or an IRI; org:NAME tells its class."
StoreOption = Annotated[
    Path, typer.Option("--store", metavar="DIR", help="The store that follows the decision.")
]
StoreSource = Annotated[Path, typer.Argument(metavar="STORE", help="A store's folder.")]
Left = Annotated[str, typer.Argument(metavar="NAME", help=NAMES)]
Right = Annotated[str, typer.Argument(metavar="OTHER", help=NAMES)]
Scope = Annotated[
    str, typer.Option("--in", metavar="ARTICLE", help="Only in articles or of a publisher; * fits.")
]
Why = Annotated[str, typer.Option(help="Why, for those who read the file.")]
By = Annotated[str, typer.Option(envvar="KG_BY", help="Who decides; else your login.")]
Force = Annotated[bool, typer.Option("--force", help="Join what other lines contradict, too.")]


def wrong(
    subject: Left,
    relation: Annotated[
        str,
        typer.Argument(
            metavar="RELATION",
            autocompletion=complete_relation,
            help="As kg query tells it: acquired.",
        ),
    ],
    object_: Annotated[str, typer.Argument(metavar="[OBJECT]", help=NAMES)] = "",
    *,
    store: StoreOption,
    value: Annotated[str, typer.Option(help="Only that role, or that number.")] = "",
    in_: Scope = "",
    why: Why = "",
    by: By = "",
    decisions: Decisions = None,
) -> None:
    """Decide that a fact is wrong: it counts for no claim any more.

    It stays in its article's graph, as read. With --in, only that article's fact is wrong.
    """
    from kg.ontology import check_property

    check_property(relation)
    decide(
        store,
        {"left": subject, "is": "wrong", "right": object_, "in": in_, "relation": relation,
         "value": value, "why": why, "by": by},
        decisions,
    )  # fmt: skip


def undo(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="One side of the line.")] = "",
    other: Annotated[str, typer.Argument(metavar="[OTHER]", help="The other side.")] = "",
    *,
    store: StoreOption,
    decisions: Decisions = None,
) -> None:
    """Take back the last decision.

    With names, the last one on them. The store is what it was without that line.
    """
    from kg.verbs.tables import clean
    from kg.who.judging import take_back

    gone, outcome = take_back(store, name, other, decisions)
    say(clean(f"undone: {gone}"))
    tell_outcome(outcome)


def resolve(
    store: StoreSource,
    decisions: Decisions = None,
    add: Annotated[
        Path | None,
        typer.Option(metavar="TABLE", help="Add the lines of OpenRefine's table, or of SSSOM's."),
    ] = None,
    by: By = "",
    force: Force = False,
) -> None:
    """Let a store follow its file of decisions.

    So it goes in after you have edited it. Lines that contradict each other are told with the
    chain that does (exit 1), and join nothing; lines that match nothing any more are told. What
    the store holds depends on its articles and on the lines alone: no order matters, and without a
    line it is what it was before.
    """
    from kg.files.locks import lock_beside
    from kg.store.journal import begin_deciding, end_deciding
    from kg.who.book import add_decisions, write_book
    from kg.who.judging import now, whoami
    from kg.who.tables import read_table
    from kg.who.view.beside import name_book, read_given
    from kg.who.view.resolve import resolve_store

    with lock_beside(name_book(store, decisions)):
        book = read_given(store, decisions)
        if add:
            before = len(book.list_decisions())
            book = add_decisions(book, read_table(add, by or whoami(), now()))
            new = tell_count(len(book.list_decisions()) - before, "new decision")
            say(f"{add}: {new}")
        outcome = resolve_store(
            store, book.list_decisions(), check=lambda _: begin_deciding(store), force=force
        )
        if add:
            write_book(name_book(store, decisions), book)
        end_deciding(store)
    tell_outcome(outcome)
    if (count := sum(one.by_hand for one in outcome.conflicts)) and not force:
        raise DataError(f"{name_book(store, decisions)}: {count} contradictions; mend the lines")


def decide(
    store: Path, cells: dict[str, str], decisions: Path | None, *, force: bool = False
) -> None:
    """Take a decision and say what came of it; raise DataError."""
    from kg.verbs.tables import clean
    from kg.who import judging

    judged = judging.decide(store, cells, decisions, force=force)
    tell_whole(judged)
    if judged.outcome is None:
        say(clean(f"{judged.decision}: is in {judged.path} already"))
        return
    say(clean(f"{judged.decision}: {judged.path}"))
    tell_outcome(judged.outcome)


def tell_whole(judged: Judged) -> None:
    """Tell which names were taken for whole ones that begin so."""
    from kg.verbs.terminal import tell

    typed, taken = judged.typed or judged.decision, judged.decision
    for one, other in ((str(typed.left), str(taken.left)), (typed.right, taken.right)):
        if one != other:
            tell(f"'{one}' is taken for '{other}'")


def tell_outcome(outcome: Outcome) -> None:
    """Say what has changed and, where all are made anew, how many claims; tell what is amiss."""
    from kg.verbs.outputs import tell_amiss

    tell_amiss(outcome)
    triples = tell_count(outcome.changed, "triple")
    changed = f"{triples} changed" if outcome.changed else "nothing changed"
    say(f"{tell_count(outcome.claims, 'claim')}; {changed}" if outcome.claims else changed)
