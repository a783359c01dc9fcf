"""Graphs are read from every format, and files are written whole or not at all."""

from __future__ import annotations

import io
import os
import stat
import sys
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

from kg.errors import GraphError
from kg.rdf import KG, write_turtle
from kg.store import check_target, load_graph, name_targets, on_oxigraph, write_text

TRIPLE = (URIRef("http://a.example/s"), URIRef("http://a.example/p"), Literal("été", lang="fr"))
WRITTEN = {
    "g.ttl": '<http://a.example/s> <http://a.example/p> "été"@fr .',
    "g.nt": '<http://a.example/s> <http://a.example/p> "\\u00E9t\\u00E9"@fr .',
    "g.nq": '<http://a.example/s> <http://a.example/p> "été"@fr <http://a.example/g> .',
    "g.trig": '<http://a.example/g> { <http://a.example/s> <http://a.example/p> "été"@fr }',
    "g.jsonld": '{"@id": "http://a.example/s", "http://a.example/p": '
    '{"@value": "été", "@language": "fr"}}',
    "no-suffix": '<http://a.example/s> <http://a.example/p> "été"@fr .',
}


@pytest.mark.parametrize("name", WRITTEN)
def test_each_format_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(WRITTEN[name], encoding="utf-8")
    assert list(load_graph(path)) == [TRIPLE]


def test_graph_comes_back_as_it_was_written(tmp_path: Path, graph: Graph) -> None:
    path = tmp_path / "g.ttl"
    write_text(path, write_turtle(graph))
    again = load_graph(path)
    assert set(again) == set(on_oxigraph(graph))
    assert len(again) == len(graph) > 200


def test_stdin_is_turtle(monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO(WRITTEN["g.ttl"].encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
    assert list(load_graph("-")) == [TRIPLE]


def test_held_graph_is_not_copied(graph: Graph) -> None:
    held = on_oxigraph(graph)
    assert len(held) == len(graph)
    decimals = {KG.confidence, KG.amount}  # Oxigraph writes these in their short form
    assert {(s, p, str(o)) for s, p, o in held if p not in decimals} == {
        (s, p, str(o)) for s, p, o in graph if p not in decimals
    }
    assert on_oxigraph(held) is held


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"@prefix a: <http://a/> .\na:b a:c d", "g.ttl:2:"),
        (b"<a> <b> <c> .", "g.ttl:1:"),
        (b'<http://a> <http://b> "\xe9" .', "g.ttl:1:"),
        (b"", "empty"),
        (b"%PDF-1.4 \0\1\2", "g.ttl:1:"),
    ],
)
def test_malformed_turtle_is_refused_with_its_place(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "g.ttl"
    path.write_bytes(content)
    with pytest.raises(GraphError) as caught:
        load_graph(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_graph_and_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no such file"):
        load_graph(tmp_path / "nowhere.ttl")
    with pytest.raises(GraphError, match="a folder"):
        load_graph(tmp_path)


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

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as stream:
            stream.write(data[:2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(GraphError, match="No space left on device"):
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
