"""Verbs that tell how good a graph is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.errors import KgError
from kg.verbs.terminal import GraphSource, read_all


def check(
    graph: GraphSource,
    article: Annotated[
        list[str] | None, typer.Option(metavar="FILE", help="An article that it was built from.")
    ] = None,
) -> None:
    """Check a graph's shapes and its quotes.

    The shapes are SHACL; each quoted span must be exactly what its article says there.
    """
    from kg.graph.check import check_graph
    from kg.store.engine import load_graph
    from kg.verbs.tables import clean, count_line

    loaded = load_graph(graph)
    violations = check_graph(loaded, articles=read_all(article or [], None))
    for one in violations:
        print(clean(f"{one.node}: {one.message} {one.value}"))
    if violations:
        raise KgError(f"{graph}: {len(violations)} violations; build it again with: kg build")
    print(count_line(loaded))


def score(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold files: NAME.json.")],
    graphs: Annotated[Path, typer.Argument(metavar="GRAPHS", help="Graphs: NAME.ttl.")],
    floors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Least scores (TOML); exit 1 below one.")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List misses and false alarms.")] = False,
) -> None:
    """Score graphs against gold: precision, recall, F1."""
    from kg.score.scores import check_floors, score_graphs
    from kg.verbs.tables import clean, score_lines

    result = score_graphs(gold, graphs)
    print(*score_lines(result), sep="\n")
    for name, lines in result.errors.items() if errors else ():
        print(name, *(f"  {clean(line)}" for line in lines), sep="\n")
    if floors:
        check_floors(result, floors)
