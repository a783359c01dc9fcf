"""The verb that lets others ask a graph."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.errors import KgError
from kg.verbs.given.options import Entail, reads_graph

if TYPE_CHECKING:
    from kg.store.given.read import Given

#: What is where, below the address.
PLACES = {
    "": "ask, on a page",
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


@partial(reads_graph, several=False)
def serve(
    graph: Graph,
    host: Host = "127.0.0.1",
    port: Port = 7878,
    timeout: Timeout = 30,
    cors: Cors = None,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    entail: Entail = True,
    *,
    given: Given,
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
        options: dict[str, Any] = {
            "timeout": timeout,
            "cors": cors or (),
            "entail": entail,
            "given": given,
        }
        with open_service(graph, host=host, port=port, **options) as service:
            lines = [f"{service.address}{place:11}{what}" for place, what in PLACES.items()]
            print(*lines, "Ctrl+C ends it.", sep="\n", flush=True)
            if open_ and not webbrowser.open_new_tab(service.address):
                print("kg: no browser was found to open it; open it yourself", file=sys.stderr)
            service.run()
    except KeyboardInterrupt:
        return
