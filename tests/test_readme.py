"""What README.md shows is what the project does: commands, code, names and links."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from shown import CONSOLE, PYTHON, Place, going_to, run_page

from kg import cli
from kg.ask.query import list_queries
from kg.files.writing import write_text

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Go to a folder with a copy of what a reader's commands need."""
    folder = tmp_path / "place"
    shutil.copytree(ROOT / "examples", folder / "examples")
    shutil.copytree(ROOT / "tests" / "gold", folder / "tests" / "gold")
    with going_to(folder, tmp_path / "tools", monkeypatch) as place:
        yield place


@pytest.mark.model
def test_commands_and_code_answer_as_shown(place: Place, write: bool) -> None:
    assert len(CONSOLE.findall(TEXT)) >= 4
    assert len(PYTHON.findall(TEXT)) == TEXT.count("```python") == 1
    now = run_page(TEXT, place)
    if write:
        write_text(README, now)
    else:
        assert now.splitlines() == TEXT.splitlines(), "if this change is meant, run: make golden"


def test_code_has_twelve_lines_at_most() -> None:
    (block,) = PYTHON.finditer(TEXT)
    assert len([line for line in block["code"].splitlines() if line.strip()]) <= 12


def test_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    rules = re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)
    named = re.findall(r"(?:`|^)make ([a-z-]+)", TEXT, re.MULTILINE)
    assert {"demo", "test", "bench", "screenshots"} <= set(named) <= set(rules)


def test_each_verb_and_question_is_told() -> None:
    for command in cli.app.registered_commands:
        assert f"| `kg {command.callback.__name__} " in TEXT  # type: ignore[union-attr]
    told = re.findall(r"^\| `([a-z-]+)` \|", TEXT, re.MULTILINE)
    assert told == [question.name for question in list_queries()]


def test_links_and_paths_lead_somewhere() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", TEXT)
    paths = re.findall(r"`((?:kg|tests|examples|ontologies)/[\w./-]*)`", TEXT)
    assert len(links) >= 3
    assert len(paths) >= 3
    for path in (*links, *paths):
        assert (ROOT / path).exists(), path


def test_picture_is_small() -> None:
    picture = ROOT / "examples" / "page.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 400_000
