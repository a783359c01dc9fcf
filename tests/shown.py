"""What a page shows, done anew: its commands with what they answer, its code with what it prints.

A page is Markdown. A block `console` has commands after `$ ` and what they print; a line `...`
stands for lines left out. A block `python` is run, and the block `text` after it is what it prints.
The commands of a page are run in one folder, one after the other, as its reader would.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kg import cli

#: A block of commands and their answers.
CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
#: A block of code, and the block of text right after it, if there is one: what it prints.
PYTHON = re.compile(
    r"^```python\n(?P<code>.*?)^```\n(?P<between>\n*^```text\n(?P<shown>.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)
ELLIPSIS = "..."
#: `kg` with words that no shell is needed for, and what its output is piped into.
ALONE = re.compile(r"(kg(?:'[^']*'|[^'|<>;&$])*)(?:\| (.*))?")
#: `kg` as a program, for a shell.
PROGRAM = shlex.join([sys.executable, "-c", "from kg.cli import main; main()"])
ROOT = Path(__file__).parents[1]
#: Ports that pages name; free ones take their place, so that nothing else is in the way.
PORTS = ("7878", "8765")
#: What stands for the folder of a user's data.
DATA = "/home/me/.local/share"


class Place:
    """A folder where commands are run, with what they leave: files, servers, the last exit code."""

    def __init__(self, folder: Path, tools: Path) -> None:
        self.folder, self.tools, self.code = folder, tools, 0
        self.servers: list[subprocess.Popen[str]] = []
        self.ports = dict(zip(PORTS, find_ports(len(PORTS)), strict=True))
        self.said: list[str] = []
        self.names: dict[str, Any] = {}
        program = tools / "kg"
        program.write_text(f'#!/bin/sh\nexec {PROGRAM} "$@"\n', encoding="utf-8")
        program.chmod(0o755)

    def run(self, command: str) -> list[str]:
        """Run a command; return the lines that it prints, and those of errors."""
        if command == "echo $?":
            code, self.code = self.code, 0
            return [str(code)]
        back = {free: port for port, free in self.ports.items()}
        self.said = self.run_as_it_is(swap(command, self.ports))
        return [swap(line, back).replace(str(self.tools / "data"), DATA) for line in self.said]

    def run_as_it_is(self, command: str) -> list[str]:
        """Run a command whose ports are free ones."""
        assert self.code == 0, f"before {command}: exit code {self.code}: {self.said}"
        if command.endswith(" &"):
            return self.start(command.removesuffix(" &"))
        if alone := ALONE.fullmatch(command):
            lines = self.run_here(shlex.split(alone[1])[1:])
            return self.run_in_shell(alone[2], "\n".join([*lines, ""])) if alone[2] else lines
        return self.run_in_shell(command)

    def run_here(self, words: list[str]) -> list[str]:
        """Run `kg` in this process, where the reader's network is loaded once."""
        arguments = [
            name
            for word in words
            for name in (sorted(map(str, Path().glob(word))) if "*." in word else [word])
        ]

        def act() -> None:
            with pytest.raises(SystemExit) as done:
                cli.main(arguments)
            self.code = int(done.value.code or 0)

        return printed(act)

    def run_in_shell(self, command: str, given: str = "") -> list[str]:
        """Run what is more than `kg` alone in a shell, on what it is given to read."""
        done = subprocess.run(
            ["bash", "-c", command], cwd=self.folder, env=self.environment(),
            input=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120,
        )  # fmt: skip
        self.code = done.returncode
        return trim(done.stdout)

    def start(self, command: str) -> list[str]:
        """Start a server, which ends with the page; return its first line, by when it answers."""
        server = subprocess.Popen(
            ["bash", "-c", f"exec {command}"], cwd=self.folder, env=self.environment(),
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self.servers.append(server)
        assert server.stdout
        return trim(server.stdout.readline())

    def environment(self) -> dict[str, str]:
        """Return what a shell's commands find: `kg` first of all."""
        path = f"{self.tools}:{Path(sys.executable).parent}:{os.environ['PATH']}"
        return os.environ | {"PATH": path, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}

    def close(self) -> None:
        """End the servers."""
        for server in self.servers:
            server.terminate()
            server.communicate(timeout=20)


@contextlib.contextmanager
def going_to(
    folder: Path, tools: Path, patch: pytest.MonkeyPatch, *, columns: int = 100
) -> Iterator[Place]:
    """Go to a folder where a page's commands are run, on a terminal of so many columns."""
    tools.mkdir()
    patch.chdir(folder)
    patch.setenv("COLUMNS", str(columns))
    patch.setenv("XDG_DATA_HOME", str(tools / "data"))
    place = Place(folder, tools)
    try:
        yield place
    finally:
        place.close()


def find_ports(count: int) -> list[str]:
    """Return ports that nobody listens at."""
    with contextlib.ExitStack() as stack:
        held = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [str(one.getsockname()[1]) for one in held]


def swap(text: str, ports: Mapping[str, str]) -> str:
    """Put ports in the place of others.

    >>> swap("http://127.0.0.1:7878/x 178780", {"7878": "40000"})
    'http://127.0.0.1:40000/x 178780'
    """
    names = "|".join(map(re.escape, ports))
    return re.sub(rf"\b({names})\b", lambda found: ports[found[1]], text)


def trim(text: str) -> list[str]:
    """Return the lines of a text, without blank ones around and spaces after."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n").splitlines()


def printed(action: Callable[[], object]) -> list[str]:
    """Return the lines that an action prints."""
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        action()
    return trim(stream.getvalue())


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


def split_block(block: str) -> Iterator[tuple[str, list[str]]]:
    r"""Yield each command of a block, and the lines that are shown after it.

    >>> list(split_block("$ kg draw g.ttl \\\n    -o page.html\n$ ls\npage.html\n"))
    [('kg draw g.ttl \\\n    -o page.html', []), ('ls', ['page.html'])]
    """
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        while command.endswith("\\"):
            command += f"\n{shown.pop(0)}"
        yield command, shown


def run_block(block: str, place: Place) -> str:
    """Return a block of commands with the answers that they give now."""
    result = []
    for command, shown in split_block(block):
        lines = place.run(re.sub(r"\\\n\s*", "", command))
        result += [f"$ {command}", *elide(lines, shown)]
    return "".join(f"{line}\n" for line in result)


def run_code(block: re.Match[str], place: Place) -> str:
    """Return a block of code and its output, the output being what it prints now."""
    lines = printed(lambda: exec(compile(block["code"], "page", "exec"), place.names))
    if block["shown"] is None:
        assert not lines, f"prints what is not shown: {lines}"
        return block[0]
    return block[0].replace(
        f"```text\n{block['shown']}",
        "".join(f"{line}\n" for line in ["```text", *elide(lines, block["shown"].splitlines())]),
    )


def run_page(text: str, place: Place) -> str:
    """Return a page with what its commands and its code answer now, in their order."""
    blocks = re.compile(f"{CONSOLE.pattern}|{PYTHON.pattern}", re.MULTILINE | re.DOTALL)
    return blocks.sub(
        lambda it: run_code(it, place) if it["code"] else run_block(it[0], place), text
    )
