"""Measure what each verb about the network of 30,000 facts takes beside loading their graph.

A verb loads the graph, makes its claims and their network, and measures that; of explanations, one
of two things that no claim links is the slowest. Seconds are those that the process spends.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from steps import report, spend

if TYPE_CHECKING:
    from networkx import MultiDiGraph

#: Things and facts of the made-up news, and how often the time of loading a verb may take.
THINGS, FACTS, LIMIT = 10_000, 30_000, 5.0


def measure_verbs(path: Path) -> dict[str, float]:
    """Return the seconds of loading a graph, '', and of each verb, that included."""
    from kg.ask.explain import explain_link
    from kg.files.collecting import without_collecting
    from kg.store.engine import load_graph
    from kg.store.given.read import AS_IT_IS
    from kg.verbs.networks import USES, load_network, take_measure
    from kg.who.said.files import load_view

    loading = min(spend(lambda: load_graph(path)) for _ in range(2))
    held = []
    making = spend(lambda: held.append(load_network(str(path), "en", 0.0, AS_IT_IS)))
    [(graph, network)] = held
    links = {"modalities": ("Actual",), "through": ()}
    names = find_ends(network)
    found = {"": loading}
    for measure, use in USES.items():
        given = names[: use.names]
        taken = spend(lambda it=measure, of=given: take_measure((graph, network), it, of, links))
        found[f"kg network {measure}"] = making + taken

    def explain() -> None:
        with without_collecting():
            explain_link(load_view(path), *names)

    found["kg explain"] = spend(explain)
    return found


def find_ends(network: MultiDiGraph) -> list[str]:
    """Return the names of the thing with most links and of one that is far from it."""
    import networkx as nx

    from kg.network.links import project_network

    graph = project_network(network)
    hub = max(graph, key=graph.degree)
    far = nx.single_source_shortest_path_length(graph, hub)
    return [network.nodes[it]["name"] for it in (hub, max(far, key=far.__getitem__))]


def write_news(path: Path, things: int = THINGS, facts: int = FACTS) -> None:
    """Write the graph of the made-up news."""
    from made_up import made_up_readings

    from kg.graph.rdf import write_readings

    path.write_text(write_readings(made_up_readings(things, facts)), encoding="utf-8")


def main() -> int:
    """Measure everything; return 1 if a verb is over its limit."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "news.ttl")
        write_news(path)
        found = measure_verbs(path)
    loading = found.pop("")
    print(f"{THINGS:,} things and {FACTS:,} facts: loading {loading:.2f} s")
    within = [report(f"{verb} / loading", it / loading, LIMIT, "×") for verb, it in found.items()]
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
