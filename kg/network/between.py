"""How much each thing of a network lies between others: betweenness, and what else ranks things."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import rustworkx as rx
    from networkx import Graph
    from numpy.typing import NDArray

    Places = NDArray[np.intp]
    Numbers = NDArray[np.float64]

#: Steps, a link from a thing, up to which betweenness is exact (3 s: 4,000 things with 10,000
#: links), and those that are taken beyond: of 10,000 things, 600 stand for all, in 2 s.
EXACT, DRAWN, SEED = 100_000_000, 35_000_000, 1


def number_links(graph: Graph) -> rx.PyGraph[str, float]:
    """Return a graph whose nodes are numbers, in the same order, with the links' weights."""
    import rustworkx as rx

    links: rx.PyGraph[str, float] = rx.PyGraph()
    number = dict(zip(graph, links.add_nodes_from(list(graph)), strict=True))
    links.add_edges_from([(number[a], number[b], w) for a, b, w in graph.edges(data="weight")])
    return links


def rank_pages(graph: Graph) -> dict[str, float]:
    """Return the PageRank of each thing, rounded, so that ties are ties."""
    import rustworkx as rx

    links: rx.PyDiGraph[str, float] = rx.PyDiGraph()
    number = dict(zip(graph, links.add_nodes_from(list(graph)), strict=True))
    ends = [(number[a], number[b], weight) for a, b, weight in graph.edges(data="weight")]
    links.add_edges_from(ends)
    links.add_edges_from([(b, a, weight) for a, b, weight in ends])
    ranks = rx.pagerank(links, weight_fn=float, max_iter=1000, tol=1e-10)
    return {node: round(ranks[place], 6) for node, place in number.items()}


def measure_between(graph: Graph) -> dict[str, float]:
    """Return of each thing the share of shortest ways between two others that lead over it.

    Ways are short that have few links (Brandes, 2001). In a large network some things, always the
    same, stand for all where ways begin (Brandes and Pich, 2007). It is rounded, so that ties are
    ties.
    """
    import numpy as np
    import rustworkx as rx

    count, links = len(graph), number_links(graph)
    steps = count + 2 * graph.number_of_edges()
    if count * steps <= EXACT:
        # In one thread: the order in which several add up is never twice the same.
        found = rx.betweenness_centrality(links, parallel_threshold=count + 1)
        between = np.array([found[place] for place in range(count)])
    else:
        drawn = min(count, max(20, DRAWN // steps))
        first, ends = list_ends(links)
        between = np.zeros(count)
        for source in np.random.default_rng(SEED).choice(count, drawn, replace=False):
            between += count_ways(first, ends, source)
        between *= count / drawn / ((count - 1) * (count - 2))
    return dict(zip(graph, np.round(between, 6).tolist(), strict=True))


def list_ends(links: rx.PyGraph[str, float]) -> tuple[Places, Places]:
    """Return where each node's neighbours begin in a list of all, and that list.

    >>> import networkx as nx
    >>> [found.tolist() for found in list_ends(number_links(nx.path_graph(3)))]
    [[0, 1, 3, 4], [1, 0, 2, 1]]
    """
    import numpy as np

    one, other = np.array(links.edge_list(), dtype=np.intp).reshape(-1, 2).T
    start, end = np.concatenate([one, other]), np.concatenate([other, one])
    order = np.lexsort((end, start))
    first = np.searchsorted(start[order], np.arange(links.num_nodes() + 1))
    return first, end[order]


def count_ways(first: Places, ends: Places, source: int) -> Numbers:
    """Return how much of the shortest ways from a node to all others leads over each node.

    >>> import networkx as nx
    >>> count_ways(*list_ends(number_links(nx.path_graph(4))), 0).tolist()
    [0.0, 2.0, 1.0, 0.0]
    """
    import numpy as np

    count = len(first) - 1
    depth, ways = np.full(count, -1), np.zeros(count)
    depth[source], ways[source] = 0, 1.0
    border, steps = np.array([source]), list[tuple["Places", "Places"]]()
    while len(border):
        many = first[border + 1] - first[border]
        start = np.repeat(border, many)
        places = np.arange(len(start)) + np.repeat(first[border] - many.cumsum() + many, many)
        other = ends[places]
        new = depth[other] < 0
        steps.append((start[new], other[new]))
        ways += np.bincount(other[new], ways[start[new]], count)
        depth[other[new]] = len(steps)
        border = np.flatnonzero(depth == len(steps))
    over = np.zeros(count)
    for start, other in reversed(steps):
        over += np.bincount(start, ways[start] / ways[other] * (1 + over[other]), count)
    over[source] = 0
    return over
