"""Verbs that measure the network of a graph."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kg.files.collecting import without_collecting
from kg.verbs.given.choices import join_words, one_of
from kg.verbs.given.completing import complete_below, complete_lang
from kg.verbs.given.empty import exit_empty, tell_empty, tell_no_fact
from kg.verbs.given.options import FailEmpty, reads_graph
from kg.verbs.terminal import Confidence, GraphSource, deliver, find_named, show_table, tell

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from rdflib import Graph

    from kg.network.listing import Cell, Listing
    from kg.store.given.read import Given

#: Columns that a table has no room for, JSON has; and texts of a cell, and rows, that it shows.
WIDE = ("iri", "iris", "fact", "sentence", "quote", "source")
SHOWN, TOP = 8, 20
#: Classes of what links nothing unless it is asked for, as `kg.network.links` has them.
ASIDE = ("Place", "CooperationArea", "Market")


class Measure(StrEnum):
    """Name the measures."""

    central = "central"
    path = "path"
    communities = "communities"
    neighbours = "neighbours"
    bridges = "bridges"


class State(StrEnum):
    """Name how facts are put forward, as options do."""

    actual = "actual"
    planned = "planned"
    possible = "possible"
    denied = "denied"
    over = "over"


class Layout(StrEnum):
    """Name the forms in which a listing is printed."""

    table = "table"
    json = "json"


class Use(NamedTuple):
    """How a measure is used: how many names it takes, what it answers, and an example."""

    names: int
    answers: str
    example: str


USES = {
    Measure.central: Use(
        0, "which things are central, by PageRank and betweenness", "kg network graph.ttl central"
    ),
    Measure.path: Use(
        2, "how two things are linked, step by step", "kg network graph.ttl path Alibaba Renault"
    ),
    Measure.communities: Use(
        0, "what belongs together, and works on what", "kg network graph.ttl communities"
    ),
    Measure.neighbours: Use(
        1, "what a thing is linked to", "kg network graph.ttl neighbours Alibaba"
    ),
    Measure.bridges: Use(
        0, "which links alone hold parts together", "kg network graph.ttl bridges --top 5"
    ),
}
Through = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CLASS",
        autocompletion=complete_below(*ASIDE),
        help="Ways lead through these too: Place, CooperationArea, Market. Repeatable.",
    ),
]
Lang = Annotated[
    str, typer.Option(autocompletion=complete_lang, help="Language of the table: en or fr.")
]


Taken = Annotated[
    Measure | None,
    typer.Argument(
        help=f"{join_words(Measure)}; without it: list them.", **one_of(Measure, "MEASURE")
    ),
]
States = Annotated[
    list[State] | None,
    typer.Option(help="Which claims are links; else actual. Repeatable.", **one_of(State)),
]
Printed = Annotated[Layout, typer.Option("--format", help="How to print it.", **one_of(Layout))]


@reads_graph
def network(
    graph: GraphSource,
    measure: Taken = None,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Names that the measure asks for.")
    ] = None,
    modality: States = None,
    through: Through = None,
    min_confidence: Confidence = 0.0,
    top: Annotated[
        int | None, typer.Option(min=1, help="Rows at most; else all, of central 20.")
    ] = None,
    lang: Lang = "en",
    form: Printed = Layout.table,
    fail_empty: FailEmpty = False,
    *,
    given: Given,
) -> None:
    """Measure the network of a graph.

    `kg network GRAPH` alone lists the measures. A link is a claim, however many articles make it:
    what is so now, unless --modality says otherwise, and as likely right as --min-confidence says.
    Places, areas and markets link nothing unless they are named, or allowed with --through. JSON
    has more columns than a table: quotes, sentences and IRIs.
    """
    check_lang(lang)
    if measure is None:
        list_uses()
        return
    if len(names or ()) != USES[measure].names:
        told = ("no name", "one name", "two names")[USES[measure].names]
        raise typer.BadParameter(f"{measure} takes {told}; example: {USES[measure].example}")
    states = tuple(dict.fromkeys(state.capitalize() for state in modality or (State.actual,)))
    links = {"modalities": states, "through": through or ()}
    loaded = load_network(graph, lang, min_confidence, given)
    if names and not loaded[1].size():
        return tell_empty(tell_no_fact(graph, loaded[0], names), fail=fail_empty)
    with exit_empty(fail=fail_empty):
        found = take_measure(loaded, measure, names or (), links)
    rows = found.rows[: top or (TOP if measure is Measure.central else None)]
    if form is Layout.json:
        records = [dict(zip(found.columns, row, strict=True)) for row in rows]
        deliver("-", json.dumps(records, ensure_ascii=False, indent=2) + "\n")
    elif rows:  # else why there are none is all that is said
        show_listing(found.columns, rows, lang)
    if not rows:
        tell_empty(tell_no_fact(graph, loaded[0], names or ()), fail=fail_empty)


def list_uses() -> None:
    """List the measures."""
    uses = [(name, use.answers, use.example) for name, use in USES.items()]
    show_table(("measure", "answers", "example"), uses)


def load_network(path: str, lang: str, least: float, given: Given) -> tuple[Graph, MultiDiGraph]:
    """Load a graph with its claims, and make the network of these."""
    from kg.network.network import build_network
    from kg.who.said.files import load_view

    with without_collecting():
        loaded = load_view(path, least=least, given=given)
        return loaded, build_network(loaded, lang=lang, mentions=False)


def take_measure(
    loaded: tuple[Graph, MultiDiGraph],
    measure: Measure,
    names: Iterable[str],
    links: Mapping[str, Collection[str]],
) -> Listing:
    """Take a measure of a network; names are those of its graph, and `links` say what is one."""
    from kg.network import measures
    from kg.network.bridges import find_bridges
    from kg.network.communities import find_communities

    finders: dict[Measure, Callable[..., Listing]] = {
        Measure.central: measures.rank_central,
        Measure.path: measures.find_path,
        Measure.communities: find_communities,
        Measure.neighbours: measures.list_neighbours,
        Measure.bridges: find_bridges,
    }
    graph, network = loaded
    nodes = [find_named(graph, name) for name in names]
    found = finders[measure](network, *nodes, **links)
    if measure is Measure.neighbours and not links["through"]:
        tell_aside(measures.list_neighbours(network, *nodes, **{**links, "through": ASIDE}), found)
    return found


def tell_aside(whole: Listing, found: Listing) -> None:
    """Tell how many links to places, areas and markets a listing leaves out."""
    if count := len(whole.rows) - len(found.rows):
        kinds = " ".join(f"--through {kind}" for kind in ASIDE)
        links = "1 link to a place, area or market is" if count == 1 else f"{count} links"
        links += "" if count == 1 else " to places, areas or markets are"
        tell(f"{links} left out; {kinds} shows {'it' if count == 1 else 'them'}")


def check_lang(lang: str) -> None:
    """Raise BadParameter for a language that relations have no words in."""
    from kg.ontology import LANGUAGES

    if lang not in LANGUAGES:
        raise typer.BadParameter(f"--lang {lang}: unknown; give one of {', '.join(LANGUAGES)}")


def show_listing(columns: Sequence[str], rows: Iterable[Sequence[Cell]], lang: str) -> None:
    """Print a listing as a table in a language."""
    from kg.verbs.given.headings import head_all, word_cell

    kept = [place for place, name in enumerate(columns) if name.split("_")[-1] not in WIDE]
    table = [[show_cell(word_cell(columns[it], row[it], lang)) for it in kept] for row in rows]
    show_table(head_all([columns[place] for place in kept], lang), table)


def show_cell(cell: Cell) -> str:
    """Return a cell as text for a table: of many texts, the first eight.

    >>> show_cell(0.125), show_cell(1.0), show_cell(("Nordil", "Vasco"))
    ('0.125', '1', 'Nordil, Vasco')
    """
    if isinstance(cell, tuple):
        more = len(cell) - SHOWN
        return ", ".join(cell[:SHOWN]) + (f" and {more} more" if more > 0 else "")
    return f"{cell:.4f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)
