"""The network to a model's folder: ONNX graphs, the encoder in int8, pieces with their table."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from kg.reader.package import META, PIECES, sum_file
from kg.reader.pieces import BLOCK, WORD, Rows, Vocabulary, cut_pieces
from kg.reader.scheme import CLASSES, signature
from kg.reader.types import Limits
from kg.training.network.quantize import quantize_graph
from kg.training.network.whole import Network

#: The version of ONNX's operators, the first with a maximum along axes that are an input.
OPSET = 18


class Graph(nn.Module):
    """Wrap one step of the network as a module with tensors in and out."""

    def __init__(self, network: Network, step: Callable[..., object]) -> None:
        super().__init__()
        self.network, self.step = network, step

    def forward(self, *inputs: Tensor) -> object:
        """Run the step."""
        return self.step(self.network, *inputs)


def _encode(network: Network, words: Tensor, layout: Tensor) -> tuple[Tensor, ...]:
    sizes = [words.shape[0]]
    low = network.encoder.lower_words(words, layout, sizes)
    states = network.encoder.upper(low, layout, sizes)
    return (states, *network.tags(states))


def _mark(network: Network, states: Tensor, begins: Tensor, lasts: Tensor) -> Tensor:
    return network.mentions(states, begins, lasts)


def _rate(network: Network, vectors: Tensor, windows: Tensor) -> Tensor:
    return network.mentions.listed(vectors, torch.tanh(network.window(windows)))


def _refer(network: Network, mentions: Tensor, things: Tensor, far: Tensor) -> Tensor:
    return network.references(mentions, things, far)


def _classify(network: Network, classes: Tensor) -> Tensor:
    return network.mentions.classes(classes)


def _pair(network: Network, states: Tensor, *inputs: Tensor) -> tuple[Tensor, Tensor]:
    vectors, windows, begins, lasts, left, right = inputs
    heads = torch.tanh(network.window(windows))
    return network.pairs(states, (vectors, heads, begins, lasts), left, right)


def _tell(network: Network, features: Tensor, relations: Tensor) -> tuple[Tensor, Tensor]:
    return network.facts(features, relations)


def _quote(network: Network, features: Tensor, relations: Tensor, *inputs: Tensor) -> object:
    told = network.facts.told(features, relations)
    return network.facts.evidence(told, *inputs)


def _fill(network: Network, features: Tensor, relations: Tensor, *inputs: Tensor) -> object:
    slots, of, values, far = inputs
    asked, none = network.facts.ask(network.facts.told(features, relations), slots)
    return network.facts.answer(asked[of], values, slots[of], far), none


def list_graphs(network: Network) -> list[tuple[str, Callable[..., object], list[Tensor], int]]:
    """Return the graphs: name, step, inputs to trace it with, number of outputs."""
    width, features = network.shape.width, network.shape.features
    draw = torch.Generator().manual_seed(1)

    def floats(*shape: int) -> Tensor:
        return torch.randn(*shape, generator=draw)

    def ints(*shape: int, high: int = 3) -> Tensor:
        return torch.randint(0, high, shape, generator=draw)

    states, rows = floats(40, width), ints(7, high=6)
    vectors, begins = floats(6, width), torch.tensor([2, 5, 9, 20, 21, 30])
    pairs = [vectors, floats(6, width), begins, begins + 1, rows, ints(7, high=6)]
    told = [floats(5, features), ints(5, high=15)]
    return [
        ("encode", _encode, [floats(40, width), ints(40)], 4),
        ("mark", _mark, [states, begins, begins + 1], 1),
        ("rate", _rate, [vectors, floats(6, width)], 1),
        ("refer", _refer, [vectors, floats(6, width), ints(6, high=400) - 1], 1),
        ("classify", _classify, [floats(6, len(CLASSES))], 1),
        ("pair", _pair, [states, *pairs], 2),
        ("tell", _tell, told, 2),
        ("quote", _quote, [*told, states, ints(5, high=40), ints(5, high=40)], 2),
        ("fill", _fill, [*told, ints(5), ints(9, high=5), floats(9, width), ints(9, 2)], 2),
    ]


def export_graphs(network: Network, folder: Path, *, small: bool = True) -> list[Path]:
    """Write the graphs of a network; with `small`, the encoder's weights in int8."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    written = []
    for name, step, inputs, outputs in list_graphs(network):
        path = folder / f"{name}.onnx"
        write_graph(Graph(network, step).eval(), inputs, path, outputs=outputs)
        if small and name in ("encode", "pair"):
            quantize_graph(path)
        written.append(path)
    return written


def write_graph(module: nn.Module, inputs: Sequence[Tensor], path: Path, *, outputs: int) -> None:
    """Write one module; every first axis, and none but it, may have any length."""
    names = [f"in{number}" for number in range(len(inputs))]
    given = [f"out{number}" for number in range(outputs)]
    axes = {name: {0: f"{name}_rows"} for name in [*names, *given]}
    if path.stem == "quote":
        axes |= {name: {0: f"{name}_rows", 1: f"{name}_pieces"} for name in given}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own future, and of what is traced as it is meant
        torch.onnx.export(
            module,
            tuple(inputs),
            str(path),
            input_names=names,
            output_names=given,
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


#: Pieces with their scores, the numbers of those to keep, and what cuts texts into them.
Kept = tuple[Sequence[tuple[str, float]], Sequence[int], Vocabulary]


def save_package(
    network: Network,
    folder: Path,
    *,
    pieces: Kept,
    small: bool = True,
    told: Mapping[str, object] | None = None,
) -> None:
    """Write a model's folder: graphs, pieces, and what `told` says of it beside their sums."""
    written = export_graphs(network, folder, small=small)
    scored, kept, vocabulary = pieces
    table = network.encoder.words.weight.detach().numpy()[list(kept)]
    rest = [scored[number] for number in kept]
    save_pieces(folder / PIECES, rest, vocabulary=vocabulary, table=table)
    files = {
        path.name: {"size": path.stat().st_size, "sha256": sum_file(path)}
        for path in [*written, folder / PIECES]
    }
    shape = asdict(replace(network.shape, joined=network.encoder.joined, pieces=len(rest)))
    known = {"scheme": signature(), "shape": shape, "limits": asdict(Limits())}
    meta = known | dict(told or {}) | {"files": files}
    text = json.dumps(meta, ensure_ascii=False, indent=1)
    (folder / META).write_text(text + "\n", encoding="utf-8")


def save_pieces(
    path: Path, scored: Sequence[tuple[str, float]], *, vocabulary: Vocabulary, table: np.ndarray
) -> None:
    """Write pieces with their scores, the map of characters, and their rows in four bits.

    The unknown, the first and the last piece stand at the head, in this order.
    """
    rows = pack_table(table)
    codes = sorted(vocabulary.table)
    np.savez(
        path,
        pieces=np.array("\n".join(piece for piece, _ in scored)),
        scores=np.array([score for _, score in scored], np.float32),
        codes=np.array(codes, int),
        characters=np.array("\n".join(vocabulary.table[code] for code in codes)),
        special=np.array([0, 1, 2], int),
        rows=rows.codes,
        scales=rows.scales,
    )


def choose_pieces(vocabulary: Vocabulary, texts: Iterable[str]) -> list[int]:
    """Return the numbers of the pieces to keep: those that texts use, and all that are Latin.

    Special ones stand first, the others in the base's order: the same pieces make the same file. A
    word cut otherwise than when it was learned costs facts: where only 60,000 pieces were kept, 72
    of the 47,000 of `valid` were others, and F1 was .006 lower.
    """
    tokenizer = vocabulary.tokenizer
    unknown = tokenizer.token_to_id("<unk>") or 0
    special = dict.fromkeys([unknown, vocabulary.first, vocabulary.last])
    used = {number for text in texts for number in cut_pieces(text, vocabulary).ids.tolist()}
    pieces = tokenizer.get_vocab().items()
    latin = {number for piece, number in pieces if is_latin(piece.replace(WORD, ""))}
    others = used | {number for number in latin if number > unknown}
    return [*special, *sorted(others - special.keys())]


def is_latin(piece: str) -> bool:
    """Tell whether a piece has letters of French and English, figures and signs only.

    >>> is_latin("œuvre"), is_latin("год")
    (True, False)
    """
    return all(char < "\u0180" or "\u2000" <= char < "\u2200" for char in piece)


def pack_table(table: np.ndarray) -> Rows:
    """Return a table of rows in four bits: exactly, if it is the base encoder's.

    In a block the number that is farthest from 0 has the code 0 there, which stands for -8.

    >>> pack_table(np.linspace(-8, 7.5, 32)[None].round())[np.array([0])][0, :4].tolist()
    [-8.0, -8.0, -7.0, -6.0]
    """
    blocks = table.reshape(len(table), -1, BLOCK).astype(np.float32)
    farthest = np.take_along_axis(blocks, np.abs(blocks).argmax(-1)[..., None], -1)
    scales = (farthest / -8).astype(np.float16)
    whole = np.where(scales == 0, 1, scales).astype(np.float32)
    codes = np.clip(np.round(blocks / whole) + 8, 0, 15).astype(np.uint8)
    half = BLOCK // 2
    return Rows(codes[..., :half] | codes[..., half:] << 4, scales[..., 0])
