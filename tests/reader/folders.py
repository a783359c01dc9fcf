"""A model's folder that tells of itself as a whole one does, and of which nothing can be loaded."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.reader.package import GRAPHS, META, PIECES
from kg.reader.reading import Limits
from kg.reader.scheme import signature


def make_folder(folder: Path, **told: Any) -> Path:
    """Make a model's folder with files of a few bytes, and what it tells of them."""
    folder.mkdir(exist_ok=True)
    files = {}
    for name in (*(f"{graph}.onnx" for graph in GRAPHS), PIECES):
        data = f"no more than {name}".encode()
        (folder / name).write_bytes(data)
        files[name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    meta = {"scheme": signature(), "limits": asdict(Limits()), "version": "1", "files": files}
    (folder / META).write_text(json.dumps(meta | told), encoding="utf-8")
    return folder
