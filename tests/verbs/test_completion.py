"""What `kg` says alone, and what a shell completes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
#: Shell → what it tells the program that completes.
ASKED = {
    "bash": lambda line: {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)},
    "zsh": lambda line: {"_TYPER_COMPLETE_ARGS": line},
    "fish": lambda line: {
        "_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    },
}  # fmt: skip
#: How bash runs what it was told to complete with, without a terminal.
IN_BASH = """
eval "$(kg --show-completion)"
COMP_WORDS=(kg query g.ttl partners-o) COMP_CWORD=3
_kg_completion kg partners-o g.ttl
printf '%s\\n' "${COMPREPLY[@]}"
"""


def test_alone_it_says_in_three_lines_what_to_do_first(run: Run) -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 3
    for command in ("kg build", "kg draw", "kg query", "kg --help", "kg doctor"):
        assert command in out


@pytest.mark.parametrize("shell", ASKED)
@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("kg que", ["query"]),
        ("kg query g.ttl partners-o", ["partners-of"]),
        ("kg query g.ttl plans --modality pl", ["planned"]),
        ("kg query g.ttl plans --format c", ["csv"]),
        ("kg query g.ttl --from jso", ["jsonld"]),
        ("kg export g.ttl --to ftm", ["ftm", "ftm-statements"]),
        ("kg network g.ttl cen", ["central"]),
        ("kg network g.ttl central --through Ci", ["City"]),
        ("kg wrong Hexo subsid", ["subsidiaryOf"]),
        ("kg class Hexo Comp", ["Company"]),
        ("kg call Hexo Comp", []),
        ("kg build a.txt --lang f", ["fr"]),
        ("kg build a.txt --sch", ["--scheduler"]),
    ],
)
def test_shell_completes(
    run: Run, monkeypatch: pytest.MonkeyPatch, shell: str, line: str, found: list[str]
) -> None:
    monkeypatch.setenv("_KG_COMPLETE", f"complete_{shell}")
    for name, value in ASKED[shell](line).items():
        monkeypatch.setenv(name, value)
    _, out, err = run()
    assert err == ""
    if shell == "bash":
        assert out.split() == found
    assert all(word in out for word in found)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty home, with `kg` on the path and nothing of Python's own."""
    program = tmp_path / "bin" / "kg"
    program.parent.mkdir()
    code = "from kg.cli import main; main()"
    program.write_text(f"#!/bin/sh\nexec '{sys.executable}' -c '{code}' \"$@\"\n")
    program.chmod(0o755)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return home


def test_bash_takes_what_is_shown(home: Path) -> None:
    done = subprocess.run(["bash", "--norc", "-c", IN_BASH], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("partners-of\n", "")
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("shell", "place"),
    [("bash", ".bash_completions/kg.sh"), ("zsh", ".zfunc/_kg"),
     ("fish", ".config/fish/completions/kg.fish")],
)  # fmt: skip
def test_completion_is_installed_for_the_shell_that_asks(
    home: Path, shell: str, place: str
) -> None:
    if not shutil.which(shell):
        pytest.skip(f"no {shell}; install Debian's package `{shell}`")
    command = [shell, "-c", "kg --install-completion; true"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "_KG_COMPLETE" in (home / place).read_text()
