"""How are two things linked? The shortest way, step by step: path.py GRAPH FROM TO."""

import sys
from itertools import pairwise

import networkx

import kg


def is_actual(network: networkx.MultiDiGraph, edge: tuple[str, str, str]) -> bool:
    return network.edges[edge]["modality"] == "Actual" and not network.edges[edge]["ended"]


def main(path: str, start: str, goal: str) -> None:
    network = kg.build_network(kg.load_graph(path))
    network.remove_edges_from([edge for edge in network.edges if not is_actual(network, edge)])
    names = networkx.get_node_attributes(network, "name")
    nodes = {name: node for node, name in names.items()}
    links = network.to_undirected()
    for one, other in pairwise(networkx.shortest_path(links, nodes[start], nodes[goal])):
        fact = min(links[one][other].values(), key=lambda fact: fact["begin"])
        print(f"{names[one]} – {names[other]}: {fact['relation']}, « {fact['quote']} »")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
