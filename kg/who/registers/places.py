"""Where registers lie, unless somebody says otherwise: the user's data, by the XDG rules."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kg.errors import DataError
from kg.who.registers.index import Register
from kg.who.registers.layouts import LAYOUTS

ENDING = ".sqlite"


def registers_folder() -> Path:
    """Return the folder of registers: below $XDG_DATA_HOME, or ~/.local/share; raise DataError."""
    given = os.environ.get("XDG_DATA_HOME", "")
    if Path(given).is_absolute():  # the rules say that a relative path is to be ignored
        return Path(given) / "pressgraph" / "registers"
    try:
        home = Path.home()
    except RuntimeError as error:
        told = "set HOME or XDG_DATA_HOME, or name each register with --register PATH"
        raise DataError(f"registers: you have no home folder; {told}") from error
    return home / ".local" / "share" / "pressgraph" / "registers"


def register_path(scheme: str) -> Path:
    """Return where the register of a scheme lies.

    >>> register_path("lei").name
    'lei.sqlite'
    """
    return registers_folder() / f"{scheme}{ENDING}"


def list_registers() -> list[Path]:
    """Return the registers that lie in their usual place."""
    return [path for scheme in LAYOUTS if (path := register_path(scheme)).is_file()]


def remove_register(name: str) -> Path:
    """Remove a register, by its scheme or its path; raise DataError for what is none."""
    path = register_path(name) if name in LAYOUTS else Path(name)
    if not path.is_file():
        raise DataError(f"{name}: no register there; see: kg register list")
    Register(path).close()
    path.unlink()
    return path


@contextmanager
def open_registers(paths: Sequence[Path]) -> Iterator[list[Register]]:
    """Open some registers, or all in their usual place; raise DataError where there is none."""
    wanted = list(paths) or list_registers()
    if not wanted:
        raise DataError("no register yet; make one with: kg register add FILE --as siren")
    opened: list[Register] = []
    try:
        for path in wanted:
            opened.append(Register(path))
        yield opened
    finally:
        for register in opened:
            register.close()
