"""Plain texts with fields above them, pieces of pages, and what pages write for letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Article
from kg.sources.articles import read_article
from kg.sources.folding import fold_text

BODY = "Le groupe Vernolle a racheté Hydréol pour 120 millions d’euros.\n\nIl l’a annoncé mardi.\n"


def read(folder: Path, text: str) -> Article:
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    return read_article(path)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("announced", ["", "Texte :\n"])
def test_fields_above_a_text_are_told(tmp_path: Path, end: str, announced: str) -> None:
    head = "Titre : Un rachat\nDate : 12/03/2024\nSource : Les Echos\nAuteur : Irène Sablon\n"
    text = f"{head}Section : 4\nhttps://x.test/1\n\n{announced}{BODY}".replace("\n", end)
    (tmp_path / "a.txt").write_bytes(text.encode())
    one = read_article(tmp_path / "a.txt")
    assert one.text.split() == ["Un", "rachat", *BODY.split()]
    assert (one.title, one.published, one.source) == ("Un rachat", "2024-03-12", "Les Echos")
    assert (one.author, one.url) == ("Irène Sablon", "https://x.test/1")


def test_an_address_above_a_text_is_its_own(tmp_path: Path) -> None:
    one = read(tmp_path, f"https://x.test/1\n\nUn rachat\n\n{BODY}")
    assert (one.url, one.title, one.text) == (
        "https://x.test/1",
        "Un rachat",
        f"Un rachat\n\n{BODY}",
    )


@pytest.mark.parametrize(
    "text",
    [
        f"Vernolle : le rachat\n\nDate : mardi\n\n{BODY}",
        f"Énergie : un rachat\nNantes : mardi\n\n{BODY}",
        f"Source : X\n\n{BODY}",
        "Titre : Un rachat\nDate : 12/03/2024\n",
    ],
)
def test_lines_with_colons_are_no_fields(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).text == text


def test_what_a_page_writes_for_letters_is_read(tmp_path: Path) -> None:
    one = read(tmp_path, BODY.replace("é", "&eacute;").replace("’", "&#8217;"))
    assert one.text == BODY


def test_a_piece_of_a_page_is_read_as_one(tmp_path: Path) -> None:
    one = read(tmp_path, "".join(f"<p>{line}</p>\n" for line in BODY.split("\n\n")))
    assert one.text.split() == BODY.split()


LEFT = (
    "Le groupe énergétique français",
    "Vernolle a annoncé mardi avoir",
    "racheté la société Hydréol,",
)
RIGHT = ("fondée à Lausanne en 1987 par", "deux ingénieurs, qui emploie", "trois cents personnes.")


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    rows = "\n".join(f"{one:36}{two}" for one, two in zip(LEFT, RIGHT, strict=True))
    one = read(tmp_path, f"Un rachat\n\n{rows}\n\n{rows}\n")
    words = " ".join(LEFT * 2 + RIGHT * 2)
    assert fold_text(one.text).text.split() == ["Un", "rachat", *words.split()]


def test_the_columns_of_a_table_stay(tmp_path: Path) -> None:
    text = BODY + "".join(f"{name:20}{part} %\n" for part, name in enumerate(["Nordil"] * 6))
    assert read(tmp_path, text).text == text
