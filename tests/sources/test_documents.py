"""Documents of word processors, PDFs, Markdown and bare texts lose none of their words."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from kg.model import Article
from kg.sources.articles import find_articles, read_article
from kg.sources.folding import fold_text
from kg.sources.forms.columns import PageLine, drop_margins, gather_text
from kg.sources.forms.markdown import plain_markdown
from kg.sources.forms.markup.matter import split_matter
from kg.sources.source import Options

ONE = "Le groupe Solvéra a racheté la société Hydréol."
TWO = "La société Nordil a signé un accord avec le groupe Vasco."
BOX = (
    '<w:r {} xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
    '<mc:Choice Requires="wps"><w:drawing><wps:txbx>{}</wps:txbx></w:drawing></mc:Choice>'
    "<mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
INSIDE = (
    "<w:txbxContent><w:p><w:r><w:t>Encadré Nordil</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>Vasco recrute</w:t></w:r></w:p></w:txbxContent>"
)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        (f"{ONE}\n\n    {TWO}\n", [ONE, TWO]),
        (f"{ONE}\n\n<div>\n{TWO}\n</div>\n\n{ONE}", [ONE, TWO, ONE]),
        (f'<p align="justify">{ONE}</p>\n\n{TWO}', [ONE, TWO]),
        (f"{ONE}\n\n<!-- {TWO} -->\n", [ONE]),
        (f"2023. {ONE}\n\n{TWO}", [f"2023. {ONE}", TWO]),
        ("1. Un\n2. Deux\n\n- Trois", ["1. Un", "2. Deux", "Trois"]),
        (f"```\nx = 1\n```\n\n{ONE}", [ONE]),
    ],
)
def test_what_markdown_shows_is_text(text: str, paragraphs: list[str]) -> None:
    assert plain_markdown(text).rstrip("\n").split("\n\n") == paragraphs


def test_what_front_matter_tells_in_several_lines_is_known() -> None:
    fields, _ = split_matter(
        "---\ntitle: >-\n  Un rachat\n  de plus\nauthors:\n  - name: A B\n  - C D\nlang: fr\n---\nX"
    )
    assert fields == {"title": "Un rachat de plus", "authors": "A B, C D", "lang": "fr"}


def test_boxes_and_tables_in_tables_are_read_once(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    paragraph = document.add_paragraph(ONE)
    paragraph._p.append(parse_xml(BOX.format(nsdecls("w"), INSIDE, INSIDE)))
    document.add_paragraph(TWO)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Part", "Usine"
    inner = table.cell(0, 0).add_table(2, 2)
    for at, words in enumerate(("Nordil", "12", "Hexo", "13")):
        inner.cell(at // 2, at % 2).text = words
    document.save(str(tmp_path / "a.docx"))
    rows = ["Part | Usine", "Nordil | 12", "Hexo | 13"]
    text = read_article(tmp_path / "a.docx").text
    assert text.strip().split("\n\n") == [ONE, "Encadré Nordil", "Vasco recrute", TWO, *rows]


def put(text: str, top: float, left: float = 60, size: float = 11) -> PageLine:
    """Return a line of a page 800 points high."""
    return PageLine(text, (left, 1 - top / 800, left + 200, 1 - (top - size) / 800), size, 0, 800)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (put("2025.", 40), True),
        (put("2025", 40), True),
        (put("2025", 20), False),
        (put("12", 40, left=300), False),
        (put("- 3 -", 780, left=300), False),
        (put("Page 3 sur 12", 780, left=300, size=8), False),
    ],
)
def test_a_paragraphs_last_word_is_no_page_number(line: PageLine, kept: bool) -> None:
    body = [put(ONE, 54), put(TWO, 68)]
    (page,) = drop_margins([[line, *body]])
    assert (line in page) is kept and len(page) == 2 + kept


def test_short_paragraphs_of_a_page_stay_apart() -> None:
    words = ["Lire aussi : un accord", ONE, TWO, "Hydréol a signé avec", "la société Vasco."]
    places = [100, 126, 152, 178, 192]
    lines = [
        put(f"{one}\n", top + 118 * at)
        for at in range(4)
        for one, top in zip(words, places, strict=True)
    ]
    text, _ = gather_text([lines])
    assert text.strip().split("\n\n") == [*words[:3], " ".join(words[3:])] * 4


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n", "\r"])
def test_line_ends_of_any_kind_are_one(end: str) -> None:
    lines = [
        "Le groupe Solvéra a annoncé mardi à Lyon qu'il avait",
        "signé avec la société Hydréol",
    ]
    assert fold_text(end.join([*lines, ""])).text.strip() == " ".join(lines)


@pytest.mark.parametrize("opening", ["[AFP] Paris - ", "{Lyon} ", "[1] ", "[Mis à jour] "])
def test_a_text_in_brackets_on_standard_input_is_text(
    monkeypatch: pytest.MonkeyPatch, opening: str
) -> None:
    data = f"{opening}{ONE}".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert read_article("-").text == f"{opening}{ONE}"


@pytest.mark.parametrize("form", ['{{"text": "{}"}}', '[{{"text": "{}"}}]', '{{\n"text": "{}"\n}}'])
def test_json_on_standard_input_is_json(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    data = form.format(ONE).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert read_article("-").text == ONE


def test_what_a_word_processor_does_not_show_is_not_read(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    paragraph = document.add_paragraph("Le groupe a signé ")
    paragraph.add_run("puis renié ").font.hidden = True
    paragraph.add_run("un accord.").font.hidden = False
    document.save(tmp_path / "a.fr.docx")
    assert read_article(tmp_path / "a.fr.docx").text == "Le groupe a signé un accord.\n"


@pytest.mark.parametrize(
    ("style", "title"), [(0, "Un rachat"), (1, "Un rachat"), (2, "Note aux équipes")]
)
def test_a_heading_of_a_document_is_its_title(tmp_path: Path, style: int, title: str) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("Note aux équipes")
    document.add_heading("Un rachat", style)
    document.add_paragraph(f"{ONE} {TWO}")
    document.save(tmp_path / "a.fr.docx")
    assert read_article(tmp_path / "a.fr.docx").title == title


def test_a_text_in_a_table_has_its_paragraphs(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Rubriques"
    cell = table.cell(0, 1)
    cell.text = "Un rachat"
    for _ in range(3):
        cell.add_paragraph(f"{ONE} {TWO}")
    document.save(tmp_path / "a.fr.docx")
    words = ["Rubriques", "Un rachat", *[f"{ONE} {TWO}"] * 3]
    assert read_article(tmp_path / "a.fr.docx").text.rstrip("\n").split("\n\n") == words


def test_a_page_without_text_among_others_is_told(tmp_path: Path) -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    image = pytest.importorskip("PIL.Image")
    pages = canvas.Canvas(str(tmp_path / "a.fr.pdf"))
    pages.drawString(50, 700, ONE)
    pages.showPage()
    pages.drawInlineImage(image.new("L", (9, 9)), 0, 0, 500, 700)
    pages.save()
    notes: list[str] = []
    (one,) = find_articles([tmp_path], Options(note=notes.append))
    assert isinstance(one, Article) and one.text.strip() == ONE
    assert [note.partition(": ")[2] for note in notes] == [
        "page 2 of 2 without text; if it is scanned, run it through OCR"
    ]
