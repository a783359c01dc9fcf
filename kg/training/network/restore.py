"""A model's folder back to a network that can be trained on: what the export did, undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from kg.errors import DataError
from kg.reader.package import GRAPHS, PIECES, load_pieces, read_meta
from kg.reader.types import Floats
from kg.training.export import Kept
from kg.training.network.whole import Network
from kg.training.settings import Shape

#: What saved weights lack, since the base encoder's file or the model's pieces have it.
TABLE = "encoder.words.weight"
#: What the export puts before a parameter's name, and what it calls a matrix in int8 and its
#: scales, after the part of the network that multiplies by it.
GIVEN = "network."
SMALL, SCALES = "_weight", "_scales"


def restore_network(folder: Path, *, frozen: int = 0) -> tuple[Network, Kept]:
    """Return the network that a model's folder was exported from, int8 as floats, and its pieces.

    Of its layers at least so many are `frozen`, and not to be learned.
    Exported again it gives the same bytes of weights: a scale a column is found as it was. Raises
    DataError for a folder that is not whole, or that does not tell the network's shape.
    """
    meta = read_meta(folder)
    if "shape" not in meta:
        raise DataError(f"{folder}: made before models told their shape; export it again")
    shape = Shape(**meta["shape"])
    shape = replace(shape, frozen=max(shape.frozen, frozen))
    vocabulary, rows = load_pieces(folder / PIECES)
    network = Network(shape)
    state = network.state_dict()
    found = {TABLE: rows[np.arange(len(rows))]} | read_graphs(folder, state)
    if lacking := sorted(set(state) - set(found)):
        raise DataError(f"{folder}: no weights for {', '.join(lacking)}; export it again")
    network.load_state_dict({name: torch.from_numpy(found[name].copy()) for name in state})
    return network.eval(), (read_scores(folder / PIECES), range(len(rows)), vocabulary)


def read_scores(path: Path) -> list[tuple[str, float]]:
    """Read a model's pieces with their scores."""
    with np.load(path) as data:
        return list(zip(str(data["pieces"]).split("\n"), data["scores"].tolist(), strict=True))


def read_graphs(folder: Path, names: Collection[str]) -> dict[str, Floats]:
    """Read all weights of a folder's graphs by the network's own names.

    What one graph has in floats and another in int8 is taken from the former.
    """
    exact: dict[str, Floats] = {}
    small: dict[str, Floats] = {}
    for graph in GRAPHS:
        model = onnx.load(str(folder / f"{graph}.onnx"))
        stored = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
        for name, array in stored.items():
            if name.startswith(GIVEN):
                exact[name.removeprefix(GIVEN)] = array
            elif name.endswith(SMALL) and (scales := name.removesuffix(SMALL) + SCALES) in stored:
                matrix = array.astype(np.float32) * stored[scales]
                small[find_name(find_scope(model.graph, name), names)] = matrix.T
        exact |= read_nameless(model.graph, stored, names)
    return small | exact


def read_nameless(
    graph: onnx.GraphProto, stored: Mapping[str, Floats], names: Collection[str]
) -> dict[str, Floats]:
    """Read matrices that were turned while exported and lost their names: those without a bias."""
    return {
        find_name(node.name.rpartition("/")[0], names): stored[node.input[1]].T
        for node in graph.node
        if node.op_type == "MatMul" and node.input[1] in stored and "::" in node.input[1]
    }


def find_scope(graph: onnx.GraphProto, name: str) -> str:
    """Return which part of the network multiplies by a matrix in int8.

    An output of the whole graph has a name of its own; what is added to it has the part's.
    """
    if scope := name.rpartition("/")[0]:
        return scope
    result = f"{name.removesuffix(SMALL)}_out"
    (added,) = (node.input[1] for node in graph.node if result in node.input)
    return added.removeprefix(GIVEN).removesuffix(".bias").replace(".", "/")


def find_name(scope: str, names: Collection[str]) -> str:
    """Return the name of the matrix of a part of the network, which a graph knows by its end.

    >>> find_name("/layers.0/mix", ["encoder.layers.0.mix.weight", "encoder.layers.0.mix.bias"])
    'encoder.layers.0.mix.weight'
    """
    ending = f".{scope.strip('/').replace('/', '.')}.weight"
    (name,) = (name for name in names if f".{name}".endswith(ending))
    return name
