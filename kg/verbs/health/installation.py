"""Whether the program has what it needs: libraries, weights, room, and a reading that works."""

from __future__ import annotations

import locale
import os
import platform
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import kg
from kg.errors import DataError, KgError
from kg.verbs.health.finding import Finding, tell_size
from kg.wordings import tell_count

NAME = "pressgraph"
#: Extras that a user may want, and what brings them.
EXTRAS = ("serve", "documents", "cluster", "pandas", "train")
REQUIREMENT = re.compile(r"([\w.-]+)(?:\[[^]]*\])?\s*([^;]*)(?:;\s*(.*))?")
CLAUSE = re.compile(r"(>=|<=|==|!=|<|>)\s*([\d.]+)")
EXTRA = re.compile(r"""extra\s*==\s*["']([\w-]+)["']""")
#: Bytes that a run should find free, in memory and on disk.
ROOM = 500_000_000
#: What the reader is tried on, and a relation that it must find there.
TRIAL, RELATION = (
    "Le groupe Nordil a racheté la société Vasco pour 12 millions d'euros.",
    "acquired",
)


def find_installation() -> Iterator[Finding]:
    """Look at the installation, one thing after the other."""
    yield find_machine()
    yield from find_libraries()
    yield find_surroundings()
    yield find_room()
    yield find_registers()
    yield find_weights()
    yield find_reading()


def find_machine() -> Finding:
    """Tell what runs the program."""
    python = f"Python {platform.python_version()} ({platform.python_implementation()})"
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    machine = f"{platform.system()} {platform.release()} {platform.machine()}, {cores} cores"
    memory = f", {tell_size(size)} memory" if (size := count_memory()) else ""
    return Finding(NAME, f"{kg.__version__}, {python}, {machine}{memory}")


def count_memory() -> int:
    """Return the bytes of memory of this machine, 0 where it does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return 0


def find_libraries() -> Iterator[Finding]:
    """Look for the libraries that the program needs, and for those of its extras."""
    needed = list_requirements()
    if not needed:
        told = "the program runs from its source; what it needs is not on record"
        yield Finding("libraries", told)
        return
    have = {name: find_version(name) for name, _, _ in needed}
    for name, clauses, extra in needed:
        if not extra and not fits(have[name], clauses):
            told = f"{name} {have[name] or 'is missing'}, needed is {name}{clauses}"
            yield Finding("libraries", told, f"pip install --upgrade {NAME}")
    plain = [f"{name} {have[name]}" for name, _, extra in needed if not extra and have[name]]
    yield Finding("libraries", ", ".join(plain))
    whole = {
        extra: all(fits(have[name], clauses) for name, clauses, of in needed if of == extra)
        for extra in EXTRAS
    }
    missing = [f"pip install '{NAME}[{extra}]'" for extra in EXTRAS if not whole[extra]]
    told = ", ".join(extra for extra in EXTRAS if whole[extra]) or "none"
    yield Finding("extras", told + (f" (others: {'; '.join(missing)})" if missing else ""))


def list_requirements() -> list[tuple[str, str, str]]:
    """Return what is needed on record: a library, its versions, and the extra that needs it."""
    try:
        found = metadata.requires(NAME) or []
    except metadata.PackageNotFoundError:
        return []
    told = []
    for line in found:
        if parts := REQUIREMENT.match(line):
            extra = EXTRA.search(parts[3] or "")
            told.append((parts[1], parts[2].strip(" ()"), extra[1] if extra else ""))
    return told


def find_version(name: str) -> str:
    """Return the version of a library, '' where it is missing."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def fits(version: str, clauses: str) -> bool:
    """Tell whether a version is one of those that are needed.

    >>> fits("3.8.11", ">=3.8,<3.9"), fits("3.9", ">=3.8,<3.9"), fits("", "")
    (True, False, False)
    """
    if not version:
        return False
    have = read_version(version)
    for sign, text in CLAUSE.findall(clauses):
        bound = read_version(text)
        width = max(len(have), len(bound))
        one, other = (it + (0,) * (width - len(it)) for it in (have, bound))
        holds = {
            ">=": one >= other, "<=": one <= other, "==": one == other, "!=": one != other,
            "<": one < other, ">": one > other,
        }  # fmt: skip
        if not holds[sign]:
            return False
    return True


def read_version(text: str) -> tuple[int, ...]:
    """Return the numbers that a version begins with.

    >>> read_version("3.8.11rc1")
    (3, 8, 11)
    """
    begun = re.match(r"\d+(?:\.\d+)*", text)
    return tuple(map(int, begun[0].split("."))) if begun else ()


def find_surroundings() -> Finding:
    """Tell what the shell gives: encodings and settings, by their names alone."""
    files = f"files {sys.getfilesystemencoding()}, locale {locale.getpreferredencoding(False)}"
    names = ("KG_MODEL", "KG_BY", "XDG_DATA_HOME", "PYTHONUNBUFFERED", "PYTHONUTF8")
    given = [name for name in names if os.environ.get(name)]
    return Finding("settings", f"{files}, set: {', '.join(given) or 'none'}")


def find_room() -> Finding:
    """Look whether there is a folder for temporary files, with room in it."""
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"\0" * 4096)
        free = shutil.disk_usage(tempfile.gettempdir()).free
    except OSError as error:
        told = error.strerror or "no folder that can be written to"
        return Finding("temporary", told, "set TMPDIR to a folder that can be written to")
    told = f"{tell_size(free)} free"
    return Finding("temporary", told, "" if free > ROOM else "make room, or set TMPDIR elsewhere")


def find_registers() -> Finding:
    """Tell which registers there are."""
    from kg.who.registers.places import list_registers

    try:
        names = [f"{path.stem} {tell_size(path.stat().st_size)}" for path in list_registers()]
    except KgError as error:
        return Finding("registers", str(error).partition(": ")[2])
    return Finding("registers", ", ".join(names) or "none")


def find_weights() -> Finding:
    """Look whether the reader's weights are whole."""
    from kg.reader.package import CHOICE, check_files, choose_model, read_meta

    folder = choose_model()
    which = f"those of {CHOICE}" if os.environ.get(CHOICE) else "shipped"
    try:
        meta = read_meta(folder)
        check_files(folder, meta)
    except DataError as error:
        told, _, remedy = str(error).partition("; ")
        return Finding("weights", told, remedy or f"reinstall {NAME}")
    size = sum(told["size"] for told in meta["files"].values())
    return Finding("weights", f"{which}, {tell_size(size)}, whole")


def find_reading() -> Finding:
    """Try the reader on a sentence."""
    from kg import reader
    from kg.model import Article

    begin = time.monotonic()
    try:
        found = reader.read(Article("doctor", TRIAL, lang="fr"))
    except (KgError, ImportError, OSError, RuntimeError) as error:
        return Finding("reading", f"fails: {' '.join(str(error).split())}", f"reinstall {NAME}")
    count = tell_count(len(found.facts), "fact")
    took = f"{count} of a sentence in {time.monotonic() - begin:.1f} s"
    right = any(fact.property == RELATION for fact in found.facts)
    return Finding("reading", took, "" if right else f"it misses a plain one: reinstall {NAME}")


def list_places() -> list[tuple[str | Path, str]]:
    """Return folders whose names are nobody's business, and what they are called instead."""
    places: list[tuple[str | Path, str]] = [(Path(kg.__file__).parent, "kg")]
    home = os.path.expanduser("~")  # noqa: PTH111 (raises nothing where there is none)
    return [*places, (home, "~"), (tempfile.gettempdir(), "TMPDIR")]
