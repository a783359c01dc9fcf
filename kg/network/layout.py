"""Network to positions: where each node stands and how each edge bends, the same every time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx
    import numpy as np
    from networkx import MultiDiGraph
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Numbers = NDArray[np.float64]

#: Pixels: a leaf's distance, the room of a node with its label, and the shape of a window,
#: and how far a node stands from an edge that passes by.
EDGE, BOX, SHAPE, CLEAR = 165.0, (165.0, 90.0), 1.2, 42.0
#: Nodes up to which Kamada and Kawai's layout, the clearest, is fast enough, and a node's room
#: in a larger component, where the page shows fewer labels until one comes near.
SMALL, TIGHT = 100, (84.0, 60.0)
#: Rounds of the layout of a large component, and cells along a side of the grid that stands for
#: what is far: 5,000 nodes take 5 s, and more of either changed the picture little.
ROUNDS, CELLS = 200, 16


def layout_network(network: MultiDiGraph) -> dict[str, tuple[int, int]]:
    """Lay a network out in pixels, the same way every time: its components side by side.

    >>> import networkx as nx
    >>> sorted(layout_network(nx.MultiDiGraph([("a", "b"), ("c", "d")])))
    ['a', 'b', 'c', 'd']
    """
    import networkx as nx

    whole = nx.Graph()
    whole.add_nodes_from(sorted(network))
    for a, b, label in sorted(network.edges(data="label", default="")):
        if a != b:
            longest = max(len(label), whole.edges[a, b]["label"] if whole.has_edge(a, b) else 0)
            whole.add_edge(a, b, label=longest)
    parts = [sorted(part) for part in nx.connected_components(whole)]
    parts.sort(key=lambda part: (-len(part), part))
    placed = [place_component(whole, part) for part in parts]
    return {
        node: (round(x), round(y))
        for part, points in zip(parts, pack_boxes(placed), strict=True)
        for node, (x, y) in zip(part, points.tolist(), strict=True)
    }


def place_component(whole: networkx.Graph, part: list[str]) -> Points:
    """Place the nodes of one component: hubs far apart, and room for each label."""
    import numpy as np

    if len(part) == 1:
        return np.zeros((1, 2))
    number = {node: i for i, node in enumerate(part)}
    wanted: dict[tuple[int, int], float] = {}
    for a, b, label in sorted(whole.edges(part, data="label")):
        room = (90 + 8 * min(label, 18)) / EDGE
        length = max(room, min(whole.degree(a), whole.degree(b)) ** 0.5)
        wanted[number[a], number[b]] = length
    ends, wished = np.array([*wanted]), np.array([*wanted.values()])
    small = len(part) <= SMALL
    points = balance(len(part), wanted) if small else spread_out(len(part), ends)
    lengths = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
    points = fill_window(points * (wished.sum() / lengths.sum() * EDGE))
    return make_room(points, ends)


def balance(count: int, wanted: Mapping[tuple[int, int], float]) -> Points:
    """Place some points as far from each other as the ways between them are long."""
    import numpy as np
    import rustworkx as rx

    graph = rx.PyGraph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from([(a, b, length) for (a, b), length in wanted.items()])
    found = rx.kamada_kawai_layout(graph, weight_fn=float, max_outer=50 * count)
    return np.array([found[node] for node in range(count)])


def spread_out(count: int, ends: NDArray[np.intp]) -> Points:
    """Spread out many points: ends of an edge draw together, all push each other apart.

    The forces are ForceAtlas2's (Jacomy et al., 2014); what pushes is a grid's cells, not points.
    """
    import numpy as np

    points: Points = np.random.default_rng(1).normal(size=(count, 2)) * count**0.5
    degree: Numbers = np.bincount(ends.ravel(), minlength=count) + np.float64(1)
    for turn in range(ROUNDS):
        force = push_off(points, degree)
        pull = points[ends[:, 1]] - points[ends[:, 0]]
        for axis in (0, 1):
            force[:, axis] += np.bincount(ends[:, 0], pull[:, axis], count)
            force[:, axis] -= np.bincount(ends[:, 1], pull[:, axis], count)
        step = force / degree[:, None]
        length = np.linalg.norm(step, axis=1, keepdims=True)
        most = count**0.5 * 0.6 * (1 - turn / ROUNDS) ** 2 + 1e-3
        points += step * np.minimum(0.5, most / np.maximum(length, 1e-9))
    return points


def push_off(points: Points, degree: Numbers) -> Points:
    """Return how hard a grid's cells, each as one heavy point, push each point away."""
    import numpy as np

    low, size = points.min(axis=0), np.ptp(points, axis=0).max() / CELLS + 1e-9
    column, row = np.minimum((points - low) // size, CELLS - 1).astype(int).T
    cell = column * CELLS + row
    weight = np.bincount(cell, degree, CELLS**2)
    full = np.flatnonzero(weight)
    sums = [np.bincount(cell, degree * axis, CELLS**2)[full] for axis in points.T]
    hearts = np.stack(sums, axis=1) / weight[full, None]
    # |a - b|² as a product of matrices, and softened: one's own cell is not at one point.
    apart = (points**2).sum(axis=1)[:, None] - 2 * points @ hearts.T + (hearts**2).sum(axis=1)
    push = weight[full] / (np.maximum(apart, 0) + (size / 4) ** 2)
    pushed: Points = degree[:, None] * (points * push.sum(axis=1)[:, None] - push @ hearts)
    return pushed


def fill_window(points: Points) -> Points:
    """Turn points so that they spread widest from left to right, as a window does."""
    import numpy as np

    points = points - points.mean(axis=0)
    _, turn = np.linalg.eigh(points.T @ points)  # the widest axis comes last
    turn = turn[:, ::-1] * np.where(turn[:, ::-1].sum(axis=0) < 0, -1.0, 1.0)
    points = points @ turn
    width, height = np.ptp(points, axis=0) + BOX
    wider = np.clip((SHAPE * height / width) ** 0.5, 0.75, 1.5)
    spread: Points = points * np.array([wider, 1 / wider])
    return spread


def make_room(points: Points, ends: NDArray[np.intp]) -> Points:
    """Move nodes away from each other and, in a small network, from edges that pass them by."""
    small = len(points) <= SMALL
    for _ in range(200 if small else 50):
        passed = small and leave_edges(points, ends)
        if not push_apart(points, BOX if small else TIGHT) and not passed:
            break
    return points


def push_apart(points: Points, box: tuple[float, float]) -> bool:
    """Push apart, in place, the points whose boxes overlap; tell whether there were any."""
    import numpy as np

    scaled = points / box
    pairs = find_close(scaled)
    rows = np.arange(len(pairs))
    gap = scaled[pairs[:, 1]] - scaled[pairs[:, 0]]
    along = np.abs(gap).argmax(axis=1)
    depth = gap[rows, along]
    move = np.zeros_like(gap)
    move[rows, along] = np.where(depth < 0, -1, 1) * (1.02 - np.abs(depth)) / 2
    np.add.at(points, pairs[:, 1], move * box)
    np.add.at(points, pairs[:, 0], -move * box)
    return len(pairs) > 0


def find_close(points: Points) -> NDArray[np.intp]:
    """Find the pairs of points that are at most 1 apart along both axes.

    >>> import numpy as np
    >>> find_close(np.array([[0, 0], [2, 0], [0.5, 1], [0.5, 1.5]])).tolist()
    [[0, 2], [2, 3]]
    """
    import numpy as np

    order = np.argsort(points[:, 0], kind="stable")
    along = points[order, 0]
    places = np.arange(len(points))
    # Each with those that follow in the order of the first axis, as far as that axis lets it.
    follow = np.searchsorted(along, along + 1, side="right") - places - 1
    first = np.repeat(places, follow)
    second = first + 1 + np.arange(len(first)) - np.repeat(follow.cumsum() - follow, follow)
    pairs = np.stack([order[first], order[second]], axis=1)
    near = np.abs(points[pairs[:, 0], 1] - points[pairs[:, 1], 1]) <= 1
    return np.sort(pairs[near], axis=1)


def leave_edges(points: Points, ends: NDArray[np.intp]) -> bool:
    """Move, in place, each point a step off the edges that pass close by; tell whether any did."""
    import numpy as np

    start, way = points[ends[:, 0]], points[ends[:, 1]] - points[ends[:, 0]]
    length = (way**2).sum(axis=1)
    share = ((points[:, None] - start) * way).sum(axis=2) / length
    off = points[:, None] - (start + np.clip(share, 0, 1)[..., None] * way)
    far = np.linalg.norm(off, axis=2)
    near = (far < CLEAR) & (share > 0) & (share < 1)
    near[ends[:, 0], np.arange(len(ends))] = near[ends[:, 1], np.arange(len(ends))] = False
    across = np.stack([-way[:, 1], way[:, 0]], axis=1) / length[:, None] ** 0.5
    side = np.where((off * across).sum(axis=2) < 0, -1.0, 1.0)
    push = np.where(near, side * (CLEAR - far), 0.0)[..., None] * across
    points += push.sum(axis=1) * 0.3
    return bool(near.any())


def pack_boxes(parts: list[Points], room: tuple[float, float] = BOX) -> list[Points]:
    """Pack parts, with room between them, into rows shaped as a window, the tallest first."""
    import numpy as np

    sizes = [np.ptp(points, axis=0) + room for points in parts]
    if not parts:
        return []
    width = max(max(w for w, _ in sizes), (SHAPE * sum(w * h for w, h in sizes)) ** 0.5)
    order = sorted(range(len(parts)), key=lambda i: -sizes[i][1])
    left = top = height = 0.0
    packed = list(parts)
    for i in order:
        if left and left + sizes[i][0] > width:
            left, top, height = 0.0, top + height, 0.0
        packed[i] = parts[i] - parts[i].min(axis=0) + np.array([left, top])
        left, height = left + sizes[i][0], max(height, sizes[i][1])
    return packed


def bend_edges(network: MultiDiGraph) -> dict[str, dict[str, Any]]:
    """Find how to bend each edge so that those between the same two nodes stand apart."""
    pairs: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for edge in network.edges(keys=True):
        pairs.setdefault((min(edge[:2]), max(edge[:2])), []).append(edge)
    bends: dict[str, dict[str, Any]] = {}
    for (first, last), edges in pairs.items():
        step = min(0.22, 1.2 / len(edges))
        for i, (start, _, fact) in enumerate(edges):
            bend = (i - (len(edges) - 1) / 2) * step * (1 if start == first else -1)
            if first == last:
                bends[fact] = {"selfReference": {"size": 22 + 12 * i, "angle": 0.8}}
            elif bend:
                turn = "curvedCW" if bend > 0 else "curvedCCW"
                smooth = {"enabled": True, "type": turn, "roundness": round(abs(bend), 3)}
                bends[fact] = {"smooth": smooth}
            else:
                bends[fact] = {}
    return bends
