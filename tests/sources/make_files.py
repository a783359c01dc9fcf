"""Write the files beside, by the programs that people have them from.

    python tests/sources/make_files.py

LibreOffice (`soffice`) and Chromium must be installed; reportlab and python-docx come with the
extra `dev`. What the files must read as stands in `texts.py`, which is whose in `cases.py`.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
import tempfile
import textwrap
import unicodedata
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from functools import partial
from html import escape
from pathlib import Path

from texts import BATTERIES, POST, TABLE, TAKEOVER, TARROW, TWINS, WERK, as_text

HERE = Path(__file__).parent / "files"
DIVIDED = {
    "directrice": "direc-trice", "administration": "adminis-tration", "personnes": "per-sonnes",
    "constructeur": "construc-teur", "énergétique": "énergé-tique", "présidente": "prési-dente",
    "millions": "mil-lions", "financier": "finan-cier", "fabricant": "fabri-cant",
}  # fmt: skip
WHEN = (2024, 3, 12, 9, 0, 0)


def put(name: str, content: str | bytes) -> None:
    """Write a file."""
    data = content.encode() if isinstance(content, str) else content
    (HERE / name).write_bytes(data)


def wrap(twin: tuple[str, ...], width: int, *, divide: bool = False, gap: str = "\n\n") -> str:
    """Wrap a twin's paragraphs; with `divide`, words may be divided at line ends."""
    return gap.join(wrap_paragraph(one, width, divide) for one in twin) + "\n"


def wrap_paragraph(
    text: str, width: float, divide: bool, measure: Callable[[str], float] = len
) -> str:
    """Wrap one paragraph as a typesetter would."""
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        bare = word.strip(",.«»")
        if measure(longer) > width and divide and bare in DIVIDED:
            head, tail = word.replace(bare, DIVIDED[bare]).split("-", 1)
            if line and measure(f"{line} {head}-") <= width:
                lines.append(f"{line} {head}-")
                line = tail
                continue
        if measure(longer) > width:
            lines.append(line)
            longer = word
        line = longer
    return "\n".join([*lines, line])


def write_texts() -> None:
    """Write plain texts: line ends, wrapping, encodings, composition."""
    text, lines = as_text(TAKEOVER), "\n".join(TAKEOVER) + "\n"
    put("one-line-paragraphs.txt", text)
    put("no-blank-lines.txt", lines)
    put("crlf.txt", text.replace("\n", "\r\n"))
    put("old-mac.txt", text.replace("\n", "\r"))
    put("unicode-breaks.txt", "\u2029".join(TAKEOVER))
    put("form-feed.txt", text.replace("\n\n", "\n\x0c\n", 1))
    put("no-end.txt", text.rstrip("\n"))
    put("wrapped-72.txt", wrap(TAKEOVER, 72))
    put("wrapped-60-crlf.txt", wrap(BATTERIES, 60).replace("\n", "\r\n"))
    put("wrapped-100.txt", wrap(BATTERIES, 100))
    put("column-34.txt", wrap(TAKEOVER, 34))
    put("column-28.txt", wrap(BATTERIES, 28))
    put("divided.txt", wrap(TAKEOVER, 34, divide=True))
    put("divided-soft.txt", wrap(TAKEOVER, 38, divide=True).replace("-\n", "\u00ad\n"))
    put("trailing-blanks.txt", wrap(TAKEOVER, 72).replace("\n", "  \n"))
    body = [f"   {wrap_paragraph(one, 70, False)}" for one in BATTERIES[1:]]
    put("indented.txt", BATTERIES[0] + "\n\n" + "\n".join(body) + "\n")
    put("decomposed.txt", unicodedata.normalize("NFD", text))
    put("decomposed-wrapped.txt", unicodedata.normalize("NFD", wrap(TAKEOVER, 66)))
    put("soft-hyphens.txt", text.replace("énergétique", "éner\u00adgé\u00adtique"))
    put(
        "zero-width.txt",
        text.replace("Hydréol", "Hy\u200bdréol").replace("Vernolle", "\u2060Vernolle"),
    )
    put("ligatures.txt", text.replace("financier", "ﬁnancier"))
    put("english-wrapped.txt", wrap(TARROW, 65))
    put("german.txt", as_text(WERK))
    put("both-languages.fr.txt", as_text((*POST, *TARROW)))
    put("notice.vf.txt", as_text(POST))
    put("furniture.txt", as_text((
        "© Vernolle", POST[0], "Partager sur Facebook Twitter LinkedIn", POST[1],
        "Lire aussi : Marvanel rachète la start-up Ostrelec", POST[2],
        "Le siège de Castigne. (Photo Agence Ventôse)", "Abonnez-vous à notre lettre du matin",
    )))  # fmt: skip
    for name, encoding in (
        ("utf-8-mark.txt", "utf-8-sig"), ("utf-16.txt", "utf-16"), ("utf-16-be.txt", "utf-16-be"),
        ("utf-16-bare.txt", "utf-16-le"), ("cp1252.txt", "cp1252"), ("mac.txt", "mac-roman"),
    ):  # fmt: skip
        put(name, text.encode(encoding))
    latin = text.replace("’", "'").replace("–", "-")
    put("latin-9.txt", latin.encode("iso8859-15"))
    put("utf-32.txt", text.encode("utf-32"))
    put("cp850.txt", latin.replace("œ", "oe").replace("€", "EUR").encode("cp850"))


def page(twin: tuple[str, ...], *, head: str = "", inside: str = "", lang: str = "fr") -> str:
    """Return a web page of a twin."""
    rows = [part for part in twin[1:] if " | " in part]
    table = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row.split(" | ")) + "</tr>"
        for row in rows
    )
    parts = []
    for part in twin[1:]:
        if part in rows:
            parts += [f"<table>{table}</table>"] if part == rows[0] else []
        else:
            parts.append(f"<p>{escape(part)}</p>")
    body = "\n".join([parts[0], inside, *parts[1:]])
    return f"""<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{escape(twin[0])}</title>{head}</head>
<body><header><nav><ul><li><a href="/">Accueil</a></li><li><a href="/eco">Économie</a></li></ul></nav></header>
<main><article><h1>{escape(twin[0])}</h1>
{body}
</article></main>
<footer><p>© La Gazette de Morvanches</p><p><a href="/legal">Mentions légales</a></p></footer></body></html>
"""


def write_pages() -> None:
    """Write web pages as they are saved."""
    put("page.html", page(TAKEOVER))
    put("page-without-ending", page(TAKEOVER))
    put("page-as-text.txt", page(TAKEOVER))
    put("page-cp1252.html", page(TAKEOVER).replace("utf-8", "windows-1252").encode("cp1252"))
    put("page-latin-1.html", page(TAKEOVER).replace("utf-8", "iso-8859-1").encode("cp1252"))
    put("page-utf-16.html", page(TAKEOVER).encode("utf-16"))
    put("page-silent.html", page(TAKEOVER).replace('<meta charset="utf-8">', ""))
    put(
        "page-known.html",
        page(
            POST,
            head="""
<meta property="og:site_name" content="La Gazette de Morvanches"><meta name="author" content="Irène Sablon">
<link rel="canonical" href="https://gazette.example/castigne">
<meta property="article:published_time" content="2024-03-12T08:00:00+01:00">""",
        ),
    )
    put("page-table.html", page(TABLE))
    put(
        "page-notes.html",
        page(TAKEOVER).replace("Hydréol fournit", 'Hydréol<sup><a href="#n1">1</a></sup> fournit'),
    )
    put(
        "page-also.html",
        page(
            TAKEOVER,
            inside=(
                '<p>À lire aussi : <a href="/b">Marvanel rachète la start-up Ostrelec</a></p>'
                '<div class="share"><button>Partager</button> <a href="#">Facebook</a> <a href="#">X</a></div>'
            ),
        ),
    )
    several = "".join(
        f"<article><h2>{escape(one[0])}</h2>"
        + "".join(f"<p>{escape(p)}</p>" for p in one[1:])
        + "</article>"
        for one in (TAKEOVER, BATTERIES, POST)
    )
    put("page-several.html", f'<html lang="fr"><body><main>{several}</main></body></html>')
    consent = (
        "Avec nos partenaires Trakeo et Adserie, nous déposons des traceurs pour mesurer l’audience "
        "de ce site. Vous pouvez tout accepter ou tout refuser."
    )
    put(
        "page-consent.html",
        f'<html lang="fr"><body><main><h1>Votre vie privée</h1><p>{consent}</p>'
        "<button>Tout accepter</button></main></body></html>",
    )
    put(
        "page-paywall.html",
        '<html lang="fr"><body><main><p>Cet article est réservé aux abonnés.</p>'
        "<p>Déjà abonné ? Connectez-vous.</p></main></body></html>",
    )
    put(
        "page-beside-consent.html",
        page(POST).replace("<main>", f"<div><p>{consent}</p></div><main>"),
    )
    put("page-empty.html", "<html><body></body></html>")
    put(
        "page.xhtml",
        '<?xml version="1.0" encoding="utf-8"?>\n'
        + page(TAKEOVER).replace("<html ", '<html xmlns="http://www.w3.org/1999/xhtml" '),
    )
    marks = "\n\n".join(
        (
            f"# {TAKEOVER[0]}",
            TAKEOVER[1].replace("Hydréol", "[Hydréol](https://h.example)"),
            TAKEOVER[2].replace("300 personnes", "**300 personnes**"),
            f"- {TAKEOVER[3]}",
        )
    )
    put("note.md", marks + "\n")
    put(
        "matter.md",
        f"---\ntitle: {POST[0]}\ndate: 2024-03-12\nauthor: Irène Sablon\nlang: fr\n"
        f"---\n\n{wrap_paragraph(POST[1], 70, False)}\n\n> {POST[2]}\n\n![Le siège](siege.jpg)\n\n```\ncode\n```\n",
    )


def write_mails() -> None:
    """Write e-mails as a mailer does."""
    for name, encoding in (("quoted.eml", "quoted-printable"), ("base64.eml", "base64")):
        mail = new_mail(TAKEOVER[0])
        mail.set_content("\n\n".join(TAKEOVER[1:]), cte=encoding)
        put(name, mail.as_bytes())
    mail = new_mail(POST[0])
    mail.set_content("Votre messagerie n’affiche pas ce message.\n")
    blocks = "".join(f"<tr><td><p>{escape(one)}</p></td></tr>" for one in POST[1:])
    mail.add_alternative(
        f'<html><body><div style="display:none">Aperçu</div><table>{blocks}</table>'
        '<p><a href="#">Se désinscrire</a></p></body></html>',
        subtype="html",
    )
    put("newsletter.eml", mail.as_bytes())
    mail = new_mail(f"Tr : {POST[0]}")
    mail.set_content(
        "---------- Message transféré ---------\nDe : Castigne\nObjet : Nomination\n\n"
        + wrap(POST[1:], 70)
        + "\n-- \nService de presse\n01 02 03 04 05\n"
    )
    put("forwarded.eml", mail.as_bytes())
    mail = new_mail(f"Re: {POST[0]}")
    mail.set_content(
        "\n\n".join(POST[1:]) + "\n\nLe 3 mars 2024 à 10:12, Irène a écrit :\n> Du neuf ?\n"
    )
    put("reply.eml", mail.as_bytes())


def new_mail(subject: str) -> EmailMessage:
    """Return a mail without a body."""
    mail = EmailMessage()
    mail["From"] = "Service de presse <presse@castigne.example>"
    mail["To"] = "redaction@gazette.example"
    mail["Date"] = "Tue, 12 Mar 2024 09:12:00 +0100"
    mail["Subject"] = subject
    return mail


def write_feeds() -> None:
    """Write feeds, and tables of articles."""
    items, entries = "", ""
    for at, twin in enumerate((TAKEOVER, POST), 1):
        html = "".join(f"<p>{escape(one)}</p>" for one in twin[1:])
        items += (
            f"<item><title>{escape(twin[0]).replace('’', '&amp;#8217;')}</title><link>https://gazette.example/{at}</link>"
            f"<pubDate>Tue, 12 Mar 2024 0{at}:12:00 +0100</pubDate><dc:creator>Irène Sablon</dc:creator>"
            f"<description>Résumé.</description><content:encoded><![CDATA[{html}]]></content:encoded></item>"
        )
        entries += (
            f"<entry><title>{escape(twin[0])}</title><link href='https://gazette.example/{at}'/>"
            f"<id>urn:x:{at}</id><updated>2024-03-12T08:00:00Z</updated><author><name>Irène Sablon</name></author>"
            f"<content type='html'>{escape(html)}</content></entry>"
        )
    put(
        "feed.rss",
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>La Gazette</title><language>fr-FR</language>{items}</channel></rss>",
    )
    put(
        "feed.xml",
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        f'xml:lang="fr"><title>La Gazette</title>{entries}</feed>',
    )
    put("feed-empty.rss", '<rss version="2.0"><channel><title>La Gazette</title></channel></rss>')
    records = [
        {
            "id": f"g{at}",
            "title": twin[0],
            "date": "2024-03-12",
            "url": f"https://gazette.example/{at}",
            "source": "La Gazette",
            "text": "\n\n".join(twin[1:]),
        }
        for at, twin in enumerate((TAKEOVER, POST), 1)
    ]
    lines = [json.dumps(one, ensure_ascii=False) for one in records]
    put("corpus.jsonl", "\n".join(lines) + "\n")
    put("corpus-escaped.jsonl", "\n".join(map(json.dumps, records)))
    put("corpus-broken.jsonl", lines[0] + '\n{"text": \n' + lines[1] + "\n")
    put("corpus.json", json.dumps({"status": "ok", "articles": records}, ensure_ascii=False))
    put(
        "single.json",
        json.dumps({"titre": POST[0], "contenu": "<p>" + "</p><p>".join(POST[1:]) + "</p>"}),
    )
    put("no-field.json", json.dumps([{"a": 1, "b": "x"}]))
    for name, separator, encoding in (
        ("corpus.csv", ",", "utf-8"),
        ("corpus-excel.csv", ";", "cp1252"),
        ("corpus.tsv", "\t", "utf-16"),
    ):
        buffer = io.StringIO()
        rows = csv.DictWriter(buffer, list(records[0]), delimiter=separator)
        rows.writeheader()
        rows.writerows(records)
        put(name, buffer.getvalue().encode(encoding))


def write_packed() -> None:
    """Write packed files."""
    put("packed.fr.txt.gz", gzip.compress(as_text(TAKEOVER).encode(), mtime=0))
    put("packed.jsonl.gz", gzip.compress((HERE / "corpus.jsonl").read_bytes(), mtime=0))
    put("cut.txt.gz", gzip.compress(as_text(TAKEOVER).encode(), mtime=0)[:-30])
    put("bomb.txt.gz", gzip.compress(b" " * 60_000_000, mtime=0))
    members = {
        "a/brève.txt": as_text(POST).encode(),
        "b/page.html": page(TAKEOVER).encode(),
        "b/photo.jpg": b"\xff\xd8\xff",
        "__MACOSX/._x": b"x",
        "vide.txt": b"",
    }
    with zipfile.ZipFile(HERE / "packed.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, WHEN), data, zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(HERE / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for at in range(3):
            zeros = zipfile.ZipInfo(f"{at}.txt", WHEN)
            archive.writestr(zeros, b"0" * 30_000_000, zipfile.ZIP_DEFLATED)


def write_documents() -> None:
    """Write documents by python-docx, LibreOffice, Chromium and reportlab."""
    import docx

    document = docx.Document()
    document.core_properties.author = "Irène Sablon"
    document.add_heading(TABLE[0])
    document.add_paragraph(TABLE[1])
    table = document.add_table(rows=0, cols=2)
    for row in TABLE[2:5]:
        for cell, words in zip(table.add_row().cells, row.split(" | "), strict=True):
            cell.text = words
    document.add_paragraph(TABLE[5])
    document.save(HERE / "table.docx")
    docx.Document().save(HERE / "empty.docx")
    with tempfile.TemporaryDirectory() as folder:
        print_pages(Path(folder))
    write_pdfs()


def print_pages(folder: Path) -> None:
    """Let LibreOffice and Chromium make documents of pages."""
    style = "<style>@page{size:A5;margin:2cm}body{font:11pt serif}nav,footer{display:none}"
    style += "p{text-align:justify;orphans:1;widows:1}article{column-count:%d;column-gap:7mm}h1{column-span:all}</style>"
    (folder / "takeover.html").write_text(page(TAKEOVER), encoding="utf-8")
    (folder / "plain.html").write_text(page(BATTERIES, head=style % 1), encoding="utf-8")
    (folder / "columns.html").write_text(page(BATTERIES, head=style % 2), encoding="utf-8")
    for name in ("plain", "columns"):
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
             f"--print-to-pdf={HERE}/chromium-{name}.pdf", f"file://{folder}/{name}.html"],
            check=True, capture_output=True)  # fmt: skip
    bare = f"<html lang=fr><head><meta charset=utf-8></head><body><h1>{escape(TAKEOVER[0])}</h1>"
    bare += "".join(f"<p>{escape(one)}</p>" for one in TAKEOVER[1:])
    (folder / "libreoffice.html").write_text(bare, encoding="utf-8")
    for kind in (
        "docx:MS Word 2007 XML",
        "doc:MS Word 97",
        "rtf:Rich Text Format",
        "odt:writer8",
        "pdf:writer_pdf_Export",
    ):
        made = HERE / "libreoffice.docx" if kind.startswith("pdf") else folder / "libreoffice.html"
        subprocess.run(
            ["soffice", "--headless", "--convert-to", kind, "--outdir", str(HERE), str(made)],
            check=True, capture_output=True)  # fmt: skip


def write_pdfs() -> None:
    """Write PDFs by reportlab: one column, two columns with margins, divided words, a scan."""
    from reportlab import rl_config
    from reportlab.lib.pagesizes import A4, A5
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.pdfgen.canvas import Canvas

    rl_config.invariant = 1
    wide = partial(stringWidth, fontName="Times-Roman", fontSize=11)
    small = partial(stringWidth, fontName="Times-Roman", fontSize=9)
    canvas = Canvas(str(HERE / "reportlab.pdf"), pagesize=A4)
    place = set_lines(canvas, [TAKEOVER[0]], 60, 760, 16)
    for one in TAKEOVER[1:]:
        place = set_lines(
            canvas, wrap_paragraph(one, 460, False, wide).split("\n"), 60, place - 10, 11
        )
    canvas.save()
    canvas = Canvas(str(HERE / "divided.pdf"), pagesize=A4)
    place = set_lines(canvas, [TAKEOVER[0]], 60, 760, 16)
    for one in TAKEOVER[1:]:
        place = set_lines(
            canvas, wrap_paragraph(one, 200, True, wide).split("\n"), 60, place - 10, 11
        )
    canvas.save()
    canvas = Canvas(str(HERE / "columns.pdf"), pagesize=A5)
    lines = [
        line
        for one in BATTERIES[1:]
        for line in (*wrap_paragraph(one, 150, False, small).split("\n"), "")
    ]
    set_lines(canvas, textwrap.wrap(BATTERIES[0], 40), 40, 520, 15)
    columns = [lines[at : at + 12] for at in range(0, len(lines), 12)]
    for at, column in enumerate(columns):
        if at and at % 2 == 0:
            canvas.showPage()
        if at % 2 == 0:
            canvas.setFont("Times-Roman", 8)
            canvas.drawString(40, 570, "La Gazette de Morvanches – cahier économie")
            canvas.drawString(200, 25, f"Page {at // 2 + 1} sur {(len(columns) + 1) // 2}")
        set_lines(canvas, column, 40 + 180 * (at % 2), 440, 9)
    canvas.save()
    canvas = Canvas(str(HERE / "locked.pdf"), encrypt=StandardEncryption("secret"))
    set_lines(canvas, [POST[0]], 60, 700, 11)
    canvas.save()
    write_scan(Canvas(str(HERE / "scan.pdf"), pagesize=A5))
    put("broken.pdf", (HERE / "reportlab.pdf").read_bytes()[:700])


def set_lines(canvas: object, lines: list[str], left: float, top: float, size: float) -> float:
    """Set lines below each other; return where the next one would stand."""
    canvas.setFont("Times-Roman", size)  # type: ignore[attr-defined]
    for line in lines:
        canvas.drawString(left, top, line)  # type: ignore[attr-defined]
        top -= 1.3 * size if line else 0.7 * size
    return top


def write_scan(canvas: object) -> None:
    """Write a page that is a picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 400, 590)  # type: ignore[attr-defined]
    canvas.save()  # type: ignore[attr-defined]


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    assert TWINS
    for write in (
        write_texts,
        write_pages,
        write_mails,
        write_feeds,
        write_packed,
        write_documents,
    ):
        write()
