"""A model's folder is known by what it tells of itself, and tells where it is not whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from folders import make_folder

import kg
from kg.errors import DataError
from kg.reader.package import META, load_package, name_reader
from kg.reader.reading import Limits


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that tells of a whole model."""
    return make_folder(tmp_path / "weights")


def rewrite(folder: Path, change: Callable[[Any], Any]) -> None:
    """Let a folder tell something else of itself."""
    meta = json.loads((folder / META).read_text(encoding="utf-8"))
    (folder / META).write_text(json.dumps(change(meta)), encoding="utf-8")


def test_a_reader_is_known_by_what_its_folder_tells_alone(folder: Path) -> None:
    reader = name_reader(folder)
    assert (reader.name, reader.version, len(reader.weights)) == ("learned", kg.__version__, 64)
    for path in folder.iterdir():
        if path.name != META:
            path.unlink()
    assert name_reader(folder) == reader


@pytest.mark.parametrize(
    "change",
    [
        lambda meta: meta["files"]["pair.onnx"].update(sha256="0" * 64),
        lambda meta: meta["files"]["encode.onnx"].update(sha256="0" * 64),
        lambda meta: meta.update(limits=asdict(Limits(worth=0.4))),
        lambda meta: meta["limits"]["thresholds"].update(offers=1.0),
        lambda meta: meta["limits"]["lines"].update(offers=[1.0, 0.5]),
    ],
)
def test_other_heads_or_thresholds_are_another_reader(
    folder: Path, change: Callable[[Any], None]
) -> None:
    before = name_reader(folder)
    rewrite(folder, lambda meta: change(meta) or meta)
    assert name_reader(folder) != before
    assert name_reader(folder).weights[:12] != before.weights[:12]


def test_what_a_card_tells_is_no_other_reader(folder: Path) -> None:
    before = name_reader(folder)
    rewrite(folder, lambda meta: dict(reversed(meta.items())) | {"scores": {"all": 1}})
    assert name_reader(folder) == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda meta: [], "meta.json: tells of no model; give"),
        (lambda meta: {}, "meta.json: tells of no model; give"),
        (lambda meta: meta | {"scheme": "x"}, "a model of another scheme; train it anew, or give"),
        (lambda meta: meta | {"files": {}}, "does not tell of all that a model has; give"),
        (lambda meta: meta | {"files": 1}, "does not tell of all that a model has; give"),
        (lambda meta: meta | {"limits": {}}, "does not tell of all that a model has; give"),
        (lambda meta: meta | {"limits": {"x": 1}}, "does not tell of all that a model has; give"),
    ],
)
def test_what_a_folder_tells_must_be_whole(
    folder: Path, change: Callable[[Any], Any], told: str
) -> None:
    rewrite(folder, change)
    for look in (name_reader, load_package):
        with pytest.raises(DataError, match=told):
            look(folder)


def test_a_file_that_is_missing_cut_or_changed_is_told(folder: Path) -> None:
    path = folder / "tell.onnx"
    data = path.read_bytes()
    for wrong in (data[:-1], b"", data[:-1] + b"?"):
        path.write_bytes(wrong)
        with pytest.raises(DataError, match=r"tell\.onnx: cut short or changed; give"):
            load_package(folder)
    path.unlink()
    with pytest.raises(DataError, match=r"tell\.onnx: missing; give"):
        load_package(folder)
    (folder / META).write_bytes(b'{"scheme": "\xff')
    with pytest.raises(DataError, match=r"meta\.json: cut short or changed .*give"):
        name_reader(folder)
    with pytest.raises(DataError, match=r"no model here \(meta\.json is missing\); give"):
        name_reader(folder / "none")


#: Who reads in a process of its own, at home in a new folder.
AT_HOME = """
from kg import reader
from kg.model import Article
reader.read(Article("a", "Nordil a racheté Vasco.", lang="fr"))
"""


@pytest.mark.model
def test_nothing_is_kept_of_who_reads(tmp_path: Path) -> None:
    environment = {name: it for name, it in os.environ.items() if not name.startswith("XDG_")}
    done = subprocess.run(
        [sys.executable, "-c", AT_HOME], env=environment | {"HOME": str(tmp_path)},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not list(tmp_path.iterdir())
