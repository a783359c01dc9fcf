"""A text's language is told by its small words; names do not count, page and file do."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from digests import PIECES
from texts import TWINS

from kg.errors import ArticleError
from kg.model import Article
from kg.sources.articles import find_articles, read_article
from kg.sources.folding import fold_parts
from kg.sources.language import guess_language, language_name, read_code
from kg.sources.source import Options

#: Twins that are not in French.
FOREIGN = {"werk": "de", "tarrow": "en"}
TEXTS = [
    (paragraph, FOREIGN.get(name, "fr"))
    for name, twin in TWINS.items()
    for paragraph in twin[1:]
    if " | " not in paragraph
]
SHORT = [
    ("Marvanel rachète Shopping Network Systems", "fr"),
    ("Nordil signe avec Vasco", "fr"),
    ("Hydréol passe chez Solvéra", "fr"),
    ("Wessel buys Tarrow Flow", "en"),
    ("Moira Kinnaird to lead Wessel", "en"),
    ("The deal is worth $410 million", "en"),
    ("L'accord vaut 410 millions", "fr"),
]


@pytest.mark.parametrize(("text", "lang"), [*TEXTS, *SHORT])
def test_language_is_guessed(text: str, lang: str) -> None:
    assert guess_language(text) == lang


#: Headlines of our own wording, of which most words are foreign names.
HEADLINES = [
    (line, lang)
    for lang, lines in {
        "fr": """Deutsche Bank rachète Santander Consumer
Volkswagen cède Ducati à Stellantis
Enel vend Slovenské elektrárne
Von der Leyen reçoit les patrons
Barilla acquiert Pasta Evangelists
Intesa Sanpaolo absorbe UBI Banca
Van Lanschot reprend Kempen
Inditex ferme Zara Home en Russie
Randstad Nederland supprime 300 postes
Banco Santander lorgne Sabadell
Banca Monte dei Paschi di Siena lance une offre
Cassa Depositi e Prestiti vend
Het Laatste Nieuws recrute
Van de Velde ferme
Corriere della Sera : Cairo garde la main
Die Post vend Tresorit
Zara, Mango, Desigual
Santander, BBVA, Sabadell
Fresenius Medical Care se sépare d'Helios
Caixa Geral de Depósitos paie
Erste Group grignote Santander Bank Polska
Une opa sur Talgo
Le Portugais Sonae vend Worten
La Doria passe chez Platinum Equity
Edison vend Edison Stoccaggio
José María Álvarez-Pallete écarté
Grupo Bimbo s'implante au Brésil
Novo Nordisk ferme à Kalundborg
Orange España et MásMóvil fusionnent
Wizz Air licencie
DEUTSCHE BANK REPREND LA BANCA POPOLARE DI MILANO
LA REPUBBLICA VENDUE""",
        "en": """Deutsche Bank buys Santander Consumer
Enel sells Slovenské elektrárne
Von der Leyen meets bosses
Intesa Sanpaolo absorbs UBI Banca
Swisscom seizes Vodafone Italia
Volkswagen sells Ducati
Grupo Bimbo enters Brazil
Los Angeles port strike
Dell, Das merge
Santos agrees merger
El Corte Inglés seeks investors
La Repubblica sold
Damm opens brewery
Die hard lender Popolare
Sole bidder for Casa Bianca
Mediobanca rejects Monte dei Paschi
Tata Steel Nederland restructures
Das Bosch takeover row
Per Aarsleff profit up
Den Haag court rules
Banco Popular probe
Van de Velde shuts
De La Rue prints notes
Las Vegas Sands profit
Puma cat logo case
Solo venture Alma
Oerlikon sells Barmag
Schindler sues Kone
John Elkann decides
Die Mobiliar snaps up Bonainvest
SANTANDER BANK POLSKA SOLD TO ERSTE GROUP
REAL MADRID BOND""",
    }.items()
    for line in lines.split("\n")
]
ABROAD = [
    ("Volkswagen übernimmt den Zulieferer Marelle", "de"),
    ("Umsatz wächst kräftig", "de"),
    ("Der Konzern streicht 500 Stellen", "de"),
    ("El grupo Solvera compra una fábrica", "es"),
    ("La empresa despide a 200 trabajadores", "es"),
    ("Dimite la consejera delegada", "es"),
    ("Il gruppo Solvera acquista una fabbrica", "it"),
    ("La famiglia Agnelli lascia", "it"),
    ("Nuovo amministratore delegato in Eni", "it"),
    ("De rechter veroordeelt Solvera", "nl"),
    ("Rabobank sluit kantoren", "nl"),
    ("Tata Steel vraagt steun", "nl"),
    ("A empresa despede 200 trabalhadores", "pt"),
    ("Governo aprova a fusão", "pt"),
    ("Os acionistas aprovaram a venda", "pt"),
    ("Orlen przejmuje spółkę energetyczną", "pl"),
    ("Novo Nordisk køber amerikansk selskab", "da"),
    ("Firma concediază două sute de angajați", "ro"),
    ("Банк купил Solvera", "ru"),
    ("Η Solvera αγόρασε την Nordil", "el"),
    ("البنك يشتري Solvera", "ar"),
    ("Solvera 收购工厂，裁员二百人", "zh"),
    ("銀行はSolveraを買収した", "ja"),
    ("은행이 공장을 인수했다", "ko"),
    ("ბანკმა იყიდა Solvera", "Georgian"),
]


@pytest.mark.parametrize(("text", "lang"), HEADLINES)
def test_no_headline_full_of_foreign_names_is_refused(tmp_path: Path, text: str, lang: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert len(HEADLINES) == 64 and read_article(tmp_path / "a.txt").lang in ("fr", "en"), lang


@pytest.mark.parametrize(("text", "lang"), ABROAD)
def test_few_words_in_another_language_are_told(tmp_path: Path, text: str, lang: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    with pytest.raises(ArticleError, match=f"a.txt: in {language_name(lang)}; French and English"):
        read_article(tmp_path / "a.txt")


def test_an_article_s_title_tells_its_language_too(tmp_path: Path) -> None:
    record = '{"title": "Umsatz wächst kräftig", "text": "Nordil AG, Solvera GmbH."}'
    (tmp_path / "a.json").write_text(record, encoding="utf-8")
    with pytest.raises(ArticleError, match="in German"):
        read_article(tmp_path / "a.json")


def test_each_piece_of_news_is_in_its_language() -> None:
    english = {"Tarrow", "Wessel", "Quillon", "Pinmoor"}
    guessed = {piece[0] for piece in PIECES if guess_language(piece[2]) == "en"}
    assert guessed == english


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("El grupo ha comprado la fábrica de su rival y la cerrará en dos años.", "es"),
        ("Il gruppo ha acquistato lo stabilimento del concorrente e lo chiuderà.", "it"),
        ("Het bedrijf heeft de fabriek van zijn concurrent gekocht en sluit deze.", "nl"),
        ("Группа купила завод конкурента и закроет его через два года в рамках плана.", "ru"),
        ("Grupa kupiła fabrykę konkurenta i zamknie ją za dwa lata, jak podano wczoraj.", "pl"),
    ],
)
def test_other_languages_are_told_by_name(tmp_path: Path, text: str, lang: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ArticleError, match=f"a.txt: in {language_name(lang)}; French and English"):
        read_article(path)


@pytest.mark.parametrize(
    ("tag", "code"),
    [("fr-FR", "fr"), ("EN_us", "en"), ("français", "fr"), ("fre", "fr"), ("x", ""), ("", "")],
)
def test_tags_of_languages_are_read(tag: str, code: str) -> None:
    assert read_code(tag) == code


def test_words_go_before_what_a_template_says(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    body = "".join(f"<p>{one}</p>" for one in TWINS["batteries"])
    page.write_text(f'<html lang="en-US"><body><article>{body}</article></body></html>', "utf-8")
    assert read_article(page).lang == "fr"


SPANISH = (
    "El grupo Solvéra anunció el martes la compra de la sociedad Hydréol por 20 millones de euros. "
    "La operación se cerrará en verano, según declaró la directora general de la empresa."
)


@pytest.mark.parametrize("others", [1, 2])
def test_a_paragraph_in_spanish_is_told_and_left_out(tmp_path: Path, others: int) -> None:
    path, notes = tmp_path / "a.txt", list[str]()
    read = [TWINS["batteries"][1], TWINS["tarrow"][1]][:others]
    path.write_text("\n\n".join([*read, SPANISH]), encoding="utf-8")
    (one,) = find_articles([path], Options(note=notes.append))
    assert isinstance(one, Article) and one.lang in ("fr", "en")
    assert notes == [f"{path}: 1 paragraph is in Spanish and not read"]
    assert SPANISH not in "".join(folded.text for _, folded in fold_parts(one))


def test_guessing_costs_no_more_than_being_told(tmp_path: Path) -> None:
    for at in range(200):
        text = "\n\n".join(TWINS["batteries" if at % 2 else "takeover"])
        (tmp_path / f"{at}.txt").write_text(f"{text}\n\nNuméro {at}.\n", encoding="utf-8")

    def seconds(lang: str | None) -> float:
        begun = time.process_time()
        found = list(find_articles([tmp_path], Options(lang=lang)))
        assert {one.lang for one in found if isinstance(one, Article)} == {"fr"}
        return time.process_time() - begun

    guess_language("xyz")  # loads the guesser
    guessed, told = (min(seconds(lang) for _ in range(3)) for lang in (None, "fr"))
    assert guessed <= 1.2 * told
