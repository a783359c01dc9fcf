"""What README.md shows is what the project does: commands, code, names and links."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import cli
from kg.ask.query import list_queries
from kg.files.writing import write_text

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
#: A block of commands and their answers.
CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
#: A block of code and the block of text after it, which is what it prints.
PYTHON = re.compile(
    r"^```python\n(?P<code>.*?)^```\n+```text\n(?P<shown>.*?)^```$", re.MULTILINE | re.DOTALL
)
ELLIPSIS = "..."


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a copy of what a reader's commands need, and go there."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "tests" / "gold", tmp_path / "tests" / "gold")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def printed(action: Callable[[], object]) -> list[str]:
    """Return the lines that an action prints, without blank ones around and spaces after."""
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        action()
    lines = [line.rstrip() for line in stream.getvalue().splitlines()]
    return "\n".join(lines).strip("\n").splitlines()


def run_command(line: str) -> list[str]:
    """Run `kg …` as a shell in the current folder would."""
    program, *words = shlex.split(line)
    assert program == "kg", line
    arguments = [
        name
        for word in words
        for name in (sorted(map(str, Path().glob(word))) if "*." in word else [word])
    ]
    return printed(lambda: succeed(arguments))


def succeed(arguments: list[str]) -> None:
    """Run the command line; fail unless it ends well."""
    with pytest.raises(SystemExit) as done:
        cli.main(arguments)
    assert done.value.code == 0, arguments


def elide(lines: list[str], shown: list[str]) -> list[str]:
    """Cut from lines what an ellipsis stands for in what is shown; keep as many around it.

    >>> elide(["a", "b", "c", "d"], ["x", "...", "z"])
    ['a', '...', 'd']
    """
    if ELLIPSIS not in shown:
        return lines
    head = shown.index(ELLIPSIS)
    tail = len(shown) - head - 1
    assert head + tail < len(lines), "the ellipsis stands for nothing"
    return [*lines[:head], ELLIPSIS, *lines[len(lines) - tail :]]


def run_block(block: str) -> str:
    """Return a block of commands with the answers that they give now."""
    result = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        result += [f"$ {command}", *elide(run_command(command), shown)]
    return "".join(f"{line}\n" for line in result)


def run_code(block: re.Match[str]) -> str:
    """Return a block of code and its output, the output being what it prints now."""
    lines = printed(lambda: exec(compile(block["code"], "README.md", "exec"), {}))
    return block[0].replace(block["shown"], "".join(f"{line}\n" for line in lines))


@pytest.mark.model
def test_commands_and_code_answer_as_shown(workplace: Path, write: bool) -> None:
    assert len(CONSOLE.findall(TEXT)) >= 4
    assert len(PYTHON.findall(TEXT)) == TEXT.count("```python") == 1
    now = PYTHON.sub(run_code, CONSOLE.sub(lambda block: run_block(block[0]), TEXT))
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
