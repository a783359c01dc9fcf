"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from kg.errors import GraphError


def check_target(path: str | Path) -> None:
    """Raise GraphError unless a file can be written there; `-` always can."""
    target = Path(path).resolve()
    if target.is_dir():
        raise GraphError(f"{path}: a folder; name a file in it")
    if not target.parent.is_dir():
        raise GraphError(f"{path}: no folder {target.parent}; make it first")


def name_targets(folder: str | Path, names: Sequence[str]) -> list[str]:
    """Return FOLDER/NAME.ttl for each name and make the folder; raise GraphError if it cannot be.

    Two of one name would overwrite each other: that is a GraphError too.
    """
    if twice := {name for name in names if names.count(name) > 1}:
        raise GraphError(f"two articles are called '{min(twice)}'; --each needs different names")
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GraphError(f"{folder}: no folder can be made there: {error.strerror}") from error
    return [str(Path(folder) / f"{name}.ttl") for name in names]


def replace_folder(new: Path, target: Path) -> None:
    """Put a folder that is whole in another's place: who opens it finds the old or the new one."""
    old = target.with_name(f".{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    try:
        if target.exists():
            target.rename(old)
        new.rename(target)
    except OSError as error:
        if old.exists() and not target.exists():
            old.rename(target)
        raise GraphError(f"{target}: cannot be written: {error.strerror}") from error
    shutil.rmtree(old, ignore_errors=True)


def write_text(path: str | Path, text: str) -> None:
    """Write a file in UTF-8, whole or not at all: on a fault, what was there stays.

    A link's target is replaced, a device is written to. Raises GraphError.
    """
    check_target(path)
    target = Path(path).resolve()
    part = target.with_name(f".{target.name[:80]}.{os.getpid()}.part")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(text.encode())
            return
        part.write_bytes(text.encode())
        if target.exists():
            part.chmod(target.stat().st_mode)
        part.replace(target)
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
