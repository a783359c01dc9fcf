"""Where an article comes from and when: from the file, one beside it, a table or options."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ArticleError
from kg.model import Article
from kg.sources.articles import find_articles
from kg.sources.datelines import read_date
from kg.sources.details import draft_fields, read_details
from kg.sources.source import Options

TABLE = """file;titre;date;éditeur;url;auteur
a.fr.txt;Fusion;12 mars 2024;La Gazette;https://gazette.example/a;Irène Sablon
https://gazette.example/b;;2024-03-13;;;
b-x;;2024;;;
"""


def write(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_text(content, encoding=encoding)
    return path


def find(path: Path, options: Options) -> Article:
    (one,) = find_articles([path], options)
    assert isinstance(one, Article), one
    return one


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_says_what_files_do_not(tmp_path: Path, encoding: str) -> None:
    details = read_details(write(tmp_path / "meta.csv", TABLE, encoding))
    article = find(write(tmp_path / "a.fr.txt", "Un accord."), Options(details=details))
    assert article == Article(
        "a", "Un accord.", "fr", "https://gazette.example/a", "Fusion", "2024-03-12", "La Gazette",
        "Irène Sablon",
    )  # fmt: skip


def test_a_table_tells_articles_by_address_and_key(tmp_path: Path) -> None:
    details = read_details(write(tmp_path / "meta.csv", TABLE))
    lines = (
        '{"text": "Un accord.", "url": "https://gazette.example/b"}\n'
        '{"text": "Un autre.", "id": "x"}\n'
    )
    found = find_articles([write(tmp_path / "b.jsonl", lines)], Options(details=details, lang="fr"))
    dates = [one.published for one in found if isinstance(one, Article)]
    assert dates == ["2024-03-13", "2024"]


def test_a_file_beside_says_it_too(tmp_path: Path) -> None:
    write(
        tmp_path / "a.meta.json", '{"title": "Fusion", "publisher": "La Gazette", "date": "2024"}'
    )
    path = write(tmp_path / "a.fr.txt", "Un accord.")
    article = find(path, Options())
    assert (article.title, article.source, article.published) == ("Fusion", "La Gazette", "2024")
    assert len(list(find_articles([tmp_path], Options()))) == 1
    write(tmp_path / "a.meta.json", "{")
    (error,) = find_articles([path], Options())
    assert isinstance(error, ArticleError) and "a.meta.json: no JSON" in str(error)


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("2024.03.12-solvera.txt", "2024.03.12-solvera.meta.json"),
        ("a.b.fr.txt", "a.b.meta.json"),
        ("a.b.fr.txt", "a.b.fr.meta.json"),
        ("a.b.txt.gz", "a.b.meta.json"),
        ("Solve\u0301ra.txt", "Solvéra.meta.json"),
    ],
)
def test_a_file_beside_has_the_whole_name(tmp_path: Path, name: str, beside: str) -> None:
    write(tmp_path / beside, '{"title": "Fusion"}')
    write(tmp_path / "2024.meta.json", '{"title": "Autre"}')
    assert find(write(tmp_path / name, "Le groupe signe."), Options()).title == "Fusion"


def test_files_of_one_name_have_rows_of_their_own(tmp_path: Path) -> None:
    for folder in ("a", "b", "c"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder / "x.txt", f"Le groupe signe un accord {folder}.")
    table = write(tmp_path / "meta.csv", "file,title\na/x.txt,Un\n./b/x.txt,Deux\nd/x.txt,Non\n")
    notes: list[str] = []
    options = Options(details=read_details(table), note=notes.append)
    found = [one for one in find_articles([tmp_path], options) if isinstance(one, Article)]
    assert [one.title for one in found] == ["Un", "Deux", ""]  # the table is no article
    assert notes == [f"{table}: 1 row matches no article: d/x.txt"]


@pytest.mark.parametrize("key", ["Solvéra.txt", "Solve\u0301ra.txt", "n\\Solvéra.txt", "Solvéra"])
@pytest.mark.parametrize("name", ["Solvéra.txt", "Solve\u0301ra.txt"])
def test_names_match_however_they_are_composed(tmp_path: Path, key: str, name: str) -> None:
    (tmp_path / "n").mkdir()
    details = read_details(write(tmp_path / "meta.csv", f"file,title\n{key},Rachat\n"))
    path = write(tmp_path / "n" / name, "Le groupe signe.")
    assert find(path, Options(details=details)).title == "Rachat"


def test_a_row_with_a_folder_is_that_of_the_file_named_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    details = read_details(write(tmp_path / "meta.csv", "file,title\na/x.txt,Rachat\n"))
    write(tmp_path / "x.txt", "Le groupe signe.")
    monkeypatch.chdir(tmp_path)
    assert find(Path("x.txt"), Options(details=details)).title == "Rachat"


def test_options_say_it_of_articles_that_name_none(tmp_path: Path) -> None:
    options = Options(date="2024-05-01", publisher="La Gazette")
    bare = find(write(tmp_path / "a.fr.txt", "Un accord."), options)
    assert (bare.published, bare.source) == ("2024-05-01", "La Gazette")
    dated = find(write(tmp_path / "b.fr.txt", "Titre\nLyon, le 3 mai 2023 – Un accord."), options)
    assert dated.published == "2023-05-03"


@pytest.mark.parametrize(
    ("content", "said"),
    [("titre,date\nx,y\n", "no column that tells the article"), ("", "no column")],
)
def test_a_table_without_files_is_refused(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(ArticleError, match=said):
        read_details(write(tmp_path / "meta.csv", content))
    with pytest.raises(ArticleError, match="cannot be read"):
        read_details(tmp_path / "none.csv")


def test_what_of_a_table_is_left_out_is_told(tmp_path: Path) -> None:
    rows = "file,titre,date,datum\na.txt,Un,31/02/2024,x\na.txt,Deux,,\nb.txt,Trois,2024,,quatre\n"
    path = write(tmp_path / "meta.csv", rows)
    assert [line.removeprefix(str(path)) for line in read_details(path).sum_up()] == [
        ": columns of no known name are left out: datum",
        ", line 2: no date: '31/02/2024'; write it like 2024-03-12, 2024-03 or 2024",
        ", line 3: a.txt stands above already",
        ", line 4: 'quatre' is in no column; put cells with separators in quotes",
        ": 2 rows match no article: a.txt, b.txt",
    ]


def test_an_address_and_a_language_that_are_none_are_told(tmp_path: Path) -> None:
    rows = "file,url,langue\na.txt,gazette.example/a,xx\nb.txt,https://x.example/a b,\n"
    path = write(tmp_path / "meta.csv", f"{rows}c.txt,https://x.example/é?a=1#b,français\n")
    assert [line.removeprefix(f"{path}, ") for line in read_details(path).notes] == [
        "line 2: no address: 'gazette.example/a'; write it whole, like https://gazette.example/a",
        "line 2: no language: 'xx'; write it like fr or en",
        "line 3: no address: 'https://x.example/a b'; write it whole, like https://gazette.example/a",
    ]


def test_numbers_and_lists_of_a_file_beside_are_read(tmp_path: Path) -> None:
    write(tmp_path / "a.meta.json", '{"date": 2024, "authors": ["Irène", "Paul"], "title": null}')
    one = find(write(tmp_path / "a.fr.txt", "Un accord."), Options())
    assert (one.published, one.author, one.title) == ("2024", "Irène, Paul", "")


def test_an_open_quote_in_a_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"meta\.csv, line 2: no CSV"):
        read_details(write(tmp_path / "meta.csv", 'file,titre\na.txt,"Un\nb.txt,Deux\n'))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-03-12", "2024-03-12"),
        ("2024-03-12T23:30:00+01:00", "2024-03-12"),
        ("2024-03-12T08:00:00Z", "2024-03-12"),
        ("Tue, 12 Mar 2024 09:12:00 +0100", "2024-03-12"),
        ("12/03/2024 à 9h12", "2024-03-12"),
        ("12 mars 2024", "2024-03-12"),
        ("March 12, 2024", "2024-03-12"),
        ("20240312", "2024-03-12"),
        ("12-03-2024", "2024-03-12"),
        ("12-3-2024 10:30", "2024-03-12"),
        ("2024-3-12", "2024-03-12"),
        ("2024.03.12", "2024-03-12"),
        ("2024-02-30", ""),
        ("1710230400", "2024-03-12"),
        ("1710230400000", "2024-03-12"),
        ("2024", "2024"),
        ("2024-03", "2024-03"),
        ("2024-13-45", ""),
        ("mars 2024", "2024-03"),
        ("En mars 2024", "2024-03"),
        ("March 2024", "2024-03"),
        ("Sept. 2024", "2024-09"),
        ("03/2024", "2024-03"),
        ("2024/3", "2024-03"),
        ("2024-03-00", "2024-03"),
        ("2024-00-00", "2024"),
        ("T1 2024", "2024"),
        ("1er trimestre 2024", "2024"),
        ("first quarter of 2024", "2024"),
        ("Mars-avril 2024", "2024"),
        ("31 février 2024", ""),
        ("31/02/2024", ""),
        ("2023-2024", ""),
        ("mercredi 2024", ""),
        ("12 mars", ""),
        ("hier", ""),
        ("", ""),
        ("9" * 99, ""),
    ],
)
def test_dates_of_files_are_read(text: str, date: str) -> None:
    assert read_date(text) == date


def test_fields_go_by_many_names_and_forms() -> None:
    draft = draft_fields(
        {
            "Headline": " Un  titre ", "publishedAt": "2024", "source": {"name": "La Gazette"},
            "authors": ["Irène", {"name": "Paul"}], "link": "https://x.example", "lang": None,
        },
        "Un texte.",
    )  # fmt: skip
    assert (draft.title, draft.published, draft.source) == ("Un titre", "2024", "La Gazette")
    assert (draft.author, draft.url, draft.lang) == ("Irène, Paul", "https://x.example", "")
