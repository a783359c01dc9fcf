"""Files as programs write them read as their clean twins, or are refused in one line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from cases import CASES, FAULTS, MIXED, TABLES, Case
from texts import POST, TABLE, TAKEOVER, TARROW, TWINS, WERK

from kg.errors import ArticleError
from kg.model import Article
from kg.sources.articles import Found, find_articles
from kg.sources.folding import fold_parts, fold_text
from kg.sources.source import Options

FILES = Path(__file__).parent / "files"


def find(name: str, options: Options | None = None) -> list[Found]:
    """Return what a file gives."""
    return list(find_articles([FILES / name], options or Options()))


def paragraphs(article: Article) -> list[str]:
    """Return the paragraphs that the reader sees."""
    folded = fold_text(article.text, lang=article.lang).text
    return [line for line in folded.split("\n") if line.strip()]


def test_every_file_is_of_a_case() -> None:
    files = {path.name for path in FILES.iterdir()}
    assert files == {*CASES, *TABLES, *FAULTS, *MIXED}
    assert len(files) >= 60


@pytest.mark.parametrize("name", CASES)
def test_file_reads_as_its_twins(name: str) -> None:
    case: Case = CASES[name]
    found = find(name, Options(**case.options))  # type: ignore[arg-type]
    articles = [one for one in found if isinstance(one, Article)]
    assert len(articles) == len(found) == len(case.twins), found
    for article, twin in zip(articles, case.twins, strict=True):
        title, *body = TWINS[twin]
        assert paragraphs(article) == ([title, *body] if case.headed else body)
        assert article.title == title
    known = {what: getattr(articles[0], what) for what in case.known}
    assert known == case.known


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_no_article_is_told_in_one_line(name: str) -> None:
    (error,) = find(name)
    assert isinstance(error, ArticleError)
    assert FAULTS[name] in str(error)
    assert str(error).startswith(f"{FILES / name}")
    assert "\n" not in str(error) and len(str(error)) < 400 + len(str(FILES))


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_in_the_text_and_the_reader_sees_none(name: str) -> None:
    (article,) = find(name)
    assert isinstance(article, Article)
    assert [line for line in article.text.split("\n") if line] == list(TABLE)
    assert paragraphs(article) == [part for part in TABLE if " | " not in part]


def test_a_broken_line_costs_no_more_than_itself() -> None:
    first, second = (one for one in find("corpus-broken.jsonl") if isinstance(one, Article))
    assert [first.title, second.title] == [TAKEOVER[0], POST[0]]
    (error,) = (one for one in find("corpus-broken.jsonl") if isinstance(one, ArticleError))
    assert "corpus-broken.jsonl, line 2: no JSON" in str(error)


def test_files_of_a_zip_are_read_each_for_itself() -> None:
    one, other, error = find("packed.zip")
    assert isinstance(one, Article) and isinstance(other, Article)
    assert (one.name, other.name) == ("brève", "page")
    assert "packed.zip/vide.txt: empty" in str(error)


def test_paragraphs_in_the_other_language_are_read_in_it() -> None:
    notes: list[str] = []
    (article,) = find("both-languages.fr.txt", Options(note=notes.append))
    assert isinstance(article, Article)
    assert paragraphs(article) == list(POST)
    (_, own), (lang, other) = fold_parts(article)
    assert [one for one in other.text.split("\n") if one] == list(TARROW) and lang == "en"
    assert all(
        article.text[b:e] == c for b, e, c in zip(own.begins, own.ends, own.text, strict=True)
    )
    assert not notes


def test_paragraphs_in_a_language_that_is_not_read_are_told_and_left_out(tmp_path: Path) -> None:
    notes: list[str] = []
    path = tmp_path / "a.fr.txt"
    path.write_text("\n\n".join((*POST, *WERK)), encoding="utf-8")
    (article,) = find_articles([path], Options(note=notes.append))
    assert isinstance(article, Article) and paragraphs(article) == list(POST)
    assert notes == [f"{path}: {len(WERK)} paragraphs are in German and not read"]
    assert len(list(fold_parts(article))) == 1


def test_the_euro_of_latin_9_is_kept() -> None:
    (article,) = find("latin-9.txt")
    assert isinstance(article, Article)
    assert "15 € par action" in article.text and "œuvres" in article.text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("news.xml", "<?xml version='1.0'?><doc><a>Un accord.</a></doc>", "no feed"),
        ("plan.xml", "<urlset><url/></urlset>", "no feed"),
        ("photo.txt", "\x89PNG", "a picture"),
    ],
)
def test_what_is_no_text_is_not_read_as_prose(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode("latin-1"))
    (error,) = find_articles([path], Options())
    assert isinstance(error, ArticleError) and said in str(error)


def test_a_piece_of_a_page_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "piece"
    path.write_text("".join(f"<p>{part}</p>" for part in POST), encoding="utf-8")
    (article,) = find_articles([path], Options())
    assert isinstance(article, Article)
    assert paragraphs(article) == list(POST)
