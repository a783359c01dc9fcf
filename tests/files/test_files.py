"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.files.writing import check_target, name_targets, write_text


def test_write_replaces_whole_file_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "out.ttl"
    write_text(path, "ancien, plus long")
    path.chmod(0o640)
    write_text(path, "été\n")
    assert path.read_bytes() == "été\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    write_text(tmp_path / "ours", "x")
    (tmp_path / "theirs").write_text("x", encoding="utf-8")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "theirs").stat().st_mode


def test_failed_write_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.ttl"
    write_text(path, "ancien")

    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(GraphError, match="No space left on device; make room"):
        write_text(path, "nouveau")
    assert path.read_text(encoding="utf-8") == "ancien"
    assert list(tmp_path.iterdir()) == [path]


def test_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.ttl", tmp_path / "link.ttl"
    target.write_text("ancien", encoding="utf-8")
    link.symlink_to(target)
    write_text(link, "nouveau")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "nouveau"


def test_device_is_written_to() -> None:
    write_text(os.devnull, "x")
    assert Path(os.devnull).is_char_device()


def test_targets_that_cannot_be_are_refused(tmp_path: Path) -> None:
    check_target("-")
    with pytest.raises(GraphError, match="a folder"):
        check_target(tmp_path)
    with pytest.raises(GraphError, match="make it first"):
        check_target(tmp_path / "no" / "g.ttl")


def test_each_name_has_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "graphs"
    assert name_targets(folder, ["a", "b"]) == [str(folder / "a.ttl"), str(folder / "b.ttl")]
    assert folder.is_dir()
    with pytest.raises(GraphError, match="two articles are called 'a'"):
        name_targets(folder, ["a", "b", "a"])
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(GraphError, match="no folder can be made"):
        name_targets(tmp_path / "file", ["a"])
