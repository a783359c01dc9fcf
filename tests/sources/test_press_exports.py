"""Exports of press databases: each article apart, its head told and not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Article
from kg.sources.articles import read_articles

ONE = ("Vernolle rachète Hydréol", "Le groupe Vernolle a racheté Hydréol.", "« Oui », dit-il.")
TWO = ("Nordil s’offre Vasco", "Le groupe Nordil a racheté Vasco.", "Photo :", "© AFP", "Fin.")
FACTIVA = """{0}

Irène Sablon
145 mots
12 mars 2024
07:31
Les Echos
ECHOS
12
Français
Copyright 2024 Les Echos. Tous droits réservés.

{1}

Document ECHOS00020240312ek3c0001u

"""
CODED = """HD  {0}
BY  Par Irène Sablon
WC  145 mots
PD  12 mars 2024
SN  Les Echos
SC  ECHOS
LA  Français
CY  Copyright 2024 Les Echos
LP
{1}
CO  vern : Vernolle SA | hyd : Hydréol AG
PUB Les Echos
AN
Document ECHOS00020240312ek3c0001u
"""
NEXIS = """                    1 of 2 DOCUMENTS


                       Les Echos

                  12 mars 2024 mardi

{0}

BYLINE: Irène Sablon

SECTION: ENTREPRISES; Pg. 12

LENGTH: 145 words

{1}

LOAD-DATE: March 13, 2024

LANGUAGE: FRENCH; FRANÇAIS

            Copyright 2024 Les Echos
              All Rights Reserved

"""
UNI = """{0}
Les Echos
12 mars 2024 mardi

Copyright 2024 Les Echos All Rights Reserved

Section: ENTREPRISES; Pg. 4
Length: 145 words
Byline: Irène Sablon
Body

{1}

Load-Date: March 13, 2024

End of Document

"""
EUROPRESSE = """____________________
Les Echos, no. 24170
Entreprises, mardi 12 mars 2024 145 mots, p. 12

{0}

Irène Sablon

{1}

© 2024 Les Echos. Tous droits réservés.
Le présent document est protégé par les lois et conventions internationales.
news·20240312·EC·0370123456
"""
NAMED = """Nom de la source
Les Echos
Type de source
Presse • Journaux
Provenance
Paris, France

Mardi 12 mars 2024
Les Echos • no. 24170 • p. 12 • 145 mots

{0}
Irène Sablon

{1}

© 2024 Les Echos. Tous droits réservés.
news·20240312·EC·0370123456
"""
SECTIONED = FACTIVA.replace("{0}", "Entreprises\n{0}")
HTML = """<article><header><div>Les Echos</div>
<span>mardi 12 mars 2024 145 mots, p. 12</span></header>
<div><p>{0}</p></div><div>Irène Sablon</div><section>{1}</section><div>© 2024 Les Echos</div>
<footer><div>news·20240312·EC·0370123456</div></footer></article>"""
FORMS = {
    "factiva": FACTIVA,
    "named": NAMED,
    "sectioned": SECTIONED,
    "coded": CODED,
    "nexis": NEXIS,
    "uni": UNI,
    "europresse": EUROPRESSE,
}


def check(articles: list[Article], name: str) -> None:
    assert [one.name for one in articles] == [f"{name}-1", f"{name}-2"]
    for article, (title, *body) in zip(articles, (ONE, TWO), strict=True):
        assert article.title == title
        assert list(filter(None, article.text.split("\n"))) == [title, *body]
        assert (article.published, article.source) == ("2024-03-12", "Les Echos")
        assert article.author == "Irène Sablon"


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_export_gives_its_articles(tmp_path: Path, name: str, end: str) -> None:
    text = "".join(FORMS[name].format(title, "\n\n".join(body)) for title, *body in (ONE, TWO))
    path = tmp_path / f"{name}.txt"
    path.write_bytes((text + "Search Summary\nText\tvernolle\n").replace("\n", end).encode())
    check(list(read_articles([path])), name)


def test_a_page_of_an_export_gives_its_articles(tmp_path: Path) -> None:
    paragraphs = ("".join(f"<p>{one}</p>" for one in body) for _, *body in (ONE, TWO))
    titles = (ONE[0], TWO[0])
    parts = (HTML.format(title, body) for title, body in zip(titles, paragraphs, strict=True))
    path = tmp_path / "page.html"
    path.write_text(f"<html lang=fr><body>{''.join(parts)}</body></html>", encoding="utf-8")
    check(list(read_articles([path])), "page")


@pytest.mark.parametrize(
    "text",
    [
        "Le groupe a signé.\n\nEnd of Document\n",
        "Le groupe a lu le Document ECHOS00020240312ek3c0001u.\n\nIl a signé.\n",
        "1 of 25 DOCUMENTS\n\nLe groupe a signé un accord.\n",
    ],
)
def test_what_is_no_export_stays_whole(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.fr.txt"
    path.write_text(text, encoding="utf-8")
    assert [one.text for one in read_articles([path])] == [text]
