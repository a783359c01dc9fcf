"""How are two things linked? The shortest way, step by step: path.py GRAPH FROM TO."""

import sys

import networkx

import kg


def main(path: str, start: str, goal: str) -> None:
    network = kg.build_network(kg.load_graph(path))
    nodes = {data["name"]: node for node, data in network.nodes(data=True)}
    names = networkx.get_node_attributes(network, "name")
    links = network.to_undirected(as_view=True)
    way = networkx.shortest_path(links, nodes[start], nodes[goal])
    for one, other in zip(way, way[1:], strict=False):
        fact = min(links[one][other].values(), key=lambda fact: fact["begin"])
        print(f"{names[one]} – {names[other]}: {fact['relation']}, « {fact['quote']} »")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
