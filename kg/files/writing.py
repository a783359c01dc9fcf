"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from kg.errors import GraphError
from kg.files.ending import remember
from kg.files.faults import tell_fault
from kg.files.links import follow_links

#: How the name of a file ends that is not yet written to its end.
PART = ".part"
#: Seconds after which nobody writes a file any more, on another machine either.
QUIET = 60


def check_target(path: str | Path) -> None:
    """Raise GraphError unless a file can be written there; `-` always can."""
    target = follow_links(path)
    if target.is_symlink():
        raise GraphError(f"{path}: a link that leads to itself; name another file")
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
        raise GraphError(f"{folder}: no folder can be made there: {tell_fault(error)}") from error
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
        raise GraphError(f"{target}: cannot be written: {tell_fault(error)}") from error
    shutil.rmtree(old, ignore_errors=True)


def write_text(path: str | Path, text: str) -> None:
    """Write a file in UTF-8, whole or not at all: on a fault, what was there stays.

    A link's target is replaced, a device or pipe is written to. Raises GraphError.
    """
    check_target(path)
    target = follow_links(path)
    try:
        if Path(path).exists() and not Path(path).is_file():  # a pipe has no name to resolve to
            Path(path).write_bytes(text.encode())
        else:
            replace_file(target, text.encode())
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {tell_fault(error)}") from error


def replace_file(target: Path, data: bytes) -> None:
    """Put a file in the place of another; whoever looks finds the old or the new one, whole.

    The machine may stop at any time: its disk has all of the new one before the old one goes.
    """
    part = name_part(target)
    forget = remember(partial(remove_part, part))
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode)
        part.replace(target)
    finally:
        remove_part(part)
        forget()


def name_part(target: Path) -> Path:
    """Return the file that is written before it takes another's place.

    >>> name_part(Path("a.ttl")).name == f".a.ttl.{os.getpid()}{PART}"
    True
    """
    return target.with_name(f".{target.name[:80]}.{os.getpid()}{PART}")


def remove_part(part: Path) -> None:
    """Remove a file that was not written to its end, where it is there and may go."""
    with suppress(OSError):
        part.unlink(missing_ok=True)


def find_parts(folder: Path, name: str = "*") -> Iterator[Path]:
    """Yield files that other processes, which are no more, did not write to their end."""
    for path in sorted(folder.glob(f".{name}.*{PART}")):
        process = path.name.removesuffix(PART).rpartition(".")[2]
        with suppress(OSError):
            still = time.time() - path.stat().st_mtime > QUIET
            if process.isdecimal() and not is_running(int(process)) and still:
                yield path


def is_running(process: int) -> bool:
    """Tell whether a process runs on this machine.

    >>> is_running(os.getpid())
    True
    """
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
