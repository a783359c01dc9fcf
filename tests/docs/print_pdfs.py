"""Print articles of the tutorial as PDF, and one as a mere picture: print_pdfs.py."""

from pathlib import Path

from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

DOCS = Path(__file__).parents[2] / "docs"
PDFS, ARTICLES = DOCS / "pdfs", DOCS / "articles"
PRINTED = ("rachat.fr", "capital.fr", "agreement.en", "cloture.fr")


def print_article(name: str) -> None:
    title, *paragraphs = (ARTICLES / f"{name}.txt").read_text(encoding="utf-8").split("\n\n")
    style = getSampleStyleSheet()
    story = [Paragraph(title, style["Heading2"]), Spacer(0, 8)]
    story += [Paragraph(text, style["BodyText"]) for text in paragraphs]
    target = PDFS / f"{name.partition('.')[0]}.pdf"
    SimpleDocTemplate(str(target), pagesize=A5, invariant=1, title=title).build(story)


def print_picture() -> None:
    canvas = Canvas(str(PDFS / "scan.pdf"), pagesize=A5, invariant=1)
    for line in range(24):  # grey bars where a scanner saw lines
        canvas.setFillGray(0.6)
        canvas.rect(40, 500 - 18 * line, 300 - 40 * (line % 5 == 4), 7, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()


if __name__ == "__main__":
    for name in PRINTED:
        print_article(name)
    print_picture()
