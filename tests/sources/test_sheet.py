"""Tables are read as they are written; a row that is wrong is told, and costs no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Article
from kg.sources.articles import find_articles
from kg.sources.datelines import find_date, read_date
from kg.sources.details import read_details
from kg.sources.source import Options

ONE = "Le groupe Solvéra a racheté la société Hydréol pour 20 millions d'euros à Lyon."
TWO = "La société Nordil a signé un accord avec le groupe Vasco pour la fourniture de piles."
THREE = "Le fabricant Ostrelec a ouvert une usine à Morvanches."


def read(path: Path, content: str | bytes) -> list[str]:
    """Return the texts of a table's articles, or what is told where one is none."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = find_articles([path], Options())
    return [
        one.text if isinstance(one, Article) else str(one).partition(path.name)[2] for one in found
    ]


def test_a_row_of_more_cells_than_columns_is_told(tmp_path: Path) -> None:
    rows = f"id,texte\n1,Le groupe Solvéra, dit-il, a racheté Hydréol.\n2,{TWO}\n3,{THREE},,\n"
    told, two, three = read(tmp_path / "a.csv", rows)
    assert told.startswith(", row 2: 4 cells in 2 columns") and [two, three] == [TWO, THREE]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (f'"Nous sommes là. {ONE}', f'"Nous sommes là. {ONE}'),
        (f'"{ONE}"', ONE),
        (f'"{ONE} ""Oui"", dit-il."', f'{ONE} "Oui", dit-il.'),
        (f'{ONE} Il a dit "oui".', f'{ONE} Il a dit "oui".'),
        (f'"{ONE}\n\n{TWO}"', f"{ONE}\n\n{TWO}"),
        (f'"Oui", dit-il. {ONE}', f'"Oui", dit-il. {ONE}'),
    ],
)
def test_a_lone_quote_between_tabs_is_a_letter(tmp_path: Path, cell: str, text: str) -> None:
    rows = f'id\ttexte\n1\t{cell}\n2\t{TWO}\n3\t{THREE} Il a dit "non".\n'
    assert read(tmp_path / "a.tsv", rows) == [text, TWO, f'{THREE} Il a dit "non".']


def test_a_quote_that_nothing_closes_is_told(tmp_path: Path) -> None:
    rows = f'titre;texte\nUn;"{ONE}"\nDeux;"{TWO}\nTrois;{THREE}\n'
    one, told = read(tmp_path / "a.csv", rows)
    assert (
        one == ONE and told == ": no CSV: line 3: a quote that nothing closes; save it anew as CSV"
    )
    assert read(tmp_path / "b.csv", rows.replace(f'"{TWO}', f'"{TWO}"')) == [ONE, TWO, THREE]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_a_table_that_is_called_a_text_is_one(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    rows = [["titre", "date", "texte"], ["Un", "12/03/2024", f'"{ONE}"'], ["Deux", "", TWO]]
    table = "\r\n".join(separator.join(row) for row in rows)
    assert read(tmp_path / "a.txt", table.encode(encoding)) == [ONE, TWO]
    prose = f"L'article, le texte\n\n{ONE}, dit-il, {TWO}"
    assert read(tmp_path / "b.txt", prose.encode(encoding)) == [prose]


def test_a_cell_of_another_encoding_costs_its_row(tmp_path: Path) -> None:
    rows = [b"id;texte", f"1;{ONE}".encode("cp1252"), b"2;Solv\xc3\xa9\xe9ra", f"3;{TWO}".encode()]
    one, told, two = read(tmp_path / "a.csv", b"\n".join(rows))
    assert [one, two] == [ONE, TWO] and told.startswith(", row 3: bytes of another encoding")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x0b", "\x85"])
def test_only_line_ends_part_rows(tmp_path: Path, encoding: str, sign: str) -> None:
    text = ONE.replace("Hydréol", f"Hydréol.{sign}")
    rows = f"id\ttexte\n1\t{text}\n2\t{TWO}\n"
    assert read(tmp_path / "a.csv", rows.encode(encoding)) == [text, TWO]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("above", ["", "sep=;"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_line_ends_and_the_line_above(tmp_path: Path, end: str, above: str, encoding: str) -> None:
    rows = [*filter(None, [above]), "id;texte", f"1;{ONE}", f"2;{TWO}", ""]
    assert read(tmp_path / "a.csv", end.join(rows).encode(encoding)) == [ONE, TWO]
    details = end.join([*filter(None, [above]), "file;title", "a.txt;Rachat", ""])
    path = tmp_path / "meta.csv"
    path.write_bytes(details.encode(encoding))
    assert read_details(path).rows["a.txt"] == {"title": "Rachat"}


@pytest.mark.parametrize(
    ("text", "lang", "date"),
    [
        ("2024/03/12", "", "2024-03-12"),
        ("20240312", "", "2024-03-12"),
        ("20240312101500", "", "2024-03-12"),
        ("20240312T101500Z", "", "2024-03-12"),
        ("12.3.24", "", "2024-03-12"),
        ("12/03/99", "fr", "1999-03-12"),
        ("03/04/2024", "fr", "2024-04-03"),
        ("03/04/2024", "en", "2024-03-04"),
        ("03/04/2024", "en-GB", "2024-04-03"),
        ("03.04.2024", "en", "2024-04-03"),
        ("03/25/2024", "fr", "2024-03-25"),
        ("25/03/2024", "en", "2024-03-25"),
        ("3/4/24", "en-US", "2024-03-04"),
        ("17102844000000", "", ""),
    ],
)  # fmt: skip
def test_dates_are_read_in_the_order_of_their_language(text: str, lang: str, date: str) -> None:
    assert read_date(text, lang) == date


def test_so_are_those_of_articles(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    text = "The group has bought the company for 20 million, and it will be in Lyon."
    path.write_text(f'date,text,lang\n03/04/2024,"{text}",en\n03/04/2024,"{text}",en-GB\n')
    found = [one.published for one in find_articles([path], Options()) if isinstance(one, Article)]
    assert found == ["2024-03-04", "2024-04-03"]
    assert find_date("PARIS, 2024/03/12 - The group", "en") == "2024-03-12"
