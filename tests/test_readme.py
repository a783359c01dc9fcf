"""What README.md shows is what the project does: commands, code, names and links."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from shown import CONSOLE, PYTHON, Place, going_to, run_page

from kg.files.writing import write_text
from kg.reader.package import SHIPPED, read_meta

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "README.fr.md")
TEXT = (ROOT / PAGES[0]).read_text(encoding="utf-8")
FRENCH = (ROOT / PAGES[1]).read_text(encoding="utf-8")
#: A figure with its name, a number, a link to something else than an address.
FIGURE = re.compile(r"<!-- figure:(\w+) -->(.*?)<!-- /figure -->")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Go to a folder with a copy of what a reader's commands need."""
    folder = tmp_path / "place"
    for name in ("examples", "tests/gold", "docs/articles"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "docs" / "articles.csv", folder / "docs")
    with going_to(folder, tmp_path / "tools", monkeypatch) as place:
        yield place


@pytest.mark.model
@pytest.mark.parametrize("name", PAGES)
def test_commands_and_code_answer_as_shown(name: str, place: Place, write: bool) -> None:
    page = ROOT / name
    text = page.read_text(encoding="utf-8")
    assert len(CONSOLE.findall(text)) >= 4
    assert len(PYTHON.findall(text)) == text.count("```python")
    now = run_page(text, place)
    if write:
        write_text(page, now)
    else:
        assert now.splitlines() == text.splitlines(), "if this change is meant, run: make golden"


def test_code_has_twelve_lines_at_most() -> None:
    (block,) = PYTHON.finditer(TEXT)
    assert len([line for line in block["code"].splitlines() if line.strip()]) <= 12


def test_both_languages_say_the_same() -> None:
    assert figures_of(FRENCH).items() <= figures_of(TEXT).items()
    assert {*LINK.findall(FRENCH)} - {*LINK.findall(TEXT)} == {"README.md", "docs/fr/tutoriel.md"}


def test_figures_are_those_that_the_shipped_reader_tells_of_itself() -> None:
    told, meta = figures_of(TEXT), read_meta(SHIPPED)
    whole = meta["scores"]["all"]
    assert told["recall"][::2] == [f"{100 * whole[key]:.0f}" for key in ("recall", "precision")]
    assert told["valid"][0] == f"{whole['f1']:.3f}"
    assert told["ece"] == [f"{meta['scores']['calibration error']:.3f}"]
    learned = [sum(it["articles"] for it in meta["corpora"]), meta["corpora"][0]["articles"]]
    assert told["learned"] == [f"{count:,}".replace(",", ".") for count in learned]


def figures_of(text: str) -> dict[str, list[str]]:
    """Return the numbers of each figure that a page tells, written with points."""
    return {
        name: [number.replace(",", ".") for number in NUMBER.findall(said)]
        for name, said in FIGURE.findall(text)
    }


def test_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    rules = re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)
    named = re.findall(r"(?:`|^)make ([a-z-]+)", TEXT, re.MULTILINE)
    assert {"demo", "test", "bench", "screenshots"} <= set(named) <= set(rules)


def test_links_and_paths_lead_somewhere() -> None:
    links = LINK.findall(TEXT + FRENCH)
    paths = re.findall(r"`((?:kg|tests|examples|docs|ontologies)/[\w./-]*)`", TEXT + FRENCH)
    assert len(links) >= 3
    assert len(paths) >= 3
    for path in (*links, *paths):
        assert (ROOT / path).exists(), path


def test_picture_is_small() -> None:
    picture = ROOT / "examples" / "page.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 400_000
