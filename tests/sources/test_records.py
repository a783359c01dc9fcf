"""Articles in JSON are found wherever they stand, and a fault costs no more than its record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import ArticleError
from kg.model import Article
from kg.sources.articles import find_articles
from kg.sources.source import Options

ONE = "Le groupe Solvéra a racheté la société Hydréol pour 20 millions d'euros, à Lyon."
TWO = "La société Nordil, dont le siège est à Lille, a signé un accord avec Vasco."
CAPTION = f"Le directeur général de Solvéra devant le siège. {ONE}"


def texts(path: Path, content: str, field: str | None = None) -> list[str]:
    """Return the texts of a file's articles, or what is told where one is none."""
    path.write_text(content, encoding="utf-8")
    found = find_articles([path], Options(text_field=field))
    return [one.text if isinstance(one, Article) else str(one) for one in found]


@pytest.mark.parametrize(("name", "indent"), [("a.json", None), ("a.json", 1), ("a.jsonl", 1)])
@pytest.mark.parametrize(
    ("content", "right"),
    [
        ({"title": "T", "text": ONE, "entities": [{"name": "A"}, {"name": "B"}]}, [ONE]),
        ({"text": ONE, "images": [{"caption": CAPTION}]}, [ONE]),
        ({"text": ONE, "comments": [{"text": TWO}, {"text": TWO}]}, [ONE]),
        ({"description": ONE, "author": [{"name": "A B"}]}, [ONE]),
        ({"description": ONE, "articles": [{"text": TWO}]}, [TWO]),
        ({"data": {"articles": [{"text": ONE}, {"text": TWO}], "count": 2}}, [ONE, TWO]),
        ({"status": "ok", "tags": [{"n": 1}] * 3, "items": [{"body": ONE}]}, [ONE]),
        ([{"text": ONE}, {"text": TWO}], [ONE, TWO]),
        ([ONE, TWO], [ONE, TWO]),
        ({"a": {"text": ONE}, "b": {"text": TWO}}, [ONE, TWO]),
        ({"text": {"0": ONE, "1": TWO}, "date": {"0": "2024", "1": "2024"}}, [ONE, TWO]),
        ([{"content_html": f"<p>{ONE}</p>"}, {"content_text": TWO}], [ONE, TWO]),
        ([{"content": ONE, "description": "D"}, {"content": None, "description": TWO}], [ONE, TWO]),
        ({"title": {"text": "A b"}, "content": {"text": ONE}}, [ONE]),
        ([{"content": {"rendered": f"<p>{ONE}</p>", "protected": False}}], [ONE]),
        ({"results": [{"id": 1, "fields": {"bodyText": ONE, "byline": "X"}}]}, [ONE]),
        ([{"body": [{"type": "p", "text": ONE}, {"type": "p", "text": TWO}]}], [f"{ONE}\n\n{TWO}"]),
    ],
)
def test_articles_are_found_in_json(
    tmp_path: Path, name: str, indent: int | None, content: object, right: list[str]
) -> None:
    assert texts(tmp_path / name, json.dumps(content, indent=indent)) == right


@pytest.mark.parametrize("indent", [None, 1])
def test_json_that_is_called_a_text_is_json(tmp_path: Path, indent: int | None) -> None:
    path, objects = tmp_path / "a.txt", [{"text": ONE}, {"text": TWO}]
    assert texts(path, json.dumps(objects, indent=indent)) == [ONE, TWO]
    assert texts(path, json.dumps(objects[0], indent=indent)) == [ONE]
    assert texts(path, "\n".join(map(json.dumps, objects))) == [ONE, TWO]
    assert texts(path, f'{{Lyon}} "{ONE}"') == [f'{{Lyon}} "{ONE}"']


def test_the_field_that_is_named_tells_the_article(tmp_path: Path) -> None:
    content = {"note": ONE, "text": [{"note": "a"}], "other": [{"text": TWO}]}
    assert texts(tmp_path / "a.json", json.dumps(content), "note") == [ONE]


@pytest.mark.parametrize("tag", ["<b>Fin</b>", "Fin<br>", '<a href="x">Fin</a>'])
def test_blank_lines_part_paragraphs_in_spite_of_a_tag(tmp_path: Path, tag: str) -> None:
    content = f"{ONE}\n\n{TWO} {tag}\n\nNordil rachète Vasco\n\n{ONE}"
    (text,) = texts(tmp_path / "a.json", json.dumps({"text": content}))
    assert text.split("\n\n") == [ONE, f"{TWO} Fin", "Nordil rachète Vasco", ONE]


def test_a_page_in_json_has_its_own_paragraphs(tmp_path: Path) -> None:
    content = f"<p>{ONE}</p>\n\n<p>{TWO}</p>"
    assert texts(tmp_path / "a.json", json.dumps({"text": content})) == [f"{ONE}\n{TWO}"]


def test_lines_that_are_all_broken_are_told(tmp_path: Path) -> None:
    told = texts(tmp_path / "a.jsonl", f'{{"text": "{ONE}"\n{{"text": "abc\n')
    assert [one.partition("a.jsonl")[2][:17] for one in told] == [
        ", line 1: no JSON",
        ", line 2: no JSON",
    ]


def test_a_broken_list_in_json_lines_is_told(tmp_path: Path) -> None:
    (told,) = texts(tmp_path / "a.jsonl", f'[{{"text": "{ONE}"}},\n{{"text": "abc\n')
    assert "a.jsonl: no JSON: " in told and "line 2" in told


def test_a_record_of_too_many_tags_is_told_and_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"text": "<p>a</p>" * 110_000}), json.dumps({"text": TWO})]
    path.write_text("\n".join(lines), encoding="utf-8")
    error, article = find_articles([path], Options())
    assert isinstance(error, ArticleError) and isinstance(article, Article)
    assert f"{path}, line 1: over 200,000 tags" in str(error) and article.text == TWO


@pytest.mark.parametrize(
    ("record", "known"),
    [
        (
            {"Titre": "T", "Date de parution": "12/03/2024", "Média": "M", "Journaliste": "A B"},
            ("T", "2024-03-12", "M", "A B", ""),
        ),
        (
            {"title": {"rendered": "L&rsquo;accord"}, "date_gmt": "2024-03-12T10:00:00",
             "link": "https://x.test/1", "author": 3},
            ("L’accord", "2024-03-12", "", "", "https://x.test/1"),
        ),
        (
            {"created": "2024-05-01", "published": "2024-03-12", "source": "https://x.test/1"},
            ("", "2024-03-12", "", "", "https://x.test/1"),
        ),
        (
            {"webTitle": "T", "webPublicationDate": "2024-03-12", "webUrl": "https://x.test/1",
             "fields": {"byline": "By A B"}},
            ("T", "2024-03-12", "", "A B", "https://x.test/1"),
        ),
        (
            {"headline": {"main": "T"}, "pub_date": "2024-03-12", "source": "https://x.test/1",
             "source-hostname": "M", "byline": {"original": "Par A B"}},
            ("T", "2024-03-12", "M", "A B", "https://x.test/1"),
        ),
    ],
)  # fmt: skip
def test_what_fields_tell_is_known(
    tmp_path: Path, record: dict[str, object], known: tuple[str, ...]
) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{**record, "text": ONE}]), encoding="utf-8")
    (one,) = find_articles([path], Options())
    assert isinstance(one, Article)
    assert (one.title, one.published, one.source, one.author, one.url) == known


def test_a_table_without_names_of_columns_is_told(tmp_path: Path) -> None:
    (told,) = texts(tmp_path / "a.csv", f'1,"{ONE} {TWO}"\n2,"{TWO} {ONE}"\n')
    assert "no names of columns in the first row" in told
