"""A model's folder: graphs, pieces and what decides, checked before anything is read with it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg import __version__
from kg.errors import DataError
from kg.model import Article, Reader, Reading
from kg.reader.entities import list_demonyms
from kg.reader.pieces import Ints, Rows, Vocabulary, make_vocabulary
from kg.reader.reading import Found, find_all, make_reading
from kg.reader.scheme import signature
from kg.reader.types import Floats, Limits

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

#: Where the weights that ship with the package lie.
SHIPPED = Path(__file__).parent / "weights"
#: The environment variable that names another model's folder.
CHOICE = "KG_MODEL"
#: What keeps onnxruntime, from 1.29 on, from sending its maker what it runs and from giving this
#: machine a number in the user's cache; it counts only if it is there before that is loaded.
QUIET = ("ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED")
META = "meta.json"
PIECES = "pieces.npz"
#: What helps where a folder is not whole.
REMEDY = "give a folder that `kg train` wrote, or reinstall pressgraph"
#: What decides and has no default that would do.
NEEDED = {"thresholds", "lines"}
GRAPHS = ("encode", "mark", "rate", "refer", "classify", "pair", "tell", "quote", "fill")


@dataclass(frozen=True, slots=True)
class Package:
    """Hold a model that can be run, what decides, and what its folder tells of it."""

    model: OnnxModel
    limits: Limits
    meta: Mapping[str, Any]


class OnnxModel:
    """Run a model's graphs, as `kg.reader.types.Model` says."""

    def __init__(
        self,
        sessions: Mapping[str, InferenceSession],
        vocabulary: Vocabulary,
        table: Rows | Floats,
    ) -> None:
        self.sessions, self.vocabulary, self.table = sessions, vocabulary, table

    def run(self, name: str, *inputs: Floats | Ints) -> Sequence[Any]:
        """Run one graph."""
        names = {f"in{number}": array for number, array in enumerate(inputs)}
        return self.sessions[name].run(None, names)  # type: ignore[no-any-return]

    def encode(self, ids: Ints, layout: Ints) -> tuple[Floats, tuple[Floats, Floats, Floats]]:
        """Return states of one window and logits of its tags."""
        states, *tags = self.run("encode", self.table[ids], layout)
        return states, (tags[0], tags[1], tags[2])

    def mark(self, states: Floats, begins: Ints, lasts: Ints) -> Floats:
        """Return vectors of spans of pieces."""
        found: Floats = self.run("mark", states, begins, lasts)[0]
        return found

    def rate(self, vectors: Floats, windows: Floats) -> Floats:
        """Return logits of names' things being worth listing."""
        found: Floats = self.run("rate", vectors, windows)[0]
        return found

    def refer(self, mentions: Floats, things: Floats, far: Ints) -> Floats:
        """Return logits of noun phrases meaning things."""
        found: Floats = self.run("refer", mentions, things, far)[0]
        return found

    def gather(self, vectors: Floats, of: Ints, classes: Floats) -> Floats:
        """Return vectors of things from those of their mentions."""
        sums = np.zeros((len(classes), vectors.shape[1]), np.float32)
        np.add.at(sums, of, vectors)
        counts = np.maximum(np.bincount(of, minlength=len(classes)), 1)[:, None]
        share = classes / np.maximum(classes.sum(1, keepdims=True), 1)
        found: Floats = sums / counts + self.run("classify", share.astype(np.float32))[0]
        return found.astype(np.float32)

    def pair(
        self, states: Floats, mentions: tuple[Floats, Floats, Ints, Ints], left: Ints, right: Ints
    ) -> tuple[Floats, Floats]:
        """Return features and scores of pairs of mentions."""
        features, scores = self.run("pair", states, *mentions, left, right)
        return features, scores

    def tell(self, features: Floats, relations: Ints) -> tuple[Floats, Floats]:
        """Return logits of modalities and of being over."""
        modality, ended = self.run("tell", features, relations)
        return modality, ended

    def quote(
        self, facts: tuple[Floats, Ints], states: Floats, left: Ints, right: Ints
    ) -> tuple[Floats, Floats]:
        """Return logits of where the words that say facts begin and end."""
        begins, ends = self.run("quote", *facts, states, left, right)
        return begins, ends

    def fill(
        self, facts: tuple[Floats, Ints, Ints], of: Ints, values: Floats, far: Ints
    ) -> tuple[Floats, Floats]:
        """Return logits of values for questions, and that nothing answers."""
        logits, none = self.run("fill", *facts, of, values, far)
        return logits, none


def choose_model(folder: str | Path = "") -> Path:
    """Return the folder of the model to read with: the one given, $KG_MODEL, the shipped one."""
    return Path(folder or os.environ.get(CHOICE) or SHIPPED)


def load_package(folder: Path, *, threads: int = 1) -> Package:
    """Load a model's folder; raise DataError with what to do where it is not whole."""
    meta = read_meta(folder)
    check_files(folder, meta)
    vocabulary, table = load_pieces(folder / PIECES)
    sessions = {name: _open(folder / f"{name}.onnx", threads) for name in GRAPHS}
    limits = Limits(**meta["limits"])
    return Package(OnnxModel(sessions, vocabulary, table), limits, meta)


def find_article(package: Package, article: Article) -> Found:
    """Find what an article names and says."""
    demonyms = list_demonyms(article.lang)
    return find_all(package.model, article.text, package.limits, demonyms=demonyms)


def tell_reading(package: Package, article: Article, found: Found) -> Reading:
    """Return what was found in an article as a reading, which tells which model it was."""
    reading = make_reading(article, found, package.limits)
    return replace(reading, reader=describe_reader(package.meta))


def name_reader(folder: Path = SHIPPED) -> Reader:
    """Return who reads with a model's folder; none of it but what it tells of itself is read."""
    return describe_reader(read_meta(folder))


def describe_reader(meta: Mapping[str, Any]) -> Reader:
    """Return the reader that a model is: its digest is of all files and of what decides.

    Models may differ in their heads or thresholds alone, and what is made of what they find is
    the program's: so its version is that of the reader.

    >>> one, other = ({"files": {}, "limits": {"worth": worth}} for worth in (0.5, 0.6))
    >>> describe_reader(one) == describe_reader(other)
    False
    """
    sums = sorted((name, told["sha256"]) for name, told in meta["files"].items())
    told = json.dumps([sums, meta["limits"]], sort_keys=True)
    return Reader("learned", __version__, hashlib.sha256(told.encode()).hexdigest())


def read_meta(folder: Path) -> dict[str, Any]:
    """Read what a folder tells of its model; raise DataError for another scheme."""
    path = folder / META
    if not path.is_file():
        raise DataError(f"{folder}: no model here ({META} is missing); {REMEDY}")
    try:
        meta: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise DataError(f"{path}: cut short or changed ({error}); {REMEDY}") from error
    if not isinstance(meta, dict) or "scheme" not in meta:
        raise DataError(f"{path}: tells of no model; {REMEDY}")
    if meta["scheme"] != signature():
        raise DataError(f"{folder}: a model of another scheme; train it anew, or {REMEDY}")
    if not is_whole(meta):
        raise DataError(f"{path}: does not tell of all that a model has; {REMEDY}")
    return meta


def is_whole(meta: Mapping[str, Any]) -> bool:
    """Tell whether a folder tells the size and the sum of each file, and what decides."""
    files, limits = meta.get("files"), meta.get("limits")
    if not isinstance(files, dict) or not isinstance(limits, dict):
        return False
    told = all(isinstance(it, dict) and {"size", "sha256"} <= it.keys() for it in files.values())
    named = {PIECES, *(f"{name}.onnx" for name in GRAPHS)} <= files.keys()
    known = {it.name for it in fields(Limits)}
    return told and named and NEEDED <= limits.keys() <= known


def check_files(folder: Path, meta: Mapping[str, Any]) -> None:
    """Compare a folder's files with the sizes and the sums it tells of them."""
    for name, told in meta["files"].items():
        path = folder / name
        if not path.is_file():
            raise DataError(f"{path}: missing; {REMEDY}")
        try:
            same = path.stat().st_size == told["size"] and sum_file(path) == told["sha256"]
        except OSError as error:
            raise DataError(f"{path}: cannot be read: {error.strerror}; {REMEDY}") from error
        if not same:
            raise DataError(f"{path}: cut short or changed; {REMEDY}")


def sum_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load_pieces(path: Path) -> tuple[Vocabulary, Rows]:
    """Load pieces with their scores, the map of characters, and the table of the pieces' rows."""
    with np.load(path) as data:
        pieces = str(data["pieces"]).split("\n")
        scored = list(zip(pieces, data["scores"].tolist(), strict=True))
        targets = str(data["characters"]).split("\n")
        table = dict(zip(data["codes"].tolist(), targets, strict=True))
        unknown, first, last = data["special"].tolist()
        vocabulary = make_vocabulary(scored, table, special=(unknown, first, last))
        return vocabulary, Rows(data["rows"], data["scales"])


def _open(path: Path, threads: int) -> InferenceSession:
    """Open a graph, on so many threads, with the same result each time."""
    os.environ.update(dict.fromkeys(QUIET, "1"))
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
