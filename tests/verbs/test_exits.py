"""What the docs say of exit codes and messages is so."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, TEXT, read_nordil
from servers import fill_store

from kg.cli import main
from kg.errors import Exit
from kg.graph.rdf import build_graph, write_turtle

pytestmark = pytest.mark.server
PAGE = (ROOT / "docs" / "reference" / "exit-codes.md").read_text(encoding="utf-8")
CODES, MESSAGES = (
    re.findall(r"^\| (?!code|command|---)(.+) \|$", table, re.MULTILINE)
    for table in PAGE.split("A message is one line")
)
#: A command's row: what is run, its exit code, what it tells.
ROW = re.compile(r"`(kg .+?)` \| (\d+) \| ?(?:`(.*)`)? ?")
#: What a reader of articles is needed for.
READS = ("kg build",)


def test_every_code_is_told() -> None:
    told = {int(line.partition(" ")[0]) for line in CODES}
    assert told == {int(code) for code in Exit}
    assert len(MESSAGES) >= 15


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with what the table's commands are about, and `kg` itself."""
    place = tmp_path_factory.mktemp("exits")
    (place / "graph.ttl").write_text(write_turtle(build_graph([read_nordil()])), encoding="utf-8")
    (place / "nordil.fr.txt").write_text(TEXT, encoding="utf-8")
    (place / "blank.fr.txt").write_bytes(b"")
    (place / "empty").mkdir()
    (place / "locked").mkdir(mode=0o500)
    damaged = fill_store(place / "damaged", read_nordil())
    for path in damaged.glob("MANIFEST*"):
        path.write_bytes(path.read_bytes()[:20])
    program = place / "bin" / "kg"
    program.parent.mkdir()
    code = shlex.join([sys.executable, "-c", "from kg.cli import main; main()"])
    program.write_text(f'#!/bin/sh\nexec {code} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    yield place
    (place / "locked").chmod(0o700)


@pytest.mark.model
@pytest.mark.parametrize("line", MESSAGES)
def test_message_comes_with_its_code(line: str, place: Path) -> None:
    row = ROW.fullmatch(line)
    assert row, line
    command, code, said = row[1].replace("\\|", "|"), int(row[2]), row[3] or ""
    if "locked" in command and os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    environment = os.environ | {
        "PATH": f"{place / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        cwd=place, env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    pattern = ".*".join(map(re.escape, said.split("…")))
    lines = done.stderr.splitlines()
    assert any(re.fullmatch(pattern, it) for it in lines) if said else not lines, done.stderr
    assert "Traceback" not in done.stderr


def test_a_very_long_line_is_told_by_its_ends(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["query", "x" * 6_000, "about"])
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert said.startswith("kg: xxx")
    assert " … " in said and len(said) < 4_000
    assert said.count("\n") == 1
