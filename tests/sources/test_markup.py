"""Reports of agencies in XML, and OpenDocument texts, read as their paragraphs."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from kg.errors import ArticleError
from kg.model import Article
from kg.sources.articles import find_articles, read_article
from kg.sources.source import Options

NEWS = "Le groupe Nordil a racheté la société Vasco pour 42 millions d'euros."
MORE = "Vasco, fondée en 2009, emploie 180 personnes et fournit Hexo."
BODY = f"<p>{NEWS}</p><p>{MORE}</p><media><p>Une usine de Solvéra</p></media>"
NITF = (
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE nitf SYSTEM "nitf-3-4.dtd"><nitf><head>'
    "<title>Fusion</title></head><body><body.head><hedline><hl1>Fusion</hl1></hedline>"
    "<byline>Par Irène Sablon</byline><dateline><story.date norm='20240312T0912'>12 mars"
    f"</story.date></dateline></body.head><body.content><block>{BODY}</block></body.content>"
    "</body></nitf>"
)
G2 = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" xml:lang="fr"><itemMeta>'
    "<versionCreated>2024-03-12T08:00:00Z</versionCreated></itemMeta><contentMeta>"
    "<creditline>AFP</creditline><by>Irène Sablon</by><headline>Fusion</headline></contentMeta>"
    '<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>'
    f"{BODY}</body></html></inlineXML></contentSet></newsItem>"
)
SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


@pytest.mark.parametrize("text", [NITF, G2, f"<?xml version='1.0'?>\n{G2}"])
@pytest.mark.parametrize("name", ["a.xml", "a", "a.txt"])
def test_a_report_is_its_paragraphs(tmp_path: Path, text: str, name: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    one = read_article(path)
    assert one.text == f"Fusion\n\n{NEWS}\n\n{MORE}"
    assert (one.title, one.published, one.author) == ("Fusion", "2024-03-12", "Irène Sablon")
    assert one.source == ("AFP" if "AFP" in text else "")


def test_a_message_of_several_reports_gives_each(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(f"<newsMessage><itemSet>{G2}{G2}<newsItem/></itemSet></newsMessage>", "utf-8")
    one, other, error = find_articles([path], Options())
    assert isinstance(one, Article) and isinstance(other, Article)
    assert (one.name, other.name) == ("a-1", "a-2")
    assert "a.xml, report 3: no text" in str(error)


def test_no_entity_and_no_file_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    path = tmp_path / "a.xml"
    kind = f'<!DOCTYPE nitf [<!ENTITY x SYSTEM "{tmp_path}/secret.txt">]>'
    path.write_text(NITF.replace(NITF[38:76], kind).replace(NEWS, "&x;"), encoding="utf-8")
    for one in find_articles([path], Options()):
        assert isinstance(one, ArticleError) or "secret" not in one.text


def odt(blocks: str, kind: str = "text") -> bytes:
    """Return an OpenDocument file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        body = f"<office:body><office:text>{blocks}</office:text></office:body>"
        archive.writestr("content.xml", f"<office:c {SPACES}>{body}</office:c>")
    return data.getvalue()


def test_a_document_is_its_paragraphs_and_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    path.write_bytes(odt(
        '<text:h text:outline-level="1">Fusion</text:h>'
        "<text:p>Le groupe<text:s text:c='1'/><text:span>Nordil</text:span> a"
        "<office:annotation><text:p>à vérifier</text:p></office:annotation> signé.</text:p>"
        f"<table:table><table:table-row>{cell.format('Nordil')}{cell.format('42')}"
        "</table:table-row></table:table>"
    ))  # fmt: skip
    one = read_article(path)
    assert one.text == "Fusion\n\nLe groupe Nordil a signé.\n\nNordil | 42\n"
    assert one.title == "Fusion"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (odt("<text:p/>"), "no text in it"),
        (odt("<text:p>Un accord</text:p>", "spreadsheet"), "an OpenDocument table"),
        (odt("<text:p>"), "broken XML"),
    ],
)
def test_what_is_no_document_is_told(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "a.odt"
    path.write_bytes(data)
    (error,) = find_articles([path], Options())
    assert isinstance(error, ArticleError) and said in str(error)
