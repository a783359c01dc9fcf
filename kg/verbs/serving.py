"""The verb that lets others ask a graph."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.errors import KgError
from kg.verbs.ending.streams import say
from kg.verbs.terminal import tell

#: What is where, below the address.
PLACES = {
    "": "ask, on a page",
    "sparql": "SPARQL 1.1, for programs",
    "explore": "the graph, drawn",
    "reconcile": "Reconciliation API 0.2, for OpenRefine",
    "ontology": "classes and properties",
}


def serve(
    graph: Annotated[
        str, typer.Argument(metavar="GRAPH", help="A graph's file, or a store's folder.")
    ],
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; 0.0.0.0 lets all others in.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Which port to listen at; 0 is any free one.")
    ] = 7878,
    timeout: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="Stop a longer query; 0 is never.")
    ] = 30,
    cors: Annotated[
        list[str] | None,
        typer.Option(metavar="ORIGIN", help="Whose pages may ask; * is all. Repeatable."),
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Answer SPARQL over HTTP, with a page to ask on.

    It only reads, and sees what is put into a store, or changed in a file, from the next query
    on. Only this machine can ask, unless --host says otherwise. Ctrl+C ends it.
    """
    import webbrowser

    try:
        from kg.endpoint.serve import open_service
    except ModuleNotFoundError as error:
        if error.name not in ("pebble", "starlette", "uvicorn"):
            raise
        told = "install what it needs with: pip install 'pressgraph[serve]'"
        raise KgError(f"kg serve: {error.name} is not installed; {told}") from error
    try:
        with open_service(graph, host=host, port=port, timeout=timeout, cors=cors or ()) as service:
            lines = [f"{service.address}{place:11}{what}" for place, what in PLACES.items()]
            say(*lines, "Ctrl+C ends it.")
            if open_ and not webbrowser.open_new_tab(service.address):
                tell("no browser was found to open it; open it yourself")
            service.run()
    except KeyboardInterrupt:
        return
