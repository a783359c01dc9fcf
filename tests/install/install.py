"""Install the built wheel as people do, use it without a network, and print what came of it.

    python tests/install/install.py [-o tests/records/install.md] [--tools DIR] [CASE…]

Each case is a tool, a Python and extras. What is installed is used with an empty environment, an
empty home that nobody can write to, and no network, as far as the machine lets us take them away.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from uses import Use, list_uses

ROOT = Path(__file__).parents[2]
PYTHONS = ("3.11", "3.12", "3.13")
EXTRAS = ("serve", "documents", "cluster", "pandas")
#: Seconds that an installation, and a command, may take.
INSTALL, COMMAND = 1800, 600
#: A home that is empty and read-only, and no network; what the machine does not allow is left out.
WALLS = (
    ("no network", "unshare -n true", "unshare -n -- sh -c"),
    (
        "no network, read-only home",
        'unshare -n -m sh -c "mount --bind {home} {home} && mount -o remount,bind,ro {home}"',
        "unshare -n -m -- sh -c 'mount --bind {home} {home} && mount -o remount,bind,ro {home} "
        '&& exec sh -c "$0"\'',
    ),
)


@dataclass(frozen=True, slots=True)
class Case:
    """Hold a way to install: a tool, a version of Python, extras, and whether all is tried then."""

    tool: str
    python: str
    extras: tuple[str, ...] = ()
    whole: bool = False
    lowest: bool = False

    @property
    def name(self) -> str:
        """Return how the case is called."""
        parts = [self.tool, self.python, *self.extras, *(["lowest"] if self.lowest else [])]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what came of a case: seconds to install, megabytes, commands run, and faults."""

    case: Case
    seconds: float = 0
    size: float = 0
    commands: int = 0
    faults: tuple[str, ...] = ()


def list_cases() -> Iterator[Case]:
    """Yield each tool and Python without extras, each extra alone, and the oldest libraries."""
    for python in PYTHONS:
        yield Case("uv", python, whole=True)
        yield Case("pip", python)
    yield Case("pipx", PYTHONS[-1])
    yield Case("uvtool", PYTHONS[0])
    for extra in EXTRAS:
        yield Case("uv", PYTHONS[-1], (extra,))
    yield Case("uv", PYTHONS[0], EXTRAS, lowest=True)


def find_python(version: str) -> str:
    """Return where a Python is: on the path, or among those of pyenv; '' where there is none."""
    kept = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    for path in (*map(str, reversed(kept)), shutil.which(f"python{version}") or ""):
        asked = [path, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        if path and run(asked, 60).stdout.strip() == version:
            return path
    return ""


def run(command: Sequence[str], limit: float, **how: object) -> subprocess.CompletedProcess[str]:
    """Run a command; one that takes too long, or is not there, ends with code 124 or 127."""
    try:
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=limit,
            **how,  # type: ignore[call-overload]
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, "", f"took more than {limit} s")
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, "", str(error))


def build_wheel(folder: Path) -> Path:
    """Build the wheel of this checkout."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder)]
    done = run([*command, str(ROOT)], INSTALL)
    if done.returncode:
        sys.exit(f"install: the wheel is not built: {done.stderr.strip()[-500:]}")
    (wheel,) = folder.glob("*.whl")
    return wheel


def install_case(case: Case, place: Path, wheel: Path, tools: Path) -> tuple[str, Path]:
    """Install one case; return what went wrong, or '', and where the program is."""
    python = find_python(case.python)
    if not python:
        return f"no Python {case.python} here", place
    what = f"{wheel}[{','.join(case.extras)}]" if case.extras else str(wheel)
    uv, pipx = str(tools / "uv"), str(tools / "pipx")
    steps: dict[str, list[list[str]]] = {
        "pip": [
            [python, "-m", "venv", str(place)],
            [str(place / "bin" / "pip"), "install", "--quiet", what],
        ],
        "uv": [
            [uv, "venv", "--quiet", "--python", python, str(place)],
            [uv, "pip", "install", "--quiet", "--python", str(place / "bin" / "python"), what,
             *(["--resolution", "lowest-direct"] if case.lowest else [])],
        ],
        "pipx": [[pipx, "install", "--quiet", "--python", python, what]],
        "uvtool": [[uv, "tool", "install", "--quiet", "--python", python, what]],
    }  # fmt: skip
    homes = {
        "PIPX_HOME": str(place), "PIPX_BIN_DIR": str(place / "bin"),
        "UV_TOOL_DIR": str(place), "UV_TOOL_BIN_DIR": str(place / "bin"),
    }  # fmt: skip
    for step in steps[case.tool]:
        done = run(step, INSTALL, env={**os.environ, **homes})
        if done.returncode:
            return f"not installed: {' '.join(done.stderr.split())[-300:]}", place
    return "", place / "bin" / "kg"


def find_wall(home: Path) -> tuple[str, str]:
    """Return the most that can be taken away here: what it is, and the command that does it."""
    found = ("", "sh -c")
    for told, trial, wall in WALLS:
        if not run(["sh", "-c", trial.format(home=home)], 60).returncode:
            found = (told, wall.format(home=home))
    return found


def use_case(case: Case, program: Path, work: Path, walls: str) -> tuple[int, list[str]]:
    """Run the program as a new user does; return how many commands ran, and what was wrong."""
    faults = []
    python = program.resolve().parent / "python"
    uses = list_uses(case.extras, whole=case.whole, python=python, root=ROOT)
    bare = {"PATH": f"{program.parent}:/usr/bin:/bin", "HOME": str(work / "home")}
    for use in uses:
        command = f'{walls} "$1"' if walls else 'sh -c "$1"'
        done = run(["sh", "-c", command, "sh", use.command], COMMAND, env=bare, cwd=work)
        if fault := judge(use, done):
            faults.append(f"`{use.command[:60]}`: {fault}")
    return len(uses), faults


def judge(use: Use, done: subprocess.CompletedProcess[str]) -> str:
    """Return what is not as it should be in what a command did, or ''."""
    told = " ".join(done.stderr.split())[-200:]
    if done.returncode != use.code:
        return f"exit {done.returncode}, not {use.code}: {told}"
    if use.code and not use.tells and done.stderr.count("\n") != 1:
        return f"more than a line: {told}"
    if not use.code and done.stderr and not use.tells:
        return f"told on stderr: {told}"
    return "" if use.shows in done.stdout + done.stderr else f"lacks '{use.shows}'"


def try_case(case: Case, folder: Path, wheel: Path, tools: Path) -> Outcome:
    """Install and use one case; what it took is removed in the end."""
    place, work = folder / case.name, folder / f"{case.name}-work"
    begin = time.monotonic()
    fault, program = install_case(case, place, wheel, tools)
    seconds = time.monotonic() - begin
    if fault:
        return Outcome(case, seconds, faults=(fault,))
    size = sum(it.stat().st_size for it in place.rglob("*") if it.is_file() and not it.is_symlink())
    shutil.copytree(ROOT / "examples", work / "examples")
    for lang in ("en", "fr"):  # where the commands of each README are run
        shutil.copytree(ROOT / "docs", work / lang / "docs", ignore=shutil.ignore_patterns("_*"))
    (work / "home").mkdir()
    _, walls = find_wall(work / "home")
    commands, faults = use_case(case, program, work, walls)
    shutil.rmtree(place)
    shutil.rmtree(work)
    return Outcome(case, seconds, size / 1e6, commands, tuple(faults))


def write_table(outcomes: Sequence[Outcome], told: str) -> str:
    """Write what came of all cases as a page of Markdown."""
    day = datetime.now(UTC).date().isoformat()
    lines = [
        "# Installing as people do",
        "",
        f"`make install-check`, {day}, {platform.system()} {platform.machine()}: the built wheel,",
        f"then each command with an empty environment, {told or 'network and home as they are'}.",
        "",
        "| tool | Python | extras | installed in | takes | commands | faults |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in outcomes:
        extras = ", ".join(one.case.extras) + (" (oldest libraries)" if one.case.lowest else "")
        cells = (
            one.case.tool.replace("uvtool", "uv tool"), one.case.python, extras or "none",
            f"{one.seconds:.0f} s", f"{one.size:.0f} MB", str(one.commands),
            "; ".join(it.replace("|", "\\|") for it in one.faults) or "none",
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def choose_tools(folder: str, place: Path) -> Path:
    """Return the folder of uv and pipx: the one given, or one that they are installed in now."""
    if folder:
        return Path(folder).resolve()
    run([sys.executable, "-m", "venv", str(place)], INSTALL)
    run([str(place / "bin" / "pip"), "install", "--quiet", "uv", "pipx"], INSTALL)
    return place / "bin"


def main(say: Callable[[str], None] = print) -> None:
    """Try the cases that are named, or all, and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("cases", nargs="*", help="pip-3.11, uv-3.13-serve …; else all")
    parser.add_argument("-o", "--output", help="file of the table")
    parser.add_argument("--tools", default="", help="folder with uv and pipx; else installed")
    parser.add_argument("--wheel", default="", help="a wheel; else the one of this checkout")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-install-") as name:
        folder = Path(name)
        tools = choose_tools(given.tools, folder / "tools")
        wheel = Path(given.wheel).resolve() if given.wheel else build_wheel(folder)
        told, _ = find_wall(folder)
        outcomes = []
        for case in list_cases():
            if not given.cases or case.name in given.cases:
                outcomes.append(try_case(case, folder, wheel, tools))
                say(f"{case.name}: {'; '.join(outcomes[-1].faults) or 'well'}")
                sys.stdout.flush()  # the next takes minutes
    table = write_table(outcomes, told)
    if given.output:
        Path(given.output).write_text(table, encoding="utf-8")
    say(table)
    sys.exit(any(one.faults for one in outcomes))


if __name__ == "__main__":
    main()
