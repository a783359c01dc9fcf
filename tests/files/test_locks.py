"""Many may read a folder at once, or one may write."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.files.locks import NAME, lock_beside, lock_folder, lock_run


def test_readers_share_and_writers_wait(tmp_path: Path) -> None:
    lock_folder(tmp_path, write=True).close()
    busy = pytest.raises(StoreError, match="is being read or written by another; try again")
    with lock_folder(tmp_path, write=False), lock_folder(tmp_path, write=False), busy:
        lock_folder(tmp_path, write=True, patience=0.1)
    busy = pytest.raises(StoreError, match="is being written by another")
    with lock_folder(tmp_path, write=True), busy:
        lock_folder(tmp_path, write=False, patience=0.1)
    lock_folder(tmp_path, write=True, patience=0).close()


def test_reader_without_a_lock_file_locks_nothing(tmp_path: Path) -> None:
    lock_folder(tmp_path, write=False).close()
    assert not (tmp_path / NAME).exists()


def test_killed_process_lets_go(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom kg.files.locks import lock_folder\n"
        "lock = lock_folder(Path(sys.argv[1]), write=True)\nprint('locked', flush=True)\n"
        "time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        with pytest.raises(StoreError):
            lock_folder(tmp_path, write=False, patience=0)
        other.kill()
        other.wait()
    lock_folder(tmp_path, write=True, patience=5).close()


HOLD = """
import sys
from pathlib import Path
from kg.files.locks import lock_run
with lock_run(Path(sys.argv[1]), print):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_second_run_is_told_and_waits(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        told: list[str] = []

        def tell(line: str) -> None:
            told.append(line)
            other.communicate("")

        with lock_run(tmp_path, tell):
            pass
    assert told == [
        f"{tmp_path}: another run fills it (process {other.pid}); this one waits for it"
    ]
    with lock_run(tmp_path, told.append):
        lock_folder(tmp_path, write=True, patience=0).close()
    assert len(told) == 1


def test_file_is_rewritten_by_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "who.tsv"
    with (
        lock_beside(path),
        pytest.raises(StoreError, match=r"who\.tsv: is being written by another; try again"),
        lock_beside(path, patience=0),
    ):
        pass
    with lock_beside(path, patience=0), lock_beside(tmp_path / "none" / "who.tsv", patience=0):
        assert not list(tmp_path.iterdir())
