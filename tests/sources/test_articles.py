"""Articles are read as they stand, and what is no article is refused in one line."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from kg.errors import ArticleError
from kg.sources.articles import read_article, read_articles
from kg.sources.datelines import find_date, find_title
from kg.sources.filenames import split_name
from kg.sources.source import LONGEST

PAGE = """<html lang="fr"><head><meta charset="{charset}"><title>Nordil s'allie à Vasco</title>
<meta property="og:site_name" content="La Gazette"><link rel="canonical" href="https://gazette.example/a">
<meta property="article:published_time" content="2019-03-04T08:00:00+01:00"></head>
<body><nav>Accueil</nav><article><h1>Nordil s'allie à Vasco</h1>{body}</article></body></html>"""
BODY = "".join(
    f"<p>Le groupe Nordil a signé, pour la {n}e fois, un accord avec Vasco &amp; fils à Évreux.</p>"
    for n in range(2, 9)
)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    "text",
    [
        "Première ligne\r\nDeuxième ligne\r\n",
        "  espaces au début\n\n\nfin sans saut",
        "tab\tinsécable\u00a0séparateur\u2028fin\x85\x0c",
        "e\u0301 décomposé, é composé, 𝒳 hors plan",
        "vieux mac\rretour",
    ],
)
def test_text_keeps_every_character(tmp_path: Path, text: str) -> None:
    assert read_article(write(tmp_path, "a.fr.txt", text)).text == text


def test_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = write(tmp_path, "a.fr.txt", b"\xef\xbb\xbfNordil signe.")
    assert read_article(path).text == "Nordil signe."


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("fusion.fr.txt", ("fusion", "fr", ".txt")),
        ("fusion.en.html", ("fusion", "en", ".html")),
        ("v1.2.fr.txt", ("v1.2", "fr", ".txt")),
        ("note.txt", ("note", "", ".txt")),
        ("note.md", ("note", "", ".md")),
        ("notice.vf.txt", ("notice.vf", "", ".txt")),
        ("fusion.fr", ("fusion", "fr", "")),
        ("fusion.fr.txt.gz", ("fusion", "fr", ".txt")),
        ("note", ("note", "", "")),
        (".fr", (".fr", "", "")),
        ("PAGE.HTM", ("PAGE", "", ".htm")),
        ("-", ("stdin", "", "")),
    ],
)
def test_name_and_language_come_from_the_file_name(name: str, parts: tuple[str, str, str]) -> None:
    assert split_name(Path(name)) == parts


def test_language_of_the_name_goes_before_the_option(tmp_path: Path) -> None:
    named = write(tmp_path, "a.fr.txt", "Nordil signe un accord avec Vasco.")
    assert read_article(named, lang="xx").lang == "fr"


def test_language_is_guessed_without_name_and_option(tmp_path: Path) -> None:
    text = "Le groupe a signé un accord avec la ville et les deux sociétés."
    assert read_article(write(tmp_path, "a.txt", text)).lang == "fr"


def test_stdin_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Nordil s’étend.".encode())))
    article = read_article("-", lang="fr")
    assert (article.name, article.text) == ("stdin", "Nordil s’étend.")


def test_a_table_on_stdin_and_a_text_in_paragraphs_are_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rows = 'titre;texte\nUn;"Nordil s’étend à Vasco."\nDeux;"Vasco ; et Orvane s’allient."\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(rows.encode())))
    found = [(article.title, article.text) for article in read_articles(["-"])]
    assert found == [("Un", "Nordil s’étend à Vasco."), ("Deux", "Vasco ; et Orvane s’allient.")]
    path = tmp_path / "a.json"
    path.write_text('{"tags": ["voiles"], "text": ["Nordil s’étend.", "Vasco aussi."]}')
    (article,) = read_articles([path])
    assert article.text == "Nordil s’étend.\n\nVasco aussi."


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_page_gives_text_and_what_is_known_of_it(tmp_path: Path, charset: str) -> None:
    page = PAGE.format(charset=charset, body=BODY).encode(charset)
    article = read_article(write(tmp_path, "a.fr.html", page))
    assert article.text.startswith("Nordil s'allie à Vasco\n\nLe groupe Nordil a signé, pour la 2e")
    assert "Vasco & fils à Évreux" in article.text
    assert "Accueil" not in article.text
    known = (article.title, article.published, article.source, article.url)
    assert known == (
        "Nordil s'allie à Vasco", "2019-03-04", "La Gazette", "https://gazette.example/a",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.fr.txt", b"", "empty"),
        ("a.fr.txt", b" \r\n\t\n", "empty"),
        ("a.fr.txt", b"\xef\xbb\xbf\n", "empty"),
        ("a.fr.txt", b"%PDF\0\x01", "binary"),
        ("a.fr.txt", "Привет".encode("cp1251"), "neither UTF-8 (byte 1: 0xcf)"),
        ("a.fr.txt", b"mot " * 1_250_000, f"over {LONGEST:,} characters"),
        ("a.fr.txt", "é".encode() * (LONGEST + 1), f"over {LONGEST:,} characters"),
        ("a.de.txt", b"Brennmark kauft das Werk.", "in German; French and English"),
        ("a.fr.html", b"<html><body></body></html>", "no article found"),
    ],
)
def test_what_is_no_article_is_refused(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(ArticleError) as caught:
        read_article(write(tmp_path, name, content))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_longest_text_is_read(tmp_path: Path) -> None:
    assert len(read_article(write(tmp_path, "a.fr.txt", "é" * LONGEST)).text) == LONGEST


def test_missing_file_and_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no such file"):
        read_article(tmp_path / "nowhere.fr.txt")
    with pytest.raises(ArticleError, match="no article in it"):
        read_article(tmp_path)


def test_several_articles_are_no_one_article(tmp_path: Path) -> None:
    write(tmp_path, "a.fr.txt", "Un texte.")
    write(tmp_path, "b.fr.txt", "Un autre texte.")
    with pytest.raises(ArticleError, match="several articles"):
        read_article(tmp_path)


def test_articles_come_in_their_order(tmp_path: Path) -> None:
    paths = [write(tmp_path, f"{name}.fr.txt", f"Texte {name}.") for name in "bac"]
    assert [article.name for article in read_articles(paths)] == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Nordil et Vasco partenaires\n\nLes deux groupes.", "Nordil et Vasco partenaires"),
        ("jdupont - Fotolia\nAccord mondial\nUn accord.", "Accord mondial"),
        ("Crédit photo : Nordil\nAccord mondial\nUn accord.", "Accord mondial"),
        ("© AFP\n\nAccord mondial !\nUn accord.", "Accord mondial !"),
        ("Photo de famille chez Nordil\nLe groupe pose.", "Photo de famille chez Nordil"),
        ("Nordil signe un accord.\nVasco aussi.", ""),
        ("Une seule ligne sans point", ""),
        ("mot " * 60 + "\nfin", ""),
    ],
)
def test_title_is_the_headline(text: str, title: str) -> None:
    assert find_title(text) == title


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Titre\n\n26 mai 2018 . –\nTexte.", "2018-05-26"),
        ("Titre\n2 juillet 2012. - Le plan", "2012-07-02"),
        ("Titre\nLyon, le 1er Août 2019 – Texte", "2019-08-01"),
        ("Titre\nPublié le 2020-02-29\nTexte", "2020-02-29"),
        ("Titre\n1 avril\nTexte", ""),
        ("Depuis le 26 mai 2018, Nordil grandit.", ""),
        ("Titre\n31 février 2018\nTexte", ""),
        ("a\nb\nc\nd\n26 mai 2018", ""),
        ("Titre\nParis, 3 oct 2022 (Agence) - Le groupe", "2022-10-03"),
        ("Titre\nMis à jour le 12/03/2018 à 18h05\nTexte", "2018-03-12"),
        ("Accueil\nTitre\nUn chapô.\nPar X\nPublié le 12 mars 2018 à 18h", "2018-03-12"),
        ("Titre\nPar Jeanne Ferrand | 12 mars 2018, 14:30", "2018-03-12"),
        ("Titre\nLundi 12 mars 2018", "2018-03-12"),
        ("Titre\nParis, 3 mars (Agence) - Le groupe", ""),
        ("Comptes au 31 décembre 2018\nNordil grandit.", ""),
        ("Titre\nDu 3 au 5 mars 2018\nTexte", ""),
    ],
)
def test_date_is_that_of_the_dateline(text: str, published: str) -> None:
    assert find_date(text) == published
