"""The verb that lists claims: what is said, by how many voices, and how that moved."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.verbs.given.choices import one_of
from kg.verbs.given.empty import tell_empty, tell_no_fact
from kg.verbs.given.options import FailEmpty, reads_graph
from kg.verbs.questions import check_excel
from kg.verbs.terminal import Excel, GraphSource, deliver, show_table

if TYPE_CHECKING:
    from kg.store.given.read import Given
    from kg.who.view.told import Told

COLUMNS = (
    "subject", "relation", "object", "role", "figures", "modality", "standing", "voices",
    "articles", "first", "last", "confidence", "history",
)  # fmt: skip


#: A number of thousands, and not what stands behind its decimal point.
WHOLE = re.compile(r"(?<![\w.])\d{5,}")


class Form(StrEnum):
    """Name the forms in which claims are printed."""

    table = "table"
    csv = "csv"
    json = "json"


Of = Annotated[str | None, typer.Option(help="Only claims about the thing of this name.")]
Disputed = Annotated[
    bool, typer.Option("--disputed", help="Only what one says and another denies.")
]
Voices = Annotated[int, typer.Option(min=1, help="Only what so many independent voices say.")]
Printed = Annotated[Form, typer.Option("--format", help="How to print it.", **one_of(Form))]


@reads_graph
def claims(
    graph: GraphSource,
    of: Of = None,
    disputed: Disputed = False,
    voices: Voices = 1,
    form: Printed = Form.table,
    excel: Excel = False,
    fail_empty: FailEmpty = False,
    *,
    given: Given,
) -> None:
    """List what articles claim, and how that moved.

    A claim is what facts say alike of the same things, whoever says it. Copies of one wire are one
    voice. Of each voice its latest fact counts; the latest date decides whether a claim is actual,
    planned, possible or denied. CSV has the surest words of each, with article, date, publisher
    and address; JSON has all who say it, with theirs (as a table: kg export --to facts). In a
    store things are who they are across its articles; in a file, as it names them.
    """
    from kg.store.engine import engine_of
    from kg.store.labels import find_nodes
    from kg.who.said.files import load_view
    from kg.who.view.told import list_claims

    check_excel(excel, form)
    loaded = load_view(graph, given=given)  # a store's snapshot lasts as long as this
    store = engine_of(loaded)
    about = None if of is None else {str(node) for node in find_nodes(store, of)}
    found = [
        one
        for one in list_claims(store, about)
        if one.voices >= voices and (not disputed or one.standing == "disputed")
    ]
    if form is Form.json:
        records = [asdict(one) for one in found]
        deliver("-", json.dumps(records, ensure_ascii=False, indent=2) + "\n")
    elif excel or form is Form.csv:
        from kg.exports.cells import EXCEL, PLAIN
        from kg.exports.tables import write_claims

        deliver("-", write_claims(found, EXCEL if excel else PLAIN))
    else:
        show_table(COLUMNS, map(claim_row, found))
    if not found:
        tell_empty(tell_no_fact(graph, loaded, [of] if of else []), fail=fail_empty)


def claim_row(one: Told) -> list[str]:
    """Return a claim as the cells of `COLUMNS`; its history only where it moved."""
    from kg.exports.tables import tell_figures, tell_moves
    from kg.verbs.tables import separate

    figures = WHOLE.sub(lambda found: separate(found[0]), tell_figures(one.said))
    cells = [figures if it == "figures" else str(getattr(one, it)) for it in COLUMNS[:-2]]
    return [*cells, f"{one.confidence:.2f}", tell_moves(one)]
