"""Reports of agencies: slugs and signs are not read; date, agency and author are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Article
from kg.sources.articles import find_articles, read_article
from kg.sources.datelines import find_agency, find_date, find_title
from kg.sources.folding import fold_text
from kg.sources.furniture.wires import BYLINE, is_slug, name_wire
from kg.sources.source import Options

NEWS = "Le groupe Nordil a annoncé l'acquisition de la société Vasco pour 42 millions d'euros."
MORE = "Vasco, fondée en 2009, emploie 180 personnes et fournit Hexo depuis cinq ans."
FRENCH = f"""FRA1234 4 ECO 0271 FRS /AFP-AB12
économie-énergie-entreprise-acquisition

Nordil rachète Vasco
==(Photo+Video)==

   LYON, 12 mars 2024 (AFP) - {NEWS}

   {MORE}

   abc/def/ghi

   HEXO

© 1994-2024 Agence France-Presse
"""
ENGLISH = f"""UPDATE 2-Nordil rachète Vasco

* L'action gagne 3 % à la Bourse

(Ajoute des précisions)

Par Irène Sablon et Marc Vey

LYON, 12 mars 2024 (Reuters) - {NEWS}

{MORE}

($1 = 0,9152 euro)

(Reportage de Irène Sablon, édité par Marc Vey)

((irene.sablon@gazette.example; +33 1 02 03 04 05))

Mots-clés: NORDIL-M&A/VASCO
"""


def read(tmp_path: Path, text: str) -> Article:
    """Read a text from a file."""
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    return read_article(path)


def seen(article: Article) -> list[str]:
    """Return the paragraphs that the reader sees."""
    return list(filter(None, fold_text(article.text, lang=article.lang).text.split("\n")))


def test_a_report_is_read_without_what_the_agency_set_around_it(tmp_path: Path) -> None:
    one = read(tmp_path, FRENCH)
    assert seen(one) == ["Nordil rachète Vasco", f"LYON, 12 mars 2024 (AFP) - {NEWS}", MORE]
    assert (one.title, one.published, one.source) == ("Nordil rachète Vasco", "2024-03-12", "AFP")


def test_signs_rates_and_key_words_are_not_read(tmp_path: Path) -> None:
    one = read(tmp_path, ENGLISH)
    assert seen(one)[3:] == [f"LYON, 12 mars 2024 (Reuters) - {NEWS}", MORE]
    assert (one.title, one.source) == ("Nordil rachète Vasco", "Reuters")
    assert (one.published, one.author) == ("2024-03-12", "Irène Sablon, Marc Vey")
    assert one.text == ENGLISH


def test_a_file_goes_before_a_dateline(tmp_path: Path) -> None:
    one = read(tmp_path, f"Source : La Gazette\nDate : 13/03/2024\n\n{FRENCH}")
    assert (one.source, one.published) == ("La Gazette", "2024-03-13")


@pytest.mark.parametrize(
    "line",
    [
        "Nordil rachète Vasco", "NORDIL RACHÈTE VASCO", "Peugeot-Citroën-Opel", "Porte-à-porte",
        "12/03/2024", "Entre-temps", "Fusion Nordil/Vasco", "3/4", "c'est-à-dire", "vis-à-vis",
        "TF1/M6 : la fusion échoue",
    ],
)  # fmt: skip
def test_a_headline_is_no_slug(line: str) -> None:
    assert not is_slug(line)


@pytest.mark.parametrize(
    "words",
    [
        "(Nordil a édité un livre.) Vasco aussi.", "Le reportage de Nordil", "(Nordil, Vasco)",
        "Fin de partie", "End", "Fin", "3,5 %", "Mots d'ordre : la grève", "Photo : rien",
        "1 euro = 1 voix, dit Nordil.", "Par ailleurs, Nordil signe.",
    ],
)  # fmt: skip
def test_news_is_no_sign_of_an_agency(words: str) -> None:
    assert name_wire(words) == ""
    assert not BYLINE.fullmatch(words)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Par Irène Sablon", "Irène Sablon"),
        ("Par Irène Sablon et Marc Vey, avec AFP", "Irène Sablon et Marc Vey"),
        ("By Tom Ellis and Jane d’Orsay", "Tom Ellis and Jane d’Orsay"),
        ("Propos recueillis par Irène Sablon", "Irène Sablon"),
        ("Par Jean-Marc de La Roche", "Jean-Marc de La Roche"),
    ],
)
def test_a_byline_names_who_has_written(line: str, names: str) -> None:
    found = BYLINE.fullmatch(line)
    assert found and found["names"] == names


@pytest.mark.parametrize(
    "above",
    [
        "COMMUNIQUÉ DE PRESSE", "Accueil > Économie > Entreprises", "É C O N O M I E", "Économie",
        "Lyon, le 12 mars 2024", "Communiqué de presse\nLyon, le 12 mars 2024, 18h00",
        "PRESS RELEASE", "LA GAZETTE — MARDI 12 MARS 2024 — PAGE 7", "Pour diffusion immédiate",
        "KERZAVEL-M&A/VASCO (URGENT)", "Par Irène Sablon",
    ],
)  # fmt: skip
def test_what_stands_above_a_headline_is_none(tmp_path: Path, above: str) -> None:
    assert read(tmp_path, f"{above}\nNordil rachète Vasco\n\n{NEWS}\n\n{MORE}").title == (
        "Nordil rachète Vasco"
    )


def test_a_headline_of_one_word_is_one() -> None:
    assert find_title(f"Consolidation\n\n{NEWS}\n\n{MORE}") == "Consolidation"
    assert find_title(f"Nordil\u00a0rachète\u00a0Vasco\n{NEWS}") == "Nordil rachète Vasco"
    assert find_title(f"{NEWS}\n{MORE}") == ""


def test_an_agency_stands_in_a_dateline_alone() -> None:
    assert find_agency(f"PARIS (AFP) - {NEWS}") == "AFP"
    assert find_agency(f"{NEWS} Selon une source (AFP), rien.") == ""
    assert find_agency("Le patron de Vasco (Reuters) - rien") == ""
    assert (
        find_date(f"Titre\n\na\n\nb\n\nc\n\nd\n\nPARIS, 12 mars 2024 (AFP) - {NEWS}")
        == "2024-03-12"
    )


def test_items_of_a_digest_have_its_date_and_publisher(tmp_path: Path) -> None:
    path = tmp_path / "valeurs.txt"
    head = "PARIS, 12 mars 2024 (Reuters) - Principales valeurs à suivre à la Bourse de Paris :"
    path.write_text(
        f"Valeurs à suivre\n\n{head}\n\n* NORDIL - {NEWS}\n\n* VASCO : {MORE}\n\n"
        f"* HEXO a annoncé lundi soir la nomination de son directeur général.\n",
        "utf-8",
    )
    found = [one for one in find_articles([path], Options(split=True)) if isinstance(one, Article)]
    assert [one.text[:6] for one in found] == ["* NORD", "* VASC", "* HEXO"]
    assert {(one.published, one.source) for one in found} == {("2024-03-12", "Reuters")}
