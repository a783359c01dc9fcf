"""The verb that looks after the installation and a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import Exit
from kg.verbs.ending.streams import answer
from kg.verbs.terminal import Decisions, tell

if TYPE_CHECKING:
    from kg.verbs.health.finding import Finding


def doctor(
    store: Annotated[
        Path | None, typer.Argument(metavar="[STORE]", help="A store's folder to look at, too.")
    ] = None,
    mend: Annotated[
        bool, typer.Option("--mend", help="Remove what killed runs have left behind.")
    ] = False,
    decisions: Decisions = None,
) -> None:
    """Tell whether all is well, and what to do where it is not.

    Looked at are versions, libraries, the reader's weights, a reading, room on the disk and, of a
    store, whether all of it can be read, what killed runs have left in it and whether it follows
    its decisions. --mend removes snapshots of readers that are no more, and files not written to
    their end. What is printed is what a report of a bug needs: no names of people, machines,
    folders or articles are in it. Exit 1 where something is left to do.
    """
    from kg.files.links import follow_links
    from kg.verbs.health.finding import finding_line, hide_paths
    from kg.verbs.health.installation import find_installation, list_places
    from kg.verbs.health.stores import find_store
    from kg.verbs.tables import clean

    found = find_installation()
    hidden = list_places()
    if store is not None:
        found = chain(found, find_store(store, decisions))
        hidden += [(follow_links(store), "STORE"), (store, "STORE")]
    faults = 0
    for one in mend_each(found) if mend else found:
        answer(clean(hide_paths(finding_line(one), hidden)))
        faults += not one.well
    if faults:
        tell(f"{faults} faults; do what stands behind each, then: kg doctor")
        raise typer.Exit(Exit.fault)


def mend_each(found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings; what can be mended without asking is mended, and told so."""
    from kg.verbs.health.finding import Finding

    for one in found:
        if one.mend is None:
            yield one
        else:
            one.mend()
            yield Finding(one.what, f"{one.told}: mended")
