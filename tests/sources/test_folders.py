"""Folders and zips give each file once; what is left out is told, and nothing hangs."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.model import Article
from kg.sources.articles import find_articles
from kg.sources.source import Options

ONE = "Le groupe Solvéra a racheté la société Hydréol."
TWO = "La société Nordil a signé un accord avec le groupe Vasco."


def read(path: Path) -> tuple[list[Article], list[str]]:
    """Return the articles of a source, and what is told."""
    notes: list[str] = []
    found = list(find_articles([path], Options(note=notes.append)))
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)], notes


def test_a_pipe_in_a_folder_is_left_aside(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text(ONE)
    (article,), notes = read(tmp_path)
    assert article.text == ONE
    assert notes == [f"{tmp_path}: 1 file of other kinds left aside (a pipe or device)"]


def test_a_store_is_no_folder_of_articles(tmp_path: Path) -> None:
    store = tmp_path / "news"
    ox.Store(str(store)).flush()
    (found,) = find_articles([store], Options())
    told = "a store, not articles; what it holds: kg claims STORE, kg query STORE"
    assert str(found) == f"{store}: {told}"
    (tmp_path / "a.txt").write_text(ONE)
    (article,), notes = read(tmp_path)
    assert (article.text, notes) == (ONE, [f"{store}: a store is no article; left aside"])


def test_linked_folders_are_told(tmp_path: Path) -> None:
    for name, text in (("in", ONE), ("out", TWO)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(text)
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "b.txt").symlink_to(tmp_path / "out" / "a.txt")
    articles, (note,) = read(tmp_path / "in")
    assert [one.text for one in articles] == [ONE, TWO]
    assert f"linked folders are left out; name them to read them: {tmp_path}/in/linked" in note


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_files_of_one_name_in_a_zip_are_two(tmp_path: Path) -> None:
    path = tmp_path / "z.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", ONE)
        archive.writestr("a.txt", TWO)
        archive.writestr("../x.txt", ONE)
    articles, (note,) = read(path)
    assert [(one.name, one.text) for one in articles] == [("a", ONE), ("a-2", TWO)]
    assert note == f"{path}: files outside its folder are left out: ../x.txt"


def test_a_file_beside_in_a_zip_says_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "z.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("d/a.b.fr.txt", ONE)
        archive.writestr("d/a.b.meta.json", '{"title": "Rachat", "date": "2024-03-12"}')
        archive.writestr("a.b.fr.txt", TWO)
    articles, notes = read(path)
    assert sorted((one.text, one.title, one.published) for one in articles) == [
        (TWO, "", ""),
        (ONE, "Rachat", "2024-03-12"),
    ]
    assert not notes


def test_a_broken_file_beside_in_a_zip_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("a.txt", ONE)
        archive.writestr("a.meta.json", "{")
    (error,) = find_articles([tmp_path / "z.zip"], Options())
    assert "z.zip/a.meta.json: no JSON" in str(error)


def test_a_zip_of_nothing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    for folders in ([], ["a/"]):
        with zipfile.ZipFile(path, "w") as archive:
            for folder in folders:
                archive.writestr(folder, b"")
        (error,) = find_articles([path], Options())
        assert str(error) == f"{path}: no file to read in it; pack those with texts"
