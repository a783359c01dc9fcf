"""A build, a decision and an export that are broken leave what was there, and go on again."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from breaking import MODES, Broken, check_end, differ, share, spread

HERE = Path(__file__).parent


@pytest.mark.server
@pytest.mark.skipif(not shutil.which("cc"), reason="no compiler of C: install Debian's gcc")
def test_what_is_broken_is_whole(tmp_path: Path) -> None:
    works = ("build into a store", "same", "export")
    chosen = [part for name in works for part in ("--only", name)]
    done = subprocess.run(
        [sys.executable, str(HERE / "breaking.py"), "--points", "9", "--clock", "3", *chosen],
        capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    last = done.stdout.strip().splitlines()[-1]
    counts = [int(cell) for cell in last.split("|")[3:-1]]
    assert sum(counts[:3]) == 9
    assert counts[3:] == [3, 0]
    rows = {line.split("|")[1].strip(): line.split("|")[2] for line in done.stdout.splitlines()}
    assert int(rows["export"]) >= 3  # a write, an fsync and a rename are seen
    assert int(rows["build into a store"]) > 100  # Oxigraph's own too


def test_points_are_all_or_some_of_them() -> None:
    assert len(spread(4, 99, random.Random(1))) == 4 * len(MODES)
    some = spread(400, 20, random.Random(1))
    assert len({*some}) == 20 and {mode for _, mode in some} == {*MODES}
    assert sum(share(200, 13, at) for at in range(13)) == 200


@pytest.mark.parametrize(
    ("done", "mode"),
    [
        (Broken(70, "Traceback (most recent call last):\n"), "refused"),
        (Broken(1, ""), "refused"),
        (Broken(1, "kg: a line\n"), "killed"),
    ],
)
def test_wrong_ends_are_faults(done: Broken, mode: str) -> None:
    assert check_end(done, mode)


def test_states_that_differ_are_told() -> None:
    assert differ({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}) == "b, c"
