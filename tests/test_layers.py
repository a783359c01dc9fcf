"""The house: files import from their own room and from rooms above it; nothing goes back up."""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from pathlib import Path
from types import FrameType

import pytest

PACKAGE = Path(__file__).parents[1] / "kg"
#: What everything stands on, then the rooms in the order of the way from a text to an answer.
ROOMS = (
    "errors", "model", "wordings", "ontology", "files", "names", "values", "sources",
    "reader", "graph", "store", "who", "network", "page", "exports", "ask", "notebook", "endpoint",
    "score", "training", "verbs", "cli", "__main__",
)  # fmt: skip
#: Files of one room at most, `__init__.py` left out; a room of rooms counts each apart.
FILES = 15


def module_of(path: Path) -> str:
    """Return the name of a file's module inside the package."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


MODULES = sorted(module_of(path) for path in PACKAGE.rglob("*.py") if path.stem != "__init__")


def file_of(module: str) -> Path:
    """Return the file of a module."""
    return PACKAGE / f"{module.replace('.', '/')}.py"


def imported(path: Path) -> set[str]:
    """Return the modules of the package that a module imports, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            head, _, tail = node.module.partition(".")
            if head == "kg":
                names = {f"{tail}.{alias.name}".strip(".") for alias in node.names}
                found |= {name if name in MODULES else tail for name in names} - {""}
        elif isinstance(node, ast.Import):
            found |= {a.name.partition(".")[2] for a in node.names if a.name.startswith("kg.")}
        assert not getattr(node, "level", 0), f"{path.name}: a relative import"
    return found


def room_of(module: str) -> str:
    """Return the room that a module stands in."""
    return module.partition(".")[0]


def test_each_room_has_its_place() -> None:
    assert {room_of(module) for module in MODULES} == set(ROOMS)
    assert len(MODULES) > 100


@pytest.mark.parametrize("module", MODULES)
def test_module_imports_from_its_room_and_those_above(module: str) -> None:
    above = {*ROOMS[: ROOMS.index(room_of(module)) + 1]}
    assert {room_of(other) for other in imported(file_of(module))} <= above


def test_no_module_imports_itself_by_way_of_others() -> None:
    left = {module: imported(file_of(module)) & {*MODULES} for module in MODULES}
    while free := {module for module, others in left.items() if not others}:
        left = {module: others - free for module, others in left.items() if module not in free}
    assert not left, f"a circle among {sorted(left)}"


def test_rooms_are_no_façades_and_hold_no_crowd() -> None:
    folders = {file.parent for file in map(file_of, MODULES)} - {PACKAGE}
    for folder in folders:
        text = (folder / "__init__.py").read_text(encoding="utf-8")
        if folder.name != "reader":  # whose `read` is the one way in
            assert len(ast.parse(text).body) == 1, f"{folder.name}: a room is no façade"
        files = [path for path in folder.glob("*.py") if path.stem != "__init__"]
        assert len(files) <= FILES, f"{folder.name}: {len(files)} files"


@pytest.mark.model
def test_an_article_visits_few_rooms_and_climbs_back_into_none(tmp_path: Path) -> None:
    visited: set[str] = set()
    climbs: set[tuple[str, str]] = set()

    def watch(frame: FrameType, event: str, _: object) -> None:
        room = room_of_file(frame.f_code.co_filename)
        # What is imported is tested above; spaCy imports by entry points, whoever calls it.
        if event != "call" or not room or frame.f_code.co_name == "<module>":
            return
        visited.add(room)
        caller = frame.f_back
        while caller and not room_of_file(caller.f_code.co_filename):
            caller = caller.f_back
        # A generator goes on where it is asked to, by whoever was handed it.
        if caller and not frame.f_code.co_flags & inspect.CO_GENERATOR:
            above = room_of_file(caller.f_code.co_filename)
            if ROOMS.index(room) > ROOMS.index(above):
                climbs.add((above, room))

    article = tmp_path / "a.fr.txt"
    article.write_text("Nordil a racheté Vasco pour 12 millions d'euros en 2019.", encoding="utf-8")
    from kg.cli import main

    sys.setprofile(watch)
    try:
        main(["build", str(article), "--store", str(tmp_path / "store")])
    except SystemExit as done:
        assert not done.code
    finally:
        sys.setprofile(None)
    rooms = visited - {"errors", "model", "wordings", "ontology", "cli"}
    assert {"sources", "reader", "graph", "store", "verbs"} <= rooms
    assert len(rooms) <= 12, sorted(rooms)
    assert not climbs


@cache
def room_of_file(name: str) -> str:
    """Return the room of a file of the package, '' for any other."""
    path = Path(name)
    return path.relative_to(PACKAGE).with_suffix("").parts[0] if PACKAGE in path.parents else ""
