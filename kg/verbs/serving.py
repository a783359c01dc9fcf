"""The verb that lets others ask a graph."""

from __future__ import annotations

from contextlib import closing, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import KgError
from kg.verbs.ending.streams import say
from kg.verbs.given.options import Entail, reads_graph
from kg.verbs.terminal import Decisions, tell
from kg.verbs.world.decisions import By

if TYPE_CHECKING:
    from kg.endpoint.serve import Service
    from kg.store.given.read import Given

#: What is where, below the address.
PLACES = {
    "": "the explorer: search, what is new",
    "ask": "ready questions and SPARQL, on a page",
    "sparql": "SPARQL 1.1, for programs",
    "explore": "the graph, drawn",
    "reconcile": "Reconciliation API 0.2, for OpenRefine",
    "ontology": "classes and properties",
}


Graph = Annotated[str, typer.Argument(metavar="GRAPH", help="A graph's file, or a store's folder.")]
Host = Annotated[
    str, typer.Option(metavar="ADDRESS", help="Where to listen; 0.0.0.0 lets all others in.")
]
Port = Annotated[
    int, typer.Option(min=0, max=65535, help="Which port to listen at; 0 is any free one.")
]
Timeout = Annotated[
    float, typer.Option(min=0, metavar="SECONDS", help="Stop a longer query; 0 is never.")
]
Cors = Annotated[
    list[str] | None,
    typer.Option(metavar="ORIGIN", help="Whose pages may ask; * is all. Repeatable."),
]
Name = Annotated[
    list[str] | None,
    typer.Option("--name", metavar="NAME", help="Another name it is reached by. Repeatable."),
]
Write = Annotated[
    bool, typer.Option("--write", help="Let this browser decide: same, not same, wrong.")
]


@partial(reads_graph, several=False)
def serve(
    graph: Graph,
    host: Host = "127.0.0.1",
    port: Port = 7878,
    timeout: Timeout = 30,
    cors: Cors = None,
    name: Name = None,
    write: Write = False,
    by: By = "",
    decisions: Decisions = None,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    entail: Entail = True,
    *,
    given: Given,
) -> None:
    """Show a graph in the browser, and answer SPARQL over HTTP.

    It only reads, and sees what is put into a store, or changed in a file, from the next query
    on. Only this machine can ask, unless --host says otherwise. With --write, the browser that
    opens the address with the token may write decisions, as kg same, different, wrong and undo
    do; nobody else may. Ctrl+C ends it.
    """
    check_installed()
    from kg.endpoint.explorer.writing import Writer
    from kg.endpoint.serve import open_service

    made = closing(Writer(Path(graph), by=by, decisions=decisions)) if write else nullcontext()
    with (
        suppress(KeyboardInterrupt),
        made as writer,
        open_service(
            graph,
            host=host,
            port=port,
            timeout=timeout,
            cors=cors or (),
            names=name or (),
            writer=writer,
            entail=entail,
            given=given,
        ) as service,
    ):
        show_places(service, open_page=open_)
        service.run()


def check_installed() -> None:
    """Raise KgError where what serving needs is not installed."""
    try:
        import kg.endpoint.serve  # noqa: F401
    except ModuleNotFoundError as error:
        if error.name not in ("pebble", "starlette", "uvicorn"):
            raise
        told = "install what it needs with: pip install 'pressgraph[serve]'"
        raise KgError(f"kg serve: {error.name} is not installed; {told}") from error


def show_places(service: Service, *, open_page: bool) -> None:
    """Say what is where, and open the page to start from where that is wanted."""
    import webbrowser

    lines = [f"{service.address}{place:11}{what}" for place, what in PLACES.items()]
    start = service.address + (f"?token={service.token}" if service.token else "")
    if service.token:
        lines.append(f"{start}  open this one to decide")
    say(*lines, "Ctrl+C ends it.")
    if open_page and not webbrowser.open_new_tab(start):
        tell("no browser was found to open it; open it yourself")
