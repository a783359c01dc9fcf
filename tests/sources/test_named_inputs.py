"""Whatever a user names: each file once, and one line that says what to do about what is none."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from kg.errors import ArticleError
from kg.model import Article
from kg.sources.articles import find_articles
from kg.sources.batch import short_reason
from kg.sources.source import Options

ONE = "Le groupe Solvéra a racheté la société Hydréol."


def told_of(*names: str | Path) -> str:
    """Return the one line that is told of what is no article."""
    (error,) = find_articles(names, Options())
    assert isinstance(error, ArticleError), error
    return str(error)


def put(path: Path, content: bytes | str = ONE) -> Path:
    """Write a file."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def tar_of(path: Path, mode: str) -> Path:
    """Pack a text with tar."""
    with tarfile.open(path, mode) as packed:  # type: ignore[call-overload]
        member = tarfile.TarInfo("a.txt")
        member.size = len(ONE.encode())
        packed.addfile(member, io.BytesIO(ONE.encode()))
    return path


def test_a_file_that_is_named_in_several_ways_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = put(tmp_path / "a.txt")
    (tmp_path / "z.txt").symlink_to(path)
    (one,) = find_articles(["a.txt", "./a.txt", path, ".", "z.txt"], Options())
    assert isinstance(one, Article) and (one.name, one.text) == ("a", ONE)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "'': an empty name; name a file or a folder"),
        ("www.gazette.example/a", "no such file; an address begins with https://"),
        ("htp://gazette.example/a", "no such file; an address begins with https://"),
        ("ftp://gazette.example/a", "no such file; an address begins with https://"),
        ("file:///news/a.txt", "no such file; name its path, without file:"),
        ("news/*.pdf", "no such file; none fits it: check the folder"),
        ("news/a.txt", "no such file; check the name"),
        ("y" * 300 + ".txt", "File name too long"),
        ("a\0b", "cannot be read"),
    ],
)
def test_a_name_of_nothing_is_told_with_what_to_do(name: str, said: str) -> None:
    assert said in told_of(name)


def test_a_name_that_no_file_can_have_stops_no_other(tmp_path: Path) -> None:
    found = list(find_articles(["y" * 300, put(tmp_path / "a.txt")], Options()))
    assert [type(one) for one in found] == [ArticleError, Article]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("news/a.pdf\nnews/b.pdf\n", "names of files, and no article"),
        ("https://x.example/a\n\nhttps://x.example/b\n", "addresses, and no article"),
    ],
)
def test_a_list_of_what_to_read_is_no_article(tmp_path: Path, content: str, said: str) -> None:
    assert said in told_of(put(tmp_path / "list.txt", content))


def test_a_text_that_names_a_file_is_one(tmp_path: Path) -> None:
    (one,) = find_articles([put(tmp_path / "a.txt", f"Vasco.txt\n{ONE}")], Options())
    assert isinstance(one, Article)


@pytest.mark.parametrize(("name", "mode"), [("a.tar", "w"), ("a.tgz", "w:gz"), ("a", "w")])
def test_a_tar_archive_is_told(tmp_path: Path, name: str, mode: str) -> None:
    assert told_of(tar_of(tmp_path / name, mode)).endswith(": a tar archive; unpack it or use .zip")


def test_a_document_of_pages_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.pages", "w") as packed:
        packed.writestr("Index/Document.iwa", "x" * 40)
    assert "a file of Pages, Numbers or Keynote; save it" in told_of(tmp_path / "a.pages")


@pytest.mark.parametrize("ending", [".txt", ".pdf", ".docx", ".html", ".eml", ".json", ""])
def test_an_empty_file_is_told_as_empty(tmp_path: Path, ending: str) -> None:
    assert told_of(put(tmp_path / f"a{ending}", b"")).endswith(": empty; give a file with text")


def test_what_programs_leave_beside_articles_is_left_aside(tmp_path: Path) -> None:
    for name in ("~$a.docx", "a.txt~", "site.url", "site.webloc", "a.pdf.crdownload", ".a.swp"):
        put(tmp_path / name)
    put(tmp_path / "a.txt")
    notes: list[str] = []
    (one,) = find_articles([tmp_path], Options(note=notes.append))
    kinds = ".crdownload, .swp, .url, .webloc, ~"
    assert isinstance(one, Article)
    assert notes == [f"{tmp_path}: 6 files of other kinds left aside ({kinds})"]


def test_a_check_of_the_browser_is_no_article(tmp_path: Path) -> None:
    body = "Checking your browser before accessing gazette.example. Ray ID: 1"
    page = f"<html><head><title>Just a moment...</title></head><body>{body}</body></html>"
    assert "only a check for robots" in told_of(put(tmp_path / "a.html", page))


def test_the_last_line_says_why_in_few_words() -> None:
    error = ArticleError("a.json: no JSON: Expecting value: line 1 column 9 (char 8)")
    assert short_reason(error) == "no JSON"
