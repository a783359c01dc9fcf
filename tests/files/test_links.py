"""A link that leads to itself is told in a line, wherever it is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import EXAMPLES

from kg.cli import main
from kg.errors import GraphError
from kg.files.links import follow_links
from kg.files.writing import check_target, write_text

ARTICLE = str(EXAMPLES / "bollore-alibaba.fr.txt")


@pytest.fixture
def loop(tmp_path: Path) -> Path:
    one, two = tmp_path / "one", tmp_path / "two"
    one.symlink_to(two)
    two.symlink_to(one)
    return one


def test_a_link_is_followed_to_its_end(tmp_path: Path, loop: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "new.ttl")
    assert follow_links(tmp_path / "link") == follow_links(tmp_path) / "new.ttl"
    assert follow_links(loop).is_symlink()
    write_text(tmp_path / "link", "x\n")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "new.ttl").read_text(encoding="utf-8") == "x\n"


def test_nothing_is_written_to_a_link_that_leads_to_itself(loop: Path) -> None:
    for write in (check_target, lambda path: write_text(path, "x")):
        with pytest.raises(GraphError, match="leads to itself"):
            write(loop)
    assert loop.is_symlink()


@pytest.mark.parametrize(
    "command",
    [
        ["resolve", "LOOP"], ["doctor", "LOOP"], ["check", "LOOP"], ["facts", "LOOP"],
        ["draw", "LOOP"], ["same", "a", "b", "--store", "LOOP"], ["query", "LOOP", "about"],
        ["build", ARTICLE, "--meta", "LOOP", "-o", "-"], ["build", "LOOP", "-o", "-"],
    ],
)  # fmt: skip
def test_commands_tell_it_in_a_line(
    command: list[str], loop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(loop) if part == "LOOP" else part for part in command])
    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith("kg: ")
